"""What of a bank line became which payment, and the accounts learned from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from klantenapp.models.bank import BankAssignment, BankLine, CustomerAccount
from klantenapp.models.payment import CollectionBatch, CollectionItem
from klantenapp.models.values import ZERO
from klantenapp.services.store import clock

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy.orm import Session

    from klantenapp.models.values import Money


def tie(
    session: Session,
    line: BankLine,
    payment_id: int,
    certainty: str | None,
    amount: Money | None = None,
) -> None:
    """Say that a line became this payment, as a whole or for a part of its amount."""
    session.add(
        BankAssignment(
            bank_line_id=line.id,
            payment_id=payment_id,
            amount=amount or line.amount,
            certainty=certainty,
        )
    )
    line.state = "matched"


def release(session: Session, payment_id: int) -> None:
    """The payment was taken back: its line is to be handled again, and nothing learned from it."""
    for assignment in session.scalars(
        select(BankAssignment).where(
            BankAssignment.payment_id == payment_id, BankAssignment.released_at.is_(None)
        )
    ).all():
        assignment.released_at = clock.now()
        session.flush()
        line = session.get_one(BankLine, assignment.bank_line_id)
        line.state = "open"
        if not payments_of(session, line.id):
            forget(session, line.id)
    for item in session.scalars(
        select(CollectionItem).where(CollectionItem.payment_id == payment_id)
    ).all():
        item.payment_id = None
        batch = session.get_one(CollectionBatch, item.batch_id)
        batch.state = "sent"


def payments_of(session: Session, line_id: int) -> list[int]:
    """Payments that a line stands for now."""
    query = select(BankAssignment.payment_id).where(
        BankAssignment.bank_line_id == line_id, BankAssignment.released_at.is_(None)
    )
    return list(session.scalars(query))


def assigned(session: Session, line_id: int) -> Money:
    """What of a line stands for payments now, signed."""
    return assigned_of(session, [line_id]).get(line_id, ZERO)


def assigned_of(session: Session, line_ids: Collection[int] | None = None) -> dict[int, Money]:
    """Open line -> what of it became payments already, where one of several was taken back."""
    query = (
        select(BankAssignment.bank_line_id, BankAssignment.amount)
        .join(BankLine, BankLine.id == BankAssignment.bank_line_id)
        .where(BankAssignment.released_at.is_(None), BankLine.state == "open")
    )
    if line_ids is not None:
        query = query.where(BankLine.id.in_(line_ids))
    found: dict[int, Money] = {}
    for line_id, amount in session.execute(query):
        found[line_id] = found.get(line_id, ZERO) + amount
    return found


def learn(session: Session, line: BankLine, customer_id: int) -> None:
    """Remember that the customer pays from this account."""
    if line.counterparty_iban is None:
        return
    known = session.scalar(
        select(CustomerAccount.id).where(
            CustomerAccount.iban == line.counterparty_iban,
            CustomerAccount.customer_id == customer_id,
        )
    )
    if known is None:
        session.add(
            CustomerAccount(
                iban=line.counterparty_iban, customer_id=customer_id, learned_from_id=line.id
            )
        )


def forget(session: Session, line_id: int) -> None:
    """Forget what was learned from a line."""
    for account in session.scalars(
        select(CustomerAccount).where(CustomerAccount.learned_from_id == line_id)
    ).all():
        session.delete(account)
