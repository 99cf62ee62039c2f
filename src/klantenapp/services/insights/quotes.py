"""Quotes won and lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, select

from klantenapp import i18n
from klantenapp.i18n import N_, _
from klantenapp.models.customer import Customer
from klantenapp.models.document import Document, QuoteDecision
from klantenapp.models.values import WHOLE, Percent, divide_half_up, total
from klantenapp.services.insights.table import Column, ReportTable, Word, figure
from klantenapp.services.insights.wanted import told

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from klantenapp.services.insights.table import Figure
    from klantenapp.services.insights.wanted import Wanted

NAME: Final = "quotes"
_OUTCOMES: Final = {
    "accepted": N_("Accepted"),
    "declined": N_("Declined"),
    "expired": N_("Expired"),
    "open": N_("Waiting"),
}


def _read(session: Session, wanted: Wanted) -> Sequence[Any]:
    latest = (
        select(func.max(QuoteDecision.id))
        .where(QuoteDecision.document_id == Document.id, QuoteDecision.date <= wanted.as_of)
        .correlate(Document)
        .scalar_subquery()
    )
    query = (
        select(
            Document.id,
            Document.date,
            Document.number,
            Customer.number,
            Customer.name,
            Document.net_total,
            Document.valid_until,
            QuoteDecision.outcome,
            QuoteDecision.date,
            QuoteDecision.note,
        )
        .join(Customer, Customer.id == Document.customer_id)
        .outerjoin(QuoteDecision, QuoteDecision.id == latest)
        .where(
            Document.kind == "quote",
            Document.state == "issued",
            Document.date <= wanted.as_of,
            *wanted.within(Document.date),
        )
        .order_by(Document.date, Document.id)
    )
    query = query.where(*wanted.of(Document.customer_id))
    return session.execute(query).all()


def report(session: Session, wanted: Wanted) -> ReportTable:
    """Quotes by date with their outcome on the day, and what share of the decided ones was won.

    A quote counts as accepted or declined by the customer's latest answer, as expired after its
    last day without an answer, and as waiting until then. Won is accepted over accepted, declined
    and expired together, by number and by amount without tax.
    """
    rows = _read(session, wanted)
    outcomes = [_outcome(row[7], row[6], wanted.as_of) for row in rows]
    decided = [
        (outcome, row[5]) for outcome, row in zip(outcomes, rows, strict=True) if outcome != "open"
    ]
    won = [net for outcome, net in decided if outcome == "accepted"]
    return ReportTable(
        NAME,
        _("Quotes"),
        _("Quotes by date, without tax, with the latest answer of the customer."),
        told(session, wanted, as_of=True, period=True),
        (
            Column("date", _("Date"), "date"),
            Column("number", _("Quote")),
            Column("customer_number", _("Number")),
            Column("customer", _("Customer")),
            Column("net", _("Amount"), "money"),
            Column("outcome", _("Outcome")),
            Column("decided", _("Answered"), "date"),
            Column("days", _("Days to answer"), "int"),
            Column("note", _("Note")),
        ),
        tuple(
            (
                row[1],
                row[2],
                row[3],
                row[4],
                row[5],
                Word(_(_OUTCOMES[outcome]), outcome),
                row[8],
                _days(row[1], row[8]),
                row[9],
            )
            for outcome, row in zip(outcomes, rows, strict=True)
        ),
        (None, None, None, None, total(row[5] for row in rows), None, None, None, None),
        tuple(("invoice", row[0]) for row in rows),
        (
            _won("number", _("Won by number"), len(won), len(decided)),
            _won(
                "amount",
                _("Won by amount"),
                total(won).cents,
                total(net for _outcome, net in decided).cents,
            ),
        ),
    )


def _days(start: dt.date | None, end: dt.date | None) -> int | None:
    return (end - start).days if start is not None and end is not None else None


def _outcome(answer: str | None, valid_until: dt.date | None, day: dt.date) -> str:
    if answer is not None:
        return answer
    return "expired" if valid_until is not None and valid_until < day else "open"


def _won(code: str, label: str, part: int, whole: int) -> Figure:
    if whole <= 0:
        return figure(f"won_by_{code}_percent", label, "–", None)
    share = Percent(divide_half_up(part * WHOLE, whole))
    return figure(f"won_by_{code}_percent", label, i18n.percent(share.points, 0), share)
