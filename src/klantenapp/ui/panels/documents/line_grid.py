"""The grid in which lines are typed: cell by cell, with search, keys and no mouse needed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QApplication,
    QMenu,
    QWidget,
)
from typing_extensions import override

from klantenapp.i18n import _
from klantenapp.ui.panels.documents.line_rows import EDITABLE
from klantenapp.ui.tables.typing_delegate import TypingDelegate
from klantenapp.ui.tables.view import TableView
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.inputs import ChoiceInput, TextInput
from klantenapp.ui.widgets.picker import SearchPicker
from klantenapp.ui.widgets.value_inputs import PercentInput, PriceInput, QuantityInput

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QObject, QRect

    from klantenapp.ui.panels.documents.line_rows import LineModel, LineRow
    from klantenapp.ui.widgets.picker import Option

Index = QModelIndex | QPersistentModelIndex
_NEXT = QAbstractItemDelegate.EndEditHint.EditNextItem
_NO_HINT = QAbstractItemDelegate.EndEditHint.NoHint


class LineDelegate(TypingDelegate):
    """Lets the text of the first column stand where it is read."""

    @override
    def room(self, cell: QRect, column: int) -> QRect:
        box = cell.adjusted(2, 3, -2, -4)
        if column == self.first:
            box.setLeft(box.left() + theme().px(self.edge) - theme().px(10))
        return box


class LineGrid(TableView):
    """Lines of a draft.

    Attributes:
        typed: a cell was filled in (place, field, value).
        item_picked: an item was chosen (place, item id).
        item_wanted: a new item is to be made of a text (place, text).
        why_asked: the badge of a price was pressed (place, where on the screen).
        details_asked: the second text of a line is to be written (place).
        moved, doubled, dropped: a line goes up or down (place, -1 or 1), is doubled, is removed.
        marked: a line of a quote is "", "optional" or "alternative" (place, mark).
        can_mark: whether lines can be marked.
    """

    typed = Signal(int, str, object)
    item_picked = Signal(int, int)
    item_wanted = Signal(int, str)
    why_asked = Signal(int, QPoint)
    details_asked = Signal(int)
    moved = Signal(int, int)
    doubled = Signal(int)
    dropped = Signal(int)
    marked = Signal(int, str)

    def __init__(
        self,
        lines: LineModel,
        find_items: Callable[[str, Callable[[Sequence[Option]], None]], object],
    ) -> None:
        self.lines = lines
        self._find_items = find_items
        self.can_mark = False
        self._tax_options: list[tuple[Any, str]] = []
        super().__init__(lines, row=44, label=_("Lines"))
        self._cells = LineDelegate(self, self, 28)
        self.setItemDelegate(self._cells)
        self._header._delegate = self._cells  # noqa: SLF001 - the header aligns with the cells
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.AnyKeyPressed | trigger.EditKeyPressed | trigger.DoubleClicked)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setTabKeyNavigation(False)

    def offer_taxes(self, options: Sequence[tuple[Any, str]]) -> None:
        """Tax codes to choose from: (id, words)."""
        self._tax_options = list(options)

    # -- editors ---------------------------------------------------------------------------------

    def editor_for(self, index: Index) -> QWidget:
        """An input for a cell, by its column."""
        key = self.lines.columns[index.column()].key
        editor: QWidget
        if key == "description":
            editor = SearchPicker(
                self._find_items,
                create=self._want_item,
                create_hint=_("new item “{text}”"),
                free=True,
                width=470,
            )
            editor.picked.connect(self._pick_item)
        elif key == "quantity":
            editor = QuantityInput()
        elif key == "price":
            editor = PriceInput()
        elif key == "discount":
            editor = PercentInput()
        elif key == "tax":
            editor = ChoiceInput(self._tax_options)
        else:
            editor = TextInput(limit=40)
        return editor

    def fill_editor(self, editor: QWidget, index: Index) -> None:
        """Show in an editor what the cell holds; once, so that a refresh does not overwrite it."""
        if editor.property("filled"):
            return
        editor.setProperty("filled", True)  # noqa: FBT003 - Qt's argument
        row = self.lines.line_at(index.row())
        if row is None:
            return
        key = self.lines.columns[index.column()].key
        computed = row.computed
        values = {
            "quantity": row.typed.quantity,
            "unit": (computed.unit if computed else row.typed.unit) or None,
            "price": computed.unit_price if computed and not row.is_new else row.typed.unit_price,
            "discount": (computed.discount or None) if computed else row.typed.discount,
            "tax": computed.tax_code_id if computed else row.typed.tax_code_id,
        }
        if isinstance(editor, SearchPicker):
            editor.setText(computed.description if computed else row.typed.description)
        elif isinstance(editor, TextInput | ChoiceInput):
            editor.set_value(values[key])
        if isinstance(editor, TextInput):
            QTimer.singleShot(0, editor, editor.selectAll)

    def take_editor(self, editor: QWidget, index: Index) -> None:
        """Take over what was typed, where it differs from what was there."""
        row = self.lines.line_at(index.row())
        if row is None:
            return
        key = self.lines.columns[index.column()].key
        if isinstance(editor, SearchPicker):
            before = row.computed.description if row.computed else row.typed.description
            if editor.text().strip() != before and editor.value() is None:
                self.typed.emit(index.row(), "description", editor.text().strip())
            return
        if not isinstance(editor, TextInput | ChoiceInput):
            return
        value = editor.value()
        if isinstance(editor, TextInput) and editor.text().strip() and value is None:
            return  # It cannot be read: the cell keeps what it had.
        self._emit_changed(index.row(), key, value, row.computed)

    def _emit_changed(self, place: int, key: str, value: Any, computed: Any) -> None:
        field = {"price": "unit_price", "tax": "tax_code_id"}.get(key, key)
        before = getattr(computed, field, None)
        if computed is not None and key != "quantity" and value == (before or None):
            return
        if key == "quantity" and value is None:
            return
        self.typed.emit(place, field, value)

    def _pick_item(self, option: Option) -> None:
        place = self.currentIndex().row()
        self._close_editor()
        self.item_picked.emit(place, option.value)
        QTimer.singleShot(0, self, lambda: self.edit_cell(place, "quantity"))

    def _want_item(self, text: str) -> None:
        place = self.currentIndex().row()
        self._close_editor()
        self.item_wanted.emit(place, text)

    # -- moving about ----------------------------------------------------------------------------

    def edit_cell(self, place: int, key: str) -> None:
        """Go to a cell and open its editor."""
        column = next((at for at, one in enumerate(self.lines.columns) if one.key == key), 0)
        index = self.lines.index(min(place, self.lines.rowCount() - 1), column)
        self.setCurrentIndex(index)
        self.setFocus()
        self.edit(index)

    def step(self, by: int) -> None:
        """Go to the next or previous cell that can be typed in, over the ends of lines."""
        keys = [one.key for one in self.lines.columns]
        index = self.currentIndex()
        place, column = index.row(), index.column()
        while True:
            column += by
            if column < 0 or column >= len(keys):
                place += 1 if by > 0 else -1
                column = 0 if by > 0 else len(keys) - 1
            if place < 0 or place >= self.lines.rowCount():
                self.focusNextPrevChild(by > 0)
                return
            if keys[column] in EDITABLE:
                break
        self.edit_cell(place, keys[column])

    def _close_editor(self) -> None:
        editor = self.indexWidget(self.currentIndex()) or QApplication.focusWidget()
        if editor is not None and editor is not self and self.isAncestorOf(editor):
            self.commitData(editor)
            self.closeEditor(editor, _NO_HINT)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys while a cell is edited."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if isinstance(watched, SearchPicker) and watched.is_open:
            return False
        key = event.key()
        if key in {Qt.Key.Key_Tab, Qt.Key.Key_Backtab}:
            self._close_editor()
            self.step(1 if key == Qt.Key.Key_Tab else -1)
            return True
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            place = self.currentIndex().row()
            self._close_editor()
            QTimer.singleShot(0, self, lambda: self.edit_cell(place + 1, "description"))
            return True
        if key == Qt.Key.Key_Escape and isinstance(watched, QWidget):
            self.closeEditor(watched, _NO_HINT)
            self.setFocus()
            return True
        return False

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._line_key(event):
            super().keyPressEvent(event)

    def _line_key(self, event: QKeyEvent) -> bool:
        """Keys on a line that is not being edited; tells whether it was one."""
        place, modifiers = self.currentIndex().row(), event.modifiers()
        key, modifier = event.key(), Qt.KeyboardModifier
        if key in {Qt.Key.Key_Tab, Qt.Key.Key_Backtab}:
            self.step(1 if key == Qt.Key.Key_Tab else -1)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not modifiers:
            self.edit(self.currentIndex())
        elif modifiers == modifier.ControlModifier and key == Qt.Key.Key_D:
            self.doubled.emit(place)
        elif modifiers == modifier.ControlModifier and key == Qt.Key.Key_Delete:
            self.dropped.emit(place)
        elif modifiers & modifier.AltModifier and key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self.moved.emit(place, -1 if key == Qt.Key.Key_Up else 1)
        elif modifiers & modifier.AltModifier and key == Qt.Key.Key_Return:
            self.details_asked.emit(place)
        elif key == Qt.Key.Key_Space and self._on_price():
            self._ask_why(self.currentIndex())
        else:
            return False
        return True

    def _on_price(self) -> bool:
        return self.lines.columns[self.currentIndex().column()].key == "price"

    def _ask_why(self, index: Index) -> None:
        corner = self.visualRect(index).bottomLeft()
        self.why_asked.emit(index.row(), self.viewport().mapToGlobal(corner))

    # -- menu of a line --------------------------------------------------------------------------

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            index = self.indexAt(event.pos())
            if index.isValid():
                self.setCurrentIndex(index)
        menu = self.line_menu()
        if menu is not None:
            menu.popup(event.globalPos())

    def line_menu(self) -> QMenu | None:
        """What can be done with the current line; None on the empty one."""
        place = self.currentIndex().row()
        found = self.lines.line_at(place)
        if found is None or found.is_new:
            return None
        menu = QMenu(self)
        acts: tuple[tuple[str, str, Callable[[], object]], ...] = (
            (_("Text of the line"), "Alt+Return", lambda: self.details_asked.emit(place)),
            (_("Duplicate"), "Ctrl+D", lambda: self.doubled.emit(place)),
            (_("Move up"), "Alt+Up", lambda: self.moved.emit(place, -1)),
            (_("Move down"), "Alt+Down", lambda: self.moved.emit(place, 1)),
            (_("Remove"), "Ctrl+Del", lambda: self.dropped.emit(place)),
        )
        for words, keys, run in acts:
            act = menu.addAction(words)
            act.setShortcut(QKeySequence(keys))
            act.triggered.connect(lambda _on=False, run=run: run())
        if self.can_mark:
            menu.addSeparator()
            self._offer_marks(menu, place, found)
        return menu

    def _offer_marks(self, menu: QMenu, place: int, found: LineRow) -> None:
        """In the total, optional, or instead of the line above."""
        marks = [("", _("In the total")), ("optional", _("Optional, not in the total"))]
        if place:
            marks.append(("alternative", _("Alternative to the line above")))
        for mark, words in marks:
            act = menu.addAction(words)
            act.setCheckable(True)
            act.setChecked(found.mark == mark)
            act.triggered.connect(lambda _on=False, mark=mark: self.marked.emit(place, mark))

    @override
    def mousePressEvent(self, event: Any) -> None:
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and self.lines.columns[index.column()].key == "price":
            row = self.lines.line_at(index.row())
            if row is not None and row.typed.item_id is not None:
                self._ask_why(index)
