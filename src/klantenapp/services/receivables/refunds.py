"""Paying back or using what one credit note holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from klantenapp.models.document import Document
from klantenapp.models.values import ZERO
from klantenapp.services.errors.payments import RefundAboveCredit
from klantenapp.services.errors.sales import WrongKind
from klantenapp.services.ledger.open_items import document_entry, open_items
from klantenapp.services.receivables import credit_use, payments

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy.orm import Session

    from klantenapp.models.values import Money


def refund_credit_note(
    session: Session, document_id: int, amount: Money, date: dt.date
) -> payments.Booked:
    """Book that the credit of a credit note was paid back, in whole or in part.

    Raises:
        WrongKind: it is no credit note.
        RefundAboveCredit, AmountNotPositive, PaymentInFuture, PeriodLocked: see `payments.refund`.
    """
    _credit_note(session, document_id)
    entry = document_entry(session, document_id)
    if amount > -entry.open_amount:
        raise RefundAboveCredit(amount, -entry.open_amount)
    receipt = payments.Receipt(customer_id=entry.customer_id, date=date, amount=amount)
    return payments.refund(session, receipt, {entry.id: amount})


def use_on_oldest(session: Session, document_id: int) -> str | None:
    """Use the credit of a credit note on the customer's oldest open invoices.

    Returns:
        Number of the first invoice; None where nothing is open.
    """
    document = _credit_note(session, document_id)
    first = None
    for item in open_items(session, customer_id=document.customer_id, credits_too=False):
        entry = document_entry(session, document_id)
        if entry.open_amount >= ZERO:
            break
        if item.document_id is not None:
            credit_use.use_credit(session, entry.id, item.document_id)
            first = first or item.number
    return first


def _credit_note(session: Session, document_id: int) -> Document:
    document = session.get_one(Document, document_id)
    if document.kind != "credit_note":
        raise WrongKind(document.number or "", "credit_note")
    return document
