"""What settles what: a debit entry tied to a credit entry with an amount.

A settlement counts from the later of its two entries' dates, and never before its own. Its own day
is later only where it would otherwise change the past: when that day is closed, or when one of the
two was still tied to something else then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased

from klantenapp.models.business import Business
from klantenapp.models.ledger import LedgerEntry, Settlement
from klantenapp.models.values import ZERO
from klantenapp.services.errors.ledger import AlreadyReleased, SettlesTooMuch
from klantenapp.services.store import clock

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from klantenapp.models.values import Money


def settle(
    session: Session, debit: LedgerEntry, credit: LedgerEntry, amount: Money, date: dt.date
) -> Settlement:
    """Tie two entries; both open amounts come down by the amount.

    Raises:
        SettlesTooMuch: more than is open on one side.
        ValueError: not a positive amount, or a side with the wrong sign.
    """
    if amount.cents <= 0 or debit.amount.cents <= 0 or credit.amount.cents >= 0:
        raise ValueError(amount, debit.amount, credit.amount)
    room = min(debit.open_amount, -credit.open_amount)
    if amount > room:
        raise SettlesTooMuch(amount, room)
    settlement = Settlement(
        debit_id=debit.id,
        credit_id=credit.id,
        amount=amount,
        date=max(date, _counts_from(session, debit, credit)),
        created_at=clock.now(),
    )
    session.add(settlement)
    session.flush()
    return settlement


def _counts_from(session: Session, debit: LedgerEntry, credit: LedgerEntry) -> dt.date:
    """The first day on which two entries can settle each other without changing the past."""
    released = session.scalar(
        select(func.max(Settlement.date)).where(
            Settlement.counters_id.is_not(None),
            or_(
                Settlement.debit_id.in_((debit.id, credit.id)),
                Settlement.credit_id.in_((debit.id, credit.id)),
            ),
        )
    )
    days = [day for day in (debit.date, credit.date, released) if day is not None]
    through = session.scalar(select(Business.locked_through))
    if through is not None and max(days) <= through:
        return clock.today()
    return max(days)


def settle_oldest(session: Session, entry: LedgerEntry, date: dt.date) -> Money:
    """Settle an entry against what is open on the other side, oldest due day first.

    Returns:
        What is still open of the entry, positive.
    """
    for other in open_entries(session, entry.customer_id, debits=entry.amount.cents < 0):
        room = min(abs(entry.open_amount), abs(other.open_amount))
        if not room:
            break
        debit, credit = (other, entry) if entry.amount.cents < 0 else (entry, other)
        settle(session, debit, credit, room, date)
    return abs(entry.open_amount)


def open_entries(session: Session, customer_id: int, *, debits: bool) -> Sequence[LedgerEntry]:
    """Entries of one side that are not settled in full, oldest due day first."""
    side = LedgerEntry.amount > 0 if debits else LedgerEntry.amount < 0
    due = LedgerEntry.due_date.is_(None), LedgerEntry.due_date, LedgerEntry.date, LedgerEntry.id
    return session.scalars(
        select(LedgerEntry)
        .where(LedgerEntry.customer_id == customer_id, LedgerEntry.open_amount != ZERO, side)
        .order_by(*due)
    ).all()


def standing_ids(session: Session, entry_id: int) -> Sequence[int]:
    """Settlements of an entry that were not taken back, oldest first."""
    counter = aliased(Settlement)
    return session.scalars(
        select(Settlement.id)
        .outerjoin(counter, counter.counters_id == Settlement.id)
        .where(
            (Settlement.debit_id == entry_id) | (Settlement.credit_id == entry_id),
            Settlement.amount > 0,
            counter.id.is_(None),
        )
        .order_by(Settlement.id)
    ).all()


def release(
    session: Session, settlement_id: int, date: dt.date, reason: str | None = None
) -> Settlement:
    """Take a settlement back by a counter-row of its own date; both sides are open again.

    Raises:
        AlreadyReleased: it was taken back before.
    """
    settlement = session.get_one(Settlement, settlement_id)
    taken = session.scalar(select(Settlement.id).where(Settlement.counters_id == settlement_id))
    if taken is not None or settlement.amount.cents < 0:
        raise AlreadyReleased
    counter = Settlement(
        debit_id=settlement.debit_id,
        credit_id=settlement.credit_id,
        amount=-settlement.amount,
        # Never before it counted, or it would be undone before it was there.
        date=max(date, settlement.date),
        counters_id=settlement.id,
        reason=reason,
        created_at=clock.now(),
    )
    session.add(counter)
    session.flush()
    return counter
