"""Small widgets that follow each other like words, over as many rows as that takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from klantenapp.ui.theme.theme import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent


class Flow(QWidget):
    """A widget that places its children in rows."""

    def __init__(self, across: int = 16, down: int = 6) -> None:
        """Take the room between two in a row, and between two rows, at 100 %."""
        super().__init__()
        self._across, self._down = theme().px(across), theme().px(down)
        self._children: list[QWidget] = []
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def add(self, widget: QWidget, *, hidden: bool = False) -> None:
        """Put a widget after the others; a hidden one takes no room until `show_child`."""
        widget.setParent(self)
        widget.setVisible(not hidden)
        self._children.append(widget)
        self._place(self.width())

    def show_child(self, widget: QWidget, *, shown: bool) -> None:
        """Show or hide one of them; the others move up."""
        widget.setVisible(shown)
        self._place(self.width())

    def clear(self) -> None:
        """Take every widget away."""
        for child in self._children:
            child.hide()
            child.deleteLater()
        self._children = []
        self._place(self.width())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place(event.size().width())

    def _place(self, width: int) -> None:
        x = y = 0
        line: list[tuple[QWidget, QRect]] = []
        for child in self._children:
            if child.isHidden():
                continue
            size = child.sizeHint().expandedTo(child.minimumSize()).boundedTo(child.maximumSize())
            wide = min(size.width(), max(width, 1))
            if x and x + wide > width:
                y += self._set(line) + self._down
                x, line = 0, []
            line.append((child, QRect(x, y, wide, size.height())))
            x += wide + self._across
        height = y + self._set(line)
        if self.minimumHeight() != height:
            self.setFixedHeight(height)

    @staticmethod
    def _set(line: list[tuple[QWidget, QRect]]) -> int:
        """Place one row, each in the middle of its height, which is returned."""
        height = max((box.height() for _child, box in line), default=0)
        for child, box in line:
            child.setGeometry(box.translated(0, (height - box.height()) // 2))
        return height


def clear_all(layout: Any) -> None:
    """Take everything out of a layout, layouts in it too."""
    while layout.count():
        item = layout.takeAt(0)
        if item.widget() is not None:
            item.widget().hide()
            item.widget().deleteLater()
        elif item.layout() is not None:
            clear_all(item.layout())
