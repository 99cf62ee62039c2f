"""Names for what proposals point at, read once for a whole list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from klantenapp.models.document import Document
from klantenapp.models.ledger import LedgerEntry

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

    from klantenapp.services.receivables.bank_lines import Suggested

#: SQLite takes so many values in one question without complaint.
_PIECE = 10_000


def numbers(session: Session, suggested: Iterable[Suggested]) -> dict[int, str]:
    """Ledger entry -> number of its document, of every entry that a proposal names."""
    wanted = sorted(
        {
            part.item_id
            for each in suggested
            for proposal in each.match.proposals
            for part in proposal.parts
        }
    )
    found: dict[int, str] = {}
    for start in range(0, len(wanted), _PIECE):
        query = (
            select(LedgerEntry.id, func.coalesce(Document.number, LedgerEntry.reference, ""))
            .outerjoin(Document, Document.id == LedgerEntry.document_id)
            .where(LedgerEntry.id.in_(wanted[start : start + _PIECE]))
        )
        found |= {entry_id: number for entry_id, number in session.execute(query)}  # noqa: C416 - a row is no pair to the type checker
    return found
