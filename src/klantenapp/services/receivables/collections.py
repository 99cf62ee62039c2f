"""Collections as the window lists them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from klantenapp.models.payment import CollectionBatch, CollectionItem
from klantenapp.services.receivables import direct_debit
from klantenapp.services.store import files

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy.orm import Session

    from klantenapp.models.values import Money


@dataclass(frozen=True, slots=True)
class BatchRow:
    """One collection.

    Attributes:
        state: made, sent, booked or cancelled.
        returned: how many the bank took back. announced: how many customers were told by mail.
    """

    id: int
    reference: str
    collection_date: dt.date
    state: str
    invoices: int
    amount: Money
    returned: int
    announced: int = 0


def batches(session: Session) -> list[BatchRow]:
    """Every collection, the newest first."""
    rows = session.execute(
        select(
            CollectionBatch.id,
            CollectionBatch.reference,
            CollectionBatch.collection_date,
            CollectionBatch.state,
            func.count(CollectionItem.id),
            func.sum(CollectionItem.amount),
            func.count(CollectionItem.returned_on),
            func.count(CollectionItem.message_id),
        )
        .join(CollectionItem, CollectionItem.batch_id == CollectionBatch.id)
        .group_by(CollectionBatch.id)
        .order_by(CollectionBatch.id.desc())
    )
    return [BatchRow(*row) for row in rows]


def file_of(session: Session, batch_id: int) -> tuple[str, bytes]:
    """Name and content of the file for the bank.

    Raises:
        NotFound.
    """
    batch = direct_debit.find(session, batch_id)
    return f"{batch.reference}.xml", files.content(session, batch.file_id or 0)
