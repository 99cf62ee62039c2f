"""The door for imports: many rows inserted at once, as one batch that is whole or absent.

    with bulk.batch(session, "customers", file_name, file_digest) as batch:
        ids = batch.add("customer", customers)
        batch.add("contact", [... | {"customer_id": customer_id} for customer_id in ids])

Rows go in by Core and carry the batch's id; history has one entry with the counts and a digest.
What an import changes in rows that were there goes through the session as always, and is put back
with the rest. `undo` takes the whole batch out again, and refuses when anything else uses it.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import delete, func, insert, select, text

from klantenapp.models.audit import AuditEntry, AuditImage, ImportBatch
from klantenapp.models.business import Business
from klantenapp.models.document import Document
from klantenapp.models.ledger import LedgerEntry
from klantenapp.models.tables import metadata
from klantenapp.services.errors.ledger import PeriodLocked
from klantenapp.services.errors.store import ImportInUse, ImportUndone, UndoConflict
from klantenapp.services.store import audit, clock
from klantenapp.services.store.changes import recorder_of, stored_rows
from klantenapp.services.store.operations import FINAL, Compensated, register
from klantenapp.services.store.undo import put_back

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sqlalchemy import Column, Table
    from sqlalchemy.orm import Session

    from klantenapp.services.store.operations import Made

UNDO: Final = register("import.undo", FINAL)

#: Tables whose imported rows never change, and the columns that may all the same.
FROZEN: Final[dict[str, frozenset[str]]] = {
    "document": frozenset({"customer_id"}),
    "document_line": frozenset(),
    "document_tax": frozenset(),
    "payment": frozenset({"customer_id"}),
    "ledger_entry": frozenset({"customer_id", "open_amount"}),
    "settlement": frozenset(),
}
#: Imported rows of these tables belong to the user afterwards, who may remove them.
EDITABLE: Final = frozenset(
    {"customer", "contact", "address", "item", "price_list", "list_price", "message_file"}
)
#: How a row that uses an import is called, to name it: a column or an expression.
_NAMES: Final = {
    "document": "COALESCE(number, 'concept ' || id)",
    "customer": "number || ' ' || name",
    "contract": "name",
    "recurring": "name",
    "item": "code",
    "payment": "date || COALESCE(' ' || reference, '')",
    "ledger_entry": "date || COALESCE(' ' || reference, '')",
}


def _undo_entry(session: Session, made: Made) -> None:
    batch_id = session.get_one(AuditEntry, made.entry_id).batch_id
    if batch_id is not None:
        undo(session, batch_id)


#: How an import operation is undone: `register("import.items", BY_BATCH)`.
BY_BATCH: Final = Compensated(UNDO, _undo_entry)


class Batch:
    """An import under way. Made by `batch`.

    Attributes:
        id: on every row of it.
        counts: table name -> rows so far.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._next: dict[str, int] = {}
        self.id = self._reserve("import_batch", 1).start
        self.counts: dict[str, int] = defaultdict(int)
        session.flush()
        # The row of the batch itself comes last, when its counts are known.
        session.connection().exec_driver_sql("PRAGMA defer_foreign_keys = ON")

    def add(self, table: str, rows: Sequence[Mapping[str, Any]]) -> range:
        """Insert rows by column name; those that are left out get their defaults.

        Returns:
            The ids, in the order of the rows.

        Raises:
            ValueError: the table has no batches, or a row brings its own id.
        """
        target = metadata.tables[table]
        if "batch_id" not in target.columns or any("id" in row for row in rows):
            raise ValueError(table)
        ids = self._reserve(table, len(rows))
        alike: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
        for row_id, row in zip(ids, rows, strict=True):
            alike[tuple(sorted(row))].append({**row, "id": row_id, "batch_id": self.id})
        for group in alike.values():
            self._session.execute(insert(target), group)
        if rows:
            self.counts[table] += len(rows)
        return ids

    def _reserve(self, table: str, number: int) -> range:
        """The next ids of a table: nobody else writes while this transaction runs."""
        if table not in self._next:
            given = self._session.connection().execute(
                text("SELECT seq FROM sqlite_sequence WHERE name = :name"), {"name": table}
            )
            self._next[table] = int(given.scalar() or 0) + 1
        start = self._next[table]
        self._next[table] = start + number
        return range(start, start + number)


