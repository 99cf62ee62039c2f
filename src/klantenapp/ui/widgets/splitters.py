"""Splitters that remember where they were."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter
from typing_extensions import override

from klantenapp.ui.memory import memory
from klantenapp.ui.theme.theme import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class Splitter(QSplitter):
    """Areas beside each other; the positions are remembered under a name.

    Args:
        name: "customers.master".
        areas: left to right.
        sizes: at first, in pixels at 100 %; 0 takes the rest.
        upright: areas below each other.
    """

    def __init__(
        self, name: str, areas: list[QWidget], sizes: list[int], *, upright: bool = False
    ) -> None:
        super().__init__(Qt.Orientation.Vertical if upright else Qt.Orientation.Horizontal)
        self._name = name
        self._first = sizes
        self._placed = False
        self.setChildrenCollapsible(False)
        self.setHandleWidth(1)
        for at, area in enumerate(areas):
            self.addWidget(area)
            self.setStretchFactor(at, 0 if sizes[at] else 1)
        self.splitterMoved.connect(lambda *_: memory().set(f"splitter/{self._name}", self.sizes()))

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._placed:
            return
        self._placed = True
        kept = memory().get(f"splitter/{self._name}")
        if isinstance(kept, list) and len(kept) == self.count():
            self.setSizes([int(size) for size in kept])
            return
        fixed = [theme().px(size) for size in self._first]
        whole = self.height() if self.orientation() == Qt.Orientation.Vertical else self.width()
        rest = max(theme().px(120), whole - sum(fixed))
        self.setSizes([size or rest for size in fixed])
