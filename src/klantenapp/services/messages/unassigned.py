"""Mail that came in or went and is with no customer: nobody was recognised, or several were."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import Text, func, select, type_coerce

from klantenapp.models.message import Message
from klantenapp.services.messages import timeline
from klantenapp.services.messages.events import Key

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from klantenapp.services.messages.timeline import Entry

# A draft, and mail on its way, belongs to whoever writes it.
_NOBODY: Final = (
    Message.customer_id.is_(None),
    Message.deleted_at.is_(None),
    Message.status.in_(("received", "sent")),
)


def rows(session: Session, limit: int = 200) -> list[Entry]:
    """Those mails, newest first."""
    query = (
        select(type_coerce(Message.at, Text), Message.id)
        .where(*_NOBODY)
        .order_by(Message.at.desc(), Message.id.desc())
        .limit(limit)
    )
    keys = [Key(moment, "message", row_id) for moment, row_id in session.execute(query)]
    return timeline.rows(session, keys)


def count(session: Session) -> int:
    """How many there are."""
    return session.scalar(select(func.count()).select_from(Message).where(*_NOBODY)) or 0