@contextlib.contextmanager
def batch(session: Session, kind: str, file_name: str, file_digest: str) -> Iterator[Batch]:
    """Run one import; leaving the block records it, leaving by an exception records nothing.

    Args:
        session: of the running operation; an operation has one batch.
        kind: see `models.audit.ImportBatch`.
        file_name: without its folder.
        file_digest: sha256 of the file, so that the same file is recognised.
    """
    running = Batch(session)
    yield running
    counted = dict(sorted(running.counts.items()))
    found = digest(session, running.id, counted)
    session.add(
        ImportBatch(
            id=running.id,
            kind=kind,
            file_name=file_name,
            file_digest=file_digest,
            at=clock.now(),
            counts=json.dumps(counted),
            digest=found,
        )
    )
    session.flush()
    recorder = recorder_of(session)
    recorder.batch_id = running.id
    recorder.bulk_tables |= counted.keys()
    recorder.detail = json.dumps({"file": file_name, "counts": counted, "digest": found})


def counts(session: Session, batch_id: int) -> dict[str, int]:
    """Rows of a batch per table; tables without any are left out."""
    found = {}
    for table in _tables():
        number = session.scalar(
            select(func.count()).select_from(table).where(table.c.batch_id == batch_id)
        )
        if number:
            found[table.name] = number
    return dict(sorted(found.items()))


def digest(session: Session, batch_id: int, tables: Mapping[str, int]) -> str:
    """sha256 over the rows of a batch that never change, as stored, in id order."""
    found = hashlib.sha256()
    for name in sorted(tables):
        if name not in FROZEN:
            continue
        columns = [
            column.name
            for column in metadata.tables[name].columns
            if column.name not in FROZEN[name]
        ]
        query = f"SELECT {', '.join(columns)} FROM {name} WHERE batch_id = :batch ORDER BY id"  # noqa: S608 - our own names
        rows = session.connection().execute(
            text(query), {"batch": batch_id}, execution_options={"yield_per": 1000}
        )
        for row in rows:
            found.update(json.dumps([name, *row], ensure_ascii=False).encode())
    return found.hexdigest()


def undo(session: Session, batch_id: int) -> None:
    """Take an import back as a whole.

    Raises:
        ImportUndone: it was taken back before.
        ImportInUse: something else uses its rows, by name.
        UndoConflict: a row of it, or one that it changed, was changed since.
        PeriodLocked: something of it lies in a closed period.
    """
    row = session.get_one(ImportBatch, batch_id)
    if row.state != "whole":
        raise ImportUndone(row.file_name)
    entry = session.scalars(
        select(AuditEntry).where(AuditEntry.batch_id == batch_id).order_by(AuditEntry.id).limit(1)
    ).one()
    images = audit.images_of(session, entry.id)
    made = {(image.table, image.row_id) for image in images if image.before is None}
    there = json.loads(row.counts)
    _refuse_closed(session, batch_id)
    _refuse_changes(session, batch_id, entry.id, there)
    _refuse_use(session, row, made, there)
    file_name = row.file_name
    # What leans on the rows of the batch goes before them, what they lean on after them.
    leaning = [image for image in images if _leans_on(image.table, there)]
    put_back(session, recorder_of(session), leaning)
    row = session.get_one(ImportBatch, batch_id)
    row.state = "undoing"
    session.flush()
    for table in reversed(_tables()):
        if table.name in there:
            session.execute(delete(table).where(table.c.batch_id == batch_id))
    row.state = "undone"
    session.flush()
    put_back(session, recorder_of(session), [each for each in images if each not in leaning])
    recorder = recorder_of(session)
    recorder.batch_id = batch_id
    recorder.bulk_tables |= there.keys()
    recorder.detail = json.dumps({"file": file_name, "counts": there})


def _refuse_closed(session: Session, batch_id: int) -> None:
    """What lies in a closed period stays, however it came in."""
    through = session.scalar(select(Business.locked_through))
    if through is None:
        return
    for dated in (LedgerEntry, Document):
        day = session.scalar(
            select(func.min(dated.date)).where(dated.batch_id == batch_id, dated.date <= through)
        )
        if day is not None:
            raise PeriodLocked(day, through)


