"""Payment behaviour: how long customers take, how often they are late, and what that costs in days.

Definitions, of invoices that were paid (`paid.paid_invoices`):

- days to pay: from the invoice's day to the day of its last payment ("collection period" of the
  single invoice; Brealey, Myers & Allen, Principles of Corporate Finance, on working capital).
- days late: from the due day to that day, an early payment counting as 0 ("average days
  delinquent" of the single invoice; Credit Research Foundation).
- days from due: the same, signed: early payments are negative.
- late: paid after the due day.
- spread: the middle half of days to pay, from the lower to the upper quartile.
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

from klantenapp.i18n import _
from klantenapp.models.customer import Customer
from klantenapp.models.ledger import LedgerEntry
from klantenapp.models.values import WHOLE, Days, Percent, divide_half_up
from klantenapp.services.insights import ageing
from klantenapp.services.insights.paid import paid_invoices
from klantenapp.services.insights.table import Column, ReportTable
from klantenapp.services.insights.wanted import Wanted, told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from klantenapp.services.insights.paid import Paid
    from klantenapp.services.insights.table import Row

NAME: Final = "payment-behaviour"
_YEAR: Final = 365


@dataclass(frozen=True)
class Behaviour:
    """How a customer pays, or all of them; None where there is nothing to say it of.

    Attributes:
        weighted_late: mean of days late, weighted by amount.
        spread: lower and upper quartile of days to pay; with one invoice both are its days.
        trend: mean days from due of the last 12 months minus that of the 12 months before.
        in_parts: invoices that took more than one payment.
    """

    paid_invoices: int
    mean_days_to_pay: Days | None = None
    mean_days_late: Days | None = None
    median_days_late: Days | None = None
    mean_days_from_due: Days | None = None
    late_share: Percent | None = None
    weighted_late: Days | None = None
    spread: tuple[int, int] | None = None
    trend: Days | None = None
    in_parts: int = 0


def describe(paid: Sequence[Paid], day: dt.date) -> Behaviour:
    """What paid invoices say of how they are paid; with none, nothing."""
    if not paid:
        return Behaviour(0)
    cents = sum(each.cents for each in paid)
    weighted = sum(max(each.late, 0) * each.cents for each in paid)
    return replace(
        summed_up(paid),
        weighted_late=Days(divide_half_up(weighted * 100, cents)) if cents > 0 else None,
        spread=_spread([each.taken for each in paid]),
        trend=_trend(paid, day),
        in_parts=sum(each.payments > 1 for each in paid),
    )


def summed_up(paid: Sequence[Paid]) -> Behaviour:
    """The part of `describe` that stands in the report: means, median and share."""
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


def dso(session: Session, day: dt.date, customer_id: int | None = None) -> Dso:
    """Days of sales outstanding on a day; see the definitions above."""
    open_rows = ageing.rows(session, Wanted(as_of=day, customer_id=customer_id))
    owed = sum(row.total.cents for row in open_rows)
    not_due = sum(row.groups[0].cents for row in open_rows)
    sales = _sales_by_day(session, day, customer_id)
    start = day - dt.timedelta(days=_YEAR)
    year = sum(cents for when, cents in sales if when > start)
    if year <= 0:
        return Dso(None, None, None)
    return Dso(
        Days(divide_half_up(owed * _YEAR * 100, year)),
        _count_back(owed, sales, day),
        Days(divide_half_up(not_due * _YEAR * 100, year)),
    )


def _sales_by_day(
    session: Session, day: dt.date, customer_id: int | None
) -> list[tuple[dt.date, int]]:
    """What was invoiced per day, including tax, the latest first."""
    query = (
        select(LedgerEntry.date, func.sum(type_coerce(LedgerEntry.amount, Integer)))
        .where(LedgerEntry.kind.in_(("invoice", "credit_note")), LedgerEntry.date <= day)
        .group_by(LedgerEntry.date)
        .order_by(LedgerEntry.date.desc())
    )
    if customer_id is not None:
        query = query.where(LedgerEntry.customer_id == customer_id)
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


# --- as a table --------------------------------------------------------------------------------


def report(session: Session, wanted: Wanted) -> ReportTable:
    """Payment behaviour per customer and of all together, the latest payers first."""
    paid = _in_period(session, wanted)
    by_customer: dict[int, list[Paid]] = defaultdict(list)
    for each in paid:
        by_customer[each.customer_id].append(each)
    names = _names(session, list(by_customer))
    found = [
        (*names[customer_id], customer_id, summed_up(theirs))
        for customer_id, theirs in by_customer.items()
    ]
    found.sort(key=lambda row: (-(row[3].mean_days_from_due or Days(0)).hundredths, row[0]))
    return ReportTable(
        NAME,
        _("Payment behaviour"),
        _(
            "Invoices paid in full, by the day of the last payment; days late count an early"
            " payment as 0, days from due count it as negative."
        ),
        told(session, wanted, period=True),
        _columns(),
        tuple((number, name, *_cells(row)) for number, name, _id, row in found),
        (_("Total"), None, *_cells(summed_up(paid))),
        tuple(("customer", customer_id) for _number, _name, customer_id, _row in found),
    )


def _in_period(session: Session, wanted: Wanted) -> list[Paid]:
    day = min(wanted.end, wanted.as_of) if wanted.end is not None else wanted.as_of
    return paid_invoices(session, day, wanted.customer_id, wanted.start)


def _columns() -> tuple[Column, ...]:
    return (
        Column("customer_number", _("Number")),
        Column("customer", _("Customer")),
        Column("paid_invoices", _("Paid invoices"), "int"),
        Column("mean_days_to_pay", _("Days to pay"), "days", chart=True),
        Column("mean_days_late", _("Days late"), "days"),
        Column("median_days_late", _("Median days late"), "days"),
        Column("mean_days_from_due", _("Days from due"), "days"),
        Column("late_share_percent", _("Paid late"), "percent"),
    )


def _cells(found: Behaviour) -> Row:
    return (
        found.paid_invoices,
        found.mean_days_to_pay,
        found.mean_days_late,
        found.median_days_late,
        found.mean_days_from_due,
        found.late_share,
    )


def _names(session: Session, ids: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Numbers and names; all are read where many are asked for."""
    query = select(Customer.id, Customer.number, Customer.name)
    few = 500
    if len(ids) <= few:
        query = query.where(Customer.id.in_(ids))
    return {row.id: (row.number, row.name) for row in session.execute(query)}
