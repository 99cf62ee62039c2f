"""Taking back: images put back for what is reversible, a compensating operation for the posted."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from sqlalchemy import bindparam, select, text
from sqlalchemy.exc import IntegrityError

from klantenapp.models.audit import AuditEntry
from klantenapp.models.tables import metadata
from klantenapp.services.errors.store import NotReversible, UndoConflict
from klantenapp.services.store import audit, operations
from klantenapp.services.store.changes import stored_rows

if TYPE_CHECKING:
    from sqlalchemy import Connection, ForeignKey
    from sqlalchemy.orm import Session

    from klantenapp.services.store.changes import Image, Recorder

LIMIT: Final = 100
#: Rows of these tables stay when the operation that made them is undone.
KEPT: Final = frozenset({"stored_file", "import_batch"})


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
    put_back(session, recorder, audit.images_of(session, entry_id))
    return "history.undo"


def put_back(session: Session, recorder: Recorder, images: list[Image]) -> None:
    """Give every row its values from before.

    What was added goes first, then changes are taken back, then what was deleted comes back, so
    that no row is in the way of another's unique value; foreign keys are looked at afterwards.

    Raises:
        UndoConflict: a row changed since, or is referred to since.
    """
    session.flush()
    session.expunge_all()
    connection = session.connection()
    connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    # Content that is stored under its hash is in nobody's way, and a redo finds it again.
    images = [image for image in images if image.table not in KEPT]
    _refuse_conflicts(session, images)
    for image in images:
        recorder.note(image.table, image.row_id, image.after)
    for image in images:
        if image.before is None:
            _delete(connection, image)
    # A merged customer is the last to come apart: its rows may move only until then.
    stuck = [
        image
        for image in reversed(images)
        if image.before is not None and image.after is not None and not _changed(connection, image)
    ]
    # Rows that swapped a unique value stand in each other's way: lift them out, put them in.
    for image in stuck:
        _delete(connection, image)
    for image in images:
        if image.after is None or image in stuck:
            values = audit.values_of(str(image.before), image.table)
            connection.execute(text(_insert(image.table, list(values))), values)
    _refuse_orphans(session, images)


def _refuse_orphans(session: Session, images: list[Image]) -> None:
    """Foreign keys wait for the commit here; name what refers to a row that is gone again."""
    gone = [image for image in images if image.before is None]
    for table in metadata.sorted_tables if gone else ():
        for key in table.foreign_keys:
            for image in gone:
                if key.column.table.name == image.table:
                    _refuse_reference(session, key, image.row_id)
    for image in images:
        if image.before is not None:
            _refuse_missing(session, image)


def _refuse_reference(session: Session, key: ForeignKey, row_id: int) -> None:
    table = key.parent.table
    found = session.connection().execute(select(table.c.id).where(key.parent == row_id).limit(1))
    row = found.scalar()
    if row is not None:
        raise UndoConflict(_last_operation(session, table.name, row))


def _refuse_missing(session: Session, image: Image) -> None:
    values = audit.values_of(str(image.before), image.table)
    for key in metadata.tables[image.table].foreign_keys:
        target = key.column.table
        wanted = values.get(key.parent.name)
        if wanted is not None and not session.connection().scalar(
            select(target.c.id).where(target.c.id == wanted)
        ):
            raise UndoConflict(_last_operation(session, target.name, wanted))


def _delete(connection: Connection, image: Image) -> None:
    connection.execute(
        text(f"DELETE FROM {image.table} WHERE id = :id"),  # noqa: S608 - our own table name
        {"id": image.row_id},
    )


def _changed(connection: Connection, image: Image) -> bool:
    """Change a row back; False where another row still has its unique value."""
    values = audit.values_of(str(image.before), image.table)
    now = json.loads(str(image.after))
    values = {name: value for name, value in values.items() if now.get(name) != value}
    try:
        with connection.begin_nested():
            connection.execute(
                text(_update(image.table, list(values))), values | {"id": image.row_id}
            )
    except IntegrityError as problem:
        if "unique" in str(problem.orig).lower():
            return False
        raise
    return True


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
