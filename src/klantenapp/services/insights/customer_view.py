"""What the history of one customer says: days to payment, revenue, and advice."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select

from klantenapp.models.document import Document
from klantenapp.models.values import ZERO, Money, divide_half_up, total
from klantenapp.services.customers import terms
from klantenapp.services.insights import behaviour, credit_advice, promises, reminders, revenue
from klantenapp.services.insights.credit_facts import decided
from klantenapp.services.insights.forecast import expected_invoices
from klantenapp.services.insights.paid import paid_invoices
from klantenapp.services.insights.wanted import Wanted

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from klantenapp.models.values import Percent
    from klantenapp.services.insights.behaviour import Behaviour, Dso
    from klantenapp.services.insights.credit_advice import Advice
    from klantenapp.services.insights.credit_facts import Decision
    from klantenapp.services.insights.reminders import Effect

MONTHS: Final = 12
QUARTERS: Final = 8


@dataclass(frozen=True)
class InvoiceDays:
    """An invoice of the last twelve months with the days it took, or has been open.

    Attributes:
        late: it took longer than its own term.
        is_open: it is not paid yet.
        expected: when it will be paid; None once it is.
    """

    document_id: int | None
    number: str
    issued: dt.date
    days: int
    late: bool
    is_open: bool
    expected: dt.date | None = None


@dataclass(frozen=True)
class CustomerInsight:
    """Everything on the tab.

    Attributes:
        first_month: of the twelve; quarters: eight of them through this one, by first day.
        term_days: that the customer has now; None where no term is set.
        year: revenue of this year; share: what part of all revenue that is.
        since: day of the first invoice.
        decisions: every decision of the user about credit, the latest first.
    """

    invoices: tuple[InvoiceDays, ...]
    first_month: dt.date
    behaviour: Behaviour
    term_days: int | None
    quarters: tuple[tuple[dt.date, Money], ...]
    year: Money
    share: Percent | None
    advice: Advice | None
    decisions: tuple[Decision, ...]
    dso: Dso
    broken_promises: int
    reminders: Effect
    since: dt.date | None
    revenue: Money
    mean_invoice: Money | None


def insight(session: Session, customer_id: int, today: dt.date) -> CustomerInsight:
    """The tab's figures; with no history at all they are empty."""
    alone = Wanted(as_of=today, customer_id=customer_id)
    paid = paid_invoices(session, today, customer_id)
    first_month = revenue.later(today.replace(day=1), 1 - MONTHS)
    months = revenue.by_month(session, alone)
    advices = credit_advice.advices(session, alone)
    this_year = Wanted(as_of=today, start=today.replace(month=1, day=1), customer_id=customer_id)
    year = total(row.net for row in revenue.by_customer(session, this_year))
    everyone = Wanted(as_of=today, start=this_year.start)
    whole = total(row.net for row in revenue.by_customer(session, everyone))
    count, since, net = session.execute(
        select(func.count(), func.min(Document.date), func.sum(Document.net_total)).where(
            Document.customer_id == customer_id,
            Document.state == "issued",
            Document.kind == "invoice",
        )
    ).one()
    return CustomerInsight(
        _invoice_days(session, customer_id, today, first_month),
        first_month,
        behaviour.describe(paid, today),
        terms.effective(session, customer_id, today).payment_term.value.days,
        _quarters(months, today),
        year,
        revenue.share(year, whole),
        advices[0] if advices else None,
        tuple(reversed(decided(session, alone).get(customer_id, []))),
        behaviour.dso(session, alone),
        promises.broken_promises(session, alone, today)[customer_id],
        reminders.effect(session, alone),
        since,
        total(row.net for row in months.values()),
        Money(divide_half_up((net or ZERO).cents, count)) if count else None,
    )


def _quarters(
    months: dict[dt.date, revenue.RevenueRow], today: dt.date
) -> tuple[tuple[dt.date, Money], ...]:
    this = dt.date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    found = []
    for at in range(QUARTERS):
        first = revenue.later(this, 3 * (at - QUARTERS + 1))
        inside = [revenue.later(first, month) for month in range(3)]
        found.append((first, total(months[month].net for month in inside if month in months)))
    return tuple(found)


def _invoice_days(
    session: Session, customer_id: int, today: dt.date, since: dt.date
) -> tuple[InvoiceDays, ...]:
    """Paid and open invoices since a day, oldest first."""
    documents = {
        row.id: row
        for row in session.execute(
            select(Document.id, Document.number, Document.date).where(
                Document.customer_id == customer_id, Document.state == "issued"
            )
        )
    }
    found = [
        InvoiceDays(
            each.document_id,
            documents[each.document_id].number if each.document_id in documents else "",
            each.issued,
            each.taken,
            each.late > 0,
            is_open=False,
        )
        for each in paid_invoices(session, today, customer_id)
        if each.issued >= since
    ]
    for waiting in expected_invoices(session, today, customer_id):
        document = documents.get(waiting.document_id or 0)
        if document is not None and since <= document.date <= today:
            found.append(
                InvoiceDays(
                    waiting.document_id,
                    document.number,
                    document.date,
                    (today - document.date).days,
                    waiting.overdue,
                    is_open=True,
                    expected=waiting.expected.day,
                )
            )
    return tuple(sorted(found, key=lambda each: (each.issued, each.number)))
