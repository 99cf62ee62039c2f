"""Why this price: every price that was considered, why each lost, and a way to take it anyway."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout

from klantenapp import i18n
from klantenapp.i18n import _
from klantenapp.sentences.reasons import price_origin, price_reason
from klantenapp.services.catalogue.pricing import Reason
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.buttons import Button
from klantenapp.ui.widgets.chips import PriceChip
from klantenapp.ui.widgets.dressing import column
from klantenapp.ui.widgets.labels import Label

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint
    from PySide6.QtWidgets import QWidget

    from klantenapp.services.catalogue.pricing import Candidate
    from klantenapp.services.sales.calculating import CalculatedLine


class WhyPopup(QFrame):
    """A small window below the badge.

    Attributes:
        used: take this candidate (Candidate).
    """

    used = Signal(object)

    def __init__(self, parent: QWidget, line: CalculatedLine) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "popup")
        self.setAccessibleName(_("Why this price"))
        box = column(self, 16, 14, 16, 14, gap=10)
        box.addWidget(Label(_("Why this price"), "heading"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme().px(14))
        grid.setVerticalSpacing(theme().px(8))
        for at, candidate in enumerate(line.candidates):
            self._row(grid, at, candidate)
        box.addLayout(grid)

    def _row(self, grid: QGridLayout, at: int, candidate: Candidate) -> None:
        won = candidate.reason is Reason.CHOSEN
        grid.addWidget(PriceChip(candidate.source), at, 0)
        words = candidate.name or price_origin(candidate)
        grid.addWidget(Label(words, "bodyStrong" if won else "body"), at, 1)
        price = "–" if candidate.price is None else i18n.price(candidate.price.units)
        if candidate.discount:
            price = f"{price}  −{i18n.percent(candidate.discount.points)}"
        amount = Label(price, "bodyStrong" if won else "body", None if won else "muted")
        grid.addWidget(amount, at, 2, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(Label(price_reason(candidate), "caption", "ok" if won else "muted"), at, 3)
        if not won and candidate.price is not None:
            button = Button(_("Use this one"), kind="link", small=True)
            button.clicked.connect(lambda: self._use(candidate))
            grid.addWidget(button, at, 4)

    def _use(self, candidate: Candidate) -> None:
        self.used.emit(candidate)
        self.close()

    def show_at(self, corner: QPoint) -> None:
        """Open with the left top corner there, inside the screen."""
        self.adjustSize()
        screen = self.screen().availableGeometry()
        x = max(screen.left(), min(corner.x(), screen.right() - self.width()))
        y = min(corner.y(), screen.bottom() - self.height())
        self.move(x, y)
        self.show()
        self.setFocus()
