"""Invoices that were paid, each with the day on which the last of it was."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import Integer, case, func, or_, select, type_coerce
from sqlalchemy.orm import aliased

from klantenapp.models.ledger import LedgerEntry, Settlement
from klantenapp.services.insights.open_then import days_between
from klantenapp.services.insights.wanted import among

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy.orm import Session


class Paid(NamedTuple):
    """One paid invoice.

    Attributes:
        document_id: None for a receivable without a document.
        cents: of the invoice.
        issued, due: ordinal-free days as dates; taken: days from the invoice's day to the payment.
        late: days from the due day to the payment; negative is early.
        payments: how many payments it took.
    """

    customer_id: int
    entry_id: int
    document_id: int | None
    issued: dt.date
    due: dt.date
    cents: int
    taken: int
    late: int
    payments: int


def paid_invoices(
    session: Session,
    day: dt.date,
    customer_id: int | None = None,
    since: dt.date | None = None,
    group_id: int | None = None,
) -> list[Paid]:
    """Invoices that were settled in full on a day, at least partly by a payment.

    An invoice is paid on the day of the last entry that settled it; a settlement counts from the
    later of its two entries' dates, and not when it was taken back by then. What was only credited
    or written off was not paid. In order of payment.

    Args:
        day: payments after it are not known yet.
        customer_id: of one customer alone.
        since: only what was paid on this day or later.
        group_id: of the customers who carry one label.
    """
    of = among(LedgerEntry.customer_id, customer_id, group_id)
    invoices = select(LedgerEntry.id).where(*of) if of else None
    return [Paid(*row) for row in session.execute(_query(day, invoices, since))]


def _query(day: dt.date, invoices: Any, since: dt.date | None) -> Any:
    invoice, credit, counter = aliased(LedgerEntry), aliased(LedgerEntry), aliased(Settlement)
    when = func.max(func.max(invoice.date, credit.date))
    whole = type_coerce(invoice.amount, Integer)
    query = (
        select(
            invoice.customer_id,
            invoice.id,
            invoice.document_id,
            invoice.date,
            invoice.due_date,
            whole,
            days_between(when, invoice.date),
            days_between(when, invoice.due_date),
            func.sum(case((credit.kind == "payment", 1), else_=0)),
        )
        .join(Settlement, Settlement.debit_id == invoice.id)
        .join(credit, credit.id == Settlement.credit_id)
        .outerjoin(counter, counter.counters_id == Settlement.id)
        .where(
            invoice.kind == "invoice",
            invoice.due_date.is_not(None),
            invoice.date <= day,
            credit.date <= day,
            Settlement.amount > 0,
            or_(counter.id.is_(None), counter.date > day),
        )
        .group_by(invoice.id)
        .having(
            func.sum(type_coerce(Settlement.amount, Integer)) == whole,
            func.sum(case((credit.kind.in_(("payment", "discount")), 1), else_=0)) > 0,
        )
        .order_by(when, invoice.id)
    )
    if invoices is not None:
        query = query.where(invoice.id.in_(invoices))
    if since is not None:
        query = query.having(when >= since)
    return query
