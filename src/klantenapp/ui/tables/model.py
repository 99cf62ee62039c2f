"""The one table model: ids from one query, rows in pages by id, headings between them.

A million rows open at once, because only their ids are kept (8 bytes each); rows come when they are
looked at and the last pages stay. Sorting and filtering happen in SQL, on a reader thread.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections import OrderedDict
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from typing_extensions import override

from klantenapp.ui.tables.cells import (
    CELLS,
    CheckedRole,
    ColumnRole,
    GroupRole,
    RowRole,
    ToneRole,
    ValueRole,
    group_answer,
    sortable,
)
from klantenapp.ui.tables.columns import Grouped

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtCore import QObject
    from sqlalchemy.orm import Session

    from klantenapp.ui.ops import Ops
    from klantenapp.ui.tables.columns import Column, Group, Sort

__all__ = [
    "NOWHERE",
    "CheckedRole",
    "ColumnRole",
    "GroupRole",
    "Index",
    "RowRole",
    "TableModel",
    "ToneRole",
    "ValueRole",
]

Index = QModelIndex | QPersistentModelIndex
#: The parent of every row of a list.
NOWHERE = QModelIndex()

#: Ids, headings, and the rows that came along.
Answer = tuple["array[int]", Sequence["Group"], dict[int, Any]]

#: Rows per page, and pages kept.
PAGE = 128
KEPT = 24
#: Rows read together with the ids, so that the first paint is complete.
HEAD = 64


class IdsQuery(Protocol):
    """Gives the ids of a list, filtered and sorted."""

    def __call__(
        self, session: Session, wanted: Any, sort: Sort | None, /
    ) -> array[int] | Sequence[int] | Grouped:
        """Ids in order; `wanted` is what `set_filter` got."""


class RowsQuery(Protocol):
    """Gives frozen rows (with an `id`) of some ids, in any order."""

    def __call__(self, session: Session, ids: Sequence[int], /) -> Iterable[Any]:
        """Rows of these ids."""


class TableModel(QAbstractTableModel):
    """Rows of one list.

    Args:
        ops: where the queries run.
        columns: what is shown.
        ids: query for the ids; None for a short list that is given by `set_rows`.
        rows: query for the rows of some ids.
        head: query for the first some hundred ids alone, where an index serves the order; they
            are shown until all ids are there.
        parent: owner.

    Attributes:
        loaded: ids and first rows have arrived (number of rows, without headings).
        checks_changed: the ticked rows are others.
        checked: ids of ticked rows.
        checkable: ids of the rows that can be ticked; None is every row.
        filter: what `ids` gets as its filter.
        order: what `ids` gets as its sort.
    """

    loaded = Signal(int)
    checks_changed = Signal()
    loading = Signal()

    def __init__(
        self,
        ops: Ops,
        columns: Sequence[Column],
        ids: IdsQuery | None = None,
        rows: RowsQuery | None = None,
        *,
        head: IdsQuery | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = list(columns)
        self.checked: set[int] = set()
        self.checkable: frozenset[int] | None = None
        self.filter: Any = None
        self.order: Sort | None = None
        self._ops = ops
        self._ids_query = ids
        self._rows_query = rows
        self._head_query = head
        self._ids: array[int] = array("q")
        self._groups: list[Group] = []
        self._heads: list[int] = []
        self._pages: OrderedDict[int, dict[int, Any]] = OrderedDict()
        self._static: list[Any] | None = None
        self._asked: set[int] = set()
        self._generation = 0
        self._asked_times = 0
        self._arrived_times = 0
        self.top = 0

    # -- what it holds -------------------------------------------------------------------------

    @property
    def ids(self) -> array[int]:
        """Ids of all rows, in order."""
        return self._ids

    @property
    def groups(self) -> Sequence[Group]:
        """Headings between the rows."""
        return self._groups

    @property
    def heads(self) -> Sequence[int]:
        """Lines of the table that are headings."""
        return self._heads

    @property
    def is_loaded(self) -> bool:
        """Whether anything has arrived yet."""
        return self._generation > 0

    def set_rows(self, rows: Sequence[Any], groups: Sequence[Group] = ()) -> None:
        """Show a short list as it is given; rows without an `id` are numbered."""
        ids = array("q", (getattr(row, "id", number) for number, row in enumerate(rows)))
        self._static = list(rows)
        self._take(ids, groups, dict(zip(ids, rows, strict=True)))

    def update_rows(self, rows: Sequence[Any]) -> None:
        """Show other values of the same rows, without a reset: what is being edited stays open."""
        if [getattr(row, "id", number) for number, row in enumerate(rows)] != list(self._ids):
            self.set_rows(rows, self._groups)
            return
        self._static = list(rows)
        held = dict(zip(self._ids, rows, strict=True))
        self._pages = OrderedDict.fromkeys(range((len(rows) + PAGE - 1) // PAGE), held)
        self._repaint()

    def set_filter(self, value: Any) -> None:
        """Filter otherwise, and read."""
        self.filter = value
        self.top = 0
        self.reload()

    def set_sort(self, order: Sort | None) -> None:
        """Sort otherwise, and read; a short list sorts itself by the values of the column."""
        self.order = order
        if self._static is not None and order is not None:
            column = next(one for one in self.columns if one.sort == order.key)
            rows = sorted(self._static, key=lambda row: sortable(column.of(row)))
            self.set_rows(rows[::-1] if order.descending else rows)
            return
        self.reload()

    def reload(self) -> None:
        """Read ids and the rows in view again; what is shown stays until they are there."""
        ids_query, rows_query = self._ids_query, self._rows_query
        if ids_query is None or rows_query is None:
            return
        wanted, order, top = self.filter, self.order, self.top
        self.loading.emit()

        self._asked_times += 1
        this = self._asked_times

        def query(ask: IdsQuery, session: Session) -> Answer:
            found: Any = ask(session, wanted, order)
            groups: Sequence[Group] = ()
            if isinstance(found, Grouped):
                groups, found = found.groups, found.ids
            ids = found if isinstance(found, array) else array("q", found)
            start = max(0, min(top, len(ids) - HEAD)) // PAGE * PAGE
            part = ids[start : start + PAGE + HEAD]
            rows = {row.id: row for row in rows_query(session, part)} if part else {}
            return ids, groups, rows

        def first(answer: Answer) -> None:
            if this == self._asked_times and this != self._arrived_times:
                self._take(*answer)

        def whole(answer: Answer) -> None:
            self._arrived_times = this
            self._take(*answer)

        if self._head_query is not None and top == 0:
            self._ops.read(self, partial(query, self._head_query), first, key="head")
        self._ops.read(self, partial(query, ids_query), whole, key="ids")

    def row_at(self, index: int) -> Any:
        """The row at a line of the table: None for a heading, or while it is not there yet."""
        position = self._position(index)
        return None if position is None else self._row(position)

    def id_at(self, index: int) -> int | None:
        """Id of the row at a line of the table; None for a heading."""
        position = self._position(index)
        return None if position is None else self._ids[position]

    def group_at(self, index: int) -> Group | None:
        """The heading at a line of the table, if it is one."""
        at = bisect_left(self._heads, index)
        return self._groups[at] if at < len(self._heads) and self._heads[at] == index else None

    def line_of(self, row_id: int) -> int | None:
        """Line of the table where a row stands; None where it is not in the list."""
        try:
            position = self._ids.index(row_id)
        except ValueError:
            return None
        return position + bisect_right([group.at for group in self._groups], position)

    # -- ticking -------------------------------------------------------------------------------

    def set_checked(self, ids: Iterable[int]) -> None:
        """Tick these rows and no others."""
        wanted = set(ids)
        if wanted != self.checked:
            self.checked = wanted
            self._repaint()
            self.checks_changed.emit()

    def toggle(self, row_id: int) -> None:
        """Tick a row that can be, or take the tick away."""
        if self.checkable is None or row_id in self.checkable:
            self.set_checked(self.checked ^ {row_id})

    def check_all(self) -> None:
        """Tick every row of the filter that can be."""
        self.set_checked(self._ids if self.checkable is None else self.checkable)

    @property
    def all_checked(self) -> bool:
        """Whether every row that can be ticked is."""
        count = len(self._ids) if self.checkable is None else len(self.checkable)
        return bool(count) and len(self.checked) == count

    # -- Qt ------------------------------------------------------------------------------------

    @override
    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._ids) + len(self._groups)

    @override
    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        return None

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.group_at(index.row()) is not None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        group = self.group_at(index.row())
        if group is not None:
            return group_answer(group, index.column(), role)
        column = self.columns[index.column()]
        if role == ColumnRole:
            return column
        if role == CheckedRole:
            return self.id_at(index.row()) in self.checked
        row = self.row_at(index.row())
        if row is None:
            return None
        answer = CELLS.get(role)
        return answer(column, row) if answer else None

    # -- inside --------------------------------------------------------------------------------

    def _position(self, index: int) -> int | None:
        """Line of the table -> position among the rows."""
        if not self._heads:
            return index if 0 <= index < len(self._ids) else None
        before = bisect_right(self._heads, index)
        if before and self._heads[before - 1] == index:
            return None
        position = index - before
        return position if 0 <= position < len(self._ids) else None

    def _row(self, position: int) -> Any:
        page = position // PAGE
        rows = self._pages.get(page)
        if rows is None:
            self._ask(page)
            return None
        self._pages.move_to_end(page)
        return rows.get(self._ids[position])

    def _ask(self, page: int) -> None:
        """Read a page that is looked at; once."""
        rows_query = self._rows_query
        if page in self._asked or rows_query is None:
            return
        self._asked.add(page)
        part = self._ids[page * PAGE : (page + 1) * PAGE]
        generation = self._generation

        def arrived(rows: dict[int, Any]) -> None:
            if generation == self._generation:
                self._asked.discard(page)
                self._keep(page, rows)
                self._repaint(page * PAGE, (page + 1) * PAGE)

        self._ops.read(
            self, lambda session: {row.id: row for row in rows_query(session, part)}, arrived
        )

    def _keep(self, page: int, rows: dict[int, Any]) -> None:
        self._pages[page] = rows
        while len(self._pages) > KEPT:
            self._pages.popitem(last=False)

    def _take(self, ids: array[int], groups: Sequence[Group], rows: dict[int, Any]) -> None:
        """Show other ids, with the rows that came along."""
        self.beginResetModel()
        self._generation += 1
        self._ids = ids
        self._groups = list(groups)
        self._heads = [group.at + number for number, group in enumerate(self._groups)]
        self._pages.clear()
        self._asked.clear()
        for page in range((len(ids) + PAGE - 1) // PAGE) if rows else ():
            part = ids[page * PAGE : (page + 1) * PAGE]
            if part and all(row_id in rows for row_id in part):
                self._pages[page] = rows
        self.endResetModel()
        if self.checked:
            self.set_checked(self.checked.intersection(ids))
        self.loaded.emit(len(ids))

    def _repaint(self, first: int = 0, last: int | None = None) -> None:
        """Tell the view that cells changed; with headings the whole table, they shift lines."""
        lines = self.rowCount()
        if not lines:
            return
        if self._groups or last is None:
            first, last = 0, lines
        corner = self.index(min(last, lines) - 1, len(self.columns) - 1)
        self.dataChanged.emit(self.index(min(first, lines - 1), 0), corner)
