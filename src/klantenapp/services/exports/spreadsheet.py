"""A report as a spreadsheet: xlsx, ods or csv, with typed cells and never a formula from a user.

Rows are written as they come, so that a long report takes no more memory than a short one.
"""

from __future__ import annotations

import contextlib
import csv
import datetime as dt
import tempfile
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from xml.sax.saxutils import escape, quoteattr

from klantenapp import i18n
from klantenapp.models.values import SCALE, WHOLE, Days, Money, Percent, Quantity, UnitPrice
from klantenapp.services.exports.workbook import workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from klantenapp.services.insights.table import Cell, Column, ReportTable, Row

#: A cell of a csv file that starts with one of these would be a formula in a spreadsheet program.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")  # noqa: RUF001 - the full-width forms are meant
_FORMATS: Final = {
    "money": '"€" #,##0.00;"€" -#,##0.00',
    "price": '"€" #,##0.00##;"€" -#,##0.00##',
    "int": "#,##0",
    "days": "#,##0.0",
    "quantity": "#,##0.####",
    "percent": "0.0#%",
    "date": "dd-mm-yyyy",
}
_WIDTHS: Final = {"text": 28, "date": 12}
_NARROW: Final = 14
#: Characters that a cell can hold in every program.
LONGEST: Final = 32_767


@dataclass(frozen=True)
class Layout:
    """How a table stands in a file.

    Attributes:
        intro: lines above the names of the columns; without them the file reads back as a table.
    """

    intro: tuple[str, ...]

    @classmethod
    def of(cls, table: ReportTable, *, plain: bool) -> Layout:
        """Title, basis and filters on top, unless it is plain."""
        if plain:
            return cls(())
        told = (*table.filters, *table.figures)
        filters = tuple(f"{label}: {value}" for label, value in told)
        return cls(tuple(line for line in (table.title, table.basis, *filters) if line))


def number(cell: Cell) -> float | int | None:
    """The number of a cell as spreadsheets have it; None for text, days and empty cells.

    Spreadsheets count in binary floating point; the nearest one of an amount is written out as
    that amount again up to a hundred billion euro.
    """
    match cell:
        case bool():
            return int(cell)
        case Money(hundredths) | Days(hundredths):
            return hundredths / 100
        case UnitPrice(units) | Quantity(units):
            return units / SCALE
        case Percent(points):
            return points / WHOLE
        case int():
            return cell
        case _:
            return None


#: Rows are written to disk as they come, and text stays text.
_OPTIONS: Final = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
#: Rows of a sheet below its heading; what is more goes on in a next sheet.
MOST_ROWS: Final = 1_000_000


