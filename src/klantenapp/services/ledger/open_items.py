"""What is open: invoices to be paid, and credits to be used."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from klantenapp.models.customer import Customer
from klantenapp.models.document import Document
from klantenapp.models.ledger import LedgerEntry
from klantenapp.models.values import ZERO
from klantenapp.services.errors.base import NotFound

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection

    from sqlalchemy import Select
    from sqlalchemy.orm import InstrumentedAttribute, Session

    from klantenapp.models.values import Money


@dataclass(frozen=True)
class OpenItem:
    """An entry that is not settled in full.

    Attributes:
        amount, open_amount: signed: positive is owed by the customer.
        number: of its document, else the entry's reference.
    """

    entry_id: int
    customer_id: int
    customer_number: str
    customer: str
    kind: str
    document_id: int | None
    number: str | None
    date: dt.date
    due_date: dt.date | None
    amount: Money
    open_amount: Money


def entries(open_amount: InstrumentedAttribute[Money]) -> Select[*tuple[Any, ...]]:
    """Ledger entries as the fields of `OpenItem` with this open amount, the oldest due first."""
    return (
        select(
            LedgerEntry.id,
            LedgerEntry.customer_id,
            Customer.number,
            Customer.name,
            LedgerEntry.kind,
            LedgerEntry.document_id,
            func.coalesce(Document.number, LedgerEntry.reference),
            LedgerEntry.date,
            LedgerEntry.due_date,
            LedgerEntry.amount,
            open_amount,
        )
        .join(Customer, Customer.id == LedgerEntry.customer_id)
        .outerjoin(Document, Document.id == LedgerEntry.document_id)
        .order_by(
            LedgerEntry.due_date.is_(None), LedgerEntry.due_date, LedgerEntry.date, LedgerEntry.id
        )
    )


def open_items(
    session: Session,
    *,
    customer_id: int | None = None,
    customer_ids: Collection[int] | None = None,
    credits_too: bool = True,
) -> list[OpenItem]:
    """Everything open, oldest due day first.

    Args:
        customer_id: of one customer; None is everybody.
        customer_ids: of several customers; None is everybody.
        credits_too: open credit notes and payments as well.
    """
    query = entries(LedgerEntry.open_amount).where(LedgerEntry.open_amount != ZERO)
    if customer_id is not None:
        query = query.where(LedgerEntry.customer_id == customer_id)
    if customer_ids is not None:
        query = query.where(LedgerEntry.customer_id.in_(customer_ids))
    if not credits_too:
        query = query.where(LedgerEntry.amount > ZERO)
    return [OpenItem(*row) for row in session.execute(query)]


def document_entry(session: Session, document_id: int) -> LedgerEntry:
    """The ledger entry of an issued invoice or credit note.

    Raises:
        NotFound: the document was not posted (a draft or a quote).
    """
    entry = session.scalar(
        select(LedgerEntry).where(
            LedgerEntry.document_id == document_id,
            LedgerEntry.kind.in_(("invoice", "credit_note", "opening")),
        )
    )
    if entry is None:
        raise NotFound("ledger_entry", str(document_id))
    return entry
