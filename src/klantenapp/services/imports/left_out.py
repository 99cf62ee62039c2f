"""The lines that stayed out, as a table with the reason beside each: to repair and import later."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from klantenapp.services.imports.table import as_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from klantenapp.services.imports.table import Table

#: A cell that starts with one of these would be a formula in a spreadsheet program.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")  # noqa: RUF001 - the full-width forms are meant


def as_csv(table: Table, reasons: Mapping[int, str], title: str) -> bytes:
    """Write the lines with a reason, in the order and with the names of the file.

    Args:
        table: the file that was imported.
        reasons: line -> why it stayed out, in the user's language.
        title: name of the column with the reasons.

    Returns:
        CSV in UTF-8 with its mark and semicolons, as spreadsheets open it.
    """
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow([*(_safe(column.label) for column in table.columns), _safe(title)])
    width = len(table.columns)
    for row in table.rows():
        if row.line in reasons:
            cells = [as_text(cell) for cell in row.cells[:width]]
            cells += [""] * (width - len(cells))
            writer.writerow([*map(_safe, cells), _safe(reasons[row.line])])
    return stream.getvalue().encode("utf-8-sig")


def lines_as_csv(reasons: Mapping[int, str], titles: tuple[str, str]) -> bytes:
    """The same for a file without columns: number of the line and the reason.

    Args:
        reasons: line -> why it stayed out, in the user's language.
        titles: names of the two columns.
    """
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow([*map(_safe, titles)])
    writer.writerows([str(line), _safe(reason)] for line, reason in reasons.items())
    return stream.getvalue().encode("utf-8-sig")


def _safe(text: str) -> str:
    """Text that stays text; a negative number stays a number."""
    if not text.startswith(_FORMULA) or _is_number(text):
        return text
    return f"'{text}"


def _is_number(text: str) -> bool:
    plain = text[1:].replace(".", "").replace(",", "")
    return text[0] in "+-" and plain.isascii() and plain.isdigit()
