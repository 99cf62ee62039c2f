"""Drafts brought up to the agreements of today: typed prices stay, the rest follows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from klantenapp.models.document import Document, DocumentLine
from klantenapp.services.sales import drafts
from klantenapp.services.sales.calculating import calculate
from klantenapp.services.store.operations import REVERSIBLE, register

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlalchemy.orm import Session

    from klantenapp.services.sales.calculating import Calculated, CalculatedLine

REPRICE: Final = register("draft.reprice", REVERSIBLE)


@dataclass(frozen=True)
class Repriced:
    """What became of the drafts.

    Attributes:
        documents: how many drafts changed. lines: how many lines got another price or discount.
    """

    documents: int
    lines: int


def reprice(session: Session, document_ids: Iterable[int]) -> Repriced:
    """Give the lines of drafts the price that holds now; undone in one step.

    Only lines whose price was not typed change. Issued documents among the ids stay as they are,
    and a draft whose prices hold already is not touched, so doing it twice changes nothing.
    """
    documents = lines = 0
    for document_id in document_ids:
        row = session.get(Document, document_id)
        if row is None or row.state != "draft":
            continue
        changed = stale_lines(session, document_id)
        if changed:
            drafts.save(session, document_id, drafts.read(session, document_id))
            documents += 1
            lines += changed
    return Repriced(documents, lines)


def stale(session: Session, customer_ids: Iterable[int] | None = None) -> dict[int, int]:
    """Drafts whose lines would get another price now: id of the document -> how many lines.

    Args:
        customer_ids: look only at drafts of these customers; None is every draft.
    """
    query = select(Document.id).where(Document.state == "draft", Document.kind != "credit_note")
    if customer_ids is not None:
        query = query.where(Document.customer_id.in_(list(customer_ids)))
    found = {
        document_id: stale_lines(session, document_id)
        for document_id in session.scalars(query.order_by(Document.id))
    }
    return {document_id: lines for document_id, lines in found.items() if lines}


def stale_lines(session: Session, document_id: int) -> int:
    """How many lines of a draft would get another price, discount or source now."""
    calculated = calculate(session, drafts.read(session, document_id))
    stored = {
        row.id: (row.unit_price, row.discount, row.source, row.source_id)
        for row in session.execute(
            select(
                DocumentLine.id,
                DocumentLine.unit_price,
                DocumentLine.discount,
                DocumentLine.source,
                DocumentLine.source_id,
            ).where(DocumentLine.document_id == document_id)
        )
    }
    return sum(
        1
        for line in _priced(calculated.lines)
        if stored.get(line.typed.id or 0)
        != (line.unit_price, line.discount, str(line.source), line.source_id)
    )


def moved(before: Calculated, now: Calculated) -> int:
    """How many lines follow agreements and got another price or discount by a change.

    A line counts where it still has the same item in the same place.
    """
    pairs = zip(before.lines, now.lines, strict=False)
    kept = [(was, line) for was, line in pairs if was.typed.item_id == line.typed.item_id]
    follows = set(map(id, _priced(now.lines)))
    return sum(
        (was.unit_price, was.discount) != (line.unit_price, line.discount)
        for was, line in kept
        if id(line) in follows and was.typed.unit_price is None
    )


def _priced(lines: Iterable[CalculatedLine]) -> Iterator[CalculatedLine]:
    """Lines that follow agreements and have a price."""
    for line in lines:
        if line.typed.item_id is not None and line.typed.unit_price is None and not line.problem:
            yield line
