"""Mail that comes in from outside the program: whose it is, and what it answers."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy import func, or_, select

from klantenapp.models.business import Business
from klantenapp.models.customer import Contact, Customer
from klantenapp.models.document import Document
from klantenapp.models.file import StoredFile
from klantenapp.models.message import Message
from klantenapp.services.messages import accounts
from klantenapp.services.store import clock, files, settings
from klantenapp.services.store.search import folded

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from sqlalchemy.orm import Session

#: Shortest document number that is looked for in a subject; "7" would be everywhere.
_SHORTEST_NUMBER: Final = 4


class Person(NamedTuple):
    """Somebody in a mail, as it names them; the name may be empty."""

    name: str
    email: str

    @property
    def shown(self) -> str:
        """The name, or the address where there is none."""
        return self.name or self.email


@dataclass(frozen=True)
class IncomingFile:
    """A file that came with a mail; the name is safe."""

    name: str
    media_type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True)
class Incoming:
    """One mail as it was read.

    Attributes:
        raw: its exact bytes.
        digest: sha256 of them.
        message_id: with angle brackets; None where it has none.
        answers: ids of mails before it, the one it answers first.
        at: when it was sent; None where it does not say.
        text: plain text.
    """

    raw: bytes = field(repr=False)
    digest: str
    message_id: str | None
    answers: tuple[str, ...]
    at: dt.datetime | None
    sender: Person | None
    recipients: tuple[Person, ...]
    subject: str
    text: str
    files: tuple[IncomingFile, ...] = ()


@dataclass(frozen=True)
class Place:
    """Where a mail belongs: whose it is, about which document, in which direction."""

    customer_id: int | None
    document_id: int | None
    direction: str


class Recognition:
    """Knows whose an address is, for as many mails as come in at once."""

    def __init__(self, session: Session, otherwise: int | None = None) -> None:
        """Look nothing up yet.

        Args:
            otherwise: the customer of mail that nobody is recognised in.
        """
        self._session = session
        self._otherwise = otherwise
        self._numbers: dict[int, list[tuple[int, str]]] = {}

    def is_known(self, mail: Incoming) -> bool:
        """Whether this very mail is there already, sent from here or imported before."""
        same = select(Message.id).outerjoin(StoredFile, StoredFile.id == Message.raw_id)
        conditions = [StoredFile.digest == mail.digest]
        if mail.message_id:
            conditions.append(Message.header_id == mail.message_id)
        query = same.where(or_(*conditions), Message.deleted_at.is_(None)).limit(1)
        return self._session.scalar(query) is not None

    def place(self, mail: Incoming) -> Place:
        """Whose it is: by the mail that it answers, else by the addresses in it."""
        ours = mail.sender is not None and mail.sender.email.lower() in self._own
        direction = "out" if ours else "in"
        answered = self._answered(mail.answers)
        people = mail.recipients if ours else ((mail.sender,) if mail.sender else ())
        customer_id, document_id = answered or (
            self._customer(people) or self._otherwise,
            None,
        )
        if document_id is None and customer_id is not None:
            document_id = self._document(customer_id, mail.subject)
        return Place(customer_id, document_id, direction)

    @cached_property
    def _own(self) -> frozenset[str]:
        business = self._session.scalar(select(Business.email))
        account = settings.read(self._session, accounts.ADDRESS)
        return frozenset(one.lower() for one in (business, account) if one)

    @cached_property
    def _by_address(self) -> dict[str, set[int]]:
        found: dict[str, set[int]] = defaultdict(set)
        living = Customer.merged_into_id.is_(None)
        queries = (
            select(Customer.id, Customer.email).where(living, Customer.email.is_not(None)),
            select(Customer.id, Customer.invoice_email).where(
                living, Customer.invoice_email.is_not(None)
            ),
            select(Contact.customer_id, Contact.email).where(Contact.email.is_not(None)),
        )
        for query in queries:
            for customer_id, address in self._session.execute(query):
                found[(address or "").strip().lower()].add(customer_id)
        return found

    def _customer(self, people: Iterable[Person]) -> int | None:
        """The one customer to whom the addresses belong; None for none or for several."""
        found: set[int] = set()
        for person in people:
            found |= self._by_address.get(person.email.lower(), set())
        return found.pop() if len(found) == 1 else None

    def _answered(self, ids: Sequence[str]) -> tuple[int | None, int | None] | None:
        """Customer and document of the nearest mail before it that is on a timeline."""
        for one in ids:
            row = self._session.execute(
                select(Message.customer_id, Message.document_id)
                .where(
                    Message.header_id == one,
                    Message.customer_id.is_not(None),
                    Message.deleted_at.is_(None),
                )
                .limit(1)
            ).first()
            if row is not None:
                return row.customer_id, row.document_id
        return None

    def _document(self, customer_id: int, subject: str) -> int | None:
        """The one document of the customer whose number stands in the subject."""
        if customer_id not in self._numbers:
            query = select(Document.id, Document.number).where(
                Document.customer_id == customer_id,
                func.length(Document.number) >= _SHORTEST_NUMBER,
            )
            rows = self._session.execute(query)
            self._numbers[customer_id] = [(row[0], row[1] or "") for row in rows]
        found = [
            document_id
            for document_id, number in self._numbers[customer_id]
            if re.search(rf"(?<![\w-]){re.escape(number)}(?![\w-])", subject)
        ]
        return found[0] if len(found) == 1 else None


def row_of(session: Session, mail: Incoming, place: Place) -> dict[str, Any]:
    """Columns of the message; the exact bytes are stored with it."""
    people = mail.recipients if place.direction == "out" else (mail.sender,)
    person = ", ".join(one.shown for one in people if one is not None) or None
    return {
        "customer_id": place.customer_id,
        "document_id": place.document_id,
        "kind": "email",
        "direction": place.direction,
        "at": mail.at or clock.now(),
        "subject": mail.subject,
        "body": mail.text,
        "person": person,
        "search": folded(mail.subject, person, mail.text, *(file.name for file in mail.files)),
        "status": "sent" if place.direction == "out" else "received",
        "pinned": False,
        "raw_id": files.store(session, mail.raw, "message/rfc822"),
        "header_id": mail.message_id,
        "in_reply_to": mail.answers[0] if mail.answers else None,
        "created_at": clock.now(),
    }


def file_rows(session: Session, mail: Incoming, message_id: int) -> list[dict[str, Any]]:
    """Columns of its attachments; their bytes are stored with it."""
    return [
        {
            "message_id": message_id,
            "file_id": files.store(session, one.content, one.media_type),
            "name": one.name,
        }
        for one in mail.files
    ]
