"""What was open on a past day, computed from dates: nothing is stored for it.

A settlement counts from the later of its two entries' dates and its own, which is later where it
would have changed a closed period; so does a counter-row.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from klantenapp.models.ledger import LedgerEntry, Settlement
from klantenapp.models.values import ZERO, Money
from klantenapp.services.ledger.open_items import OpenItem, entries, open_items
from klantenapp.services.store import clock

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy.orm import Session


def open_items_on(
    session: Session, day: dt.date, *, customer_id: int | None = None
) -> list[OpenItem]:
    """Everything that was open at the end of a day, oldest due day first.

    Args:
        customer_id: of one customer; None is everybody.
    """
    if day >= clock.today():
        found = open_items(session, customer_id=customer_id)
        return [item for item in found if item.date <= day]
    settled = _settled_through(session, day, customer_id)
    query = entries(LedgerEntry.amount).where(LedgerEntry.date <= day)
    if customer_id is not None:
        query = query.where(LedgerEntry.customer_id == customer_id)
    items = (OpenItem(*row) for row in session.execute(query))
    left = (
        replace(item, open_amount=item.amount - settled.get(item.entry_id, ZERO)) for item in items
    )
    return [item for item in left if item.open_amount]


def _settled_through(session: Session, day: dt.date, customer_id: int | None) -> dict[int, Money]:
    """Entry -> what was settled of it at the end of that day, signed as the entry."""
    debit, credit = aliased(LedgerEntry), aliased(LedgerEntry)
    query = (
        select(Settlement.debit_id, Settlement.credit_id, Settlement.amount)
        .join(debit, debit.id == Settlement.debit_id)
        .join(credit, credit.id == Settlement.credit_id)
        .where(func.max(debit.date, credit.date, Settlement.date) <= day)
    )
    if customer_id is not None:
        query = query.where(debit.customer_id == customer_id)
    cents: dict[int, int] = {}
    for debit_id, credit_id, amount in session.execute(query):
        cents[debit_id] = cents.get(debit_id, 0) + amount.cents
        cents[credit_id] = cents.get(credit_id, 0) - amount.cents
    return {entry_id: Money(number) for entry_id, number in cents.items()}
