"""Price lists that take each other's place: who has the old one is priced by the new one.

A copy for next year replaces its original from its own first day on, for every customer, contract,
series and business that has the original. Nothing of theirs changes, so nothing is priced wrongly
before that day, and taking the new list away brings the old one back. It stands here because both
the terms of customers and the lists themselves go by it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from klantenapp.models.catalogue import PriceList
from klantenapp.models.values import Period

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy import Select
    from sqlalchemy.orm import Session


def on(session: Session, list_id: int, day: dt.date) -> int:
    """The list that counts on a day for who has this one."""
    rows = session.execute(
        select(PriceList.id, PriceList.replaces_id, PriceList.valid_from, PriceList.valid_to)
        .where(
            PriceList.replaces_id.is_not(None),
            PriceList.is_draft.is_(False),
            PriceList.archived_at.is_(None),
        )
        .order_by(PriceList.valid_from, PriceList.id)
    ).all()
    heirs = {row.replaces_id: row.id for row in rows if day in Period(row.valid_from, row.valid_to)}
    found, seen = list_id, {list_id}
    while (following := heirs.get(found)) is not None and following not in seen:
        seen.add(following)
        found = following
    return found


def replaced(session: Session, list_id: int) -> set[int]:
    """Every list that this one replaces, directly or in steps."""
    return set(session.scalars(with_replaced(list_id))) - {list_id}


def with_replaced(list_id: int) -> Select[int]:
    """Query of the ids of a list and of every list that it replaces."""
    family = (
        select(PriceList.id, PriceList.replaces_id)
        .where(PriceList.id == list_id)
        .cte("family", recursive=True)
    )
    earlier = select(PriceList.id, PriceList.replaces_id).join(
        family, PriceList.id == family.c.replaces_id
    )
    return select(family.union(earlier).c.id)
