"""What can be done about an invoice besides being paid: credit to use, loss to write off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from klantenapp.models.values import ZERO, total
from klantenapp.services.errors.base import NotFound
from klantenapp.services.ledger import settling
from klantenapp.services.ledger.open_items import document_entry
from klantenapp.services.receivables import bank_index, payments, write_offs
from klantenapp.services.store import clock

if TYPE_CHECKING:
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


def use_credits(session: Session, document_id: int) -> Money:
    """Settle an invoice with the customer's credit, the oldest first.

    Returns:
        What was settled.

    Raises:
        NotFound.
    """
    entry = document_entry(session, document_id)
    used = ZERO
    for credit in settling.open_entries(session, entry.customer_id, debits=False):
        if entry.open_amount <= ZERO:
            break
        used += payments.use_credit(session, credit.id, document_id)
    return used
