"""Rows of an Excel workbook: values and outcomes of formulas, never the formulas."""

from __future__ import annotations

import datetime as dt
import warnings
from contextlib import contextmanager
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import ParseError

from typing_extensions import override

from klantenapp.services.errors.imports import (
    ArchiveDamaged,
    ArchiveTooLarge,
    SheetUnknown,
    TooManyColumns,
    TooManyRows,
    XmlForbidden,
)
from klantenapp.services.imports import archive
from klantenapp.services.imports.rows import MAX_COLUMNS, MAX_ROWS, Broken, Row, is_blank

if TYPE_CHECKING:
    from collections.abc import Iterator

    from openpyxl.workbook import Workbook

    from klantenapp.services.imports.rows import Cell
    from klantenapp.services.imports.source import Source

#: Texts that repeat are kept in memory once; more than this is no list of customers.
MAX_SHARED = 64_000_000
_DIGITS = 15  # what a spreadsheet's number holds; the rest is noise of its last bit
_MEGABYTE = 1_000_000
#: What openpyxl raises over parts that do not fit together.
_DAMAGE = (
    *archive.DAMAGE,
    KeyError,
    IndexError,
    TypeError,
    AttributeError,
    ParseError,
    SyntaxError,  # which lxml's is
)


@contextmanager
def _workbook(source: Source) -> Iterator[Workbook]:
    from openpyxl import load_workbook  # noqa: PLC0415 - heavy, and most sessions import no file

    with archive.opened(source) as packed:
        for member in packed.infolist():
            if member.filename.endswith("sharedStrings.xml") and member.file_size > MAX_SHARED:
                raise ArchiveTooLarge(source.name, MAX_SHARED // _MEGABYTE)
        _refuse_doctypes(source, packed)
        with source.open() as stream, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of styles and dates; we name cells
            try:
                book = load_workbook(stream, read_only=True, data_only=True, keep_links=False)
            except _DAMAGE as problem:
                raise ArchiveDamaged(source.name) from problem
            try:
                yield book
            finally:
                book.close()


def _refuse_doctypes(source: Source, packed: Any) -> None:
    for member in packed.infolist():
        if member.filename.endswith((".xml", ".rels")):
            try:
                with packed.open(member) as stream:
                    head = stream.read(2048)
            except archive.DAMAGE as problem:
                raise ArchiveDamaged(source.name) from problem
            if b"<!DOCTYPE" in head.replace(b"\0", b""):
                raise XmlForbidden(source.name, 1)


def sheets_of(source: Source) -> tuple[str, ...]:
    """Names of the sheets with cells, in the order of the tabs."""
    with _workbook(source) as book:
        return tuple(sheet.title for sheet in book.worksheets)


def rows_of(source: Source, sheet: str | None) -> Iterator[Row]:
    """Stream the rows of a sheet (the first one by default) that are not blank.

    Raises:
        ArchiveDamaged: the parts do not fit together.
        SheetUnknown: no sheet of that name.
        TooManyRows: more than one import takes.
        TooManyColumns: more than any real table has.
    """
    with _workbook(source) as book:
        if not book.worksheets:
            raise ArchiveDamaged(source.name)
        by_name = {candidate.title: candidate for candidate in book.worksheets}
        if sheet is not None and sheet not in by_name:
            raise SheetUnknown(source.name, sheet)
        chosen = by_name[sheet] if sheet is not None else book.worksheets[0]
        walk = _parsed(chosen)
        count = 0
        while True:
            try:
                line, cells = next(walk)
                row = Row(line, _in_columns(source, line, cells))
            except StopIteration:
                return
            except _DAMAGE as problem:
                raise ArchiveDamaged(source.name) from problem
            if is_blank(row.cells):
                continue
            count += 1
            if count > MAX_ROWS:
                raise TooManyRows(source.name, MAX_ROWS)
            yield row


def _parsed(sheet: Any) -> Iterator[tuple[int, list[dict[str, Any]]]]:
    """Rows as openpyxl's reader finds them, without filling gaps of a million empty ones."""
    # the public read-only sheet cannot tell a formula without outcome from an empty cell, and
    # would drop it in silence; its parser can
    from openpyxl.worksheet._reader import (  # noqa: PLC0415 - see above
        FORMULA_TAG,
        WorkSheetParser,
    )

    class Parser(WorkSheetParser):
        @override
        def parse_cell(self, element: Any) -> dict[str, Any]:
            cell: dict[str, Any] = super().parse_cell(element)
            if cell["value"] is None and element.find(FORMULA_TAG) is not None:
                cell["value"] = Broken(None)
            elif cell["data_type"] == "e":
                cell["value"] = Broken(str(cell["value"]))
            elif cell["style_id"] in percentages and isinstance(cell["value"], int | float):
                cell["value"] = Decimal(format(cell["value"] * 100, f".{_DIGITS - 1}g"))
            return cell

    book = sheet.parent
    percentages = _percentages(book)
    with sheet._get_source() as stream:  # noqa: SLF001 - see above
        yield from Parser(
            stream,
            sheet._shared_strings,  # noqa: SLF001 - see above
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,  # noqa: SLF001 - see above
            timedelta_formats=book._timedelta_formats,  # noqa: SLF001 - see above
        ).parse()


def _percentages(book: Any) -> frozenset[int]:
    """Styles that show 0.21 as 21 %: what the user sees is what comes in."""
    from openpyxl.styles.numbers import BUILTIN_FORMATS  # noqa: PLC0415 - heavy

    custom = dict(enumerate(book._number_formats, start=164))  # noqa: SLF001 - no public way
    return frozenset(
        index
        for index, style in enumerate(book._cell_styles)  # noqa: SLF001 - no public way
        if "%" in str(BUILTIN_FORMATS.get(style.numFmtId) or custom.get(style.numFmtId, ""))
    )


def _in_columns(source: Source, line: int, cells: list[dict[str, Any]]) -> tuple[Cell, ...]:
    width = max((cell["column"] for cell in cells if cell["value"] is not None), default=0)
    if width > MAX_COLUMNS:
        raise TooManyColumns(source.name, line, MAX_COLUMNS)
    row: list[Cell] = [None] * width
    for cell in cells:
        if cell["value"] is not None:
            row[cell["column"] - 1] = _typed(cell["value"])
    return tuple(row)


def _typed(value: Any) -> Cell:
    """A number exactly as the spreadsheet shows it; a day without time as a day."""
    if isinstance(value, bool | str | Broken | Decimal):
        return value
    if isinstance(value, int):
        return Decimal(value)
    if isinstance(value, float):
        return Decimal(format(value, f".{_DIGITS}g"))
    if isinstance(value, dt.datetime):
        return value if value.time() != dt.time.min else value.date()
    if isinstance(value, dt.date):
        return value
    return str(value)
