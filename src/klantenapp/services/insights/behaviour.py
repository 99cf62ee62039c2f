"""Payment behaviour: how long customers take, how often they are late, and what that costs in days.

Definitions, of invoices that were paid (`paid.paid_invoices`):

- days to pay: from the invoice's day to the day of its last payment ("collection period" of the
  single invoice; Brealey, Myers & Allen, Principles of Corporate Finance, on working capital).
- days late: from the due day to that day, an early payment counting as 0 ("average days
  delinquent" of the single invoice; Credit Research Foundation).
- days from due: the same, signed: early payments are negative.
- late: paid after the due day.
- spread: the middle half of the days, from the lower to the upper quartile (inclusive method,
  Hyndman & Fan 1996, type 7).
- weighted: the mean in which each invoice counts for its amount.
- in parts: settled with more than one payment.
- broken promise: a day of payment was promised, and after it the invoice was still open.
- trend: mean days from due of the last 365 days minus that of the 365 days before.
- DSO by balance: receivables / revenue of the last 365 days × 365 (Credit Research Foundation,
  standard formula), receivables and revenue both including tax.
- DSO by count-back: the days of the most recent months whose invoiced amounts make up the
  receivables of the day (exhaustion method).
- best possible DSO: the same as by balance over receivables that are not due yet.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, replace
from statistics import quantiles
from typing import TYPE_CHECKING, Final

from sqlalchemy import Integer, func, select, type_coerce

from klantenapp.models.ledger import LedgerEntry
from klantenapp.models.values import WHOLE, Days, Percent, divide_half_up
from klantenapp.services.insights import ageing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from klantenapp.services.insights.paid import Paid
    from klantenapp.services.insights.wanted import Wanted

_YEAR: Final = 365


@dataclass(frozen=True)
class Behaviour:
    """How a customer pays, or all of them; None where there is nothing to say it of.

    Attributes:
        median_days_to_pay, weighted_days_to_pay, weighted_late: see the definitions above.
        spread, late_spread: lower and upper quartile of days to pay and of days late; with one
            invoice both are its days.
        trend: less than nothing is faster than a year ago.
        in_parts: invoices that took more than one payment.
    """

    paid_invoices: int
    mean_days_to_pay: Days | None = None
    mean_days_late: Days | None = None
    median_days_late: Days | None = None
    mean_days_from_due: Days | None = None
    late_share: Percent | None = None
    median_days_to_pay: Days | None = None
    weighted_days_to_pay: Days | None = None
    weighted_late: Days | None = None
    late_spread: tuple[int, int] | None = None
    spread: tuple[int, int] | None = None
    trend: Days | None = None
    in_parts: int = 0


def describe(paid: Sequence[Paid], day: dt.date) -> Behaviour:
    """What paid invoices say of how they are paid; with none, nothing."""
    if not paid:
        return Behaviour(0)
    return replace(
        summed_up(paid),
        median_days_to_pay=median([each.taken for each in paid]),
        weighted_days_to_pay=_weighted([(each.taken, each.cents) for each in paid]),
        weighted_late=_weighted([(max(each.late, 0), each.cents) for each in paid]),
        spread=_spread([each.taken for each in paid]),
        late_spread=_spread([max(each.late, 0) for each in paid]),
        trend=_trend(paid, day),
        in_parts=sum(each.payments > 1 for each in paid),
    )


def summed_up(paid: Sequence[Paid]) -> Behaviour:
    """The part of `describe` that asks little work: means, median and share."""
    if not paid:
        return Behaviour(0)
    from_due = [each.late for each in paid]
    late = [max(0, days) for days in from_due]
    return Behaviour(
        paid_invoices=len(paid),
        mean_days_to_pay=Days.mean([each.taken for each in paid]),
        mean_days_late=Days.mean(late),
        median_days_late=median(late),
        mean_days_from_due=Days.mean(from_due),
        late_share=Percent(divide_half_up(sum(days > 0 for days in late) * WHOLE, len(late))),
    )


def median(days: Sequence[int]) -> Days:
    """The middle one of at least one number, or the mean of the middle two."""
    ordered = sorted(days)
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return Days(ordered[middle] * 100)
    return Days.mean(ordered[middle - 1 : middle + 1])


def _weighted(days: Sequence[tuple[int, int]]) -> Days | None:
    """Mean of days in which each counts for its cents; None where there are none."""
    cents = sum(weight for _days, weight in days)
    if cents <= 0:
        return None
    return Days(divide_half_up(sum(each * weight for each, weight in days) * 100, cents))


def _spread(days: Sequence[int]) -> tuple[int, int]:
    if len(days) == 1:
        return days[0], days[0]
    low, _middle, high = quantiles(days, n=4, method="inclusive")
    return round(low), round(high)


def _trend(paid: Sequence[Paid], day: dt.date) -> Days | None:
    year_ago = day - dt.timedelta(days=_YEAR)
    recent, before = [], []
    for each in paid:
        when = each.due + dt.timedelta(days=each.late)
        if when > year_ago:
            recent.append(each.late)
        elif when > year_ago - dt.timedelta(days=_YEAR):
            before.append(each.late)
    if not recent or not before:
        return None
    return Days(Days.mean(recent).hundredths - Days.mean(before).hundredths)


@dataclass(frozen=True)
class Dso:
    """Days of sales outstanding in three ways; None without revenue."""

    by_balance: Days | None
    count_back: Days | None
    best_possible: Days | None


def dso(session: Session, wanted: Wanted) -> Dso:
    """Days of sales outstanding on the day; see the definitions above."""
    day = wanted.as_of
    open_rows = ageing.rows(session, wanted)
    owed = sum(row.total.cents for row in open_rows)
    not_due = sum(row.groups[0].cents for row in open_rows)
    sales = _sales_by_day(session, wanted)
    start = day - dt.timedelta(days=_YEAR)
    year = sum(cents for when, cents in sales if when > start)
    if year <= 0:
        return Dso(None, None, None)
    return Dso(
        Days(divide_half_up(owed * _YEAR * 100, year)),
        _count_back(owed, sales, day),
        Days(divide_half_up(not_due * _YEAR * 100, year)),
    )


def _sales_by_day(session: Session, wanted: Wanted) -> list[tuple[dt.date, int]]:
    """What was invoiced per day, including tax, the latest first."""
    query = (
        select(LedgerEntry.date, func.sum(type_coerce(LedgerEntry.amount, Integer)))
        .where(
            LedgerEntry.kind.in_(("invoice", "credit_note")),
            LedgerEntry.date <= wanted.as_of,
            *wanted.of(LedgerEntry.customer_id),
        )
        .group_by(LedgerEntry.date)
        .order_by(LedgerEntry.date.desc())
    )
    return [(when, cents) for when, cents in session.execute(query)]


def _count_back(owed: int, sales: Sequence[tuple[dt.date, int]], day: dt.date) -> Days | None:
    """Go back from the day until the sales passed make up what is owed."""
    if owed <= 0:
        return Days(0)
    months: dict[tuple[int, int], int] = defaultdict(int)
    for when, cents in sales:
        months[when.year, when.month] += cents
    passed, end = 0, day
    while months:
        first = end.replace(day=1)
        length = (end - first).days + 1
        sold = months.pop((end.year, end.month), 0)
        if sold >= owed:
            return Days(passed * 100 + divide_half_up(owed * length * 100, sold))
        owed -= max(sold, 0)
        passed += length
        end = first - dt.timedelta(days=1)
    return None
