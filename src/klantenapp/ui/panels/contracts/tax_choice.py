"""How a contract is taxed: one of a few cards, each with what it means in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QGridLayout, QSizePolicy, QWidget
from typing_extensions import override

from klantenapp.i18n import _
from klantenapp.ui.theme.painting import draw_text
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.buttons import Button
from klantenapp.ui.widgets.dressing import column, row
from klantenapp.ui.widgets.labels import Label

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

_ACROSS = 3


def treatments() -> list[tuple[str, str, str]]:
    """Code, word and meaning of every treatment, in the order of the cards."""
    return [
        ("domestic", _("Normal"), _("The rate of the item")),
        ("reverse_charge", _("VAT reverse charged"), _("Subcontracting, 0% on the invoice")),
        ("exempt", _("Exempt"), _("No VAT, no deduction")),
        ("intra_eu", _("0%, supply in the EU"), _("Intra-Community, with VAT id")),
        ("export", _("0%, export"), _("Supply outside the EU")),
        ("fixed", _("Fixed rate"), _("Everything at one rate")),
        ("outside_scope", _("Outside the scope of VAT"), _("Nothing to do with VAT")),
    ]


def treatment_word(code: str) -> str:
    """What a treatment is called."""
    return next((word for key, word, _meaning in treatments() if key == code), code)


class TaxCard(QAbstractButton):
    """One treatment."""

    def __init__(self, code: str, word: str, meaning: str) -> None:
        super().__init__()
        self.code, self._meaning = code, meaning
        self.setText(word)
        self.setAccessibleName(f"{word}, {meaning}")
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme().changed.connect(self.update)

    @override
    def sizeHint(self) -> QSize:
        return QSize(theme().px(180), theme().px(56))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(120), theme().px(56))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        px, color, on = theme().px, theme().color, self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = "selected" if on else "hover" if self.underMouse() else "surface"
        painter.setPen(QPen(color("accent" if on else "border"), 1))
        painter.setBrush(color(ground))
        painter.drawRoundedRect(self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 7, 7)
        side = px(16)
        dot = QRect(px(12), px(11), side, side)
        painter.setPen(QPen(color("accent" if on else "borderInput"), px(5) if on else 1))
        painter.setBrush(color("surface"))
        inset = px(5) / 2 if on else 0.5
        painter.drawEllipse(dot.toRectF().adjusted(inset, inset, -inset, -inset))
        left = dot.right() + px(11)
        words = QRect(left, px(9), self.width() - left - px(10), px(20))
        draw_text(painter, words, self.text(), "text", "heading")
        draw_text(painter, words.translated(0, px(19)), self._meaning, "muted", "body")


class TaxChoice(QWidget):
    """The cards, of which one is chosen, or none: then the customer's own treatment holds.

    Attributes:
        chosen: another treatment was chosen (code, or None).
    """

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        box = column(self, gap=10)
        head = row(gap=12)
        head.addWidget(Label(_("VAT for this customer"), "heading"))
        self._inherited = Label("", "caption", "muted")
        head.addWidget(self._inherited, 1)
        self.clear = Button(_("As for the customer"), "rotate-ccw", "link", small=True)
        self.clear.clicked.connect(lambda: self.chosen.emit(None))
        head.addWidget(self.clear)
        box.addLayout(head)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme().px(8))
        grid.setVerticalSpacing(theme().px(8))
        self._group = QButtonGroup(self)
        self.cards: dict[str, TaxCard] = {}
        for at, (code, word, meaning) in enumerate(treatments()):
            card = TaxCard(code, word, meaning)
            card.clicked.connect(lambda _on, code=code: self.chosen.emit(code))
            self.cards[code] = card
            self._group.addButton(card)
            grid.addWidget(card, at // _ACROSS, at % _ACROSS)
            grid.setColumnStretch(at % _ACROSS, 1)
        box.addLayout(grid)

    def show_choice(self, code: str | None, customers: str) -> None:
        """Show what is chosen, and what holds where nothing is.

        Args:
            code: of the contract; None is as for the customer.
            customers: treatment of the customer.
        """
        self._group.setExclusive(False)
        for key, card in self.cards.items():
            card.setChecked(key == code)
        self._group.setExclusive(True)
        self.cards["outside_scope"].setVisible("outside_scope" in {code, customers})
        self.clear.setVisible(code is not None)
        same = _("As for the customer: {treatment}").format(treatment=treatment_word(customers))
        self._inherited.setText("" if code is not None else same)
