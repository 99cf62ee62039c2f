"""Customers by what is typed, for the filter of a report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from klantenapp.services.customers import listing
from klantenapp.services.store import clock
from klantenapp.ui.widgets.picker import Option

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_SHOWN: Final = 8


def find_customers(session: Session, text: str) -> list[Option]:
    """The first customers that match what is typed; one that is chosen lists all again."""
    today = clock.today()
    ids = listing.list_ids(session, listing.Filter(text=text), ("name", False), today)[:_SHOWN]
    rows = {found.id: found for found in listing.list_rows(session, ids, today)}
    return [Option(key, rows[key].name, rows[key].city or rows[key].number) for key in ids]
