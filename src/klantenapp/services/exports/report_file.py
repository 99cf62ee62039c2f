"""A report in a file, in the format that its name asks for; whole or not at all."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING, Final

from klantenapp.services.errors.exports import FormatUnknown
from klantenapp.services.errors.store import DiskFull, FolderNotWritable
from klantenapp.services.exports import spreadsheet
from klantenapp.services.store import clock, placing

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
        DiskFull, FolderNotWritable: it could not be written; what was there is there still.
    """
    kind = path.suffix.lower().lstrip(".")
    if kind not in FORMATS:
        raise FormatUnknown(path.name, FORMATS)
    with placing.beside(path) as temporary:
        _make(table, temporary, kind, author, plain=plain)
        placing.replace(temporary, path)


def write_bytes(content: bytes, path: Path) -> None:
    """Write what was made before; as whole as `write`.

    Raises:
        DiskFull, FolderNotWritable: it could not be written; what was there is there still.
    """
    with placing.beside(path) as temporary:
        try:
            temporary.write_bytes(content)
        except OSError as problem:
            full = problem.errno in {errno.ENOSPC, errno.EDQUOT}
            raise (DiskFull if full else FolderNotWritable)(path.parent) from problem
        placing.replace(temporary, path)


def pdf(table: ReportTable, author: str) -> bytes:
    """The report as PDF, to print."""
    from klantenapp.services.exports.report_pdf import report_pdf  # noqa: PLC0415 - heavy

    return report_pdf(table, author, clock.today())


def _make(table: ReportTable, path: Path, kind: str, author: str, *, plain: bool) -> None:
    from xlsxwriter.exceptions import FileCreateError

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
    except (OSError, FileCreateError) as problem:
        cause = problem if isinstance(problem, OSError) else problem.__context__
        full = getattr(cause, "errno", None) in {errno.ENOSPC, errno.EDQUOT}
        raise (DiskFull if full else FolderNotWritable)(path.parent) from problem
