"""Cards: a title, perhaps a link, and content; and pairs of a name and a value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from klantenapp.ui.qt import clear
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.buttons import Button
from klantenapp.ui.widgets.dressing import column, row
from klantenapp.ui.widgets.labels import Label

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class Card(QFrame):
    """A frame with a heading.

    Attributes:
        body: layout for the content.
        head: layout of the heading, for what stands at its right.
    """

    def __init__(
        self, title: str = "", link: tuple[str, Callable[[], object]] | None = None
    ) -> None:
        super().__init__()
        self.setProperty("role", "card")
        outer = column(self)
        self.head = row(gap=8)
        if title:
            self.head.setContentsMargins(*(theme().px(side) for side in (16, 13, 16, 0)))
            self.heading = Label(title, "heading")
            self.head.addWidget(self.heading)
            self.head.addStretch(1)
            outer.addLayout(self.head)
            self.setAccessibleName(title)
        if link:
            button = Button(link[0], kind="link")
            button.clicked.connect(lambda: link[1]())
            self.head.addWidget(button)
        self.body = column(None, 16, 10, 16, 14)
        outer.addLayout(self.body, 1)


class Pairs(QWidget):
    """Names and values below each other: "Payment term  30 days"."""

    def __init__(self, pairs: Sequence[tuple[str, str | QWidget]] = (), width: int = 104) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme().px(8))
        self._grid.setVerticalSpacing(theme().px(6))
        self._grid.setColumnMinimumWidth(0, theme().px(width))
        self._grid.setColumnStretch(1, 1)
        self.set_pairs(pairs)

    def set_pairs(self, pairs: Sequence[tuple[str, str | QWidget]]) -> None:
        """Show other pairs; long values wrap and can be copied."""
        clear(self._grid)
        for at, (title, value) in enumerate(pairs):
            self._grid.addWidget(Label(title, "body", "muted"), at, 0)
            shown = Label(value, wrap=True, select=True) if isinstance(value, str) else value
            self._grid.addWidget(shown, at, 1)
