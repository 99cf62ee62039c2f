"""What happened to one document: what settled it, and every operation on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from klantenapp.models.audit import AuditEntry, AuditImage
from klantenapp.models.ledger import LedgerEntry, Settlement
from klantenapp.services.errors.base import NotFound
from klantenapp.services.ledger.open_items import document_entry

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy.orm import Session

    from klantenapp.models.values import Money


@dataclass(frozen=True)
class Settled:
    """One line of a document's account.

    Attributes:
        id: of the settlement; 0 for the document itself.
        kind: of the entry on the other side; "released" for a counter-row.
        amount: what it takes off (negative) or puts back.
        left: what stays open after it.
        standing: it can be released.
        document_id: of the entry on the other side, where it has one.
    """

    id: int
    date: dt.date
    kind: str
    reference: str | None
    amount: Money
    left: Money
    standing: bool
    document_id: int | None


@dataclass(frozen=True)
class Happened:
    """One operation on a document."""

    at: dt.datetime
    operation: str
    origin: str


def settlements(session: Session, document_id: int) -> list[Settled]:
    """The document and everything that settled it, oldest first; empty where nothing was posted."""
    try:
        entry = document_entry(session, document_id)
    except NotFound:
        return []
    whole = abs(entry.amount)
    found = [
        Settled(
            id=0,
            date=entry.date,
            kind=entry.kind,
            reference=entry.reference,
            amount=whole,
            left=whole,
            standing=False,
            document_id=document_id,
        )
    ]
    other = aliased(LedgerEntry)
    rows = session.execute(
        select(Settlement, other)
        .join(
            other,
            or_(
                (Settlement.debit_id == entry.id) & (other.id == Settlement.credit_id),
                (Settlement.credit_id == entry.id) & (other.id == Settlement.debit_id),
            ),
        )
        .order_by(Settlement.id)
    ).all()
    taken_back = {settlement.counters_id for settlement, _other in rows}
    left = whole
    for settlement, counterpart in rows:
        left -= settlement.amount
        counter = settlement.counters_id is not None
        found.append(
            Settled(
                settlement.id,
                settlement.date if counter else max(counterpart.date, entry.date),
                "released" if counter else counterpart.kind,
                counterpart.reference,
                -settlement.amount,
                left,
                not counter and settlement.id not in taken_back,
                counterpart.document_id,
            )
        )
    return found


def operations_on(session: Session, document_id: int) -> list[Happened]:
    """Every operation that touched the document, newest first; autosaves count once."""
    rows = session.execute(
        select(AuditEntry.at, AuditEntry.operation, AuditEntry.origin, AuditEntry.group_key)
        .join(AuditImage, AuditImage.entry_id == AuditEntry.id)
        .where(AuditImage.table_name == "document", AuditImage.row_id == document_id)
        .order_by(AuditEntry.id.desc())
    )
    found, seen = [], set()
    for at, operation, origin, group in rows:
        if group is not None and group in seen:
            continue
        seen.add(group)
        found.append(Happened(at, operation, origin))
    return found
