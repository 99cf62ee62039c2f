"""What the user writes down about a customer: notes, phone calls, meetings, letters on paper."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal

from sqlalchemy import select

from klantenapp.models.customer import Customer
from klantenapp.models.document import Document
from klantenapp.models.message import Message, MessageFile, MessageRevision
from klantenapp.services.errors.base import Invalid, NotFound
from klantenapp.services.errors.messages import (
    EmptyText,
    FollowUpTooEarly,
    MailOnItsWay,
    NotEditable,
    OtherCustomersDocument,
    TextTooLong,
)
from klantenapp.services.messages import attachments
from klantenapp.services.store import clock, file_names, files
from klantenapp.services.store.operations import REVERSIBLE, register
from klantenapp.services.store.search import folded

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy.orm import Session

    from klantenapp.services.messages.attachments import NewFile

Kind = Literal["note", "call", "meeting", "letter"]
Direction = Literal["in", "out", "none"]

#: How each kind is added.
ADD: Final[dict[str, str]] = {
    "note": register("note.add", REVERSIBLE),
    "call": register("call.add", REVERSIBLE),
    "meeting": register("meeting.add", REVERSIBLE),
    "letter": register("letter.add", REVERSIBLE),
}
CHANGE: Final = register("note.change", REVERSIBLE)
PIN: Final = register("note.pin", REVERSIBLE)
REMOVE: Final = register("message.remove", REVERSIBLE)
LINK: Final = register("message.link", REVERSIBLE)
ASSIGN: Final = register("message.assign", REVERSIBLE)
FINISH: Final = register("follow_up.finish", REVERSIBLE)

#: Characters of one entry.
LIMIT: Final = 20_000
PERSON_LIMIT: Final = 200
_EDITABLE: Final = frozenset(
    {"text", "direction", "person", "at", "follow_up_on", "document_id", "kind"}
)


@dataclass(frozen=True)
class NewEntry:
    """A note, call, meeting, or a letter that was sent or came by post.

    Attributes:
        text: what was said or is to be remembered.
        direction: of a call: who called ("in" is the customer); of a letter: whether it came ("in")
            or went; else "none".
        person: who was spoken to.
        at: when it happened; now where absent.
        follow_up_on: the day to come back to it.
        document_id: the invoice that it is about.
        files: that belong to it, such as the letter as it was scanned.
    """

    kind: Kind
    text: str
    direction: Direction = "none"
    person: str | None = None
    at: dt.datetime | None = None
    follow_up_on: dt.date | None = None
    document_id: int | None = None
    pinned: bool = False
    files: tuple[NewFile, ...] = ()


@dataclass(frozen=True)
class Edit:
    """Other values for an entry; only the named ones change."""

    values: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse what is no field of an entry: a mistake of ours."""
        if not _EDITABLE.issuperset(self.values):
            raise AttributeError(self.values)


def add(session: Session, customer_id: int, entry: NewEntry) -> int:
    """Write an entry on the customer's timeline.

    Returns:
        Id of the message.

    Raises:
        NotFound: no such customer or document.
        EmptyText, TextTooLong, FollowUpTooEarly, OtherCustomersDocument.
        NothingInFile, FileTooBig: a file, and nothing is kept.
    """
    if session.get(Customer, customer_id) is None:
        raise NotFound("customer", str(customer_id))
    kept = [attachments.checked(one) for one in entry.files]
    at = entry.at or clock.now()
    message = Message(
        customer_id=customer_id,
        document_id=_document_of(session, customer_id, entry.document_id),
        kind=entry.kind,
        direction=entry.direction,
        at=at,
        body=_checked(entry.text),
        person=_person(entry.person),
        pinned=entry.pinned,
        follow_up_on=_later(entry.follow_up_on, at),
        created_at=clock.now(),
    )
    write_search(message, *(one.name for one in kept))
    session.add(message)
    session.flush()
    for one in kept:
        file_id = files.store(session, one.content, file_names.media_type(one.name))
        session.add(MessageFile(message_id=message.id, file_id=file_id, name=one.name))
    return message.id


