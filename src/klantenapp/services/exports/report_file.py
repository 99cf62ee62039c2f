"""A report in a file, in the format that its name asks for; whole or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from klantenapp.services.errors.exports import FormatUnknown, TooLongForSheet
from klantenapp.services.exports import replacing, spreadsheet
from klantenapp.services.store import clock

if TYPE_CHECKING:
    from pathlib import Path

    from klantenapp.services.insights.table import ReportTable

FORMATS: Final = ("xlsx", "ods", "csv", "pdf")


def write(table: ReportTable, path: Path, author: str, *, plain: bool = False) -> None:
    """Write a report; a file that is there under the name is replaced when the new one is whole.

    Args:
        table: what it says.
        path: ends with .xlsx, .ods, .csv or .pdf.
        author: name of the business, for the foot of a PDF.
        plain: only the table, without title and filters above it, so that it can be read back.

    Raises:
        FormatUnknown: another ending.
        OpenElsewhere, MayNotChange: the file that is there cannot be replaced.
        TooLongForSheet: a spreadsheet cannot hold it.
        DiskFull, FolderNotWritable: it could not be written; what was there is there still.
    """
    kind = path.suffix.lower().lstrip(".")
    if kind not in FORMATS:
        raise FormatUnknown(path.name, FORMATS)
    if kind in {"xlsx", "ods"} and len(table.rows) > spreadsheet.MOST_ROWS:
        raise TooLongForSheet(len(table.rows), spreadsheet.MOST_ROWS)
    with replacing.beside(path) as temporary:
        _make(table, temporary, kind, author, plain=plain)


def write_bytes(content: bytes, path: Path) -> None:
    """Write what was made before; as whole as `write`.

    Raises:
        OpenElsewhere, MayNotChange: the file that is there cannot be replaced.
        DiskFull, FolderNotWritable: it could not be written; what was there is there still.
    """
    with replacing.beside(path) as temporary:
        try:
            temporary.write_bytes(content)
        except OSError as problem:
            raise replacing.told(problem, path) from problem


def pdf(table: ReportTable, author: str) -> bytes:
    """The report as PDF, to print."""
    from klantenapp.services.exports.report_pdf import report_pdf  # noqa: PLC0415 - heavy

    return report_pdf(table, author, clock.today())


def _make(table: ReportTable, path: Path, kind: str, author: str, *, plain: bool) -> None:
    try:
        if kind == "pdf":
            path.write_bytes(pdf(table, author))
        else:
            writer = {
                "xlsx": spreadsheet.write_xlsx,
                "ods": spreadsheet.write_ods,
                "csv": spreadsheet.write_csv,
            }[kind]
            writer(table, path, plain=plain)
    except OSError as problem:
        raise replacing.told(problem, path) from problem
