"""What was open on a day: the ledger as it stood then, from dates alone.

A settlement counts from the later of its two entries' dates, a counter-row also not before its own
(`DESIGN`, ledger). The open amounts of now are kept by the database; what was settled after the
day is added back, so that a recent day costs little more than today.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import Integer, and_, cast, func, or_, select, type_coerce, union_all
from sqlalchemy.orm import aliased

from klantenapp.models.ledger import LedgerEntry, Settlement


def open_on(day: dt.date) -> Any:
    """Subquery with entry_id and open_cents (signed) of every entry that was open on a day."""
    now = select(
        LedgerEntry.id.label("entry_id"),
        type_coerce(LedgerEntry.open_amount, Integer).label("cents"),
    ).where(LedgerEntry.open_amount != 0)
    back = _settled_after(day)
    parts = union_all(
        now,
        select(back.c.debit_id, back.c.cents),
        select(back.c.credit_id, -back.c.cents),
    ).subquery()
    return (
        select(parts.c.entry_id, func.sum(parts.c.cents).label("open_cents"))
        .group_by(parts.c.entry_id)
        .having(func.sum(parts.c.cents) != 0)
        .subquery()
    )


def _settled_after(day: dt.date) -> Any:
    """Settlements that do not count yet on a day."""
    debit, credit = aliased(LedgerEntry), aliased(LedgerEntry)
    return (
        select(
            Settlement.debit_id,
            Settlement.credit_id,
            type_coerce(Settlement.amount, Integer).label("cents"),
        )
        .join(debit, debit.id == Settlement.debit_id)
        .join(credit, credit.id == Settlement.credit_id)
        .where(
            or_(
                debit.date > day,
                credit.date > day,
                and_(Settlement.amount < 0, Settlement.date > day),
            )
        )
        .cte("settled_after")
    )


def days_between(later: Any, earlier: Any) -> Any:
    """Whole days from one column of days (or a day) to another, as an integer."""
    return cast(func.julianday(_iso(later)) - func.julianday(_iso(earlier)), Integer)


def _iso(day: Any) -> Any:
    return day.isoformat() if isinstance(day, dt.date) else day
