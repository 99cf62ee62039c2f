"""Taking back: images put back for what is reversible, a compensating operation for the posted."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from sqlalchemy import bindparam, text

from klantenapp.models.audit import AuditEntry
from klantenapp.services.errors.store import NotReversible, UndoConflict
from klantenapp.services.store import audit, operations
from klantenapp.services.store.changes import stored_rows

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from klantenapp.services.store.changes import Image, Recorder

LIMIT: Final = 100


@dataclass(frozen=True)
class Step:
    """One thing that the user can take back.

    Attributes:
        operation: name of what was done.
        entries: audit entries of it, oldest first (several where autosaves were merged).
        group: acts with the same one join the step.
    """

    operation: str
    entries: tuple[int, ...]
    group: str | None = None


@dataclass
class Stack:
    """What one window did and took back, newest last; at most 100 steps."""

    done: list[Step] = field(default_factory=list)
    undone: list[Step] = field(default_factory=list)

    def push(self, operation: str, entry_id: int, group: str | None) -> None:
        """Remember an act; final ones cannot be undone and are not kept."""
        self.undone.clear()
        if operations.way_of(operation) is operations.FINAL:
            return
        if group is not None and self.done and self.done[-1].group == group:
            last = self.done.pop()
            self.done.append(Step(last.operation, (*last.entries, entry_id), group))
        else:
            self.done.append(Step(operation, (entry_id,), group))
        del self.done[:-LIMIT]


def take_back(session: Session, recorder: Recorder, entry_id: int) -> str:
    """Undo one entry inside the running transaction.

    Returns:
        Name of the operation to record: "history.undo", or that of the compensation.

    Raises:
        UndoConflict: a row changed since.
        NotReversible: the operation is final.
    """
    entry = session.get_one(AuditEntry, entry_id)
    way = operations.way_of(entry.operation)
    if isinstance(way, operations.Compensated):
        way.run(session, audit.made_by(session, entry_id))
        return way.by
    if way is operations.FINAL:
        raise NotReversible(entry.operation)
    _put_back(session, recorder, audit.images_of(session, entry_id))
    return "history.undo"


def _put_back(session: Session, recorder: Recorder, images: list[Image]) -> None:
    session.flush()
    session.expunge_all()
    connection = session.connection()
    connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    _refuse_conflicts(session, images)
    for image in reversed(images):
        recorder.note(image.table, image.row_id, image.after)
        if image.before is None:
            connection.execute(
                text(f"DELETE FROM {image.table} WHERE id = :id"),  # noqa: S608 - our own table name
                {"id": image.row_id},
            )
            continue
        values = audit.values_of(image.before, image.table)
        if image.after is None:
            statement = _insert(image.table, list(values))
        else:
            now = json.loads(image.after)
            values = {name: value for name, value in values.items() if now.get(name) != value}
            statement = _update(image.table, list(values))
        connection.execute(text(statement), values | {"id": image.row_id})


def _insert(table: str, columns: list[str]) -> str:
    names, binds = ", ".join(columns), ", ".join(f":{name}" for name in columns)
    return f"INSERT INTO {table} ({names}) VALUES ({binds})"  # noqa: S608 - our own names


def _update(table: str, columns: list[str]) -> str:
    changes = ", ".join(f"{name} = :{name}" for name in columns)
    return f"UPDATE {table} SET {changes} WHERE id = :id"  # noqa: S608 - our own names


def _refuse_conflicts(session: Session, images: list[Image]) -> None:
    by_table: dict[str, dict[int, str | None]] = defaultdict(dict)
    for image in images:
        by_table[image.table][image.row_id] = image.after
    for table, rows in by_table.items():
        there = stored_rows(session, table, rows)
        for row_id, after in rows.items():
            if there.get(row_id) != after:
                raise UndoConflict(_last_operation(session, table, row_id))


def _last_operation(session: Session, table: str, row_id: int) -> str:
    """Which operation changed the row last."""
    found = session.connection().execute(
        text(
            "SELECT e.operation FROM audit_image AS i JOIN audit_entry AS e ON e.id = i.entry_id "
            "WHERE i.table_name = :table AND i.row_id = :row ORDER BY i.id DESC LIMIT 1"
        ).bindparams(bindparam("table", table), bindparam("row", row_id))
    )
    return str(found.scalar() or "")
