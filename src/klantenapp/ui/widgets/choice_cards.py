"""One of a few, each on a card with a line that says what it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QWidget
from typing_extensions import override

from klantenapp.ui.theme.painting import draw_text
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.dressing import row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent


class _Card(QAbstractButton):
    def __init__(self, title: str, note: str) -> None:
        super().__init__()
        self._note = note
        self.setText(title)
        self.setCheckable(True)
        self.setAccessibleName(f"{title}, {note}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        theme().changed.connect(self.update)

    @override
    def sizeHint(self) -> QSize:
        return QSize(theme().px(150), theme().px(58))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        color, px = theme().color, theme().px
        on = self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(color("accentText" if on else "border"), 1))
        painter.setBrush(color("accentTint" if on else "surface"))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), px(8), px(8))
        side = px(16)
        dot = QRect(px(12), px(11), side, side)
        painter.setPen(QPen(color("accent" if on else "borderInput"), 1))
        painter.setBrush(color("accent" if on else "surface"))
        painter.drawEllipse(dot)
        if on:
            painter.setBrush(color("onAccent"))
            painter.drawEllipse(dot.adjusted(px(5), px(5), -px(5), -px(5)))
        words = self.rect().adjusted(px(40), px(8), -px(10), 0)
        upper = QRect(words.left(), words.top(), words.width(), px(20))
        draw_text(painter, upper, self.text(), "text", "bodyStrong")
        lower = upper.translated(0, px(20))
        draw_text(painter, lower, self._note, "muted", "caption")


class Choices(QWidget):
    """Cards beside each other; arrow keys move between them.

    Attributes:
        changed: another one is chosen (its key).
    """

    changed = Signal(str)

    def __init__(self, cards: Sequence[tuple[str, str, str]]) -> None:
        """Take (key, title, note) of each card; the first is chosen."""
        super().__init__()
        self._keys = [key for key, _title, _note in cards]
        self._group = QButtonGroup(self)
        box = row(self, gap=10)
        for at, (_key, title, note) in enumerate(cards):
            card = _Card(title, note)
            self._group.addButton(card, at)
            box.addWidget(card, 1)
        self._group.button(0).setChecked(True)
        self._group.idClicked.connect(lambda at: self.changed.emit(self._keys[at]))

    def value(self) -> str:
        """Key of the chosen card."""
        return self._keys[self._group.checkedId()]

    def choose(self, key: str) -> None:
        """Choose a card."""
        self._group.button(self._keys.index(key)).setChecked(True)
