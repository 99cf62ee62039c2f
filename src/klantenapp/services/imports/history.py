"""Documents of another program from the rows of a table: grouped, signed and added up.

`amount` is the total of a document; with a tax percentage it includes tax, without one no tax is
assumed. Prices of lines exclude tax, unless the stated total shows that they include it.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from klantenapp.models.values import (
    NO_PERCENT,
    ONE,
    WHOLE,
    ZERO,
    Money,
    Percent,
    Quantity,
    UnitPrice,
    divide_half_up,
    total,
)
from klantenapp.services.errors.history import (
    DayInFuture,
    DocumentRowsDiffer,
    DocumentTotalDiffers,
    DueBeforeDate,
)
from klantenapp.services.errors.imports import CellMissing
from klantenapp.services.imports.result import RefusedLine

if TYPE_CHECKING:
    from klantenapp.services.errors.base import Refusal
    from klantenapp.services.imports.tabular import Record


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One line of a document, signed as in the file turned so that the document is positive."""

    item: str | None
    description: str
    quantity: Quantity
    unit_price: UnitPrice
    percent: Percent
    net: Money
    gross: Money


@dataclass(frozen=True, slots=True)
class HistoryDocument:
    """One document.

    Attributes:
        line: of its first row in the file.
        customer: number of the customer, None where the file names it only.
        customer_name, country: of the customer.
        is_credit: a credit note; its amounts are positive all the same.
        due_date: as the file says, None otherwise.
        paid_on: day on which it was paid in full.
        prices_include_tax: the lines' prices do.
        taxes: base and tax per rate.
    """

    line: int
    number: str
    customer: str | None
    customer_name: str | None
    country: str | None
    is_credit: bool
    date: dt.date
    due_date: dt.date | None
    paid_on: dt.date | None
    prices_include_tax: bool
    lines: tuple[HistoryLine, ...]
    taxes: tuple[tuple[Percent, Money, Money], ...]

    @property
    def net(self) -> Money:
        """Without tax."""
        return total(base for _percent, base, _tax in self.taxes)

    @property
    def tax(self) -> Money:
        """The tax."""
        return total(tax for _percent, _base, tax in self.taxes)


class _Wrong(Exception):  # noqa: N818 - leaves the reading of one document, and never this module
    def __init__(self, field: str | None, failure: Refusal, line: int | None = None) -> None:
        super().__init__()
        self.field, self.failure, self.line = field, failure, line


def document_of(
    records: list[Record], credit_prefix: str | None, today: dt.date
) -> HistoryDocument | RefusedLine:
    """Make one document of its rows, or say at which row and field it cannot be made.

    Args:
        records: rows with the same number, in the order of the file.
        credit_prefix: with which the numbers of credit notes start; without one the sign tells.
        today: the last day that history may have.
    """
    try:
        return _document(records, credit_prefix, today)
    except _Wrong as wrong:
        return RefusedLine(wrong.line or records[0].line, wrong.field, wrong.failure)


def _document(records: list[Record], credit_prefix: str | None, today: dt.date) -> HistoryDocument:
    number = records[0].text("number") or ""
    date = _one_day(records, "date", number)
    if date is None:
        raise _Wrong("date", CellMissing())
    due_date, paid_on = (_one_day(records, name, number) for name in ("due_date", "paid_date"))
    for name, day in (("date", date), ("paid_date", paid_on)):
        if day is not None and day > today:
            raise _Wrong(name, DayInFuture(day))
    if due_date is not None and due_date < date:
        raise _Wrong("due_date", DueBeforeDate(due_date, date))
    stated = _stated(records, number)
    has_prices = any("unit_price" in record.values for record in records)
    lines = [_line(record) for record in records] if has_prices else [_whole(records, stated)]
    included, taxes = _taxes(number, lines, stated, has_prices=has_prices)
    whole = total(base + tax for _percent, base, tax in taxes)
    turned = whole.cents < 0
    is_credit = turned or bool(credit_prefix and number.startswith(credit_prefix))
    return HistoryDocument(
        line=records[0].line,
        number=number,
        customer=_one_text(records, "customer", number),
        customer_name=_first_text(records, "customer_name"),
        country=_first_text(records, "country"),
        is_credit=is_credit,
        date=date,
        due_date=due_date,
        paid_on=paid_on,
        prices_include_tax=included,
        lines=tuple(_turned(line) if turned else line for line in lines),
        taxes=tuple((p, -base, -tax) if turned else (p, base, tax) for p, base, tax in taxes),
    )


