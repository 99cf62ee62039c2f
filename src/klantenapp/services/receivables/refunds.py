"""Paying back what one credit note holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from klantenapp.models.document import Document
from klantenapp.services.errors.payments import RefundAboveCredit
from klantenapp.services.errors.sales import WrongKind
from klantenapp.services.ledger.open_items import document_entry
from klantenapp.services.receivables import payments

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


def _credit_note(session: Session, document_id: int) -> Document:
    document = session.get_one(Document, document_id)
    if document.kind != "credit_note":
        raise WrongKind(document.number or "", "credit_note")
    return document
