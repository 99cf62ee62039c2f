"""The table of every list: rows, keys, widths that are remembered, columns that make room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView
from typing_extensions import override

from klantenapp.ui.memory import memory
from klantenapp.ui.qt import timer
from klantenapp.ui.tables.column_menu import column_menu
from klantenapp.ui.tables.columns import NAMING, Sort
from klantenapp.ui.tables.delegates import CellDelegate
from klantenapp.ui.tables.header import Header
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.states import ProgressLine

if TYPE_CHECKING:
    from typing import Any

    from PySide6.QtCore import QEvent, QItemSelection, QModelIndex, QPoint
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent, QWheelEvent

    from klantenapp.ui.tables.model import TableModel


class TableView(QTableView):
    """A list.

    Args:
        model: what it shows.
        name: under which widths and order are remembered ("customers"); "" remembers nothing.
        edge: room left of the first and right of the last column: 28 on a page, 10 inside one.
        row: height of a row at 100 % text.
        label: what the list is, for screen readers.

    Attributes:
        opened: Enter or a double click on a row (id).
        picked: another row is current (id; -1 for none).
        activated_cell: a click on a cell (id, column key).
    """

    opened = Signal(int)
    picked = Signal(int)
    activated_cell = Signal(int, str)

    def __init__(
        self, model: TableModel, name: str = "", *, edge: int = 28, row: int = 36, label: str = ""
    ) -> None:
        super().__init__()
        self._table = model
        self._name = name
        self._label = label
        self._keep: int | None = None
        self._cells = CellDelegate(self, edge)
        self.setModel(model)
        self.setItemDelegate(self._cells)
        self._header = Header(model, self._cells)
        self.setHorizontalHeader(self._header)
        self._widths: dict[str, int] = dict(
            (memory().get(f"widths/{name}") if name else None) or {}
        )
        self._hidden: set[str] = set((memory().get(f"hidden/{name}") if name else None) or [])
        self._fitting = False
        self._dress(row)
        self._connect()
        self._restore_order()
        self.setAccessibleName(label or name)

    def _dress(self, row: int) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        ticks = any(column.kind == "check" for column in self._table.columns)
        mode = QAbstractItemView.SelectionMode
        self.setSelectionMode(mode.SingleSelection if ticks else mode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        lines = self.verticalHeader()
        lines.hide()
        lines.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        lines.setMinimumSectionSize(1)
        lines.setDefaultSectionSize(theme().px(row))

    def _connect(self) -> None:
        self._progress = ProgressLine()
        self._progress.setParent(self)
        self._soon = timer(self, theme().motion("spinnerAfterMs"), self._progress.show)
        self._table.loading.connect(self._soon.start)
        self._table.loaded.connect(self._arrived)
        self._table.modelAboutToBeReset.connect(self._remember_place)
        self._table.modelReset.connect(self._restore_place)
        self._table.checks_changed.connect(self._header.viewport().update)
        self._header.sectionClicked.connect(self._sort_by)
        self._header.sectionResized.connect(self._resized)
        self._header.check_clicked.connect(self._toggle_all)
        self._header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._header.customContextMenuRequested.connect(self.choose_columns)
        keys = QShortcut(QKeySequence("Ctrl+Shift+C"), self)
        keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        keys.activated.connect(self.choose_columns)
        self.doubleClicked.connect(lambda index: self._open(index))
        self.clicked.connect(self._clicked)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        theme().changed.connect(self.viewport().update)

    def _arrived(self) -> None:
        self._soon.stop()
        self._progress.hide()

    # -- for pages -----------------------------------------------------------------------------

    def current_id(self) -> int | None:
        """Id of the current row."""
        index = self.currentIndex()
        return self._table.id_at(index.row()) if index.isValid() else None

    def current_row(self) -> Any:
        """The current row, or None."""
        index = self.currentIndex()
        return self._table.row_at(index.row()) if index.isValid() else None

    def selected_ids(self) -> list[int]:
        """Ids of the ticked rows; where none are ticked, of the selected ones, in order."""
        if self._table.checked:
            return [row_id for row_id in self._table.ids if row_id in self._table.checked]
        lines = sorted({index.row() for index in self.selectionModel().selectedRows()})
        found = (self._table.id_at(line) for line in lines)
        return [row_id for row_id in found if row_id is not None]

    def select_id(self, row_id: int) -> bool:
        """Make a row current and bring it into view; False where it is not in the list."""
        line = self._table.line_of(row_id)
        if line is None:
            self._keep = row_id
            return False
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(
            self._table.index(line, self._cells.first), flags.ClearAndSelect | flags.Rows
        )
        self.scrollTo(self._table.index(line, self._cells.first))
        return True

    def select_first(self) -> None:
        """Make the first row current."""
        if self._table.ids:
            self.select_id(self._table.ids[0])

    def shift_by(self, pixels: int) -> None:
        """Keep the rows where they are while something above the list appears or goes."""
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + pixels)

    # -- order and place -----------------------------------------------------------------------

    def _restore_order(self) -> None:
        kept = memory().get(f"order/{self._name}") if self._name else None
        keys = {column.sort for column in self._table.columns if column.sort}
        if kept and kept[0] in keys:
            self._table.order = Sort(str(kept[0]), bool(kept[1]))

    def _sort_by(self, section: int) -> None:
        column = self._table.columns[section]
        if not column.sort:
            return
        order = self._table.order
        again = order is not None and order.key == column.sort
        descending = not order.descending if again and order else column.descending
        self._table.top = 0
        self._table.set_sort(Sort(column.sort, descending))
        self._header.viewport().update()
        if self._name:
            memory().set(f"order/{self._name}", [column.sort, descending])

    def _remember_place(self) -> None:
        self._keep = self._keep if self._keep is not None else self.current_id()

    def _restore_place(self) -> None:
        """After a reload: the same row stays current, or its place in the list."""
        self._span_groups()
        keep, self._keep = self._keep, None
        if keep is not None:
            line = self._table.line_of(keep)
            if line is not None:
                flags = QItemSelectionModel.SelectionFlag
                index = self._table.index(line, self._cells.first)
                self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
            elif self._table.ids:
                self._keep = None
        self.picked.emit(-1 if self.current_id() is None else self.current_id())

    def _span_groups(self) -> None:
        self.clearSpans()
        for line in self._table.heads:
            self.setSpan(line, 0, 1, len(self._table.columns))

    def _scrolled(self) -> None:
        self._table.top = max(0, self.rowAt(0))

    # -- widths --------------------------------------------------------------------------------

    def fit(self) -> None:
        """Give every column its width; those of low priority make room."""
        columns = self._table.columns
        room = self.viewport().width()
        shown = [at for at, each in enumerate(columns) if each.key not in self._hidden]
        while shown and sum(self._width(at, shown[-1]) for at in shown) > room:
            optional = [at for at in shown if columns[at].priority]
            if not optional:
                break
            shown.remove(max(optional, key=lambda at: (columns[at].priority, at)))
        self._fitting = True
        bar = self.verticalScrollBar()
        self._cells.beside = bar.width() if bar.isVisible() else 0
        self._cells.first, self._cells.last = (shown[0], shown[-1]) if shown else (0, 0)
        stretching = [at for at in shown if columns[at].stretch] or shown[-1:]
        spare = room - sum(self._width(at, shown[-1]) for at in shown)
        for at in range(len(columns)):
            self.setColumnHidden(at, at not in shown)
        for at in shown:
            extra = spare // len(stretching) if at in stretching else 0
            self.setColumnWidth(at, max(theme().px(40), self._width(at, shown[-1]) + extra))
        self._fitting = False

    def _width(self, at: int, last: int) -> int:
        column = self._table.columns[at]
        natural = self._widths.get(column.key, column.natural_width)
        edge = self._cells.edge - self._cells.pad
        # The outer columns are wider by the margin of the page.
        extra = edge if at in {0, last} else 0
        if column.kind == "check":
            extra = 0
        return theme().px(natural + extra)

    def _resized(self, section: int, _old: int, new: int) -> None:
        """The user dragged a border: remember it."""
        column = self._table.columns[section]
        if self._fitting or column.stretch or not self._name:
            return
        self._widths[column.key] = round(new * 100 / theme().percent)
        memory().set(f"widths/{self._name}", dict(self._widths))
        QTimer.singleShot(0, self, self.fit)

    def choices(self) -> list[tuple[str, str, bool]]:
        """Key and title of the columns that can be left out, and whether each is shown."""
        return [
            (each.key, each.title, each.key not in self._hidden)
            for each in self._table.columns
            if each.title and each.kind not in NAMING
        ]

    def show_column(self, key: str, *, shown: bool) -> None:
        """Show or leave out a column; remembered."""
        self._hidden = self._hidden - {key} if shown else self._hidden | {key}
        memory().set(f"hidden/{self._name}", sorted(self._hidden))
        self.fit()

    def forget_widths(self) -> None:
        """Every column with its own width again."""
        self._hidden.clear()
        self._widths.clear()
        for kept in ("hidden", "widths"):
            memory().set(f"{kept}/{self._name}", None)
        self.fit()

    def choose_columns(self, at: QPoint | None = None) -> None:
        """Offer the columns below the header, or at a point of it."""
        if self._name and self.choices():
            place = self._header.mapToGlobal(at or self._header.rect().bottomLeft())
            column_menu(self, self).popup(place)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._progress.setGeometry(0, self._header.height() - 2, self.width(), 2)
        self.fit()

    # -- pointer and keys ----------------------------------------------------------------------

    def _toggle_all(self) -> None:
        if self._table.checked:
            self._table.set_checked(())
        else:
            self._table.check_all()

    def _open(self, index: QModelIndex) -> None:
        row_id = self._table.id_at(index.row())
        if row_id is not None:
            self.opened.emit(row_id)

    def _clicked(self, index: QModelIndex) -> None:
        row_id = self._table.id_at(index.row())
        if row_id is None:
            return
        column = self._table.columns[index.column()]
        if column.kind == "check":
            self._table.toggle(row_id)
        self.activated_cell.emit(row_id, column.key)

    @override
    def currentChanged(self, current: Any, previous: Any) -> None:
        super().currentChanged(current, previous)
        row_id = self._table.id_at(current.row()) if current.isValid() else None
        self.picked.emit(-1 if row_id is None else row_id)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self._open(self.currentIndex())
            return
        if self._ticks() and self._tick_key(event):
            return
        if key == Qt.Key.Key_Escape and self._table.checked:
            self._table.set_checked(())
            return
        plain = event.modifiers() in {
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.ShiftModifier,
        }
        if plain and event.text() and event.text().isprintable():
            event.ignore()  # letters are keys of the page, not a search in the first column
            return
        super().keyPressEvent(event)

    def _ticks(self) -> bool:
        return self.selectionMode() == QAbstractItemView.SelectionMode.SingleSelection

    def _tick_key(self, event: QKeyEvent) -> bool:
        """Space ticks, Ctrl+A ticks all, Shift with an arrow ticks on the way."""
        key, current = event.key(), self.current_id()
        if key == Qt.Key.Key_A and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self._table.check_all()
            return True
        if current is None:
            return False
        if key == Qt.Key.Key_Space:
            self._table.toggle(current)
            return True
        shifted = event.modifiers() == Qt.KeyboardModifier.ShiftModifier
        if shifted and key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            way = -1 if key == Qt.Key.Key_Up else 1
            line = self.currentIndex().row() + way
            if self._table.id_at(line) is None:
                line += way
            there = self._table.id_at(line)
            if there is not None:
                self._table.set_checked(self._table.checked | {current, there})
                self.select_id(there)
            return True
        return False

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.rowAt(event.position().toPoint().y()))

    @override
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        super().wheelEvent(event)
        self._hover(self.rowAt(event.position().toPoint().y()))

    def _hover(self, line: int) -> None:
        if line != self._cells.hovered:
            self._cells.hovered = line
            self.viewport().update()

    @override
    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self.viewport().update()
