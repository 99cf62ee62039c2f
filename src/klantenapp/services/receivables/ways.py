"""What can be done about an invoice besides being paid: credit to use, loss to write off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from klantenapp.models.ledger import LedgerEntry
from klantenapp.models.values import ZERO, total
from klantenapp.services.errors.base import NotFound
from klantenapp.services.errors.payments import (
    AllocatesTooMuch,
    AllocationAboveOpen,
    AmountNotPositive,
    NoCredit,
)
from klantenapp.services.ledger import settling
from klantenapp.services.ledger.open_items import document_entry
from klantenapp.services.receivables import bank_index, credit_use, write_offs
from klantenapp.services.store import clock

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from klantenapp.models.values import Money


@dataclass(frozen=True, slots=True)
class Ways:
    """What is there.

    Attributes:
        open_amount: of the invoice.
        credit: what the customer has in credit, positive.
        written_off: what stands written off and did not come in.
        is_small: what is open may be written off without a reason.
        discount: early-payment discount that can still be given.
    """

    open_amount: Money = ZERO
    credit: Money = ZERO
    written_off: Money = ZERO
    is_small: bool = False
    discount: Money = ZERO


def of_invoice(session: Session, document_id: int) -> Ways:
    """What can be done about an invoice; nothing where it is none."""
    try:
        entry = document_entry(session, document_id)
    except NotFound:
        return Ways()
    if entry.amount <= ZERO:
        return Ways()
    credits_ = settling.open_entries(session, entry.customer_id, debits=False)
    left = entry.open_amount
    found = write_offs.early_discount(session, document_id)
    today = clock.today()
    discount = found[0] if found and today <= found[1] and left == entry.amount else ZERO
    return Ways(
        left,
        -total(each.open_amount for each in credits_),
        write_offs.written_off(session, document_id),
        ZERO < left <= bank_index.tolerance(session),
        discount,
    )


def use_credits(session: Session, document_id: int, most: Money | None = None) -> Money:
    """Settle an invoice with the customer's credit, the oldest first.

    Args:
        most: settle at most this; None is all that fits.

    Returns:
        What was settled.

    Raises:
        NotFound, AmountNotPositive.
    """
    if most is not None and most <= ZERO:
        raise AmountNotPositive
    entry = document_entry(session, document_id)
    used = ZERO
    for credit in settling.open_entries(session, entry.customer_id, debits=False):
        room = min(entry.open_amount, -credit.open_amount)
        if most is not None:
            room = min(room, most - used)
        if room > ZERO:
            used += credit_use.use_credit(session, credit.id, document_id, room)
    return used


def spread_credits(session: Session, customer_id: int, parts: Mapping[int, Money]) -> Money:
    """Divide a customer's credit over entries that are open, the oldest credit first.

    Args:
        parts: ledger entry -> amount.

    Returns:
        What was settled.

    Raises:
        NoCredit: the customer has none.
        AllocatesTooMuch: more than there is in credit.
        NothingOpen, SettlesTooMuch, OtherCustomer, AmountNotPositive.
    """
    credits_ = [*settling.open_entries(session, customer_id, debits=False)]
    if not credits_:
        raise NoCredit
    there = -total(each.open_amount for each in credits_)
    if total(parts.values()) > there:
        raise AllocatesTooMuch(total(parts.values()), there)
    for entry_id, amount in parts.items():
        debit, left = session.get_one(LedgerEntry, entry_id), amount
        if amount > debit.open_amount:
            raise AllocationAboveOpen(debit.reference or "", debit.open_amount)
        for credit in credits_:
            room = min(left, -credit.open_amount)
            if room > ZERO:
                left -= credit_use.tie(session, credit.id, debit, room)
    return total(parts.values())
