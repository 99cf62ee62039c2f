"""All contact with a customer: mails, letters, reminders, calls, notes; templates; the outbox."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from klantenapp.models.base import Base, one_of, refers_to, strict

MESSAGE_KINDS = ("email", "letter", "reminder", "call", "meeting", "note", "event")


class Message(Base):
    """One moment of contact.

    Attributes:
        at: when it happened. direction: in, out or none.
        person: who was spoken to, or the other party's address.
        search: folded text of subject, body and person.
        follow_up_on: comes back in the overview on that day until follow_up_done_at.
        raw_id: the exact bytes of an e-mail; header_id: its Message-ID; in_reply_to: of the
            message it answers.
        status: of outgoing mail: draft, queued, sending, sent, failed, unknown (mirrors the
            outbox); of incoming mail: received.
    """

    __tablename__ = "message"
    __table_args__ = strict(
        one_of("kind", *MESSAGE_KINDS),
        one_of("direction", "in", "out", "none"),
        one_of("status", "draft", "queued", "sending", "sent", "failed", "unknown", "received"),
        Index("ix_message_customer_id_at", "customer_id", "at"),
        Index("ix_message_follow_up_on", "follow_up_on"),
    )

    customer_id: Mapped[int | None] = mapped_column(refers_to("customer"))
    document_id: Mapped[int | None] = mapped_column(refers_to("document"), index=True)
    kind: Mapped[str]
    direction: Mapped[str] = mapped_column(default="none")
    at: Mapped[dt.datetime]
    subject: Mapped[str] = mapped_column(default="")
    body: Mapped[str] = mapped_column(default="")
    person: Mapped[str | None]
    search: Mapped[str] = mapped_column(default="")
    status: Mapped[str | None]
    pinned: Mapped[bool] = mapped_column(default=False)
    follow_up_on: Mapped[dt.date | None]
    follow_up_done_at: Mapped[dt.datetime | None]
    raw_id: Mapped[int | None] = mapped_column(refers_to("stored_file"))
    header_id: Mapped[str | None] = mapped_column(index=True)
    in_reply_to: Mapped[str | None]
    deleted_at: Mapped[dt.datetime | None]
    batch_id: Mapped[int | None] = mapped_column(refers_to("import_batch"), index=True)
    created_at: Mapped[dt.datetime]


class MessageFile(Base):
    """An attachment of a message."""

    __tablename__ = "message_file"
    __table_args__ = strict()

    message_id: Mapped[int] = mapped_column(refers_to("message"), index=True)
    file_id: Mapped[int] = mapped_column(refers_to("stored_file"), index=True)
    name: Mapped[str]
    batch_id: Mapped[int | None] = mapped_column(refers_to("import_batch"), index=True)


class MessageRevision(Base):
    """Text of a note as it was before an edit."""

    __tablename__ = "message_revision"
    __table_args__ = strict()

    message_id: Mapped[int] = mapped_column(refers_to("message"), index=True)
    at: Mapped[dt.datetime]
    subject: Mapped[str]
    body: Mapped[str]


class Template(Base):
    """The user's own text for a kind of mail or letter; what is absent has its default."""

    __tablename__ = "template"
    __table_args__ = strict(one_of("language", "nl", "en"), UniqueConstraint("kind", "language"))

    kind: Mapped[str]
    language: Mapped[str]
    subject: Mapped[str]
    body: Mapped[str]


class Outbox(Base):
    """A mail on its way.

    Attributes:
        state: queued, sending, sent, failed, unknown (killed between DATA and commit: never sent
            again without asking), stopped.
        not_before: the moment it may go (the ten seconds in which it can be stopped).
        envelope: JSON {"from", "to", "cc", "bcc"}; the bytes are the message's raw file.
    """

    __tablename__ = "outbox"
    __table_args__ = strict(
        one_of("state", "queued", "sending", "sent", "failed", "unknown", "stopped"),
        Index("ix_outbox_state", "state", "not_before"),
    )

    message_id: Mapped[int] = mapped_column(refers_to("message"), unique=True)
    state: Mapped[str] = mapped_column(default="queued")
    not_before: Mapped[dt.datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    problem: Mapped[str | None]
    envelope: Mapped[str]
    queued_at: Mapped[dt.datetime]
    sent_at: Mapped[dt.datetime | None]
