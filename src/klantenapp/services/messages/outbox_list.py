"""What is in the outbox: rows for the screen and the command line, and what is due."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, or_, select

from klantenapp.models.customer import Customer
from klantenapp.models.document import Document
from klantenapp.models.file import StoredFile
from klantenapp.models.message import Message, MessageFile, Outbox
from klantenapp.services.errors.base import NotFound
from klantenapp.services.messages.addresses import Address
from klantenapp.services.messages.compose import Attached, Mail
from klantenapp.services.store import clock, files

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

#: In the order of urgency.
OPEN: Final = ("unknown", "failed", "sending", "queued")


@dataclass(frozen=True)
class OutboxRow:
    """A mail in the outbox.

    Attributes:
        state: queued, sending, sent, failed, unknown or stopped.
        to: the receivers, by name where they have one.
        problem: why it did not go, as `problems.load` reads it.
        size: of the whole message, in bytes.
    """

    id: int
    message_id: int
    state: str
    customer_id: int | None
    customer: str
    document_number: str
    to: str
    subject: str
    queued_at: dt.datetime
    not_before: dt.datetime
    sent_at: dt.datetime | None
    attempts: int
    problem: str | None
    size: int


def due(session: Session, *, everything: bool = False) -> list[int]:
    """Ids of mails that may go now, oldest first.

    Args:
        everything: also what waits for its next try; never what can still be stopped.
    """
    ready = Outbox.not_before <= clock.now()
    if everything:
        ready = or_(ready, Outbox.attempts > 0, Outbox.problem.is_not(None))
    query = (
        select(Outbox.id)
        .where(Outbox.state == "queued", ready)
        .order_by(Outbox.queued_at, Outbox.id)
    )
    return list(session.scalars(query))


def next_due(session: Session) -> dt.datetime | None:
    """The moment at which the next mail may go."""
    return session.scalar(select(func.min(Outbox.not_before)).where(Outbox.state == "queued"))


def rows(session: Session, *, with_sent: int = 0) -> list[OutboxRow]:
    """What has not gone, oldest first, and after it so many of the last that went."""
    found = _rows(session, Outbox.state.in_(OPEN))
    found.sort(key=lambda row: (row.queued_at, row.id))
    if with_sent:
        last = (
            select(Outbox.id)
            .where(Outbox.state == "sent")
            .order_by(Outbox.sent_at.desc(), Outbox.id.desc())
            .limit(with_sent)
        )
        sent = _rows(session, Outbox.id.in_(last))
        sent.sort(key=lambda row: (row.sent_at or row.queued_at, row.id), reverse=True)
        found += sent
    return found


def counts(session: Session) -> dict[str, int]:
    """How many mails are in each state that is not over."""
    query = select(Outbox.state, func.count()).where(Outbox.state.in_(OPEN)).group_by(Outbox.state)
    return {row[0]: row[1] for row in session.execute(query)}


def eml(session: Session, message_id: int) -> bytes:
    """The exact bytes of a mail that was sent, is queued, or was received.

    Raises:
        NotFound: no such mail, or a draft, which has none yet.
    """
    raw_id = session.scalar(select(Message.raw_id).where(Message.id == message_id))
    if raw_id is None:
        raise NotFound("message", str(message_id))
    return files.content(session, raw_id)


def mail_of(session: Session, message_id: int) -> Mail:
    """A mail as it was written, to change it or send it on.

    Raises:
        NotFound: no such mail of ours.
    """
    found = session.execute(
        select(
            Message.subject,
            Message.body,
            Message.kind,
            Message.customer_id,
            Message.document_id,
            Message.in_reply_to,
            Outbox.envelope,
        )
        .join(Outbox, Outbox.message_id == Message.id)
        .where(Message.id == message_id, Message.deleted_at.is_(None))
    ).one_or_none()
    if found is None:
        raise NotFound("message", str(message_id))
    people: dict[str, list[str]] = json.loads(found.envelope)
    read = {name: tuple(_address(one) for one in people.get(name, ())) for name in people}
    return Mail(
        sender=read["from"][0],
        to=read["to"],
        cc=read.get("cc", ()),
        bcc=read.get("bcc", ()),
        subject=found.subject,
        body=found.body,
        files=_files(session, message_id),
        in_reply_to=found.in_reply_to,
        customer_id=found.customer_id,
        document_id=found.document_id,
        kind=found.kind,
    )


def _rows(session: Session, condition: ColumnElement[bool]) -> list[OutboxRow]:
    query = (
        select(
            Outbox.id,
            Outbox.message_id,
            Outbox.state,
            Message.customer_id,
            func.coalesce(Customer.name, "").label("customer"),
            func.coalesce(Document.number, "").label("document_number"),
            func.coalesce(Message.person, "").label("to"),
            Message.subject,
            Outbox.queued_at,
            Outbox.not_before,
            Outbox.sent_at,
            Outbox.attempts,
            Outbox.problem,
            func.coalesce(StoredFile.size, 0).label("size"),
        )
        .join(Message, Message.id == Outbox.message_id)
        .outerjoin(Customer, Customer.id == Message.customer_id)
        .outerjoin(Document, Document.id == Message.document_id)
        .outerjoin(StoredFile, StoredFile.id == Message.raw_id)
        .where(condition, Message.deleted_at.is_(None))
    )
    return [OutboxRow(**row) for row in session.execute(query).mappings()]


def _files(session: Session, message_id: int) -> tuple[Attached, ...]:
    query = (
        select(MessageFile.file_id, MessageFile.name, StoredFile.media_type)
        .join(StoredFile, StoredFile.id == MessageFile.file_id)
        .where(MessageFile.message_id == message_id)
        .order_by(MessageFile.id)
    )
    return tuple(Attached(*row) for row in session.execute(query))


def _address(formatted: str) -> Address:
    """What `str` of an address wrote."""
    name, _, email = formatted.rpartition("<")
    return Address(name.strip(), email.rstrip(">"))
