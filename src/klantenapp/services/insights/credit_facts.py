"""What credit advice goes by: figures of every customer, from a few queries over all of them."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from sqlalchemy import Integer, case, func, select, type_coerce
from sqlalchemy.orm import aliased

from klantenapp.models.customer import CreditDecision
from klantenapp.models.document import Document, DocumentLink, QuoteDecision, Recurring
from klantenapp.models.ledger import LedgerEntry
from klantenapp.services.errors.base import Refusal
from klantenapp.services.insights import ageing
from klantenapp.services.insights.paid import paid_invoices
from klantenapp.services.insights.wanted import members
from klantenapp.services.sales import recurring

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from klantenapp.models.values import Money, Percent
    from klantenapp.services.insights.ageing import AgeRow
    from klantenapp.services.insights.paid import Paid
    from klantenapp.services.insights.wanted import Wanted

_YEAR: Final = 365
#: Standing agreements count for what they will bill within so many days: a normal term.
AHEAD: Final = 30


@dataclass(frozen=True)
class Decision:
    """What the user decided, and when."""

    date: dt.date
    limit: Money | None
    term_days: int | None
    deposit: Percent | None
    note: str


@dataclass
class Facts:
    """What is known of one customer, gathered from a few queries over all of them."""

    age: AgeRow | None = None
    paid: list[Paid] = field(default_factory=list)
    drafts: int = 0
    unbilled: int = 0
    agreed: int = 0
    sold: int = 0
    written_off: int = 0
    invoices: int = 0


def gather(session: Session, wanted: Wanted) -> dict[int, Facts]:
    """Facts of every customer who has any, as of the day wanted."""
    facts: dict[int, Facts] = defaultdict(Facts)
    for age in ageing.rows(session, wanted):
        facts[age.customer_id].age = age
    of = members(session, wanted)
    for each in paid_invoices(session, wanted.as_of, wanted.customer_id, group_id=wanted.group_id):
        facts[each.customer_id].paid.append(each)
    for name, rows in (
        ("drafts", _drafts(session)),
        ("unbilled", _unbilled(session)),
        ("agreed", _agreed(session, wanted.as_of, of)),
        ("sold", _sold(session, wanted.as_of)),
        ("written_off", _written_off(session, wanted.as_of)),
        ("invoices", _invoices(session, wanted.as_of)),
    ):
        for customer_id, number in rows.items():
            if of is None or customer_id in of:
                setattr(facts[customer_id], name, number)
    return facts


def _drafts(session: Session) -> dict[int, int]:
    """Drafts of invoices less those of credit notes, per customer, including tax."""
    cents = type_coerce(Document.total, Integer)
    signed = func.sum(case((Document.kind == "credit_note", -cents), else_=cents))
    rows = session.execute(
        select(Document.customer_id, signed)
        .where(
            Document.state == "draft",
            Document.kind.in_(("invoice", "credit_note")),
            Document.customer_id.is_not(None),
        )
        .group_by(Document.customer_id)
    )
    return {row[0]: row[1] for row in rows}


def _unbilled(session: Session) -> dict[int, int]:
    """What is left of accepted quotes after the invoices made from them, per customer."""
    made, last = aliased(Document), aliased(QuoteDecision)
    billed = (
        select(DocumentLink.from_id, func.sum(type_coerce(made.total, Integer)).label("cents"))
        .join(made, made.id == DocumentLink.to_id)
        .where(DocumentLink.kind.in_(("quote", "deposit")), made.kind == "invoice")
        .group_by(DocumentLink.from_id)
        .subquery()
    )
    latest = select(func.max(last.id)).group_by(last.document_id)
    rows = session.execute(
        select(
            Document.customer_id,
            type_coerce(Document.total, Integer) - func.coalesce(billed.c.cents, 0),
        )
        .join(QuoteDecision, QuoteDecision.document_id == Document.id)
        .outerjoin(billed, billed.c.from_id == Document.id)
        .where(QuoteDecision.id.in_(latest), QuoteDecision.outcome == "accepted")
    )
    sums: dict[int, int] = defaultdict(int)
    for customer_id, cents in rows:
        if customer_id is not None:
            sums[customer_id] += max(cents, 0)
    return dict(sums)


def _agreed(session: Session, day: dt.date, of: set[int] | None) -> dict[int, int]:
    """What standing agreements will bill within a month, at the prices of the contract then.

    Per customer, including tax. Invoices that should have been made and were not count too; one
    that cannot be priced now is left out, for its own screen names it.
    """
    sums: dict[int, int] = defaultdict(int)
    owners = {
        row.id: row.customer_id
        for row in session.execute(select(Recurring.id, Recurring.customer_id))
    }
    for each in recurring.due(session, day + dt.timedelta(days=AHEAD)):
        owner = owners[each.recurring_id]
        if of is not None and owner not in of:
            continue
        with contextlib.suppress(Refusal):
            cents = recurring.amount(session, each.recurring_id, each.date).cents
            sums[owner] += max(cents, 0)
    return dict(sums)


def sold_in_all(session: Session, day: dt.date) -> int:
    """Cents that were invoiced to everybody in a year, including tax."""
    return sum(_sold(session, day).values())


def _sold(session: Session, day: dt.date) -> dict[int, int]:
    """What was invoiced in a year, including tax, per customer."""
    return _sums(session, ("invoice", "credit_note"), day, day - dt.timedelta(days=_YEAR))


def _written_off(session: Session, day: dt.date) -> dict[int, int]:
    return {
        customer: -cents
        for customer, cents in _sums(session, ("write_off", "recovery"), day).items()
    }


def _sums(
    session: Session, kinds: tuple[str, ...], day: dt.date, since: dt.date | None = None
) -> dict[int, int]:
    """Sum of ledger entries that were not countered, per customer."""
    void = aliased(LedgerEntry)
    query = (
        select(LedgerEntry.customer_id, func.sum(type_coerce(LedgerEntry.amount, Integer)))
        .outerjoin(void, void.voids_id == LedgerEntry.id)
        .where(LedgerEntry.kind.in_(kinds), LedgerEntry.date <= day, void.id.is_(None))
        .group_by(LedgerEntry.customer_id)
    )
    if since is not None:
        query = query.where(LedgerEntry.date > since)
    return {row[0]: row[1] for row in session.execute(query)}


def _invoices(session: Session, day: dt.date) -> dict[int, int]:
    rows = session.execute(
        select(LedgerEntry.customer_id, func.count())
        .where(LedgerEntry.kind == "invoice", LedgerEntry.date <= day)
        .group_by(LedgerEntry.customer_id)
    )
    return {row[0]: row[1] for row in rows}


def decisions(session: Session, wanted: Wanted) -> dict[int, Decision]:
    """The latest decision per customer up to the day."""
    return {customer_id: found[-1] for customer_id, found in decided(session, wanted).items()}


def decided(session: Session, wanted: Wanted) -> dict[int, list[Decision]]:
    """Every decision per customer up to the day, the latest last."""
    rows = session.execute(
        select(
            CreditDecision.customer_id,
            CreditDecision.date,
            CreditDecision.credit_limit,
            CreditDecision.term_days,
            CreditDecision.deposit,
            CreditDecision.note,
        )
        .where(CreditDecision.date <= wanted.as_of, *wanted.of(CreditDecision.customer_id))
        .order_by(CreditDecision.date, CreditDecision.id)
    )
    found: dict[int, list[Decision]] = defaultdict(list)
    for row in rows:
        found[row[0]].append(Decision(*row[1:]))
    return found
