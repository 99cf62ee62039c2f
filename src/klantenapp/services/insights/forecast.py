"""Cash forecast: what comes in per week, from when each open invoice is expected to be paid."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select

from klantenapp import i18n
from klantenapp.i18n import _
from klantenapp.models.customer import Customer
from klantenapp.models.ledger import LedgerEntry
from klantenapp.models.values import ZERO, Money, total
from klantenapp.services.insights.expectation import History
from klantenapp.services.insights.open_then import open_on
from klantenapp.services.insights.paid import paid_invoices
from klantenapp.services.insights.table import Column, ReportTable, figure
from klantenapp.services.insights.wanted import among, told

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from klantenapp.services.insights.expectation import Expected
    from klantenapp.services.insights.wanted import Wanted

NAME: Final = "cash-forecast"
WEEKS: Final = 13
_WEEK: Final = dt.timedelta(days=7)


@dataclass(frozen=True)
class ExpectedInvoice:
    """An open invoice with when it will be paid.

    Attributes:
        overdue: it is past its due day, so that its payment is uncertain.
    """

    entry_id: int
    document_id: int | None
    customer_id: int
    due: dt.date
    amount: Money
    expected: Expected
    overdue: bool


@dataclass(frozen=True)
class Week:
    """What is expected in one week.

    Attributes:
        start: its Monday.
        expected: of invoices that are not overdue, on their expected day.
        low: of those, what comes in this week both when paid early and when paid late.
        high: what comes in this week when paid early, late or in between.
        overdue: what of the overdue invoices may come; not in the three before.
    """

    start: dt.date
    expected: Money
    low: Money
    high: Money
    overdue: Money


@dataclass(frozen=True)
class Forecast:
    """The coming weeks.

    Attributes:
        overdue: everything that is past its due day, shown apart.
        later: what is not overdue and expected after the last week.
    """

    as_of: dt.date
    weeks: tuple[Week, ...]
    overdue: Money
    later: Money


def expected_invoices(
    session: Session, day: dt.date, customer_id: int | None = None, group_id: int | None = None
) -> list[ExpectedInvoice]:
    """Every receivable that was open on a day, with when it is expected, by the day it is due."""
    history = learned(session, day)
    open_then = open_on(session, day)
    query = (
        select(
            LedgerEntry.id,
            LedgerEntry.document_id,
            LedgerEntry.customer_id,
            Customer.kind,
            func.coalesce(LedgerEntry.due_date, LedgerEntry.date),
            open_then.c.open_cents,
        )
        .join(open_then, open_then.c.entry_id == LedgerEntry.id)
        .join(Customer, Customer.id == LedgerEntry.customer_id)
        .where(LedgerEntry.date <= day, open_then.c.open_cents > 0)
        .order_by(func.coalesce(LedgerEntry.due_date, LedgerEntry.date), LedgerEntry.id)
    )
    query = query.where(*among(LedgerEntry.customer_id, customer_id, group_id))
    return [
        ExpectedInvoice(
            entry_id,
            document_id,
            customer,
            due,
            Money(cents),
            history.expect(customer, kind, due, day),
            overdue=due < day,
        )
        for entry_id, document_id, customer, kind, due, cents in session.execute(query)
    ]


def learned(session: Session, day: dt.date) -> History:
    """What payments up to a day say."""
    kinds = kinds_of_customers(session)
    history = History()
    history.learn_all(
        [
            (each.customer_id, kinds[each.customer_id], each.late)
            for each in paid_invoices(session, day)
        ]
    )
    return history


def kinds_of_customers(session: Session) -> dict[int, str]:
    """Kind of every customer: business, consumer, government."""
    return {row.id: row.kind for row in session.execute(select(Customer.id, Customer.kind))}


def forecast(session: Session, wanted: Wanted, weeks: int = WEEKS) -> Forecast:
    """The coming weeks, from the Monday of this one.

    Credits that customers have not used are not deducted: they may be paid back or used later.
    """
    monday = wanted.as_of - dt.timedelta(days=wanted.as_of.weekday())
    found = expected_invoices(session, wanted.as_of, wanted.customer_id, wanted.group_id)
    sums = [[0, 0, 0, 0] for _week in range(weeks)]
    later = 0
    for each in found:
        early, day, late = (
            (when - monday).days // 7
            for when in (each.expected.early, each.expected.day, each.expected.late)
        )
        cents = each.amount.cents
        if each.overdue:
            if day < weeks:
                sums[day][3] += cents
            continue
        if day < weeks:
            sums[day][0] += cents
        else:
            later += cents
        if early == late and early < weeks:
            sums[early][1] += cents
        for week in range(early, min(late + 1, weeks)):
            sums[week][2] += cents
    return Forecast(
        wanted.as_of,
        tuple(
            Week(monday + at * _WEEK, *(Money(cents) for cents in week))
            for at, week in enumerate(sums)
        ),
        total(each.amount for each in found if each.overdue),
        Money(later),
    )


def report(session: Session, wanted: Wanted) -> ReportTable:
    """The forecast of thirteen weeks."""
    found = forecast(session, wanted)
    return ReportTable(
        NAME,
        _("Cash forecast"),
        _(
            "Open invoices including tax, in the week in which the customer usually pays. Low and"
            " high: when each is paid late or early within what is usual. Overdue invoices are"
            " uncertain and stand apart."
        ),
        told(session, wanted, as_of=True),
        (
            Column("from", _("Week from"), "date"),
            Column("expected", _("Expected"), "money", chart=True),
            Column("low", _("Low"), "money"),
            Column("high", _("High"), "money"),
            Column("uncertain", _("Overdue, uncertain"), "money", in_json=False),
        ),
        tuple(
            (week.start, week.expected, week.low, week.high, week.overdue) for week in found.weeks
        ),
        (
            None,
            total(week.expected for week in found.weeks),
            None,
            None,
            total(week.overdue for week in found.weeks),
        ),
        figures=(
            figure("overdue", _("Overdue"), _money(found.overdue), found.overdue),
            figure("later", _("Later than these weeks"), _money(found.later), found.later),
        ),
    )


def as_json(session: Session, wanted: Wanted) -> dict[str, object]:
    """What the command line promises: as_of, weeks, overdue."""
    found = forecast(session, wanted)
    weeks = [
        {"from": week.start, "expected": week.expected, "low": week.low, "high": week.high}
        for week in found.weeks
    ]
    return {"as_of": found.as_of, "weeks": weeks, "overdue": found.overdue or ZERO}


def _money(amount: Money) -> str:
    return i18n.money(amount.cents)
