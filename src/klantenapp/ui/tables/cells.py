"""What a table answers about one cell, role by role."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt

from klantenapp.ui.tables.columns import Due, written

if TYPE_CHECKING:
    from klantenapp.ui.tables.columns import Column, Group

RowRole = Qt.ItemDataRole.UserRole + 1
ValueRole = Qt.ItemDataRole.UserRole + 2
ColumnRole = Qt.ItemDataRole.UserRole + 3
GroupRole = Qt.ItemDataRole.UserRole + 4
ToneRole = Qt.ItemDataRole.UserRole + 5
CheckedRole = Qt.ItemDataRole.UserRole + 6


def group_answer(group: Group, column: int, role: int) -> Any:
    """Answer for a heading."""
    if role == GroupRole:
        return group
    spoken = {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}
    text = f"{group.title}, {group.about}" if group.about else group.title
    return text if role in spoken and column == 0 else None


def _tone(column: Column, row: Any) -> str | None:
    if column.tone:
        return column.tone(row)
    value = column.of(row)
    return value.tone if isinstance(value, Due) else None


def _tip(column: Column, row: Any) -> str | None:
    if column.tip:
        return column.tip(row)
    value = column.of(row)
    if isinstance(value, Due) and value.exact:
        return written("date", value.exact)
    return None


CELLS: dict[int, Any] = {
    Qt.ItemDataRole.DisplayRole: lambda column, row: written(column.kind, column.of(row)),
    Qt.ItemDataRole.ToolTipRole: _tip,
    Qt.ItemDataRole.AccessibleTextRole: lambda column, row: column.spoken(row),
    RowRole: lambda _column, row: row,
    ValueRole: lambda column, row: column.of(row),
    ToneRole: _tone,
}


def sortable(value: Any) -> tuple[bool, Any]:
    """Key that puts what is absent first and words without regard to case."""
    if isinstance(value, Due):
        value = value.exact
    if isinstance(value, str):
        value = value.casefold()
    return (value is not None, value if value is not None else 0)
