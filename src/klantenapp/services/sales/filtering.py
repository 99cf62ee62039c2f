"""Which documents a list shows: by kind, status, day, customer, and what was typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from klantenapp.models.customer import Customer
from klantenapp.models.document import Document, DocumentLine, QuoteDecision
from klantenapp.models.ledger import LedgerEntry, Settlement
from klantenapp.models.values import ZERO
from klantenapp.services.store import search

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy import ColumnElement

#: The ledger entry of a document, in every query of a list.
ENTRY: Final = aliased(LedgerEntry)
#: What is open of it.
OPEN: Final = func.coalesce(ENTRY.open_amount, 0)


@dataclass(frozen=True)
class Filter:
    """Which documents to list.

    Attributes:
        kinds: invoice, credit_note, quote.
        status: draft, sent (open, in time and nothing paid), overdue, part_paid, paid, other
            (credit notes, credited and written off), or open; None is all.
        text: words found in number, customer, reference, descriptions; or an amount in cents form.
        start, end: document date, both included; a draft without one counts as of today.
    """

    kinds: tuple[str, ...] = ("invoice", "credit_note")
    status: str | None = None
    text: str = ""
    start: dt.date | None = None
    end: dt.date | None = None
    customer_id: int | None = None


def status_condition(status: str, today: dt.date) -> ColumnElement[bool]:
    """The condition under which a document has a status of the quick filters."""
    issued = Document.state == "issued"
    is_open = OPEN != 0
    part_paid = and_(OPEN > 0, ENTRY.amount > OPEN)
    late = and_(OPEN > 0, Document.due_date < today)
    invoice = Document.kind == "invoice"
    conditions: dict[str, ColumnElement[bool]] = {
        "draft": Document.state == "draft",
        "open": and_(issued, is_open),
        "sent": and_(issued, invoice, OPEN > 0, ~late, ~part_paid),
        "overdue": and_(issued, late),
        "part_paid": and_(issued, part_paid),
        "paid": and_(issued, invoice, ~is_open, or_(_was_paid(), Document.total == ZERO)),
        "other": and_(
            issued,
            or_(~invoice, and_(~is_open, Document.total != ZERO, ~_was_paid())),
        ),
        "accepted": _answer() == "accepted",
        "declined": _answer() == "declined",
        "expired": and_(issued, _answer().is_(None), Document.valid_until < today),
        "waiting": and_(
            issued,
            _answer().is_(None),
            or_(Document.valid_until.is_(None), Document.valid_until >= today),
        ),
    }
    return conditions[status]


def _answer() -> Any:
    """The customer's latest answer to a quote."""
    return (
        select(QuoteDecision.outcome)
        .where(QuoteDecision.document_id == Document.id)
        .order_by(QuoteDecision.id.desc())
        .limit(1)
        .scalar_subquery()
    )


def _was_paid() -> ColumnElement[bool]:
    """A payment, and not only credit notes or write-offs, settled the invoice."""
    credit = aliased(LedgerEntry)
    return exists().where(
        Settlement.debit_id == ENTRY.id,
        credit.id == Settlement.credit_id,
        credit.kind.in_(("payment", "discount")),
    )


def matching(wanted: Filter, today: dt.date) -> list[ColumnElement[bool]]:
    """Every condition of a filter."""
    conditions: list[ColumnElement[bool]] = [Document.kind.in_(wanted.kinds)]
    if wanted.status is not None:
        conditions.append(status_condition(wanted.status, today))
    if wanted.start is not None:
        conditions.append(
            _or_undated(Document.date >= wanted.start, holds_today=wanted.start <= today)
        )
    if wanted.end is not None:
        conditions.append(_or_undated(Document.date <= wanted.end, holds_today=today <= wanted.end))
    if wanted.customer_id is not None:
        conditions.append(Document.customer_id == wanted.customer_id)
    conditions += [_has_word(word) for word in wanted.text.split()]
    return conditions


def _or_undated(condition: ColumnElement[bool], *, holds_today: bool) -> ColumnElement[bool]:
    """A draft without a date gets that of the day on which it is made final: so far, today."""
    return or_(condition, Document.date.is_(None)) if holds_today else condition


def _has_word(word: str) -> ColumnElement[bool]:
    """A word of a search: in number, customer or text, or the digits of an amount."""
    pattern = search.like(word)
    found: list[ColumnElement[bool]] = [
        Document.number.ilike(f"%{word}%"),
        Customer.search.like(pattern, escape="\\"),
        Document.customer_reference.ilike(f"%{word}%"),
        Document.id.in_(
            select(DocumentLine.document_id).where(DocumentLine.description.ilike(f"%{word}%"))
        ),
    ]
    digits = word.replace(".", "").replace(",", "")
    if digits.isdigit() and len(digits) < 12:  # noqa: PLR2004 - longer is no amount
        cents = int(digits)
        found += [Document.total == cents, Document.total.between(cents * 100, cents * 100 + 99)]
    return or_(*found)
