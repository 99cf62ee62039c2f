"""A report as data: the one shape that screen, spreadsheet, PDF and JSON are written from."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from klantenapp import i18n
from klantenapp.models.values import (
    SCALE,
    Days,
    Money,
    Percent,
    Quantity,
    UnitPrice,
    divide_half_up,
)

#: What a column holds: str, Money, UnitPrice, int, Percent, Quantity, Days or date, as named.
ColumnKind = Literal["text", "money", "price", "int", "percent", "quantity", "days", "date"]
#: A value in a row; None is an empty cell.
Cell = Money | UnitPrice | Percent | Quantity | Days | dt.date | int | str | None
Row = tuple[Cell, ...]
#: A page of the window and the id that it shows.
Link = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        key: stable name, the key in JSON.
        title: heading in the interface language; money columns carry no euro sign, writers add it.
        kind: type of every cell below it.
        chart: draw this column as bars beside the rows, where the medium has room for it.
        in_json: False for what people get beside the keys that machines were promised.
    """

    key: str
    title: str
    kind: ColumnKind = "text"
    chart: bool = False
    in_json: bool = True


@dataclass(frozen=True, slots=True)
class ReportTable:
    """A finished report.

    Attributes:
        name: as the command line calls it, "payment-behaviour".
        title: in the interface language.
        basis: in words: what counts ("ex tax, by invoice date, credits deducted").
        filters: (label, value) pairs in words: period, customer, group.
        columns: in order.
        rows: one tuple per row, as long as `columns`.
        totals: one tuple as long as `columns`, or None where a report has no totals.
        links: what a row opens, as long as `rows` or empty: ("customer", id) or ("invoice", id).
    """

    name: str
    title: str
    basis: str
    filters: tuple[tuple[str, str], ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    totals: Row | None = None
    links: tuple[Link | None, ...] = ()

    def __post_init__(self) -> None:
        """Refuse rows that do not fit the columns.

        Raises:
            ValueError: a row, or the totals, has another number of cells than there are columns.
        """
        width = len(self.columns)
        for row in (*self.rows, *((self.totals,) if self.totals else ())):
            if len(row) != width:
                raise ValueError(self.name, row)


def shown(cell: Cell) -> str:
    """A value as people read it, in the language of the interface; amounts without euro sign."""
    match cell:
        case None:
            text = ""
        case Money(cents):
            text = i18n.amount(cents)
        case UnitPrice(units):
            text = i18n.price(units)
        case Quantity(units):
            text = i18n.quantity(units)
        case Percent(points):
            text = i18n.percent(points, 1)
        case Days(hundredths):
            text = i18n.quantity(divide_half_up(hundredths, 10) * (SCALE // 10))
        case str():
            text = cell
        case int():
            text = i18n.count(cell)
        case _:
            text = i18n.date(cell)
    return text
