"""The lines of a quote: what each offers, and how much of it was invoiced already."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from klantenapp.models.document import Document, DocumentLine, DocumentLink
from klantenapp.models.values import Quantity

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from klantenapp.models.values import Money, Percent, UnitPrice


@dataclass(frozen=True)
class QuoteLine:
    """A line that can be invoiced.

    Attributes:
        position: from 1, as on the quote.
        left: quantity that is on no invoice yet, drafts among them.
        price, discount: as the quote shows them.
        mark: "", "optional", or "alternative": instead of the line before it.
    """

    line_id: int
    position: int
    description: str
    unit: str | None
    quantity: Quantity
    left: Quantity
    price: UnitPrice
    discount: Percent | None
    mark: str

    @property
    def amount(self) -> Money:
        """Of the whole line, as the quote shows its prices."""
        return self.price.times(self.quantity, self.discount)


def quote_lines(session: Session, quote_id: int) -> list[QuoteLine]:
    """Every line of a quote, in order."""
    invoiced = _invoiced(session, quote_id)
    rows = session.scalars(
        select(DocumentLine)
        .where(DocumentLine.document_id == quote_id)
        .order_by(DocumentLine.position, DocumentLine.id)
    )
    return [
        QuoteLine(
            line_id=row.id,
            position=row.position,
            description=row.description,
            unit=row.unit,
            quantity=row.quantity,
            left=_rest(row.quantity, invoiced.get(row.id, Quantity(0))),
            price=row.unit_price,
            discount=row.discount,
            mark="optional" if row.optional else "alternative" if row.alternative else "",
        )
        for row in rows
    ]


def credited_in_full(session: Session, document: Document) -> bool:
    """Whether credit notes took back all of an invoice."""
    credited = session.scalar(
        select(func.sum(Document.total)).where(
            Document.refers_to_id == document.id, Document.state == "issued"
        )
    )
    return credited is not None and credited >= document.total


def invoices_of(session: Session, quote_id: int, kind: str = "quote") -> list[Document]:
    """Invoices of a quote, drafts among them, but for those that were credited in full.

    Args:
        kind: "quote" for its lines, "deposit" for parts in advance.
    """
    found = session.scalars(
        select(Document)
        .join(DocumentLink, DocumentLink.to_id == Document.id)
        .where(DocumentLink.from_id == quote_id, DocumentLink.kind == kind)
        .order_by(Document.id)
    )
    return [each for each in found if not credited_in_full(session, each)]


def _invoiced(session: Session, quote_id: int) -> dict[int, Quantity]:
    ids = [each.id for each in invoices_of(session, quote_id)]
    rows = session.execute(
        select(DocumentLine.credits_line_id, func.sum(DocumentLine.quantity))
        .where(DocumentLine.document_id.in_(ids), DocumentLine.credits_line_id.is_not(None))
        .group_by(DocumentLine.credits_line_id)
    )
    return {line: quantity for line, quantity in rows if line is not None}


def _rest(whole: Quantity, done: Quantity) -> Quantity:
    left = whole.units - done.units
    return Quantity(max(0, left) if whole.units >= 0 else min(0, left))