def _leans_on(name: str, tables: Mapping[str, int]) -> bool:
    keys = metadata.tables[name].foreign_keys
    return name in tables or any(key.column.table.name in tables for key in keys)


def _tables() -> list[Table]:
    """Tables that an import can fill, each after those it refers to."""
    return [
        table
        for table in metadata.sorted_tables
        if "batch_id" in table.columns and not _is_other_batch(table)
    ]


def _is_other_batch(table: Table) -> bool:
    """History itself, and direct-debit files, whose batches are of another kind."""
    (key,) = table.columns["batch_id"].foreign_keys
    return table.name == "audit_entry" or key.column.table.name != "import_batch"


def _refuse_changes(
    session: Session, batch_id: int, entry_id: int, tables: Mapping[str, int]
) -> None:
    """A row that was changed and changed back is as it came in."""
    for name in tables:
        table = metadata.tables[name]
        rows = session.execute(
            select(AuditImage.row_id, AuditImage.before, AuditEntry.operation)
            .join(AuditEntry, AuditEntry.id == AuditImage.entry_id)
            .join(table, table.c.id == AuditImage.row_id)
            .where(
                AuditImage.table_name == name,
                AuditEntry.id > entry_id,
                table.c.batch_id == batch_id,
            )
            .order_by(AuditImage.id)
        ).all()
        first: dict[int, str | None] = {}
        for row_id, before, _operation in rows:
            first.setdefault(row_id, before)
        last = {row_id: operation for row_id, _before, operation in rows}
        there = stored_rows(session, name, first)
        for row_id, before in first.items():
            if there.get(row_id) != before:
                raise UndoConflict(last[row_id])


def _refuse_use(
    session: Session,
    row: ImportBatch,
    made: set[tuple[str, int]],
    tables: Mapping[str, int],
) -> None:
    """Name what refers to a row of the batch from outside, or is settled by one."""
    # A document says most to a user; its lines, payments and postings follow it.
    for table in sorted(metadata.sorted_tables, key=lambda table: table.name != "document"):
        for key in table.foreign_keys:
            target = key.column.table
            if target.name not in tables:
                continue
            inside = select(target.c.id).where(target.c.batch_id == row.id)
            query = select(table.c.id).where(key.parent.in_(inside))
            if _has_batches(table):
                query = query.where(table.c.batch_id.is_distinct_from(row.id))
            users = [
                user
                for user in session.scalars(query.limit(len(made) + 3))
                if (table.name, user) not in made
            ]
            if users:
                raise ImportInUse(row.file_name, _named(session, table, users[:3]))
    if "settlement" in tables:
        _refuse_settling(session, row)


def _has_batches(table: Table) -> bool:
    return "batch_id" in table.columns and not _is_other_batch(table)


def _refuse_settling(session: Session, row: ImportBatch) -> None:
    """What the batch settled outside itself would stay settled: the sums are kept by triggers."""
    settlement, entry = metadata.tables["settlement"], metadata.tables["ledger_entry"]
    sides: tuple[Column[Any], ...] = (settlement.c.debit_id, settlement.c.credit_id)
    for side in sides:
        outside = session.scalars(
            select(entry.c.id)
            .join(settlement, side == entry.c.id)
            .where(settlement.c.batch_id == row.id, entry.c.batch_id.is_distinct_from(row.id))
            .limit(3)
        ).all()
        if outside:
            raise ImportInUse(row.file_name, _named(session, entry, list(outside)))


def _named(session: Session, table: Table, ids: list[int]) -> tuple[str, ...]:
    """What rows are called, so that the user finds them."""
    if table.name not in _NAMES:
        owner = next(
            (name for name in ("document_id", "customer_id") if name in table.columns), None
        )
        if owner is None:
            return (table.name,)
        (key,) = table.columns[owner].foreign_keys
        query = select(table.columns[owner]).where(table.c.id.in_(ids)).distinct()
        owners = [found for found in session.scalars(query) if found is not None]
        return _named(session, key.column.table, owners) if owners else (table.name,)
    numbers = ", ".join(str(int(number)) for number in ids)
    query_text = f"SELECT {_NAMES[table.name]} FROM {table.name} WHERE id IN ({numbers})"  # noqa: S608 - our own names
    return tuple(str(name) for (name,) in session.connection().execute(text(query_text)))
