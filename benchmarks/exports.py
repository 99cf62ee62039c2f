"""A report in a spreadsheet beside the bare writing of the same cells, and how memory grows."""

from __future__ import annotations

import datetime as dt
import tempfile
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import xlsxwriter

from benchmarks.case import Case
from klantenapp.models.values import Money
from klantenapp.services.exports import spreadsheet
from klantenapp.services.insights.table import Column

if TYPE_CHECKING:
    from collections.abc import Iterator

    from klantenapp.services.insights.table import Row

SIZES: Final = (1_000, 10_000, 100_000)
_COLUMNS: Final = (
    Column("number", "Number"),
    Column("customer", "Customer"),
    Column("date", "Date", "date"),
    Column("net", "Net", "money"),
    Column("tax", "Tax", "money"),
    Column("total", "Total", "money"),
)
_DAY: Final = dt.date(2026, 11, 23)


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory()


def _rows(size: int) -> Iterator[Row]:
    for number in range(size):
        net = Money(10_000 + number)
        yield f"2026-{number}", f"Klant {number % 500}", _DAY, net, Money(21), net + Money(21)


def _bare(size: int, path: Path) -> None:
    """The same cells by the library alone."""
    options: dict[str, Any] = {"constant_memory": True}
    with xlsxwriter.Workbook(str(path), options) as book:
        sheet = book.add_worksheet()
        euro = book.add_format({"num_format": "0.00"})
        day = book.add_format({"num_format": "dd-mm-yyyy"})
        for at, (number, customer, date, *amounts) in enumerate(_rows(size)):
            sheet.write_string(at, 0, str(number))
            sheet.write_string(at, 1, str(customer))
            sheet.write_datetime(at, 2, date, day)
            for column, amount in enumerate(amounts, start=3):
                sheet.write_number(at, column, amount.cents / 100, euro)


def _case(size: int) -> Case:
    path = Path(_folder().name) / "a.xlsx"
    return Case(
        lambda: spreadsheet.write_rows("Invoices", _COLUMNS, _rows(size), path),
        partial(_bare, size, path),
        rounds=3 if size < SIZES[-1] else 1,
        memory=True,
    )


CASES: Final = {f"xlsx_{size}": partial(_case, size) for size in SIZES}
