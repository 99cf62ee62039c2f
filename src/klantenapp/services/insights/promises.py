"""Promises to pay that were not kept."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sqlalchemy import or_, select

from klantenapp.models.reminder import ReminderHold
from klantenapp.services.insights.wanted import members
from klantenapp.services.ledger.past import open_items_on
from klantenapp.services.reminders import holds

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from klantenapp.services.insights.wanted import Wanted
    from klantenapp.services.ledger.open_items import OpenItem


def broken_promises(session: Session, wanted: Wanted, day: dt.date) -> Counter[int]:
    """How many promises and payment plans each customer broke by a day.

    A promise is broken when its day passed, nobody had taken it back by then, and the invoice was
    open at the end of it; a promise of the whole customer when anything was open that was there
    when it was made. A plan is broken while an instalment is behind.
    """
    found: Counter[int] = Counter()
    rows = session.execute(
        select(
            ReminderHold.customer_id,
            ReminderHold.document_id,
            ReminderHold.from_date,
            ReminderHold.until,
        ).where(
            ReminderHold.kind == "promise",
            ReminderHold.until < day,
            or_(ReminderHold.ended_on.is_(None), ReminderHold.ended_on > ReminderHold.until),
            *wanted.of(ReminderHold.customer_id),
        )
    )
    opened: dict[tuple[int, dt.date], list[OpenItem]] = {}
    for customer_id, document_id, made, until in rows.all():
        if until is None:
            continue
        key = (customer_id, until)
        if key not in opened:
            opened[key] = open_items_on(session, until, customer_id=customer_id)
        if _is_open(opened[key], document_id, made):
            found[customer_id] += 1
    for hold in holds.read(session, day, wanted.customer_id):
        if hold.kind == "plan" and hold.broken:
            found[hold.customer_id] += 1
    if wanted.group_id is not None:
        of = members(session, wanted) or set()
        return Counter({key: number for key, number in found.items() if key in of})
    return found


def _is_open(items: Sequence[OpenItem], document_id: int | None, made: dt.date) -> bool:
    """Whether what was promised is among what was open."""
    return any(
        item.open_amount.cents > 0
        and (item.document_id == document_id if document_id is not None else item.date <= made)
        for item in items
    )
