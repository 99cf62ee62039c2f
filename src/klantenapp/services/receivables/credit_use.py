"""Settling what is owed with a credit that is there; its undo takes the settlements back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from klantenapp.models.ledger import LedgerEntry
from klantenapp.models.values import ZERO
from klantenapp.services.errors.payments import AmountNotPositive, NothingOpen, OtherCustomer
from klantenapp.services.ledger import settling
from klantenapp.services.ledger.open_items import document_entry
from klantenapp.services.receivables import payments
from klantenapp.services.store.operations import Compensated, register

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from klantenapp.models.values import Money
    from klantenapp.services.store.operations import Made


def use_credit(
    session: Session, credit_entry_id: int, document_id: int, amount: Money | None = None
) -> Money:
    """Settle an invoice with a credit the customer has.

    Args:
        amount: None is as much as both sides allow.

    Returns:
        What was settled.

    Raises:
        NothingOpen, SettlesTooMuch, OtherCustomer.
    """
    return tie(session, credit_entry_id, document_entry(session, document_id), amount)


def tie(
    session: Session, credit_entry_id: int, debit: LedgerEntry, amount: Money | None = None
) -> Money:
    """Settle what is owed with a credit; see `use_credit`.

    It counts from the day that both were there, or from today where that day is closed.

    Raises:
        NothingOpen, SettlesTooMuch, OtherCustomer, AmountNotPositive.
    """
    credit = session.get_one(LedgerEntry, credit_entry_id)
    if credit.customer_id != debit.customer_id:
        raise OtherCustomer(debit.reference or "")
    room = min(debit.open_amount, -credit.open_amount)
    if room <= ZERO:
        raise NothingOpen(debit.reference or "")
    used = room if amount is None else amount
    if used <= ZERO:
        raise AmountNotPositive
    settling.settle(session, debit, credit, used, max(debit.date, credit.date))
    return used


def _release_made(session: Session, made: Made) -> None:
    for settlement_id in made.created.get("settlement", []):
        payments.release(session, settlement_id)


USE_CREDIT: Final = register("credit.use", Compensated(payments.RELEASE, _release_made))
