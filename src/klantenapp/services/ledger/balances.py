"""What customers owe, and every movement on their account with the balance after it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from klantenapp.models.document import Document
from klantenapp.models.ledger import LedgerEntry
from klantenapp.models.payment import Payment
from klantenapp.models.values import ZERO

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from klantenapp.models.values import Money


@dataclass(frozen=True)
class Movement:
    """One line of a customer's history.

    Attributes:
        kind: of the ledger entry.
        reference: number or text; method: of a payment.
        amount: signed as in the ledger; open_amount likewise; balance: after this movement.
        voided: the entry was countered by a later void.
    """

    entry_id: int
    date: dt.date
    kind: str
    reference: str | None
    note: str | None
    method: str | None
    due_date: dt.date | None
    document_id: int | None
    payment_id: int | None
    amount: Money
    open_amount: Money
    balance: Money
    voided: bool


@dataclass(frozen=True)
class Balance:
    """What one customer owes; negative is a credit.

    Attributes:
        overdue: open debits past their due day.
        credit: open credits, positive.
    """

    balance: Money
    overdue: Money
    credit: Money


def history(session: Session, customer_id: int) -> list[Movement]:
    """Every movement, oldest first, with the running balance."""
    void = select(LedgerEntry.voids_id).where(LedgerEntry.voids_id.is_not(None)).subquery()
    rows = session.execute(
        select(
            LedgerEntry.id.label("entry_id"),
            LedgerEntry.date,
            LedgerEntry.kind,
            func.coalesce(LedgerEntry.reference, Document.number).label("reference"),
            LedgerEntry.note,
            Payment.method,
            LedgerEntry.due_date,
            LedgerEntry.document_id,
            LedgerEntry.payment_id,
            LedgerEntry.amount,
            LedgerEntry.open_amount,
            void.c.voids_id.is_not(None).label("voided"),
        )
        .outerjoin(Document, Document.id == LedgerEntry.document_id)
        .outerjoin(Payment, Payment.id == LedgerEntry.payment_id)
        .outerjoin(void, void.c.voids_id == LedgerEntry.id)
        .where(LedgerEntry.customer_id == customer_id)
        .order_by(LedgerEntry.date, LedgerEntry.id)
    )
    running, movements = ZERO, []
    for row in rows.mappings():
        running += row["amount"]
        movements.append(Movement(**row, balance=running))
    return movements


def balance(session: Session, customer_id: int, today: dt.date) -> Balance:
    """What the customer owes now, and how much of it is overdue on that day."""
    return balances(session, today, [customer_id]).get(customer_id, Balance(ZERO, ZERO, ZERO))


def balances(
    session: Session, today: dt.date, customer_ids: Sequence[int] | None = None
) -> dict[int, Balance]:
    """Balance per customer with anything open; a sum of the open amounts.

    Args:
        customer_ids: only these; None is everybody.
    """
    overdue = func.sum(LedgerEntry.open_amount).filter(
        LedgerEntry.due_date < today, LedgerEntry.amount > 0
    )
    credit = func.sum(LedgerEntry.open_amount).filter(LedgerEntry.amount < 0)
    query = (
        select(LedgerEntry.customer_id, func.sum(LedgerEntry.open_amount), overdue, credit)
        .where(LedgerEntry.open_amount != 0)
        .group_by(LedgerEntry.customer_id)
    )
    if customer_ids is not None:
        query = query.where(LedgerEntry.customer_id.in_(customer_ids))
    return {
        customer: Balance(owed, late or ZERO, -(credits_ or ZERO))
        for customer, owed, late, credits_ in session.execute(query)
    }
