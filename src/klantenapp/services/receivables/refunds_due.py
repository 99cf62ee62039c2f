"""Credits that the user means to pay back: marked, told on the overview, gone once they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select

from klantenapp.models.bank import CustomerAccount
from klantenapp.models.customer import Customer
from klantenapp.models.ledger import LedgerEntry
from klantenapp.models.payment import RefundDue
from klantenapp.models.values import ZERO
from klantenapp.services.errors.base import NotFound
from klantenapp.services.errors.payments import NoCredit
from klantenapp.services.ledger import settling
from klantenapp.services.store import clock
from klantenapp.services.store.operations import REVERSIBLE, register

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from klantenapp.models.values import Money


@dataclass(frozen=True, slots=True)
class Due:
    """A credit that is to be paid back.

    Attributes:
        id: of the ledger entry.
        amount: what is still open of it, positive.
        marked_on: day of the decision.
    """

    id: int
    customer_id: int
    customer: str
    iban: str
    reference: str
    amount: Money
    marked_on: dt.date


def mark(session: Session, entry_id: int) -> None:
    """A credit is to be paid back.

    Raises:
        NotFound.
        NoCredit: nothing of the entry is in the customer's favour.
    """
    entry = session.get(LedgerEntry, entry_id)
    if entry is None:
        raise NotFound("ledger_entry", str(entry_id))
    if entry.open_amount >= ZERO:
        raise NoCredit
    if _find(session, entry_id) is None:
        session.add(RefundDue(entry_id=entry_id, marked_at=clock.now()))


def mark_customer(session: Session, customer_id: int) -> Money:
    """Everything a customer has in credit is to be paid back.

    Returns:
        What is to be paid back.

    Raises:
        NoCredit: the customer has none.
    """
    credits_ = settling.open_entries(session, customer_id, debits=False)
    if not credits_:
        raise NoCredit
    for entry in credits_:
        mark(session, entry.id)
    return -sum((entry.open_amount for entry in credits_), ZERO)


def keep(session: Session, customer_id: int) -> None:
    """A customer's credit is kept for a next invoice after all."""
    for row in session.scalars(
        select(RefundDue)
        .join(LedgerEntry, LedgerEntry.id == RefundDue.entry_id)
        .where(LedgerEntry.customer_id == customer_id)
    ).all():
        session.delete(row)


def listed(session: Session, customer_id: int | None = None) -> Sequence[Due]:
    """What is to be paid back and was not yet, the oldest decision first."""
    # Where the customer gave no account, the one that the money came from.
    learned = (
        select(CustomerAccount.iban)
        .where(CustomerAccount.customer_id == Customer.id)
        .order_by(CustomerAccount.id.desc())
        .limit(1)
        .correlate(Customer)
        .scalar_subquery()
    )
    query = (
        select(
            LedgerEntry.id,
            Customer.id,
            Customer.name,
            func.coalesce(Customer.iban, learned),
            LedgerEntry.reference,
            LedgerEntry.open_amount,
            RefundDue.marked_at,
        )
        .join(LedgerEntry, LedgerEntry.id == RefundDue.entry_id)
        .join(Customer, Customer.id == LedgerEntry.customer_id)
        .where(LedgerEntry.open_amount < ZERO)
        .order_by(RefundDue.id)
    )
    if customer_id is not None:
        query = query.where(LedgerEntry.customer_id == customer_id)
    return [
        Due(row[0], row[1], row[2], row[3] or "", row[4] or "", -row[5], row[6].date())
        for row in session.execute(query)
    ]


def _find(session: Session, entry_id: int) -> RefundDue | None:
    return session.scalar(select(RefundDue).where(RefundDue.entry_id == entry_id))


MARK: Final = register("refund.mark", REVERSIBLE)
KEEP: Final = register("refund.keep", REVERSIBLE)
