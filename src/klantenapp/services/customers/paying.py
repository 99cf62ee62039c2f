"""How long customers take to pay: signed means over the invoices paid in the last twelve months."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import aliased

from klantenapp.models.ledger import LedgerEntry, Settlement
from klantenapp.models.values import ZERO, divide_half_up

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

_YEAR = dt.timedelta(days=365)


@dataclass(frozen=True)
class Pace:
    """How one customer pays.

    Attributes:
        invoices: paid in the last twelve months.
        days_late: mean of days from due to paid; early is negative.
        days_to_pay: mean of days from invoice date to paid.
    """

    invoices: int
    days_late: int
    days_to_pay: int


def paces(session: Session, customer_ids: Sequence[int], today: dt.date) -> dict[int, Pace]:
    """How these customers pay; without a paid invoice in the last twelve months one is absent."""
    per = per_customer(today, customer_ids)
    found = session.execute(select(per.c.customer_id, per.c.number, per.c.late, per.c.taken))
    return {
        row.customer_id: Pace(
            row.number,
            divide_half_up(int(row.late), row.number),
            divide_half_up(int(row.taken), row.number),
        )
        for row in found
    }


def per_customer(today: dt.date, customer_ids: Sequence[int] | None = None) -> Any:
    """Subquery: customer_id, number of paid invoices, and the sums of days late and taken.

    An invoice is paid on the day of the last entry that settled it, and a settlement counts from
    the later of its two entries' dates. What was only credited or written off was not paid.
    """
    invoice, credit, counter = aliased(LedgerEntry), aliased(LedgerEntry), aliased(Settlement)
    day = func.max(func.max(invoice.date, credit.date))
    paid = (
        select(
            invoice.customer_id,
            (func.julianday(day) - func.julianday(invoice.due_date)).label("late"),
            (func.julianday(day) - func.julianday(invoice.date)).label("taken"),
        )
        .join(Settlement, Settlement.debit_id == invoice.id)
        .join(credit, credit.id == Settlement.credit_id)
        .outerjoin(counter, counter.counters_id == Settlement.id)
        .where(
            invoice.kind == "invoice",
            invoice.open_amount == ZERO,
            invoice.due_date.is_not(None),
            Settlement.amount > ZERO,
            counter.id.is_(None),
        )
        .group_by(invoice.id)
        .having(
            day >= today - _YEAR,
            func.sum(case((credit.kind.in_(("payment", "discount")), 1), else_=0)) > 0,
        )
    )
    if customer_ids is not None:
        paid = paid.where(invoice.customer_id.in_(customer_ids))
    days = paid.subquery()
    return (
        select(
            days.c.customer_id,
            func.count().label("number"),
            func.sum(days.c.late).label("late"),
            func.sum(days.c.taken).label("taken"),
        )
        .group_by(days.c.customer_id)
        .subquery()
    )
