"""What crediting would do, said before it is done: number, settlement, freed money, tax."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from klantenapp.models.values import ZERO
from klantenapp.services.errors.base import NotFound
from klantenapp.services.ledger.open_items import document_entry, open_items
from klantenapp.services.messages import drafting
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
class BoxEffect:
    """What a box of the tax return goes down by."""

    box: str
    base: Money
    tax: Money


@dataclass(frozen=True)
class Effect:
    """What a choice comes to: with tax, and per box of the return."""

    total: Money
    boxes: tuple[BoxEffect, ...]


@dataclass(frozen=True)
class CreditPlan:
    """What can be credited, and what it would do.

    Attributes:
        upcoming: number that the credit note would get.
        left: what can be credited, with tax.
        open_amount: of the original.
        lines: lines with the quantity left of each.
        receivers: addresses that the credit note can be mailed to.
        other: the customer's oldest other open invoice.
    """

    number: str
    total: Money
    upcoming: str
    date: dt.date
    left: Money
    open_amount: Money
    lines: tuple[crediting.LineLeft, ...]
    receivers: tuple[str, ...]
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
    return CreditPlan(
        number=original.number or "",
        total=original.total,
        upcoming=numbering.preview(session, "credit_note", today),
        date=today,
        left=crediting.left_to_credit(session, original),
        open_amount=_open(session, document_id),
        lines=tuple(crediting.lines_left(session, document_id)),
        receivers=_receivers(session, original),
        other=_other(session, original),
    )


def effect(session: Session, document_id: int, wanted: crediting.Wanted) -> Effect:
    """What a choice would come to; nothing is written.

    Raises:
        As `credits.credit`, but for what issuing itself asks.
    """
    found = crediting.would_credit(session, document_id, wanted)
    boxes: dict[str, tuple[Money, Money]] = {}
    for rate in found.totals.rates:
        box = found.boxes[rate.category, rate.percent]
        base, tax = boxes.get(box, (ZERO, ZERO))
        boxes[box] = base + rate.base, tax + rate.tax
    return Effect(
        found.totals.total,
        tuple(BoxEffect(box, *sums) for box, sums in sorted(boxes.items()) if box != "none"),
    )


def _receivers(session: Session, original: Document) -> tuple[str, ...]:
    if original.customer_id is None or drafting.sender(session) is None:
        return ()
    people = drafting.recipients(session, original.customer_id, "invoices")
    return tuple(one.email for one in people)


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
