"""Ageing: what was open on a day, by days past due."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import and_, case, func, select

from klantenapp.i18n import _
from klantenapp.models.customer import Customer
from klantenapp.models.ledger import LedgerEntry
from klantenapp.models.values import Money, total
from klantenapp.services.insights.open_then import days_between, open_on
from klantenapp.services.insights.table import Column, ReportTable
from klantenapp.services.insights.wanted import told

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from klantenapp.services.insights.wanted import Wanted

NAME: Final = "ageing"
#: Last day of each group but the last one, in days past due.
LIMITS: Final = (0, 30, 60, 90)
KEYS: Final = ("not_due", "d1_30", "d31_60", "d61_90", "d90_plus")


@dataclass(frozen=True)
class AgeRow:
    """What one customer had open, per group of days past due.

    Attributes:
        groups: not due, 1-30, 31-60, 61-90 and more than 90 days past due.
        counts: how many invoices, per group.
        weighted_days: sum of cents × days since the document's day, of debits; for a mean age.
    """

    customer_id: int
    customer_number: str
    customer: str
    groups: tuple[Money, ...]
    counts: tuple[int, ...]
    weighted_days: int

    @property
    def total(self) -> Money:
        """Everything open: the balance of that day."""
        return total(self.groups)


def rows(session: Session, wanted: Wanted) -> list[AgeRow]:
    """Per customer what was open on the day, the largest first.

    An invoice is as old as the days since its due day; on that day it is not due yet. Without a
    due day the entry's own day counts. Open credits (money received or credited and not used)
    have no due day and are deducted under "not due", so that each total is the customer's balance
    of that day, as the ledger has it.
    """
    open_then = open_on(session, wanted.as_of)
    cents = open_then.c.open_cents
    due = func.coalesce(LedgerEntry.due_date, LedgerEntry.date)
    late = case((cents < 0, 0), else_=days_between(wanted.as_of, due))
    inside = _groups(late)
    query = (
        select(
            Customer.id,
            Customer.number,
            Customer.name,
            *(func.coalesce(func.sum(cents).filter(group), 0) for group in inside),
            *(func.count().filter(and_(group, cents > 0)) for group in inside),
            func.sum(
                case((cents > 0, cents * days_between(wanted.as_of, LedgerEntry.date)), else_=0)
            ),
        )
        .select_from(open_then)
        .join(LedgerEntry, LedgerEntry.id == open_then.c.entry_id)
        .join(Customer, Customer.id == LedgerEntry.customer_id)
        .where(LedgerEntry.date <= wanted.as_of)
        .group_by(Customer.id)
        .order_by(func.sum(cents).desc(), Customer.number)
    )
    query = query.where(*wanted.of(Customer.id))
    size = len(KEYS)
    return [
        AgeRow(
            row[0],
            row[1],
            row[2],
            tuple(Money(value) for value in row[3 : 3 + size]),
            tuple(row[3 + size : 3 + 2 * size]),
            row[-1],
        )
        for row in session.execute(query)
    ]


def _groups(late: Any) -> list[Any]:
    first = [late <= LIMITS[0]]
    between = [late.between(low + 1, high) for low, high in itertools.pairwise(LIMITS)]
    return [*first, *between, late > LIMITS[-1]]


def report(session: Session, wanted: Wanted) -> ReportTable:
    """Ageing as a table."""
    found = rows(session, wanted)
    sums = tuple(total(row.groups[at] for row in found) for at in range(len(KEYS)))
    titles = (_("Not due"), _("1–30 days"), _("31–60 days"), _("61–90 days"), _("Over 90 days"))
    return ReportTable(
        NAME,
        _("Ageing"),
        _(
            "What was open at the end of that day, including tax, by days past the due date."
            " Credits that were not used are deducted under not due."
        ),
        told(session, wanted, as_of=True),
        (
            Column("customer_number", _("Number")),
            Column("customer", _("Customer")),
            *(Column(key, title, "money") for key, title in zip(KEYS, titles, strict=True)),
            Column("total", _("Total"), "money"),
        ),
        tuple((row.customer_number, row.customer, *row.groups, row.total) for row in found),
        (_("Total"), None, *sums, total(sums)),
        tuple(("customer", row.customer_id) for row in found),
    )