def write_rows(title: str, columns: Sequence[Column], rows: Iterable[Row], path: Path) -> None:
    """Write rows to an Excel file as they come, without ever holding them all.

    Args:
        title: name of the sheet; a next one gets a number.
        columns: what the cells are.
        rows: as many as there are; after a million a sheet follows.
        path: of the file.
    """
    with _book(path) as book:
        formats = {
            kind: book.add_format({"num_format": pattern}) for kind, pattern in _FORMATS.items()
        }
        heading = book.add_format({"bold": True, "bottom": 1})
        sheet, line = None, 0
        for number_of_row, row in enumerate(rows):
            if sheet is None or number_of_row % MOST_ROWS == 0:
                sheet = _begin(book, title, number_of_row // MOST_ROWS, columns, heading)
                line = 0
            line += 1
            for at, (cell, column) in enumerate(zip(row, columns, strict=True)):
                _write(sheet, line, at, cell, formats.get(column.kind))
        if sheet is None:
            _begin(book, title, 0, columns, heading)


@contextlib.contextmanager
def _book(path: Path) -> Iterator[Any]:
    """A new Excel file; what it writes in the meantime lies beside it, and is gone with it."""
    with (
        tempfile.TemporaryDirectory(
            prefix=".", dir=path.parent, ignore_cleanup_errors=True
        ) as folder,
        workbook(path, {**_OPTIONS, "tmpdir": folder}) as book,
    ):
        yield book


def _begin(book: Any, title: str, number: int, columns: Sequence[Column], heading: Any) -> Any:
    """A sheet with its heading, frozen."""
    sheet = book.add_worksheet(_sheet_name(f"{title} {number + 1}" if number else title))
    for at, column in enumerate(columns):
        sheet.set_column(at, at, _WIDTHS.get(column.kind, _NARROW))
        sheet.write_string(0, at, column.title, heading)
    sheet.freeze_panes(1, 0)
    return sheet


def write_xlsx(table: ReportTable, path: Path, *, plain: bool = False) -> None:
    """Write an Excel file: typed cells, frozen names of columns, filters, totals as formulas."""
    layout = Layout.of(table, plain=plain)
    with workbook(path, _OPTIONS) as book:
        sheet = book.add_worksheet(_sheet_name(table.title))
        formats = {
            kind: book.add_format({"num_format": pattern}) for kind, pattern in _FORMATS.items()
        }
        heading = book.add_format({"bold": True, "bottom": 1, "text_wrap": False})
        title = book.add_format({"bold": True, "font_size": 14})
        for at, line in enumerate(layout.intro):
            sheet.write_string(at, 0, line, title if at == 0 else None)
        top = len(layout.intro) + 1 if layout.intro else 0
        for at, column in enumerate(table.columns):
            sheet.set_column(at, at, _WIDTHS.get(column.kind, _NARROW))
            sheet.write_string(top, at, column.title, heading)
        sheet.freeze_panes(top + 1, 0)
        last = top
        for last, row in enumerate(table.rows, top + 1):
            for at, (cell, column) in enumerate(zip(row, table.columns, strict=True)):
                _write(sheet, last, at, cell, formats.get(column.kind))
        if table.rows:
            sheet.autofilter(top, 0, last, len(table.columns) - 1)
        if table.totals is not None:
            bold = {
                kind: book.add_format({"num_format": pattern, "bold": True, "top": 1})
                for kind, pattern in _FORMATS.items()
            }
            bold["text"] = book.add_format({"bold": True, "top": 1})
            _write_totals(sheet, table, (top + 1, last), bold)


def _write(sheet: Any, row: int, column: int, cell: Cell, style: Any) -> None:
    value = number(cell)
    if value is not None:
        sheet.write_number(row, column, value, style)
    elif isinstance(cell, dt.date):
        sheet.write_datetime(row, column, cell, style)
    elif cell is not None:
        sheet.write_string(row, column, str(cell)[:LONGEST], style)


def _write_totals(
    sheet: Any, table: ReportTable, rows: tuple[int, int], styles: dict[str, Any]
) -> None:
    first, last = rows
    for at, (cell, column) in enumerate(zip(table.totals or (), table.columns, strict=True)):
        style = styles.get(column.kind, styles["text"])
        if is_sum(table, at):
            letter = _letter(at)
            formula = f"=SUM({letter}{first + 1}:{letter}{last + 1})"
            sheet.write_formula(last + 1, at, formula, style, number(cell))
        else:
            _write(sheet, last + 1, at, cell, style)


def is_sum(table: ReportTable, at: int) -> bool:
    """Whether the total of a column is the sum of its cells, so that a formula can say so."""
    if not table.rows or table.totals is None:
        return False
    whole = table.totals[at]
    if not isinstance(whole, Money):
        return False
    cents = [row[at] for row in table.rows]
    return sum(cell.cents for cell in cents if isinstance(cell, Money)) == whole.cents


def _letter(index: int) -> str:
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _sheet_name(title: str) -> str:
    """A name that a sheet can have: 31 characters, without those that mean something."""
    name = "".join(" " if letter in "[]:*?/\\" else letter for letter in title).strip("' ")
    return name[:31] or "1"


def write_csv(table: ReportTable, path: Path, *, plain: bool = False) -> None:
    """Write csv in UTF-8: semicolons and a decimal comma where numbers are written so."""
    comma = i18n.number_format() == "nl"
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, delimiter=";" if comma else ",", lineterminator="\r\n")
        for line in Layout.of(table, plain=plain).intro:
            writer.writerow([_safe(line)])
        writer.writerow([_safe(column.title) for column in table.columns])
        for row in table.rows:
            writer.writerow([_text(cell, comma=comma) for cell in row])
        if table.totals is not None:
            writer.writerow([_text(cell, comma=comma) for cell in table.totals])


