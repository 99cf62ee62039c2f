"""One table from a file of any kind: CSV, XLSX or ODS, recognised by its content."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from klantenapp.services.errors.imports import NoRows, SpreadsheetTooOld, UnknownFormat
from klantenapp.services.imports import archive, csv_file, ods_file, xlsx_file
from klantenapp.services.imports.rows import Broken, column_letter
from klantenapp.services.imports.source import encoding_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from klantenapp.services.imports.rows import Cell, Row
    from klantenapp.services.imports.source import Source

#: Rows kept for recognising columns and for the preview.
SAMPLE = 50
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LIKE_DATA = 2  # cells in the first row that look like values, not like names


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the file.

    Attributes:
        index: from 0.
        letter: as a spreadsheet names it.
        header: its name, or an empty text.
        example: its first value, as text.
    """

    index: int
    letter: str
    header: str
    example: str

    @property
    def label(self) -> str:
        """The name for messages: the header, or else the letter."""
        return self.header or self.letter


@dataclass(frozen=True)
class Table:
    """A table that can be streamed as often as needed.

    Attributes:
        source: the file.
        kind: "csv", "xlsx" or "ods".
        sheet: chosen sheet, None for CSV.
        sheets: all of them.
        encoding, separator: how a CSV is read.
        has_header: whether the first row holds the column names.
        columns: what the file offers.
        sample: the first rows of data.
    """

    source: Source
    kind: str
    sheet: str | None
    sheets: tuple[str, ...]
    encoding: str | None
    separator: str | None
    has_header: bool
    columns: tuple[Column, ...]
    sample: tuple[Row, ...]

    def rows(self) -> Iterator[Row]:
        """Stream the rows of data, without the column names and without blank rows."""
        rows = self._all_rows()
        if self.has_header:
            next(rows, None)
        return rows

    @property
    def expected(self) -> int | None:
        """Cells that each line of a CSV must have; a sheet has no such number.

        A separator at the end of the names makes a column without one, which rows may lack.
        """
        if self.kind != "csv":
            return None
        named = [column.index + 1 for column in self.columns if column.header]
        return max(named, default=len(self.columns)) if self.has_header else len(self.columns)

    def _all_rows(self) -> Iterator[Row]:
        if self.kind == "xlsx":
            return xlsx_file.rows_of(self.source, self.sheet)
        if self.kind == "ods":
            return ods_file.rows_of(self.source, self.sheet)
        return csv_file.rows_of(self.source, self.encoding or "utf-8", self.separator or ";")


def open_table(
    source: Source,
    *,
    sheet: str | None = None,
    encoding: str | None = None,
    separator: str | None = None,
    has_header: bool | None = None,
) -> Table:
    """Open a table; what is None is found out from the content.

    Raises:
        UnknownFormat: no table at all.
        SpreadsheetTooOld: the binary format of before 2007.
        NoRows: nothing beside column names.
        Refusal: any failure of the file itself, see `services.errors.imports`.
    """
    kind = _kind(source)
    bare = Table(
        source, kind, sheet, (), encoding, separator, has_header=False, columns=(), sample=()
    )
    if kind == "csv":
        encoding = encoding or encoding_of(source)
        separator = separator or csv_file.separator_of(source, encoding)
        bare = replace(bare, encoding=encoding, separator=separator)
    else:
        sheets = (xlsx_file if kind == "xlsx" else ods_file).sheets_of(source)
        bare = replace(bare, sheets=sheets, sheet=sheet or (sheets[0] if sheets else None))
    first = tuple(islice(bare._all_rows(), SAMPLE + 1))  # noqa: SLF001 - this module builds it
    if not first:
        raise NoRows(source.name)
    headed = looks_like_header(first[0]) if has_header is None else has_header
    sample = first[1:] if headed else first[:SAMPLE]
    if not sample:
        raise NoRows(source.name)
    columns = _columns(first[0] if headed else None, sample, spread=kind != "csv")
    return replace(bare, has_header=headed, columns=columns, sample=sample)


def _kind(source: Source) -> str:
    head = source.head()
    if head.startswith(_OLE):
        raise SpreadsheetTooOld(source.name)
    if not archive.is_zip(head):
        if head.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"SQLite")):
            raise UnknownFormat(source.name)
        return "csv"
    with archive.opened(source) as packed:
        names = set(packed.namelist())
        if any(name.startswith("xl/workbook") for name in names):
            return "xlsx"
        if "content.xml" in names and "mimetype" in names:
            try:
                mimetype = packed.read("mimetype")
            except archive.DAMAGE:
                mimetype = b""
            if mimetype.strip().startswith(ods_file.MIMETYPE):
                return "ods"
    raise UnknownFormat(source.name)


def looks_like_header(row: Row) -> bool:
    """Whether a first row holds names: text only, none of it a number or an address."""
    data = 0
    for cell in row.cells:
        if cell is None:
            continue
        if not isinstance(cell, str):
            return False
        text = cell.strip()
        if "@" in text or (text and not any(letter.isalpha() for letter in text)):
            data += 1
    named = [cell for cell in row.cells if isinstance(cell, str) and cell.strip()]
    return bool(named) and data < min(_LIKE_DATA, len(named))


def _columns(header: Row | None, sample: tuple[Row, ...], *, spread: bool) -> tuple[Column, ...]:
    """Columns of a table; a sheet may have values beside its names, a line of a CSV may not."""
    names = header.cells if header else ()
    if not header and not spread:
        width = Counter(len(row.cells) for row in sample).most_common(1)[0][0]
    else:
        width = len(names)
        if spread:
            width = max(width, *(_used(row.cells) for row in sample))
    return tuple(
        Column(
            index,
            column_letter(index),
            as_text(names[index]).strip() if index < len(names) else "",
            next((text for row in sample if (text := _cell_text(row, index))), ""),
        )
        for index in range(width)
    )


def _used(cells: tuple[Cell, ...]) -> int:
    """Cells up to the last one with something in it."""
    return max((index + 1 for index, cell in enumerate(cells) if as_text(cell).strip()), default=0)


def _cell_text(row: Row, index: int) -> str:
    return as_text(row.cells[index]).strip() if index < len(row.cells) else ""


def as_text(cell: Cell) -> str:
    """A cell as the user sees it: whole numbers without decimals, days in ISO form."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, Broken):
        return cell.error or "="
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if hasattr(cell, "isoformat"):
        return str(cell)
    return format(cell.normalize(), "f") if cell else "0"
