"""The footer of a list: keys at the left, totals at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QWidget
from typing_extensions import override

from klantenapp import i18n
from klantenapp.models.values import Money
from klantenapp.ui.qt import clear
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.dressing import row
from klantenapp.ui.widgets.labels import Keys, Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QHBoxLayout


class ListFooter(QFrame):
    """Key hints and totals below a list.

    Args:
        hints: (keys, what they do): [("Return", _("open")), ("Up Down", _("browse"))]; keys
            apart are separated by a space.
    """

    def __init__(self, hints: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__()
        self.setProperty("role", "footer")
        self.setFixedHeight(theme().size("footer"))
        self.setMinimumWidth(1)  # hints give way, the window need not grow for them
        box = row(self, 28, 0, 28, 0, gap=18)
        self._hints = [_hint(keys, text) for keys, text in hints]
        for hint in self._hints:
            box.addWidget(hint)
        box.addStretch(1)
        self._figures: list[QWidget] = []
        self._totals: QHBoxLayout = row(gap=18)
        box.addLayout(self._totals)

    def set_totals(self, totals: Sequence[tuple[str, Money | str, str | None]]) -> None:
        """Show totals: (label, amount or words, tone); the label alone where the amount is ""."""
        clear(self._totals)
        self._figures = [_total(label, value, tone) for label, value, tone in totals]
        for figure in self._figures:
            self._totals.addWidget(figure)
        self._fit()

    def _fit(self) -> None:
        """Show as many hints as fit beside the totals."""
        gap = theme().px(18)
        # Of the figures themselves: a layout does not count what it was given a moment ago.
        taken = sum(figure.sizeHint().width() + gap for figure in self._figures)
        room = self.width() - 2 * theme().px(28) - taken
        for hint in self._hints:
            room -= hint.sizeHint().width() + gap
            hint.setVisible(room >= 0)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()


def _hint(keys: str, text: str) -> QWidget:
    hint = QWidget()
    box = row(hint, gap=4)
    for one in keys.split():
        box.addWidget(Keys(one))
    box.addWidget(Label(text, "caption", "muted"))
    return hint


def _total(label: str, value: Money | str, tone: str | None) -> QWidget:
    total = QWidget()
    box = row(total, gap=4)
    box.addWidget(Label(label, "caption", "muted"))
    text = i18n.money(value.cents) if isinstance(value, Money) else value
    if text:
        font = theme().font("label")
        font.setWeight(font.Weight.DemiBold)
        strong = Label(text, "label", tone)
        strong.setFont(font)
        box.addWidget(strong)
    return total
