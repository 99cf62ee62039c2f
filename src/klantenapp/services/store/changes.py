"""What one transaction changed: read off the flush, never declared.

The same record is the refresh signal for screens, the audit entry and the undo image.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import event, text

from klantenapp.models.ledger import LedgerEntry
from klantenapp.models.tables import metadata

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy.orm import Session

#: Kept by triggers, or too large and immutable: never part of an image.
LEFT_OUT: Final = {"ledger_entry": {"open_amount"}, "stored_file": {"content"}}
#: Written by the store itself.
NOT_AUDITED: Final = frozenset({"audit_entry", "audit_image"})
#: A trigger on the first changes rows of the second, found under these columns.
DERIVED: Final = {"settlement": ("ledger_entry", ("debit_id", "credit_id"))}
_CHUNK: Final = 500


@dataclass(frozen=True)
class Changes:
    """What a committed operation touched.

    Attributes:
        operation: its name.
        tables: table name -> ids of rows inserted, updated or deleted; no ids where rows came or
            went in bulk.
        entry_id: of the audit entry; None where nothing changed.
        everything: another process wrote, or a file was replaced: reload all.
    """

    operation: str
    tables: Mapping[str, frozenset[int]] = field(default_factory=dict)
    entry_id: int | None = None
    everything: bool = False

    def touches(self, *tables: str) -> bool:
        """Whether a row of one of these tables changed."""
        return self.everything or any(table in self.tables for table in tables)

    def touches_row(self, table: str, row_id: int) -> bool:
        """Whether that row changed."""
        rows = self.tables.get(table)
        return self.everything or (rows is not None and (not rows or row_id in rows))


@dataclass(frozen=True)
class Image:
    """A row before and after, as JSON of the stored values; None is absent."""

    table: str
    row_id: int
    before: str | None
    after: str | None


def image_columns(table: str) -> list[str]:
    """Columns that an image of this table holds."""
    left_out = LEFT_OUT.get(table, set())
    return [column.name for column in metadata.tables[table].columns if column.name not in left_out]


def stored_rows(session: Session, table: str, ids: Iterable[int]) -> dict[int, str]:
    """The rows as they stand in the file now: id -> JSON of their stored values."""
    wanted = sorted(ids)
    # Names come from our own metadata, never from a user.
    columns = ", ".join(image_columns(table))
    found = {}
    for start in range(0, len(wanted), _CHUNK):
        numbers = ", ".join(str(int(number)) for number in wanted[start : start + _CHUNK])
        query = text(f"SELECT {columns} FROM {table} WHERE id IN ({numbers})")  # noqa: S608 - see above
        for row in session.connection().execute(query).mappings():
            found[row["id"]] = json.dumps(dict(row), sort_keys=True, ensure_ascii=False)
    return found


class Recorder:
    """Listens to one writing session and knows afterwards what it changed.

    Attributes:
        batch_id: the import batch that the operation made or took back.
        bulk_tables: tables whose rows came or went in bulk, without images.
        detail: what history keeps of the batch.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        session.info["recorder"] = self
        self.batch_id: int | None = None
        self.bulk_tables: set[str] = set()
        self.detail: str | None = None
        self._before: dict[str, dict[int, str | None]] = defaultdict(dict)
        event.listen(session, "before_flush", self._before_flush)
        event.listen(session, "after_flush", self._after_flush)
        event.listen(session, "after_flush_postexec", self._after_postexec)

    def _before_flush(self, session: Session, *_: object) -> None:
        touched: dict[str, set[int]] = defaultdict(set)
        for thing in (*session.dirty, *session.deleted):
            table = thing.__tablename__
            if thing.id not in self._before[table]:
                touched[table].add(thing.id)
        for table, ids in touched.items():
            rows = stored_rows(session, table, ids)
            self._before[table].update({row_id: rows.get(row_id) for row_id in ids})

    def _after_flush(self, session: Session, *_: object) -> None:
        for thing in session.new:
            self._before[thing.__tablename__].setdefault(thing.id, None)

    def _after_postexec(self, session: Session, *_: object) -> None:
        """Open amounts were changed by triggers: read them anew."""
        for thing in session.identity_map.values():
            if isinstance(thing, LedgerEntry):
                session.expire(thing, ["open_amount"])

    def note(self, table: str, row_id: int, before: str | None) -> None:
        """Record a row that the store itself is about to write without the unit of work."""
        self._before[table].setdefault(row_id, before)

    def images(self) -> list[Image]:
        """What changed so far, row by row; rows that are as they were are left out."""
        images = []
        for table, rows in sorted(self._before.items()):
            if table in NOT_AUDITED:
                continue
            after = stored_rows(self._session, table, rows)
            images += [
                Image(table, row_id, before, after.get(row_id))
                for row_id, before in sorted(rows.items())
                if before != after.get(row_id)
            ]
        return images


def recorder_of(session: Session) -> Recorder:
    """The recorder of a running operation."""
    found = session.info["recorder"]
    if not isinstance(found, Recorder):
        raise TypeError(found)
    return found


def touched_rows(images: Iterable[Image]) -> dict[str, frozenset[int]]:
    """Table -> ids, with the rows that triggers change along."""
    touched: dict[str, set[int]] = defaultdict(set)
    for image in images:
        touched[image.table].add(image.row_id)
        if image.table in DERIVED:
            table, columns = DERIVED[image.table]
            values: dict[str, Any] = json.loads(image.after or image.before or "{}")
            touched[table].update(values[column] for column in columns)
    return {table: frozenset(ids) for table, ids in touched.items()}