def _one_day(records: list[Record], name: str, number: str) -> dt.date | None:
    days = {
        day: record for record in records if isinstance(day := record.values.get(name), dt.date)
    }
    if len(days) > 1:
        first, other = list(days)[:2]
        shown = (first.isoformat(), other.isoformat())
        raise _Wrong(name, DocumentRowsDiffer(number, *shown), days[other].line)
    return next(iter(days), None)


def _one_text(records: list[Record], name: str, number: str) -> str | None:
    texts = {text: record for record in records if (text := record.text(name))}
    if len(texts) > 1:
        first, other = list(texts)[:2]
        raise _Wrong(name, DocumentRowsDiffer(number, first, other), texts[other].line)
    return next(iter(texts), None)


def _first_text(records: list[Record], name: str) -> str | None:
    return next((text for record in records if (text := record.text(name))), None)


def _stated(records: list[Record], number: str) -> Money | None:
    """The total of the document, which stands once or on each of its rows."""
    amounts = {
        amount: record
        for record in records
        if isinstance(amount := record.values.get("amount"), Money)
    }
    if len(amounts) > 1:
        first, other = list(amounts)[:2]
        failure = DocumentRowsDiffer(number, str(first), str(other))
        raise _Wrong("amount", failure, amounts[other].line)
    return next(iter(amounts), None)


def _percent(record: Record) -> Percent:
    value = record.values.get("tax_percent")
    return value if isinstance(value, Percent) else NO_PERCENT


def _line(record: Record) -> HistoryLine:
    """A row with its own price."""
    price, quantity = record.values.get("unit_price"), record.values.get("quantity", ONE)
    if not isinstance(price, UnitPrice) or not isinstance(quantity, Quantity):
        raise _Wrong("unit_price", CellMissing(), record.line)
    amount = price.times(quantity)
    item = record.text("item")
    description = record.text("description") or item or ""
    return HistoryLine(item, description, quantity, price, _percent(record), amount, amount)


def _whole(records: list[Record], stated: Money | None) -> HistoryLine:
    """A document of which only the total is known, as one line."""
    if stated is None:
        raise _Wrong("amount", CellMissing())
    first = records[0]
    percent = next((p for record in records if (p := _percent(record))), NO_PERCENT)
    base, _tax = _divided(stated, percent)
    description = first.text("description") or first.text("item") or ""
    sign = Quantity(-ONE.units) if stated.cents < 0 else ONE
    price = UnitPrice.of(abs(base))
    return HistoryLine(first.text("item"), description, sign, price, percent, base, stated)


def _divided(gross: Money, percent: Percent) -> tuple[Money, Money]:
    """Base and tax of an amount that includes tax."""
    base = Money(divide_half_up(gross.cents * WHOLE, WHOLE + percent.points))
    return base, gross - base


def _taxes(
    number: str, lines: list[HistoryLine], stated: Money | None, *, has_prices: bool
) -> tuple[bool, list[tuple[Percent, Money, Money]]]:
    """Whether prices include tax, and base and tax per rate."""
    sums: dict[Percent, Money] = defaultdict(lambda: ZERO)
    for line in lines:
        sums[line.percent] = sums[line.percent] + line.gross
    with_tax = [(percent, *_divided(gross, percent)) for percent, gross in sums.items()]
    if not has_prices:
        return False, with_tax
    without = [(percent, base, base.share(percent)) for percent, base in sums.items()]
    computed = total(base + tax for _percent, base, tax in without)
    if stated is None or stated == computed:
        return False, without
    if stated == total(sums.values()):
        return True, with_tax
    if stated == -computed:  # a credit note whose total is written without its sign
        return False, without
    raise _Wrong("amount", DocumentTotalDiffers(number, stated, computed))


def _turned(line: HistoryLine) -> HistoryLine:
    return HistoryLine(
        line.item,
        line.description,
        Quantity(-line.quantity.units),
        line.unit_price,
        line.percent,
        -line.net,
        -line.gross,
    )
