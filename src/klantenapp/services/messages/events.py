"""What happened by itself on a customer's timeline: read off documents, ledger and contracts.

Nothing of this is stored a second time, so it can never disagree with what it tells.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from klantenapp.models.contract import Contract, Span, in_force
from klantenapp.models.document import Document, QuoteDecision
from klantenapp.models.ledger import LedgerEntry, Settlement
from klantenapp.services.store import clock
from klantenapp.services.store.search import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from klantenapp.models.values import Money

EventKind = Literal[
    "issued", "paid", "credited", "written_off", "contract_ended", "accepted", "declined"
]
#: Sources of the keys of a timeline, besides "message".
SOURCES: Final = ("document", "settled", "contract", "decision")

#: The last thing that settled an invoice says what became of it.
_SETTLED_BY: Final[dict[str, EventKind]] = {
    "credit_note": "credited",
    "write_off": "written_off",
}


class Key(NamedTuple):
    """Place of one entry on the timeline; sorts by time.

    Attributes:
        moment: as it is stored, in UTC: reading ten thousand of them takes no time.
        source: "message", or one of `SOURCES`.
        id: of the message, the document, the ledger entry, the contract or the decision.
    """

    moment: str
    source: str
    id: int

    @classmethod
    def of(cls, at: dt.datetime, source: str, row_id: int) -> Key:
        """The place of something at a moment; noon where only a day is known."""
        plain = at.astimezone(dt.UTC).replace(tzinfo=None)
        return cls(plain.isoformat(timespec="microseconds"), source, row_id)

    @property
    def at(self) -> dt.datetime:
        """The moment."""
        return dt.datetime.fromisoformat(self.moment).replace(tzinfo=dt.UTC)


@dataclass(frozen=True)
class Event:
    """One event.

    Attributes:
        document_kind: invoice, credit_note or quote; empty for a contract.
        reference: number of the document, or name of the contract.
        amount: total of the document, where it has one.
        day_only: the moment of the day is not known.
    """

    key: Key
    kind: EventKind
    document_id: int | None
    document_kind: str
    reference: str
    amount: Money | None
    day_only: bool


def events(
    session: Session, *, customer_id: int | None = None, document_id: int | None = None
) -> list[Event]:
    """Every event of a customer, or of one document, in no order."""
    found = [
        *_issued(session, customer_id, document_id),
        *_settled(session, customer_id, document_id),
        *_decided(session, customer_id, document_id),
    ]
    if customer_id is not None and document_id is None:
        found += _ended_contracts(session, customer_id)
    return found


def matching(found: Iterable[Event], text: str) -> list[Event]:
    """Events in whose reference every word of the text occurs."""
    words = [fold(word) for word in text.split()]
    return [event for event in found if all(word in fold(event.reference) for word in words)]


def _scope(customer_id: int | None, document_id: int | None) -> list[ColumnElement[bool]]:
    conditions = []
    if customer_id is not None:
        conditions.append(Document.customer_id == customer_id)
    if document_id is not None:
        conditions.append(Document.id == document_id)
    return conditions


def _noon(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(12)).astimezone(dt.UTC)


def _issued(session: Session, customer_id: int | None, document_id: int | None) -> list[Event]:
    columns = (
        Document.id,
        Document.kind,
        Document.number,
        Document.date,
        Document.issued_at,
        Document.total,
    )
    query = select(*columns).where(Document.state == "issued", *_scope(customer_id, document_id))
    rows = session.execute(query)
    return [
        Event(
            Key.of(row.issued_at or _noon(row.date), "document", row.id),
            "issued",
            row.id,
            row.kind,
            row.number,
            row.total,
            day_only=row.issued_at is None,
        )
        for row in rows
    ]


def _settled(session: Session, customer_id: int | None, document_id: int | None) -> list[Event]:
    """Invoices of which nothing is open, on the day that the last of it was settled."""
    invoice, credit = aliased(LedgerEntry), aliased(LedgerEntry)
    counter = aliased(Settlement)
    # A settlement counts from the later of its two entries' dates.
    day = func.max(invoice.date, credit.date)
    query = (
        select(
            invoice.id,
            Document.id.label("document_id"),
            Document.number,
            Document.total,
            day.label("day"),
            credit.kind.label("by"),
        )
        .join(Document, Document.id == invoice.document_id)
        .join(Settlement, Settlement.debit_id == invoice.id)
        .join(credit, credit.id == Settlement.credit_id)
        .outerjoin(counter, counter.counters_id == Settlement.id)
        .where(
            invoice.kind == "invoice",
            invoice.open_amount == 0,
            Settlement.amount > 0,
            counter.id.is_(None),
            *_scope(customer_id, document_id),
        )
        .order_by(invoice.id, day, Settlement.id)
    )
    last = {row.id: row for row in session.execute(query)}
    return [
        Event(
            Key.of(_noon(_day(row.day)), "settled", row.id),
            _SETTLED_BY.get(row.by, "paid"),
            row.document_id,
            "invoice",
            row.number,
            row.total,
            day_only=True,
        )
        for row in last.values()
    ]


def _decided(session: Session, customer_id: int | None, document_id: int | None) -> list[Event]:
    query = (
        select(
            QuoteDecision.id,
            QuoteDecision.outcome,
            QuoteDecision.date,
            Document.id.label("document_id"),
            Document.number,
            Document.total,
        )
        .join(Document, Document.id == QuoteDecision.document_id)
        .where(*_scope(customer_id, document_id))
    )
    rows = session.execute(query)
    return [
        Event(
            Key.of(_noon(row.date), "decision", row.id),
            row.outcome,
            row.document_id,
            "quote",
            row.number or "",
            row.total,
            day_only=True,
        )
        for row in rows
    ]


def _ended_contracts(session: Session, customer_id: int) -> list[Event]:
    today = clock.today()
    rows = session.execute(
        select(
            Contract.id,
            Contract.valid_from,
            Contract.valid_to,
            Contract.at_end,
            Contract.ended_on,
            Contract.name,
        ).where(Contract.customer_id == customer_id, Contract.is_draft.is_(False))
    ).all()
    periods = in_force(Span(*row[:-1]) for row in rows)
    found = []
    for row in rows:
        end = periods[row.id].end
        if end is not None and end < today:
            key = Key.of(_noon(end), "contract", row.id)
            found.append(Event(key, "contract_ended", None, "", row.name, None, day_only=True))
    return found


def _day(value: dt.date | str) -> dt.date:
    """SQLite's max of two days arrives as text where the type is lost on the way."""
    return value if isinstance(value, dt.date) else dt.date.fromisoformat(value)


def by_key(found: Sequence[Event]) -> dict[Key, Event]:
    """Events by their place."""
    return {event.key: event for event in found}
