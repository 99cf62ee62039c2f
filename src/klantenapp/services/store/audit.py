"""The history of the file: one entry per operation, in an unbroken chain of hashes."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import insert, select, text

from klantenapp.models.audit import AuditEntry, AuditImage
from klantenapp.services.errors.store import NotReversible
from klantenapp.services.store import clock
from klantenapp.services.store.changes import Image, image_columns
from klantenapp.services.store.operations import Made

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy.orm import Session

GENESIS: Final = "0" * 64
#: Rows of a long history are read in pieces.
_STREAMED: Final[Any] = {"execution_options": {"yield_per": 1000}}


@dataclass(frozen=True)
class Act:
    """What is known of an operation besides what it changed.

    Attributes:
        operation: its name.
        origin: "window" or "cli"; empty is where the administration was opened.
        key: idempotency key, where the act has one.
        group: acts in a row with the same one are one undo step.
        undoes_id, batch_id, detail: see `models.audit.AuditEntry`.
    """

    operation: str
    origin: str = ""
    key: str | None = None
    group: str | None = None
    undoes_id: int | None = None
    batch_id: int | None = None
    detail: str | None = None


def digest(image: str | None) -> str | None:
    """sha256 of an image; absent stays absent."""
    return None if image is None else hashlib.sha256(image.encode()).hexdigest()


def entry_hash(previous: str, fields: list[Any], digests: list[list[Any]]) -> str:
    """Hash of an entry: over the one before, its own fields and the digests of its images."""
    content = json.dumps([previous, fields, digests], ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()


def _fields(act: Act, at: dt.datetime) -> list[Any]:
    moment = at.replace(tzinfo=None).isoformat(timespec="microseconds")
    return [
        moment,
        act.operation,
        act.origin,
        act.key,
        act.group,
        act.undoes_id,
        act.batch_id,
        act.detail,
    ]


def append(session: Session, act: Act, images: list[Image]) -> int:
    """Write the entry and its images; returns the entry's id."""
    at = clock.now()
    previous = last_hash(session)
    digests = [
        [image.table, image.row_id, digest(image.before), digest(image.after)] for image in images
    ]
    entry = AuditEntry(
        at=at,
        operation=act.operation,
        origin=act.origin,
        key=act.key,
        group_key=act.group,
        undoes_id=act.undoes_id,
        batch_id=act.batch_id,
        detail=act.detail,
        previous_hash=previous,
        hash=entry_hash(previous, _fields(act, at), digests),
    )
    session.add(entry)
    session.flush()
    if images:
        session.execute(
            insert(AuditImage),
            [
                {
                    "entry_id": entry.id,
                    "table_name": image.table,
                    "row_id": image.row_id,
                    "before": image.before,
                    "after": image.after,
                    "before_digest": digest(image.before),
                    "after_digest": digest(image.after),
                }
                for image in images
            ],
        )
    return entry.id


def images_of(session: Session, entry_id: int) -> list[Image]:
    """What an entry changed, in the order of writing.

    Raises:
        NotReversible: an image was erased for privacy; nothing can be put back from it.
    """
    rows = session.execute(
        select(AuditImage).where(AuditImage.entry_id == entry_id).order_by(AuditImage.id)
    ).scalars()
    images = []
    for row in rows:
        if (row.before, row.after).count(None) != (row.before_digest, row.after_digest).count(None):
            raise NotReversible(session.get_one(AuditEntry, entry_id).operation)
        images.append(Image(row.table_name, row.row_id, row.before, row.after))
    return images


def made_by(session: Session, entry_id: int) -> Made:
    """What an entry inserted and updated, for its compensation."""
    created: dict[str, list[int]] = defaultdict(list)
    changed: dict[str, list[int]] = defaultdict(list)
    for image in images_of(session, entry_id):
        kind = created if image.before is None else changed
        kind[image.table].append(image.row_id)
    return Made(entry_id, dict(created), dict(changed))


def broken_entry(session: Session) -> int | None:
    """Id of the first entry whose hash does not hold, or whose images do not; None when all do.

    Entries are numbered without a gap, and the file remembers the highest number it gave, so an
    entry that is missing shows too, at the end as well.
    """
    images = iter(
        session.execute(
            select(*_image_columns()).order_by(AuditImage.entry_id, AuditImage.id), **_STREAMED
        )
    )
    image = next(images, None)
    previous, expected_id = GENESIS, 0
    for entry in session.execute(select(*_entry_columns()).order_by(AuditEntry.id), **_STREAMED):
        expected_id += 1
        digests: list[list[Any]] = []
        while image is not None and image.entry_id == entry.id:
            if not _image_holds(image):
                return int(entry.id)
            digests.append(
                [image.table_name, image.row_id, image.before_digest, image.after_digest]
            )
            image = next(images, None)
        act = Act(*entry[2:9])
        expected = entry_hash(previous, _fields(act, entry.at), digests)
        if (entry.id, entry.previous_hash, entry.hash) != (expected_id, previous, expected):
            return min(expected_id, int(entry.id))
        previous = entry.hash
    if image is not None:
        return int(image.entry_id)
    return expected_id + 1 if _last_given(session) > expected_id else None


def _entry_columns() -> tuple[Any, ...]:
    return (
        AuditEntry.id,
        AuditEntry.at,
        AuditEntry.operation,
        AuditEntry.origin,
        AuditEntry.key,
        AuditEntry.group_key,
        AuditEntry.undoes_id,
        AuditEntry.batch_id,
        AuditEntry.detail,
        AuditEntry.previous_hash,
        AuditEntry.hash,
    )


def _image_columns() -> tuple[Any, ...]:
    return (
        AuditImage.entry_id,
        AuditImage.table_name,
        AuditImage.row_id,
        AuditImage.before,
        AuditImage.after,
        AuditImage.before_digest,
        AuditImage.after_digest,
    )


def _last_given(session: Session) -> int:
    """Highest id that the table of entries ever gave out (AUTOINCREMENT)."""
    query = text("SELECT seq FROM sqlite_sequence WHERE name = 'audit_entry'")
    return int(session.connection().execute(query).scalar() or 0)


def last_hash(session: Session) -> str:
    """Hash of the newest entry: two files with the same one have the same history."""
    found = session.scalar(select(AuditEntry.hash).order_by(AuditEntry.id.desc()).limit(1))
    return found or GENESIS


def _image_holds(row: Any) -> bool:
    """An image that was erased for privacy has its digest only, and holds."""
    return (row.before is None or digest(row.before) == row.before_digest) and (
        row.after is None or digest(row.after) == row.after_digest
    )


def values_of(image: str, table: str) -> dict[str, Any]:
    """Stored values of an image, for the columns that the table has today."""
    values: dict[str, Any] = json.loads(image)
    return {name: values[name] for name in image_columns(table) if name in values}
