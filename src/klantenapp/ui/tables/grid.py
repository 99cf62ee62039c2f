"""A table whose cells can be typed in: F2 or a digit opens a cell, Enter goes down, Tab goes on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QLineEdit, QWidget
from typing_extensions import override

from klantenapp.ui.tables.model import TableModel
from klantenapp.ui.tables.typing_delegate import TypingDelegate
from klantenapp.ui.tables.view import TableView
from klantenapp.ui.theme.theme import theme

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from PySide6.QtCore import QObject, QRect

    from klantenapp.ui.ops import Ops
    from klantenapp.ui.tables.columns import Column

Index = QModelIndex | QPersistentModelIndex
_NO_HINT = QAbstractItemDelegate.EndEditHint.NoHint


@dataclass(frozen=True, slots=True)
class Editor:
    """How a column is typed in.

    Attributes:
        make: an input of `value_inputs` or `inputs`.
        value: what it shows at first, of a row.
        allowed: whether a row can be typed in here.
    """

    make: Callable[[], Any]
    value: Callable[[Any], Any]
    allowed: Callable[[Any], bool] = lambda _row: True


class GridModel(TableModel):
    """Rows of which some columns can be typed in."""

    def __init__(
        self, ops: Ops, columns: Sequence[Column], editors: Mapping[str, Editor], parent: QObject
    ) -> None:
        super().__init__(ops, columns, parent=parent)
        self.editors = dict(editors)

    def editor_at(self, index: Index) -> Editor | None:
        """How a cell is typed in; None where it is not."""
        row = self.row_at(index.row())
        editor = self.editors.get(self.columns[index.column()].key)
        return editor if editor is not None and row is not None and editor.allowed(row) else None

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if self.editor_at(index) is not None:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags


class _GridDelegate(TypingDelegate):
    """Leaves room at the right edge for what stands beside the last column."""

    @override
    def room(self, cell: QRect, column: int) -> QRect:
        box = cell.adjusted(2, 2, -2, -3)
        if column == self.last:
            box.setRight(box.right() - theme().px(self.edge - self.pad) + self.beside)
        return box


class Grid(TableView):
    """A table with cells to type in.

    Args:
        rows: what it shows.
        main: column that F2 and digits go to from a row as a whole.

    Attributes:
        typed: a cell got another value (row id, column key, value; None where it was emptied).
    """

    typed = Signal(int, str, object)

    def __init__(
        self, rows: GridModel, main: str, name: str = "", *, edge: int = 28, label: str = ""
    ) -> None:
        super().__init__(rows, name, edge=edge, label=label)
        self.rows = rows
        self._main = main
        self._cells = _GridDelegate(self, self, edge)
        self.setItemDelegate(self._cells)
        self._header.use(self._cells)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked)

    # -- editing ---------------------------------------------------------------------------------

    def edit_cell(self, line: int, key: str = "") -> bool:
        """Go to a cell and open it; False where it cannot be typed in."""
        keys = [column.key for column in self.rows.columns]
        wanted = key or self._main
        if wanted not in keys or not 0 <= line < self.rows.rowCount():
            return False
        index = self.rows.index(line, keys.index(wanted))
        self.setCurrentIndex(index)
        if self.rows.editor_at(index) is None:
            return False
        self.scrollTo(index)
        self.edit(index)
        return True

    def edit_current(self, text: str = "") -> None:
        """Open the current cell where it can be typed in, else the main one of its row."""
        index = self.currentIndex()
        if not index.isValid():
            return
        here = self.rows.editor_at(index) is not None
        key = self.rows.columns[index.column()].key if here else self._main
        if self.edit_cell(index.row(), key) and text:
            editor = self.indexWidget(self.currentIndex())
            if isinstance(editor, QLineEdit):
                editor.setText(text)
                editor.setModified(True)

    def editor_for(self, index: Index) -> QWidget | None:
        """An input for a cell; None where it cannot be typed in."""
        found = self.rows.editor_at(index)
        return None if found is None else found.make()

    def fill_editor(self, editor: QWidget, index: Index) -> None:
        """Show what the cell holds; once, so that a refresh does not overwrite what is typed."""
        if editor.property("filled"):
            return
        editor.setProperty("filled", True)  # noqa: FBT003 - Qt's argument
        found, row = self.rows.editor_at(index), self.rows.row_at(index.row())
        if found is None or row is None:
            return
        asked: Any = editor
        asked.set_value(found.value(row))
        if isinstance(editor, QLineEdit):
            QTimer.singleShot(0, editor, lambda: _select(editor))

    def take_editor(self, editor: QWidget, index: Index) -> None:
        """Tell what was typed, where it can be read and differs from what was there."""
        found, row = self.rows.editor_at(index), self.rows.row_at(index.row())
        if found is None or row is None:
            return
        asked: Any = editor
        value = asked.value()
        unread = isinstance(editor, QLineEdit) and bool(editor.text().strip()) and value is None
        if not unread and value != found.value(row):
            self.typed.emit(row.id, self.rows.columns[index.column()].key, value)

    def close_editor(self) -> None:
        """Take what is being typed, and close the cell."""
        editor = self.indexWidget(self.currentIndex())
        if editor is not None:
            self.commitData(editor)
            self.closeEditor(editor, _NO_HINT)

    def step(self, by: int) -> None:
        """Open the next or previous cell that can be typed in, over the ends of rows."""
        index = self.currentIndex()
        line, at = index.row(), index.column()
        while True:
            at += by
            if not 0 <= at < len(self.rows.columns):
                line += 1 if by > 0 else -1
                at = 0 if by > 0 else len(self.rows.columns) - 1
            if not 0 <= line < self.rows.rowCount():
                self.focusNextPrevChild(by > 0)
                return
            if self.rows.editor_at(self.rows.index(line, at)) is not None:
                self.edit_cell(line, self.rows.columns[at].key)
                return

    # -- keys ------------------------------------------------------------------------------------

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys while a cell is open."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        key = event.key()
        if key in {Qt.Key.Key_Tab, Qt.Key.Key_Backtab}:
            self.close_editor()
            self.step(1 if key == Qt.Key.Key_Tab else -1)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            index = self.currentIndex()
            self.close_editor()
            below = self.rows.index(index.row() + 1, index.column())
            self.setCurrentIndex(below if below.isValid() else index)
            self.setFocus()
        elif key == Qt.Key.Key_Escape and isinstance(watched, QWidget):
            self.closeEditor(watched, _NO_HINT)
            self.setFocus()
        else:
            return False
        return True

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        text, key = event.text(), event.key()
        plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if key in {Qt.Key.Key_F2, Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self.edit_current()
        elif plain and text and (text.isdigit() or text in {"-", ",", "."}):
            self.edit_current(text)
        else:
            super().keyPressEvent(event)

    @override
    def _open(self, index: QModelIndex) -> None:
        """A double click opens the cell, not the row."""


def _select(editor: QLineEdit) -> None:
    """Select everything, unless the user is typing already."""
    if not editor.isModified():
        editor.selectAll()
