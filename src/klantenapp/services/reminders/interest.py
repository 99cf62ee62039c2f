"""Statutory interest, split at rate changes and part payments, compounded yearly. Pure.

Source: art. 6:119 (consumers) and 6:119a BW (commercial); `facts/dutch-rules.md` 4.1.

Choices, where calculators differ:

- Interest runs from the day after the due date through the day it is claimed or paid, both
  included; a payment lowers the principal from the next day on.
- A day is 1/365 of a year, in leap years too.
- After each full year of default the interest of that year is added to the principal. The
  anniversary of 29 February is 1 March in other years.
- Interest is exact until it becomes an amount, and then rounded half up once: when a year's
  interest is added to the principal, when a payment is set against it, and at the end. So the
  principal of every printed line is a whole number of cents. The amounts of the lines of one year
  are the differences of the rounded running sum, so that they add up to what is claimed.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from klantenapp.models.values import WHOLE, Money, divide_half_up
from klantenapp.services.errors.reminders import NoInterestRate

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from klantenapp.models.values import Percent

DAY = dt.timedelta(days=1)
YEAR_DAYS = 365
#: Cents × basis points × days that make one cent of interest.
DENOMINATOR = WHOLE * YEAR_DAYS
SECOND_HALF = 7


class Kind(StrEnum):
    """Which statutory interest."""

    CONSUMER = "consumer"
    COMMERCIAL = "commercial"


@dataclass(frozen=True, slots=True, order=True)
class RateRow:
    """A rate from a day on.

    Attributes:
        certainty: of the source, "A" to "C" as in the fact sheet; "" for a user's own row.
    """

    valid_from: dt.date
    percent: Percent
    certainty: str = ""


@dataclass(frozen=True, slots=True)
class Payment:
    """A part payment.

    Attributes:
        day: interest still runs over this day.
        interest_first: set against the interest of the moment before the principal (art. 6:44);
            else all of it lowers the principal.
    """

    day: dt.date
    amount: Money
    interest_first: bool = False


@dataclass(frozen=True, slots=True)
class InterestLine:
    """One stretch of days with the same principal and rate.

    Attributes:
        since, through: first and last day.
        days: number of days.
        principal: what the interest runs over, with the interest of past years.
        percent: yearly rate.
        amount: interest of these days.
        assumed: the rate of this half-year is not known yet; the last known one was used.
    """

    since: dt.date
    through: dt.date
    days: int
    principal: Money
    percent: Percent
    amount: Money
    assumed: bool


@dataclass(frozen=True, slots=True)
class Interest:
    """Interest with its calculation, for printing.

    Attributes:
        lines: in order of time.
        total: all interest that has run.
        paid: part of it that payments were set against.
        principal: what is left of the principal, without interest.
    """

    lines: tuple[InterestLine, ...]
    total: Money
    paid: Money
    principal: Money

    @property
    def open(self) -> Money:
        """Interest still owed."""
        return self.total - self.paid


def interest(
    principal: Money,
    since: dt.date,
    through: dt.date,
    rates: Iterable[RateRow],
    payments: Sequence[Payment] = (),
) -> Interest:
    """Interest over a principal.

    Args:
        principal: the amount in default.
        since: first day of interest, the day after the due date.
        through: last day of interest; before `since` there is none.
        rates: the table of one kind of interest.
        payments: part payments, in any order; those before `since` lower the principal at once,
            those after `through` are left out.

    Raises:
        NoInterestRate: the table starts after `since`.
    """
    table = tuple(rates)
    if not table:
        raise NoInterestRate(since)
    rows, unknown = _prepared(table)
    run = _Run(since, principal.cents)
    waiting = sorted(payments, key=lambda payment: payment.day)
    at = since
    while waiting and waiting[0].day < since:
        run.pay(waiting.pop(0))
    while at <= through:
        row, until = _row_at(rows, at)
        stops = [run.anniversary, through + DAY]
        stops += [day for day in (until, unknown) if day and day > at]
        stops += [waiting[0].day + DAY] if waiting else []
        end = min(stops)
        run.accrue(at, end, row.percent, assumed=at >= unknown)
        at = end
        while waiting and waiting[0].day < at:
            run.pay(waiting.pop(0))
        if at == run.anniversary:
            run.add_year()
    return run.result()


@dataclass(slots=True)
class _Run:
    """The state of one calculation; amounts in cents.

    Attributes:
        anniversary: first day of the next year of default.
        added: interest of past years, on which interest runs too.
        settled: interest rounded at an earlier payment in this year and not yet paid.
        accrued: exact interest since then, in 1/DENOMINATOR cents.
        shown: of `accrued`, the rounded part that lines show already.
    """

    since: dt.date
    principal: int
    years: int = 0
    added: int = 0
    settled: int = 0
    accrued: int = 0
    shown: int = 0
    total: int = 0
    paid: int = 0
    lines: list[InterestLine] = field(default_factory=list)
    anniversary: dt.date = field(init=False)

    def __post_init__(self) -> None:
        self.anniversary = _years_later(self.since, 1)

    def accrue(self, start: dt.date, end: dt.date, percent: Percent, *, assumed: bool) -> None:
        """Let interest run from a day until the day before another."""
        days = (end - start).days
        base = self.principal + self.added
        self.accrued += base * percent.points * days
        running = divide_half_up(self.accrued, DENOMINATOR)
        amount, self.shown = running - self.shown, running
        self.total += amount
        through = end - DAY
        self.lines.append(
            InterestLine(start, through, days, Money(base), percent, Money(amount), assumed)
        )

    def _round(self) -> None:
        """Turn what has accrued into an amount; the lines show it already."""
        self.settled += self.shown
        self.accrued = self.shown = 0

    def pay(self, payment: Payment) -> None:
        """Set a payment against interest, where it says so, and the principal."""
        left = payment.amount.cents
        if payment.interest_first:
            self._round()
            old = min(left, self.added)
            new = min(left - old, self.settled)
            self.added -= old
            self.settled -= new
            self.paid += old + new
            left -= old + new
        self.principal -= min(left, self.principal)

    def add_year(self) -> None:
        """Add the interest of the year to what interest runs over."""
        self._round()
        self.added += self.settled
        self.settled = 0
        self.years += 1
        self.anniversary = _years_later(self.since, self.years + 1)

    def result(self) -> Interest:
        """What has run, with its lines."""
        return Interest(
            tuple(self.lines), Money(self.total), Money(self.paid), Money(self.principal)
        )


@lru_cache(maxsize=8)
def _prepared(table: tuple[RateRow, ...]) -> tuple[list[RateRow], dt.date]:
    """The table in order, neighbours of one rate as one, and the first day that it leaves open."""
    rows = sorted(table)
    return _merged(rows), _unknown_from(rows)


def _merged(table: list[RateRow]) -> list[RateRow]:
    """Rows with neighbours of the same rate as one."""
    rows: list[RateRow] = []
    for row in table:
        if not rows or rows[-1].percent != row.percent:
            rows.append(row)
    return rows


def _row_at(rows: list[RateRow], day: dt.date) -> tuple[RateRow, dt.date | None]:
    """The row in force, and the day the next one starts."""
    for index in range(len(rows) - 1, -1, -1):
        if rows[index].valid_from <= day:
            later = rows[index + 1].valid_from if index + 1 < len(rows) else None
            return rows[index], later
    raise NoInterestRate(day)


def _unknown_from(table: list[RateRow]) -> dt.date:
    """First day after the half-year of the last row: rates are set per half-year."""
    last = table[-1].valid_from
    if last.month < SECOND_HALF:
        return dt.date(last.year, SECOND_HALF, 1)
    return dt.date(last.year + 1, 1, 1)


def _years_later(day: dt.date, years: int) -> dt.date:
    """The same day in a later year; 29 February becomes 1 March where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return dt.date(day.year + years, 3, 1)
