"""What crediting would do, said before it is done: number, settlement, freed money, tax."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from klantenapp.models.document import DocumentTax
from klantenapp.models.values import ZERO
from klantenapp.services.errors.base import NotFound
from klantenapp.services.ledger.open_items import document_entry, open_items
from klantenapp.services.sales import credits as crediting
from klantenapp.services.sales import numbering
from klantenapp.services.store import clock

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy.orm import Session

    from klantenapp.models.document import Document
    from klantenapp.models.values import Money


@dataclass(frozen=True)
class OtherInvoice:
    """Another open invoice, on which freed money could be used."""

    document_id: int
    number: str
    open_amount: Money


@dataclass(frozen=True)
class CreditPlan:
    """What can be credited, and what it would do.

    Attributes:
        upcoming: number that the credit note would get.
        left: what can be credited, with tax.
        open_amount: of the original.
        lines: lines with the quantity left of each.
        boxes: return boxes of the original's tax.
        other: the customer's oldest other open invoice.
    """

    number: str
    total: Money
    upcoming: str
    date: dt.date
    left: Money
    open_amount: Money
    lines: tuple[crediting.LineLeft, ...]
    boxes: tuple[str, ...]
    other: OtherInvoice | None

    def settled(self, amount: Money) -> Money:
        """What of a credit settles the original."""
        return min(amount, self.open_amount)

    def freed(self, amount: Money) -> Money:
        """What of a credit was paid already and becomes free."""
        return amount - self.settled(amount)


def plan(session: Session, document_id: int) -> CreditPlan:
    """Look at an invoice that may be credited.

    Raises:
        NotFound, StillADraft, WrongKind, ImportedDocument, AlreadyCredited.
    """
    original = crediting.creditable(session, document_id)
    today = clock.today()
    boxes = session.scalars(
        select(DocumentTax.box).where(DocumentTax.document_id == document_id).distinct()
    )
    return CreditPlan(
        number=original.number or "",
        total=original.total,
        upcoming=numbering.preview(session, "credit_note", today),
        date=today,
        left=crediting.left_to_credit(session, original),
        open_amount=_open(session, document_id),
        lines=tuple(crediting.lines_left(session, document_id)),
        boxes=tuple(sorted(box for box in boxes if box != "none")),
        other=_other(session, original),
    )


def _open(session: Session, document_id: int) -> Money:
    try:
        return document_entry(session, document_id).open_amount
    except NotFound:
        return ZERO


def _other(session: Session, original: Document) -> OtherInvoice | None:
    for item in open_items(session, customer_id=original.customer_id, credits_too=False):
        if item.document_id is not None and item.document_id != original.id:
            return OtherInvoice(item.document_id, item.number or "", item.open_amount)
    return None
