"""Everything that is held about one customer, in one ZIP: what somebody may ask for.

GDPR art. 15 and 20: a copy of the data, readable for people (PDF) and for programs (JSON).
"""

from __future__ import annotations

import datetime as dt
import json
import mimetypes
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from klantenapp.i18n import _
from klantenapp.models.base import Base
from klantenapp.models.customer import Customer
from klantenapp.models.file import StoredFile
from klantenapp.services.errors.base import NotFound
from klantenapp.services.exports import archive_file
from klantenapp.services.exports.everything import Exported, no_word
from klantenapp.services.reminders import contact_sheet
from klantenapp.services.store import files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from sqlalchemy import Table
    from sqlalchemy.orm import Session

    from klantenapp.services.exports.everything import Tell
    from klantenapp.services.messages.timeline import Entry

_AT_ONCE: Final = 500
#: Columns that serve the program only.
_HIDDEN: Final = frozenset({"search", "sort_name", "batch_id"})
#: Rows of these belong to somebody only because another row points at them.
_POINTED_AT: Final = ("bank_line",)


@dataclass
class Held:
    """Ids of what is held, by table; files apart.

    Attributes:
        files: ids of stored files, with the names they are known by.
    """

    ids: dict[str, set[int]] = field(default_factory=dict)
    files: dict[int, str] = field(default_factory=dict)


def export(
    session: Session,
    customer_id: int,
    path: Path,
    *,
    titles: Callable[[Entry], str],
    statuses: Callable[[str | None], str],
    tell: Tell = no_word,
) -> Exported:
    """Write what is held about a customer, and about those that were merged into it.

    Args:
        titles, statuses: words of the timeline (`sentences.timeline`).
        tell: called (steps done, of how many); what it raises stops the work, without a trace.

    Raises:
        NotFound: no such customer.
        FormatUnknown, DiskFull, FolderNotWritable.
    """
    if session.get(Customer, customer_id) is None:
        raise NotFound("customer", str(customer_id))
    held = _held(session, customer_id)
    rows: dict[str, list[dict[str, Any]]] = {
        name: list(_rows(session, Base.metadata.tables[name], ids, held))
        for name, ids in held.ids.items()
        if ids
    }
    steps = len(held.files) + 2
    data, contact, folder = _("data"), _("Contact"), _("files")
    with archive_file.writing(path) as archive:
        archive.add(f"{data}.json", json.dumps(rows, ensure_ascii=False, indent=1))
        tell(1, steps)
        sheet = partial(contact_sheet.pdf, titles=titles, statuses=statuses)
        archive.add(f"{contact}.pdf", sheet(session, customer_id=customer_id))
        for done, (file_id, name) in enumerate(held.files.items(), start=2):
            tell(done, steps)
            archive.add(f"{folder}/{name}", files.content(session, file_id))
        archive.add(_("read me") + ".txt", _read_me())
        count = archive.count
    return Exported(path, {name: len(found) for name, found in rows.items()}, count)


# --- inside ------------------------------------------------------------------------------------


def _held(session: Session, customer_id: int) -> Held:
    """The customer, and whatever hangs on it, parents before children."""
    merged = session.scalars(select(Customer.id).where(Customer.merged_into_id == customer_id))
    held = Held({"customer": {customer_id, *merged}})
    for table in Base.metadata.sorted_tables:
        if table.name == "customer" or "id" not in table.c or table.name in _POINTED_AT:
            continue
        found = set(_children(session, table, held.ids))
        if found:
            held.ids[table.name] = found
    for name in _POINTED_AT:
        held.ids[name] = set(_pointed_at(session, name, held.ids))
    return held


def _children(session: Session, table: Table, ids: dict[str, set[int]]) -> Iterator[int]:
    """Rows that point at what is held already; at the customer itself where they can."""
    for column in table.columns:
        for key in column.foreign_keys:
            parent = key.column.table.name
            if parent != table.name and parent in ids:
                for some in _chunks(ids[parent]):
                    yield from session.scalars(select(table.c.id).where(column.in_(some)))


def _pointed_at(session: Session, name: str, ids: dict[str, set[int]]) -> Iterator[int]:
    for owner, owned in list(ids.items()):
        table = Base.metadata.tables[owner]
        for column in table.columns:
            if any(key.column.table.name == name for key in column.foreign_keys):
                for some in _chunks(owned):
                    query = select(column).where(table.c.id.in_(some), column.is_not(None))
                    yield from session.scalars(query)


def _rows(session: Session, table: Table, ids: set[int], held: Held) -> Iterator[dict[str, Any]]:
    """The rows by column name; stored files that they name are noted on the way."""
    shown = [column for column in table.columns if column.name not in _HIDDEN]
    to_files = [
        column.name
        for column in shown
        if any(key.column.table.name == "stored_file" for key in column.foreign_keys)
    ]
    for some in _chunks(ids):
        query = select(*shown).where(table.c.id.in_(some)).order_by(table.c.id)
        for row in session.execute(query).mappings():
            for name in to_files:
                if row[name] is not None:
                    _note_file(session, held, row[name], row.get("name") or row.get("number"))
            yield {name: _plain(value) for name, value in row.items()}


def _note_file(session: Session, held: Held, file_id: int, name: str | None) -> None:
    if file_id in held.files:
        return
    media_type = session.scalar(select(StoredFile.media_type).where(StoredFile.id == file_id))
    ending = mimetypes.guess_extension(media_type or "") or ".bin"
    named = str(name or file_id)
    held.files[file_id] = named if named.lower().endswith(ending) else f"{named}{ending}"


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | str):
        return value
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def _chunks(ids: Iterable[int]) -> Iterator[list[int]]:
    every = sorted(ids)
    for start in range(0, len(every), _AT_ONCE):
        yield every[start : start + _AT_ONCE]


def _read_me() -> str:
    return _(
        "Everything that is held about one customer. The file with data has every row by its kind,"
        " for programs; Contact is what was said and sent, for people; the folder holds invoices,"
        " mails and other files."
    )