def _text(cell: Cell, *, comma: bool) -> str:
    """A cell of a csv file: numbers bare, days as ISO, text that stays text."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return _safe(cell)
    if isinstance(cell, dt.date):
        return cell.isoformat()
    return str(cell).replace(".", ",") if comma else str(cell)


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text


_MANIFEST: Final = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
    ' manifest:version="1.2"><manifest:file-entry manifest:full-path="/"'
    ' manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)
_ODS_HEAD: Final = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content'
    ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    ' xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
    ' xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"'
    ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
    ' xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2" office:version="1.2">'
    "<office:automatic-styles>{styles}</office:automatic-styles>"
    "<office:body><office:spreadsheet><table:table table:name={name}>"
)
_FLOAT: Final = '"float"'
_EURO: Final = '"currency" office:currency="EUR"'
_ODS_TYPES: Final = {"money": _EURO, "price": _EURO, "percent": '"percentage"'}
_ODS_FOOT: Final = "</table:table></office:spreadsheet></office:body></office:document-content>"


def write_ods(table: ReportTable, path: Path, *, plain: bool = False) -> None:
    """Write an OpenDocument spreadsheet, with the same typed cells and formulas as xlsx."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        # The type of the document stands first and uncompressed, so that programs recognise it.
        archive.writestr(
            zipfile.ZipInfo("mimetype"), "application/vnd.oasis.opendocument.spreadsheet"
        )
        archive.writestr("META-INF/manifest.xml", _MANIFEST)
        with archive.open("content.xml", "w", force_zip64=True) as stream:
            for part in _content(table, Layout.of(table, plain=plain)):
                stream.write(part.encode("utf-8"))


def _content(table: ReportTable, layout: Layout) -> Iterator[str]:
    yield _ODS_HEAD.format(styles=_ods_styles(), name=quoteattr(_sheet_name(table.title)))
    top = len(layout.intro) + 1 if layout.intro else 0
    for line in layout.intro:
        yield f"<table:table-row>{_ods_text(line, 'head')}</table:table-row>"
    if layout.intro:
        yield "<table:table-row><table:table-cell/></table:table-row>"
    heads = "".join(_ods_text(column.title, "head") for column in table.columns)
    yield f"<table:table-row>{heads}</table:table-row>"
    for row in table.rows:
        yield _ods_row(row, table.columns, _ods_cell)
    if table.totals is not None:
        first, last = top + 2, top + 1 + len(table.rows)

        def total(cell: Cell, kind: str, at: int) -> str:
            if not is_sum(table, at):
                return _ods_cell(cell, kind, at)
            letter = _letter(at)
            formula = f"of:=SUM([.{letter}{first}:.{letter}{last}])"
            return _ods_cell(cell, kind, at, f" table:formula={quoteattr(formula)}")

        yield _ods_row(table.totals, table.columns, total)
    yield _ODS_FOOT


def _ods_row(row: Row, columns: Sequence[Column], write: Callable[[Cell, str, int], str]) -> str:
    cells = (
        write(cell, column.kind, at)
        for at, (cell, column) in enumerate(zip(row, columns, strict=True))
    )
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


def _ods_cell(cell: Cell, kind: str, _at: int, formula: str = "") -> str:
    if cell is None:
        return "<table:table-cell/>"
    if isinstance(cell, dt.date):
        day = cell.isoformat()
        value = f'office:value-type="date" office:date-value="{day}"'
    elif isinstance(cell, str):
        return _ods_text(cell)
    else:
        value = f'office:value-type={_ODS_TYPES.get(kind, _FLOAT)} office:value="{number(cell)!r}"'
    return f'<table:table-cell table:style-name="{kind}"{formula} {value}/>'


def _ods_text(text: str, style: str = "") -> str:
    shown = "".join(letter for letter in text if letter >= " " or letter in "\t\n")[:LONGEST]
    name = f' table:style-name="{style}"' if style else ""
    return (
        f'<table:table-cell{name} office:value-type="string">'
        f"<text:p>{escape(shown)}</text:p></table:table-cell>"
    )


def _ods_styles() -> str:
    """Number formats by kind of column."""
    euro = "<number:currency-symbol>€</number:currency-symbol><number:text> </number:text>"
    figure = '<number:number number:decimal-places="{}" number:min-decimal-places="{}"'
    figure += ' number:min-integer-digits="1" number:grouping="true"/>'
    day = (
        '<number:day number:style="long"/><number:text>-</number:text>'
        '<number:month number:style="long"/><number:text>-</number:text>'
        '<number:year number:style="long"/>'
    )
    formats = {
        "money": ("currency", euro + figure.format(2, 2)),
        "price": ("currency", euro + figure.format(4, 2)),
        "int": ("number", figure.format(0, 0)),
        "days": ("number", figure.format(1, 1)),
        "quantity": ("number", figure.format(4, 0)),
        "percent": ("percentage", figure.format(2, 1) + "<number:text>%</number:text>"),
        "date": ("date", day),
    }
    styles = (
        '<style:style style:name="head" style:family="table-cell">'
        '<style:text-properties fo:font-weight="bold"/></style:style>'
    )
    for kind, (family, body) in formats.items():
        styles += (
            f'<number:{family}-style style:name="n-{kind}">{body}</number:{family}-style>'
            f'<style:style style:name="{kind}" style:family="table-cell"'
            f' style:data-style-name="n-{kind}"/>'
        )
    return styles
