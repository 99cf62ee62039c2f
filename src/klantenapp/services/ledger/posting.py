"""The one way onto the ledger: entries are added, and countered, never changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from klantenapp.models.business import Business
from klantenapp.models.ledger import LedgerEntry
from klantenapp.services.errors.ledger import AlreadyVoid, PeriodLocked
from klantenapp.services.ledger import settling
from klantenapp.services.store import clock

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy.orm import Session

    from klantenapp.models.values import Money


@dataclass(frozen=True, kw_only=True)
class Posting:
    """What to put on a customer's account.

    Attributes:
        kind: one of `models.ledger.ENTRY_KINDS`.
        amount: cents; positive is owed by the customer, negative is in the customer's favour.
        reference: number or text shown in history.
    """

    customer_id: int
    kind: str
    date: dt.date
    amount: Money
    due_date: dt.date | None = None
    document_id: int | None = None
    payment_id: int | None = None
    reminder_id: int | None = None
    reference: str | None = None
    note: str | None = None


def require_unlocked(session: Session, day: dt.date) -> None:
    """Refuse a day in a closed period.

    Raises:
        PeriodLocked: the day is on or before the day that the books are closed through.
    """
    through = session.scalar(select(Business.locked_through))
    if through is not None and day <= through:
        raise PeriodLocked(day, through)


def post(session: Session, posting: Posting) -> LedgerEntry:
    """Add an entry; its open amount is its amount until something settles it.

    Raises:
        PeriodLocked: the date lies in a closed period.
    """
    require_unlocked(session, posting.date)
    entry = LedgerEntry(**vars(posting), created_at=clock.now())
    session.add(entry)
    session.flush()
    return entry


def void(session: Session, entry: LedgerEntry, date: dt.date, note: str | None) -> LedgerEntry:
    """Counter an entry: what it settled is released, and a void entry settles it in full.

    Args:
        entry: what to counter.
        date: day of the void; the entry itself keeps its own day.
        note: reason, kept with the void.

    Returns:
        The void entry.

    Raises:
        AlreadyVoid: it was countered before.
        PeriodLocked: the date lies in a closed period.
    """
    if session.scalar(select(LedgerEntry.id).where(LedgerEntry.voids_id == entry.id)):
        raise AlreadyVoid(entry.reference or "")
    for settlement_id in settling.standing_ids(session, entry.id):
        settling.release(session, settlement_id, date, note)
    counter = LedgerEntry(
        customer_id=entry.customer_id,
        kind="void",
        date=date,
        amount=-entry.amount,
        document_id=entry.document_id,
        payment_id=entry.payment_id,
        reminder_id=entry.reminder_id,
        voids_id=entry.id,
        reference=entry.reference,
        note=note,
        created_at=clock.now(),
    )
    require_unlocked(session, date)
    session.add(counter)
    session.flush()
    debit, credit = (counter, entry) if counter.amount.cents > 0 else (entry, counter)
    settling.settle(session, debit, credit, abs(entry.amount), date)
    return counter
