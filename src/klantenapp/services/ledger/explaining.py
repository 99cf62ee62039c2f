"""What each movement on a customer's account was about: what was sold, what was settled by it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from klantenapp.models.document import Document, DocumentLine
from klantenapp.models.ledger import LedgerEntry, Settlement
from klantenapp.models.values import ZERO

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True)
class About:
    """What one ledger entry was about.

    Attributes:
        description: of the first line of its document; empty for others.
        settled: numbers of what a credit entry settles now, oldest first.
        is_part: it settles one document, and less than the whole of it.
    """

    description: str = ""
    settled: tuple[str, ...] = ()
    is_part: bool = False


def explain(session: Session, customer_id: int) -> dict[int, About]:
    """Entry id -> what it was about, for every movement of a customer that there is more to say."""
    sold = _descriptions(session, customer_id)
    found = {entry: About(description=text) for entry, text in sold.items()}
    for entry, numbers, is_part in _settled(session, customer_id):
        found[entry] = About(sold.get(entry, ""), numbers, is_part)
    return found


def _descriptions(session: Session, customer_id: int) -> dict[int, str]:
    first = (
        select(DocumentLine.document_id, func.min(DocumentLine.position).label("position"))
        .join(Document, Document.id == DocumentLine.document_id)
        .where(Document.customer_id == customer_id, DocumentLine.description != "")
        .group_by(DocumentLine.document_id)
        .subquery()
    )
    rows = session.execute(
        select(LedgerEntry.id, DocumentLine.description)
        .join(first, first.c.document_id == LedgerEntry.document_id)
        .join(
            DocumentLine,
            (DocumentLine.document_id == first.c.document_id)
            & (DocumentLine.position == first.c.position),
        )
        .where(LedgerEntry.customer_id == customer_id)
    )
    return {row.id: row.description for row in rows}


def _settled(session: Session, customer_id: int) -> list[tuple[int, tuple[str, ...], bool]]:
    """Per credit entry what it settles, counter-rows taken off."""
    credit, debit = aliased(LedgerEntry), aliased(LedgerEntry)
    amount = func.sum(Settlement.amount)
    rows = session.execute(
        select(
            credit.id,
            func.coalesce(debit.reference, Document.number).label("number"),
            amount.label("settled"),
            debit.amount.label("whole"),
        )
        .join(Settlement, Settlement.credit_id == credit.id)
        .join(debit, debit.id == Settlement.debit_id)
        .outerjoin(Document, Document.id == debit.document_id)
        .where(credit.customer_id == customer_id)
        .group_by(credit.id, debit.id)
        .having(amount > ZERO)
        .order_by(credit.id, debit.date, debit.id)
    )
    grouped: dict[int, list[tuple[str, bool]]] = defaultdict(list)
    for row in rows:
        grouped[row.id].append((row.number or "", row.settled < row.whole))
    return [
        (entry, tuple(number for number, _part in each if number), len(each) == 1 and each[0][1])
        for entry, each in grouped.items()
    ]
