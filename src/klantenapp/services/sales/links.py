"""Which documents belong together: quote and invoices, deposit and final invoice, credit, copy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import or_, select

from klantenapp.models.document import Document, DocumentLink

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True)
class Related:
    """Another document, seen from one.

    Attributes:
        link: quote, deposit, copy, reissue or credit.
        forward: it came from this document; else this one came from it.
        kind, number, is_draft: of the other document.
        deposit_kind: deposit or final, where the other is one.
    """

    document_id: int
    link: str
    forward: bool
    kind: str
    number: str | None
    is_draft: bool
    deposit_kind: str | None


def related(session: Session, document_id: int) -> list[Related]:
    """Every document that came from this one or that it came from, oldest first."""
    found = [
        _related(other, link.kind, forward=link.from_id == document_id)
        for link, other in session.execute(
            select(DocumentLink, Document)
            .join(
                Document,
                or_(
                    (DocumentLink.from_id == document_id) & (Document.id == DocumentLink.to_id),
                    (DocumentLink.to_id == document_id) & (Document.id == DocumentLink.from_id),
                ),
            )
            .where(Document.id != document_id)
        )
    ]
    original = session.scalar(select(Document.refers_to_id).where(Document.id == document_id))
    credit = select(Document).where(
        or_(Document.refers_to_id == document_id, Document.id == original)
    )
    found += [
        _related(other, "credit", forward=other.refers_to_id == document_id)
        for other in session.scalars(credit)
    ]
    return sorted(found, key=lambda each: (each.forward, each.document_id))


def _related(other: Document, link: str, *, forward: bool) -> Related:
    return Related(
        other.id,
        link,
        forward,
        other.kind,
        other.number,
        other.state == "draft",
        other.deposit_kind,
    )
