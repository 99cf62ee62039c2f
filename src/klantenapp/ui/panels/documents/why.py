"""Why this price: every price that was considered, why each lost, and a way to take it anyway."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout

from klantenapp import i18n
from klantenapp.i18n import _
from klantenapp.services.catalogue.pricing import Reason, Source
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


def reason_words(candidate: Candidate) -> str:
    """Why a candidate is the price, or is not."""
    period = candidate.period
    start = i18n.date(period.start) if period and period.start else ""
    end = i18n.date(period.end) if period and period.end else ""
    least = i18n.quantity(candidate.min_quantity.units) if candidate.min_quantity else ""
    return {
        Reason.CHOSEN: _("This is the price"),
        Reason.OUTRANKED: _("Another price goes first"),
        Reason.NOT_YET_VALID: _("From {start}").format(start=start),
        Reason.EXPIRED: _("Until {end}").format(end=end),
        Reason.BELOW_QUANTITY: _("From {quantity}").format(quantity=least),
        Reason.NO_PRICE: _("No price for this item"),
        Reason.NO_DISCOUNT: _("No discount on this item"),
        Reason.HAS_CONTRACT_PRICE: _("The contract has a price of its own"),
    }[candidate.reason]


def source_words(candidate: Candidate) -> str:
    """Name of the contract or list, or what it is."""
    if candidate.name:
        return candidate.name
    return {
        Source.MANUAL: _("Typed on this line"),
        Source.ITEM: _("Price of the item"),
    }.get(candidate.source, "")


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
        grid.addWidget(Label(source_words(candidate), "bodyStrong" if won else "body"), at, 1)
        price = "–" if candidate.price is None else i18n.price(candidate.price.units)
        if candidate.discount:
            price = f"{price}  −{i18n.percent(candidate.discount.points)}"
        amount = Label(price, "bodyStrong" if won else "body", None if won else "muted")
        grid.addWidget(amount, at, 2, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(Label(reason_words(candidate), "caption", "ok" if won else "muted"), at, 3)
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
