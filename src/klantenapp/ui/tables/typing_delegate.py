"""Editors in the cells of a table: the delegate opens them, the table knows what they are."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex
from typing_extensions import override

from klantenapp.ui.tables.delegates import CellDelegate

if TYPE_CHECKING:
    from PySide6.QtCore import QAbstractItemModel, QObject, QRect
    from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem, QWidget

Index = QModelIndex | QPersistentModelIndex


class Typed(Protocol):
    """A table that is typed in."""

    def editor_for(self, index: Index) -> QWidget | None:
        """A new input for a cell; None where it cannot be typed in."""

    def fill_editor(self, editor: QWidget, index: Index) -> None:
        """Show the value of the cell in the input."""

    def take_editor(self, editor: QWidget, index: Index) -> None:
        """Take what was typed."""


class TypingDelegate(CellDelegate):
    """Opens an editor in a cell, and gives what was typed to the table.

    Args:
        view: the table.
        typed: the same one, as what knows its inputs.
        edge: as of `CellDelegate`.
    """

    def __init__(self, view: QAbstractItemView, typed: Typed, edge: int) -> None:
        super().__init__(view, edge)
        self._view = view
        self._typed = typed

    @abstractmethod
    def room(self, cell: QRect, column: int) -> QRect:
        """Where the editor of a cell stands."""

    @override
    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = self._typed.editor_for(index)
        if editor is None:
            return super().createEditor(parent, option, index)
        editor.setParent(parent)
        editor.setProperty("role", "cell")
        # Qt moves on with Tab and closes with Enter itself; the grid does both in its own order.
        editor.installEventFilter(self._view)
        return editor

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress:
            return False
        return super().eventFilter(watched, event)

    @override
    def setEditorData(self, editor: QWidget, index: Index) -> None:
        self._typed.fill_editor(editor, index)

    @override
    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        self._typed.take_editor(editor, index)

    @override
    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        editor.setGeometry(self.room(option.rect, index.column()))
