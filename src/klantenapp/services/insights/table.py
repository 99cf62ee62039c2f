"""A report as data: the one shape that screen, spreadsheet, PDF and JSON are written from."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, Self, TypeAlias

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

if TYPE_CHECKING:
    from klantenapp.services.insights.wanted import Wanted


class Word(str):
    """A word of the program, in the language of the reader; machines get its code.

    Attributes:
        code: the same in every language, "credit_note".
    """

    __slots__ = ("code",)

    code: str

    def __new__(cls, text: str, code: str) -> Self:
        """A text with its code."""
        made = super().__new__(cls, text)
        made.code = code
        return made


#: What it is called and what it comes to, both in words, with their codes.
Figure: TypeAlias = tuple[Word, Word]


def figure(code: str, label: str, words: str, value: Money | Percent | Days | str | None) -> Figure:
    """Something that rows come to: in words for people, a code and a plain value for machines."""
    if isinstance(value, Days):
        return Word(label, code), Word(words, str(value.hundredths / 100))
    return Word(label, code), Word(words, "" if value is None else str(value))


#: What a column holds: str, Money, UnitPrice, int, Percent, Quantity, Days or date, as named.
ColumnKind = Literal["text", "money", "price", "int", "percent", "quantity", "days", "date"]
#: A value in a row; None is an empty cell.
Cell = Money | UnitPrice | Percent | Quantity | Days | dt.date | int | str | None
Row = tuple[Cell, ...]
#: What opens: a page of the window with the id that it shows, or the documents that are in it.
Link: TypeAlias = "tuple[str, int] | Wanted"


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        key: stable name, the key in JSON.
        title: heading in the interface language; money columns carry no euro sign, writers add it.
        kind: type of every cell below it.
        chart: draw this column as bars beside the rows, where the medium has room for it.
        in_json: False for what people get beside the keys that machines were promised.
        detail: only in files that hold every column, not on screen and paper.
    """

    key: str
    title: str
    kind: ColumnKind = "text"
    chart: bool = False
    in_json: bool = True
    detail: bool = False


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
        links: what a row opens, as long as `rows` or empty: ("customer", id), ("invoice", id), or
            what the list of documents behind its amount is asked for.
        figures: (label, value) pairs in words: what the rows come to beside their totals.
        total_link: what the row of totals opens.
    """

    name: str
    title: str
    basis: str
    filters: tuple[tuple[str, str], ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    totals: Row | None = None
    links: tuple[Link | None, ...] = ()
    figures: tuple[Figure, ...] = ()
    total_link: Link | None = None

    def __post_init__(self) -> None:
        """Refuse rows that do not fit the columns.

        Raises:
            ValueError: a row, or the totals, has another number of cells than there are columns.
        """
        width = len(self.columns)
        for row in (*self.rows, *((self.totals,) if self.totals else ())):
            if len(row) != width:
                raise ValueError(self.name, row)


def without_details(table: ReportTable) -> ReportTable:
    """The report as it stands on screen and paper."""
    kept = [at for at, column in enumerate(table.columns) if not column.detail]
    if len(kept) == len(table.columns):
        return table
    totals = tuple(table.totals[at] for at in kept) if table.totals is not None else None
    return replace(
        table,
        columns=tuple(table.columns[at] for at in kept),
        rows=tuple(tuple(row[at] for at in kept) for row in table.rows),
        totals=totals,
    )


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
