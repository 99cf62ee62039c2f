"""What was open on a day: the ledger as it stood then, from dates alone.

A settlement counts from the later of its two entries' dates and its own (`DESIGN`, ledger). The
open amounts of now are kept by the database; what was settled after the day is added back, so that
a recent day costs little more than today.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from sqlalchemy import Integer, cast, func, select, type_coerce, union, union_all

from klantenapp.models.ledger import LedgerEntry, Settlement

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def open_on(session: Session, day: dt.date) -> Any:
    """Subquery with entry_id and open_cents (signed) of every entry that was open on a day."""
    now = select(
        LedgerEntry.id.label("entry_id"),
        type_coerce(LedgerEntry.open_amount, Integer).label("open_cents"),
    ).where(LedgerEntry.open_amount != 0)
    if not _anything_after(session, day):
        return now.subquery()
    back = _settled_after(day)
    parts = union_all(
        now,
        select(back.c.debit_id, back.c.cents),
        select(back.c.credit_id, -back.c.cents),
    ).subquery()
    return (
        select(parts.c.entry_id, func.sum(parts.c.open_cents).label("open_cents"))
        .group_by(parts.c.entry_id)
        .having(func.sum(parts.c.open_cents) != 0)
        .subquery()
    )


def _anything_after(session: Session, day: dt.date) -> bool:
    """Whether the ledger knows of anything after a day."""
    later = (
        select(LedgerEntry.id).where(LedgerEntry.date > day).limit(1),
        select(Settlement.id).where(Settlement.date > day).limit(1),
    )
    return any(session.scalar(query) is not None for query in later)


def _settled_after(day: dt.date) -> Any:
    """Settlements that do not count yet on a day, found from the few entries after it."""
    late = select(LedgerEntry.id).where(LedgerEntry.date > day).cte("late")
    found = union(
        select(Settlement.id).join(late, late.c.id == Settlement.debit_id),
        select(Settlement.id).join(late, late.c.id == Settlement.credit_id),
        select(Settlement.id).where(Settlement.date > day),
    ).subquery()
    return (
        select(
            Settlement.debit_id,
            Settlement.credit_id,
            type_coerce(Settlement.amount, Integer).label("cents"),
        )
        .where(Settlement.id.in_(select(found.c.id)))
        .cte("settled_after")
    )


def days_between(later: Any, earlier: Any) -> Any:
    """Whole days from one column of days (or a day) to another, as an integer."""
    return cast(func.julianday(_iso(later)) - func.julianday(_iso(earlier)), Integer)


def _iso(day: Any) -> Any:
    return day.isoformat() if isinstance(day, dt.date) else day
