"""Messages of all customers by what is in them, for the search over any screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select

from klantenapp.models.customer import Customer
from klantenapp.models.message import Message
from klantenapp.services.store.search import contains, fold

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy.orm import Session

#: Characters around the first word that was found.
BEFORE: Final = 30
AROUND: Final = 90
_LOOKED_IN: Final = 4000


@dataclass(frozen=True)
class Found:
    """A message with the part of it that was found."""

    id: int
    customer_id: int
    customer: str
    at: dt.datetime
    kind: str
    excerpt: str


def find(session: Session, text: str, limit: int) -> list[Found]:
    """The newest messages with all these words, of customers that are known."""
    if not text.strip():
        return []
    query = (
        select(
            Message.id,
            Message.customer_id,
            Customer.name,
            Message.at,
            Message.kind,
            Message.subject,
            func.substr(Message.body, 1, _LOOKED_IN).label("body"),
        )
        .join(Customer, Customer.id == Message.customer_id)
        .where(Message.deleted_at.is_(None), *contains(Message.search, text))
        .order_by(Message.at.desc(), Message.id.desc())
        .limit(limit)
    )
    return [
        Found(
            row.id,
            row.customer_id,
            row.name,
            row.at,
            row.kind,
            excerpt(row.body or row.subject, text),
        )
        for row in session.execute(query)
    ]


def excerpt(body: str, text: str) -> str:
    """The part of a text around the first word that was looked for, on one line."""
    flat = " ".join(body.split())
    folded = fold(flat)
    places = [folded.find(fold(word)) for word in text.split()]
    # Folding can change the number of letters; then the excerpt begins a little off, no more.
    at = min((place for place in places if place >= 0), default=0)
    start = max(0, at - BEFORE)
    if start:
        start = flat.find(" ", start) + 1 or start
    part = flat[start : start + AROUND]
    before = "…" if start else ""
    after = "…" if start + AROUND < len(flat) else ""
    return f"{before}{part.strip()}{after}"
