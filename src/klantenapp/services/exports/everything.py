"""All data in files that every program reads: a spreadsheet per kind, and every stored file.

Nobody is locked in: what the administration holds is in here, row by row, with the same numbers by
which rows refer to each other. Rows are written as they come, so that memory stays flat.
"""

from __future__ import annotations

import mimetypes
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from sqlalchemy import LargeBinary, select

from klantenapp.i18n import _
from klantenapp.models.base import (
    Base,
    Day,
    MoneyType,
    PercentType,
    QuantityType,
    UnitPriceType,
)
from klantenapp.models.customer import Customer
from klantenapp.models.document import Document
from klantenapp.models.file import StoredFile
from klantenapp.services.exports import archive_file, spreadsheet
from klantenapp.services.insights.table import Column
from klantenapp.services.store import files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sqlalchemy import Table
    from sqlalchemy.orm import Session

    from klantenapp.services.exports.archive_file import Archive
    from klantenapp.services.insights.table import ColumnKind, Row

_KINDS: Final[tuple[tuple[type, ColumnKind], ...]] = (
    (MoneyType, "money"),
    (PercentType, "percent"),
    (QuantityType, "quantity"),
    (UnitPriceType, "price"),
    (Day, "date"),
)
_AT_ONCE: Final = 500
#: Hears how far long work is: steps done, of how many.
Tell: TypeAlias = "Callable[[int, int], object]"


def no_word(*_steps: int) -> None:
    """Nobody wants to hear how far it is."""


@dataclass(frozen=True)
class Exported:
    """What went out.

    Attributes:
        rows: table -> number of rows.
        files: files in the ZIP.
    """

    path: Path
    rows: dict[str, int]
    files: int


def export(session: Session, path: Path, tell: Tell = no_word) -> Exported:
    """Write everything into one ZIP, as it is at one moment.

    Args:
        tell: called (steps done, of how many); what it raises stops the work, without a trace.

    Raises:
        FormatUnknown, DiskFull, FolderNotWritable.
    """
    counts = {}
    tables = Base.metadata.sorted_tables
    with archive_file.writing(path) as archive:
        for step, table in enumerate(tables):
            tell(step, len(tables) + 1)
            with archive.part(f"{table.name}.xlsx") as part:
                rows = _Counted(_rows(session, table, archive))
                spreadsheet.write_rows(table.name, _columns(table), rows, part)
                counts[table.name] = rows.count
        documents = add_pdfs(session, archive, tell=partial(tell, len(tables), len(tables) + 1))
        _add_other_files(session, archive, documents)
        archive.add(_("read me") + ".txt", _read_me())
        number = archive.count
    return Exported(path, counts, number)


class _Counted:
    """Counts what passes."""

    def __init__(self, rows: Iterator[Row]) -> None:
        self._rows = rows
        self.count = 0

    def __iter__(self) -> Iterator[Row]:
        for row in self._rows:
            self.count += 1
            yield row


def _stored(table: Table) -> list[Any]:
    """Columns without the bytes of files, which go out as files."""
    return [column for column in table.columns if not isinstance(column.type, LargeBinary)]


def _columns(table: Table) -> tuple[Column, ...]:
    return tuple(
        Column(
            column.name,
            column.name,
            next((kind for type_, kind in _KINDS if isinstance(column.type, type_)), "text"),
        )
        for column in _stored(table)
    )


def _rows(session: Session, table: Table, archive: Archive) -> Iterator[Row]:
    """Rows in order of their id, a text that no cell can hold as a file beside it."""
    columns = _stored(table)
    query = select(*columns).order_by(table.c.id)
    found = session.execute(query.execution_options(yield_per=_AT_ONCE))
    folder = _("long texts")
    for row in found:
        yield tuple(
            _cell(value, f"{folder}/{table.name} {row.id} {column.name}.txt", archive)
            for column, value in zip(columns, row, strict=True)
        )


def _cell(value: Any, name: str, archive: Archive) -> Any:
    if isinstance(value, bool):
        return int(value)
    if hasattr(value, "tzinfo"):
        return value.isoformat()
    if isinstance(value, str) and len(value) > spreadsheet.LONGEST:
        archive.add(name, value)
        return name
    return value


def add_pdfs(
    session: Session,
    archive: Archive,
    conditions: tuple[Any, ...] = (),
    *,
    tell: Callable[[], object] = no_word,
) -> set[int]:
    """Put the PDF of every document in, one at a time; returns the ids of the files.

    Args:
        conditions: of the documents.
        tell: called before each; what it raises stops the work.
    """
    rows = session.execute(
        select(Document.number, Customer.name, Document.pdf_id)
        .join(Customer, Customer.id == Document.customer_id)
        .where(Document.pdf_id.is_not(None), *conditions)
        .order_by(Document.date, Document.id)
    ).all()
    done = set()
    for number, name, file_id in rows:
        tell()
        if file_id is not None:
            archive.add(f"PDF/{number} {name}.pdf", files.content(session, file_id))
            done.add(file_id)
    return done


def _add_other_files(session: Session, archive: Archive, done: set[int]) -> None:
    """Put every other stored file in, under its number."""
    rows = session.execute(select(StoredFile.id, StoredFile.media_type).order_by(StoredFile.id))
    folder = _("files")
    for file_id, media_type in rows.all():
        if file_id not in done:
            ending = mimetypes.guess_extension(media_type) or ".bin"
            archive.add(f"{folder}/{file_id}{ending}", files.content(session, file_id))


def _read_me() -> str:
    return _(
        "Everything in the administration, one spreadsheet per kind. Each row has an id; a column"
        " that ends with _id holds the id of a row of another sheet. Issued documents are in the"
        " folder PDF, other files are named by their id in stored_file."
    )