def change(session: Session, message_id: int, edit: Edit) -> None:
    """Change an entry; text that is replaced stays in its history.

    Raises:
        NotFound: no such entry.
        NotEditable: a mail, letter or reminder.
        EmptyText, TextTooLong, FollowUpTooEarly, OtherCustomersDocument.
    """
    message = _own(session, message_id)
    values = dict(edit.values)
    if "text" in values:
        text = _checked(values.pop("text"))
        if text != message.body:
            _keep_revision(session, message)
            message.body = text
    if "person" in values:
        values["person"] = _person(values["person"])
    if "document_id" in values and message.customer_id is not None:
        _document_of(session, message.customer_id, values["document_id"])
    for name, value in values.items():
        setattr(message, name, value)
    if "follow_up_on" in values:
        message.follow_up_on = _later(message.follow_up_on, message.at)
        message.follow_up_done_at = None
    names = select(MessageFile.name).where(MessageFile.message_id == message.id)
    write_search(message, *session.scalars(names))


def pin(session: Session, message_id: int, *, pinned: bool) -> None:
    """Keep an entry on top of the timeline, or let it go back to its place."""
    there(session, message_id).pinned = pinned


def finish(session: Session, message_id: int, *, done: bool = True) -> None:
    """Tick off the follow-up of an entry, or bring it back."""
    there(session, message_id).follow_up_done_at = clock.now() if done else None


def link(session: Session, message_id: int, document_id: int | None) -> None:
    """Say which invoice a message is about, or that it is about none.

    Raises:
        NotFound, OtherCustomersDocument.
    """
    message = there(session, message_id)
    if message.customer_id is not None:
        document_id = _document_of(session, message.customer_id, document_id)
    message.document_id = document_id


def assign(session: Session, message_id: int, customer_id: int) -> None:
    """Put a message with a customer, for mail of which nobody was recognised."""
    if session.get(Customer, customer_id) is None:
        raise NotFound("customer", str(customer_id))
    message = there(session, message_id)
    if message.customer_id != customer_id:
        message.customer_id = customer_id
        message.document_id = None


def remove(session: Session, message_id: int) -> None:
    """Take a message off the timeline; undo brings it back.

    Raises:
        NotFound: no such message.
        MailOnItsWay: it is in the outbox and would be sent.
    """
    message = there(session, message_id)
    if message.status in {"queued", "sending", "unknown"}:
        raise MailOnItsWay
    message.deleted_at = clock.now()


def there(session: Session, message_id: int) -> Message:
    """The message, where it was not removed.

    Raises:
        NotFound: no such message.
    """
    message = session.get(Message, message_id)
    if message is None or message.deleted_at is not None:
        raise NotFound("message", str(message_id))
    return message


def write_search(message: Message, *files_of: str) -> None:
    """Fold everything that a search looks in; called at each change of a message.

    Args:
        files_of: names of the files that belong to it.
    """
    message.search = folded(message.subject, message.person, message.body, *files_of)


def _own(session: Session, message_id: int) -> Message:
    message = there(session, message_id)
    if message.kind not in ADD:
        raise NotEditable
    return message


def _keep_revision(session: Session, message: Message) -> None:
    session.add(
        MessageRevision(
            message_id=message.id, at=clock.now(), subject=message.subject, body=message.body
        )
    )


def _checked(text: str) -> str:
    text = text.strip()
    if not text:
        raise EmptyText
    if len(text) > LIMIT:
        raise TextTooLong(len(text), LIMIT)
    return text


def _person(name: str | None) -> str | None:
    name = (name or "").strip()
    if len(name) > PERSON_LIMIT:
        raise Invalid((("person", TextTooLong(len(name), PERSON_LIMIT)),))
    return name or None


def _later(day: dt.date | None, at: dt.datetime) -> dt.date | None:
    if day is not None and day < at.astimezone().date():
        raise FollowUpTooEarly(day)
    return day


def _document_of(session: Session, customer_id: int, document_id: int | None) -> int | None:
    if document_id is None:
        return None
    document = session.get(Document, document_id)
    if document is None:
        raise NotFound("document", str(document_id))
    if document.customer_id != customer_id:
        raise OtherCustomersDocument(document.number or "")
    return document_id
