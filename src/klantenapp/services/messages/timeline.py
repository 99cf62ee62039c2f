"""One timeline per customer: mails, letters, reminders, calls, meetings, notes and events.

`keys` says which entries there are and in what order, in one light pass; `rows` reads the few that
are on screen. So a timeline of ten thousand messages opens as fast as one of ten.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Text, and_, func, or_, select, type_coerce

from klantenapp.models.customer import Customer
from klantenapp.models.document import Document
from klantenapp.models.file import StoredFile
from klantenapp.models.message import Message, MessageFile, MessageRevision, Outbox
from klantenapp.models.reminder import Reminder, ReminderInvoice
from klantenapp.services.errors.base import NotFound
from klantenapp.services.messages.events import Key, by_key, events, matching
from klantenapp.services.store import clock
from klantenapp.services.store.search import contains

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from klantenapp.models.values import Money
    from klantenapp.services.messages.events import Event

#: Filters of the screen: name -> kinds of messages. "event" entries are their own.
GROUPS: Final[dict[str, frozenset[str]]] = {
    "email": frozenset({"email"}),
    "reminder": frozenset({"reminder"}),
    "letter": frozenset({"letter"}),
    "call": frozenset({"call", "meeting"}),
    "note": frozenset({"note"}),
}
#: Characters of a body that a row shows; `body` has the rest.
EXCERPT: Final = 600
_CHUNK: Final = 500


@dataclass(frozen=True)
class Filter:
    """What of a timeline is shown.

    Attributes:
        group: a name of `GROUPS`, or None for all.
        since, until: days, both included.
        text: words that all occur somewhere in the entry.
        with_events: also what happened by itself.
    """

    group: str | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    text: str = ""
    with_events: bool = True


@dataclass(frozen=True)
class FileRow:
    """An attachment of a message: id of the stored file, name, media type, size in bytes."""

    file_id: int
    name: str
    media_type: str
    size: int


@dataclass(frozen=True)
class Entry:
    """One entry of a timeline.

    Attributes:
        kind: email, letter, reminder, call, meeting, note; or event.
        event: which one, for an event.
        day_only: only the day of `at` is known.
        text: the first `EXCERPT` characters; `is_cut` where there is more.
        document_kind, document_number: of the linked document.
        reference, amount: of an event, see `events.Event`.
        status: of a mail: draft, queued, sending, sent, failed, unknown, received.
        problem: why a mail failed, as `problems.load` reads it.
        is_edited: earlier texts are kept.
    """

    key: Key
    kind: str
    direction: str = "none"
    event: str = ""
    day_only: bool = False
    subject: str = ""
    text: str = ""
    is_cut: bool = False
    person: str | None = None
    document_id: int | None = None
    document_kind: str = ""
    document_number: str = ""
    reference: str = ""
    amount: Money | None = None
    status: str | None = None
    problem: str | None = None
    pinned: bool = False
    follow_up_on: dt.date | None = None
    is_followed_up: bool = False
    is_edited: bool = False
    files: tuple[FileRow, ...] = ()

    @property
    def id(self) -> int:
        """Id within its source."""
        return self.key.id


@dataclass(frozen=True)
class FollowUp:
    """Something to come back to."""

    message_id: int
    customer_id: int
    customer: str
    day: dt.date
    kind: str
    person: str | None
    text: str


def keys(
    session: Session,
    *,
    customer_id: int | None = None,
    document_id: int | None = None,
    shown: Filter | None = None,
) -> list[Key]:
    """Places of the entries of a customer or of one document, newest first."""
    shown = shown or Filter()
    query = (
        select(type_coerce(Message.at, Text), Message.id)
        .where(*_scope(customer_id, document_id), *_conditions(shown))
        .order_by(Message.at.desc(), Message.id.desc())
    )
    found = [Key(moment, "message", row_id) for moment, row_id in session.execute(query)]
    if shown.with_events and shown.group is None:
        happened = events(session, customer_id=customer_id, document_id=document_id)
        found += [event.key for event in matching(happened, shown.text) if _within(event, shown)]
    found.sort(reverse=True)
    return found


def rows(
    session: Session,
    wanted: Sequence[Key],
    *,
    customer_id: int | None = None,
    document_id: int | None = None,
) -> list[Entry]:
    """The entries at these places, in that order; what is gone since is left out."""
    messages = [key.id for key in wanted if key.source == "message"]
    found: dict[Key, Entry] = {}
    for start in range(0, len(messages), _CHUNK):
        found |= _messages(session, messages[start : start + _CHUNK])
    if len(messages) < len(wanted):
        happened = events(session, customer_id=customer_id, document_id=document_id)
        found |= {key: _of_event(event) for key, event in by_key(happened).items()}
    return [found[key] for key in wanted if key in found]


def page(
    session: Session,
    *,
    customer_id: int | None = None,
    document_id: int | None = None,
    shown: Filter | None = None,
    start: int = 0,
    size: int = 50,
) -> list[Entry]:
    """Entries from a place on, newest first."""
    scope = {"customer_id": customer_id, "document_id": document_id}
    every = keys(session, shown=shown, customer_id=customer_id, document_id=document_id)
    return rows(session, every[start : start + size], **scope)


def counts(session: Session, customer_id: int) -> dict[str, int]:
    """How many messages each filter shows: names of `GROUPS`, and "all"; without events."""
    query = (
        select(Message.kind, func.count()).where(*_scope(customer_id, None)).group_by(Message.kind)
    )
    per_kind = {row[0]: row[1] for row in session.execute(query)}
    numbers = {name: sum(per_kind.get(kind, 0) for kind in kinds) for name, kinds in GROUPS.items()}
    return numbers | {"all": sum(per_kind.values())}


def pinned(session: Session, customer_id: int) -> list[Entry]:
    """Entries that the user keeps on top, newest first."""
    query = select(Message.id).where(*_scope(customer_id, None), Message.pinned.is_(True))
    found = _messages(session, list(session.scalars(query)))
    return [found[key] for key in sorted(found, reverse=True)]


def entry(session: Session, message_id: int) -> Entry:
    """One message with its whole text.

    Raises:
        NotFound: no such message.
    """
    found = _messages(session, [message_id])
    if not found:
        raise NotFound("message", str(message_id))
    text = session.scalar(select(Message.body).where(Message.id == message_id)) or ""
    return replace(next(iter(found.values())), text=text, is_cut=False)


def revisions(session: Session, message_id: int) -> list[tuple[dt.datetime, str]]:
    """Earlier texts of a note with the moment they were replaced, newest first."""
    query = (
        select(MessageRevision.at, MessageRevision.body)
        .where(MessageRevision.message_id == message_id)
        .order_by(MessageRevision.id.desc())
    )
    return [(row.at, row.body) for row in session.execute(query)]


def documents(session: Session, customer_id: int, limit: int = 50) -> list[tuple[int, str]]:
    """Documents that an entry can be about: id and number, newest first."""
    query = (
        select(Document.id, Document.number)
        .where(Document.customer_id == customer_id, Document.state == "issued")
        .order_by(Document.date.desc(), Document.id.desc())
        .limit(limit)
    )
    return [(row.id, row.number or "") for row in session.execute(query)]


def follow_ups(session: Session, until: dt.date | None = None) -> list[FollowUp]:
    """What is to be come back to on or before a day (today), oldest first."""
    query = (
        select(
            Message.id,
            Message.customer_id,
            Customer.name,
            Message.follow_up_on,
            Message.kind,
            Message.person,
            func.substr(Message.body, 1, EXCERPT).label("text"),
        )
        .join(Customer, Customer.id == Message.customer_id)
        .where(
            Message.follow_up_on <= (until or clock.today()),
            Message.follow_up_done_at.is_(None),
            Message.deleted_at.is_(None),
        )
        .order_by(Message.follow_up_on, Message.id)
    )
    return [FollowUp(*row) for row in session.execute(query)]


# --- inside ------------------------------------------------------------------------------------


def _scope(customer_id: int | None, document_id: int | None) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [Message.deleted_at.is_(None)]
    if customer_id is not None:
        conditions.append(Message.customer_id == customer_id)
    if document_id is not None:
        reminded = (
            select(Reminder.message_id)
            .join(ReminderInvoice, ReminderInvoice.reminder_id == Reminder.id)
            .where(ReminderInvoice.document_id == document_id, Reminder.message_id.is_not(None))
        )
        conditions.append(or_(Message.document_id == document_id, Message.id.in_(reminded)))
    return conditions


def _conditions(shown: Filter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if shown.group is not None:
        conditions.append(Message.kind.in_(GROUPS[shown.group]))
    if shown.since is not None:
        conditions.append(Message.at >= _midnight(shown.since))
    if shown.until is not None:
        conditions.append(Message.at < _midnight(shown.until + dt.timedelta(days=1)))
    return conditions + contains(Message.search, shown.text)


def _midnight(day: dt.date) -> dt.datetime:
    """Start of a day where the user is."""
    return dt.datetime.combine(day, dt.time()).astimezone(dt.UTC)


def _within(event: Event, shown: Filter) -> bool:
    day = event.key.at.astimezone().date()
    return (shown.since is None or shown.since <= day) and (
        shown.until is None or day <= shown.until
    )


def _messages(session: Session, ids: Sequence[int]) -> dict[Key, Entry]:
    edited = select(MessageRevision.id).where(MessageRevision.message_id == Message.id).exists()
    query = (
        select(
            Message.id,
            Message.at,
            Message.kind,
            Message.direction,
            Message.subject,
            func.substr(Message.body, 1, EXCERPT).label("text"),
            (func.length(Message.body) > EXCERPT).label("is_cut"),
            Message.person,
            Message.document_id,
            Document.kind.label("document_kind"),
            Document.number,
            Message.status,
            Outbox.problem,
            Message.pinned,
            Message.follow_up_on,
            Message.follow_up_done_at,
            edited.label("is_edited"),
        )
        .outerjoin(Document, Document.id == Message.document_id)
        .outerjoin(Outbox, Outbox.message_id == Message.id)
        .where(Message.id.in_(ids), Message.deleted_at.is_(None))
    )
    files = _files(session, ids)
    found = [_of_message(row, files.get(row.id, ())) for row in session.execute(query)]
    return {one.key: one for one in found}


def _of_message(row: Any, files: Sequence[FileRow]) -> Entry:
    return Entry(
        key=Key.of(row.at, "message", row.id),
        kind=row.kind,
        direction=row.direction,
        subject=row.subject,
        text=row.text,
        is_cut=bool(row.is_cut),
        person=row.person,
        document_id=row.document_id,
        document_kind=row.document_kind or "",
        document_number=row.number or "",
        status=row.status,
        problem=row.problem,
        pinned=row.pinned,
        follow_up_on=row.follow_up_on,
        is_followed_up=row.follow_up_done_at is not None,
        is_edited=bool(row.is_edited),
        files=tuple(files),
    )


def _of_event(event: Event) -> Entry:
    return Entry(
        key=event.key,
        kind="event",
        event=event.kind,
        day_only=event.day_only,
        document_id=event.document_id,
        document_kind=event.document_kind,
        document_number=event.reference if event.document_kind else "",
        reference=event.reference,
        amount=event.amount,
    )


def _files(session: Session, ids: Sequence[int]) -> Mapping[int, Sequence[FileRow]]:
    query = (
        select(
            MessageFile.message_id,
            MessageFile.file_id,
            MessageFile.name,
            StoredFile.media_type,
            StoredFile.size,
        )
        .join(StoredFile, StoredFile.id == MessageFile.file_id)
        .where(and_(MessageFile.message_id.in_(ids)))
        .order_by(MessageFile.id)
    )
    files: dict[int, list[FileRow]] = defaultdict(list)
    for row in session.execute(query):
        files[row.message_id].append(FileRow(row.file_id, row.name, row.media_type, row.size))
    return files
