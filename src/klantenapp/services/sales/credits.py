"""Credit notes: correcting an issued invoice, in full, by line and quantity, or by an amount.

A credit note takes over the tax, the rates and the prices of its original, refers to its number and
date, and settles it as far as it is open; the rest stays as the customer's credit.
Source: Wet OB art. 34f (a correction refers specifically and unambiguously to the original).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select

from klantenapp import i18n
from klantenapp.i18n import N_
from klantenapp.models.document import Document, DocumentLine, DocumentLink, DocumentTax
from klantenapp.models.values import (
    NO_PERCENT,
    ONE,
    ZERO,
    Quantity,
    UnitPrice,
    spread,
)
from klantenapp.services.errors.base import NotFound
from klantenapp.services.errors.sales import (
    AlreadyCredited,
    CreditsTooMany,
    CreditsTooMuch,
    ImportedDocument,
    NoLines,
    StillADraft,
    WrongKind,
)
from klantenapp.services.ledger import settling
from klantenapp.services.ledger.open_items import document_entry
from klantenapp.services.sales import drafts, issuing
from klantenapp.services.sales.calculating import calculate
from klantenapp.services.sales.inputs import DraftInput, LineInput
from klantenapp.services.store.operations import FINAL, register

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from klantenapp.models.values import Money, Percent
    from klantenapp.services.sales.calculating import Calculated

CREDIT: Final = register("invoice.credit", FINAL)
REISSUE: Final = register("invoice.credit_and_reissue", FINAL)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What to credit; with neither lines nor amount everything that is left.

    Attributes:
        quantities: line id of the original -> quantity to credit.
        amount: with tax; spread over the original's rates.
        date: of the credit note; None is today.
        reason: printed on the credit note.
    """

    quantities: Mapping[int, Quantity] | None = None
    amount: Money | None = None
    date: dt.date | None = None
    reason: str | None = None


@dataclass(frozen=True)
class LineLeft:
    """A line of the original with what of it can still be credited."""

    line_id: int
    position: int
    description: str
    quantity: Quantity
    left: Quantity


def credit(session: Session, document_id: int, wanted: Wanted) -> issuing.Issued:
    """Credit an issued invoice: makes the credit note final and settles the original.

    Raises:
        NotFound, StillADraft, WrongKind, ImportedDocument.
        AlreadyCredited, CreditsTooMuch, CreditsTooMany: nothing or less is left.
        Invalid: see `issuing.issue`.
    """
    original = creditable(session, document_id)
    draft_id = drafts.add(session, "credit_note", _input(session, original, wanted))
    document = drafts.draft_row(session, draft_id)
    document.refers_to_id = original.id
    document.credit_reason = wanted.reason
    session.flush()
    issued = issuing.issue(session, draft_id)
    left = left_to_credit(session, original)
    if left < ZERO:
        raise CreditsTooMuch(original.number or "", left + issued.total)
    _settle(session, original.id, issued)
    return issued


def would_credit(session: Session, document_id: int, wanted: Wanted) -> Calculated:
    """What a credit would come to; nothing is written.

    Raises:
        As `credit`, but for what issuing itself asks.
    """
    original = creditable(session, document_id)
    return calculate(session, _input(session, original, wanted))


def reissue(session: Session, document_id: int) -> int:
    """A new draft with the content of a credited invoice, linked with it.

    Returns:
        Id of the draft.
    """
    new = drafts.copy(session, document_id)
    session.add(DocumentLink(from_id=document_id, to_id=new, kind="reissue"))
    return new


def creditable(session: Session, document_id: int) -> Document:
    """An issued invoice of our own of which something is left to credit.

    Raises:
        NotFound, StillADraft, WrongKind, ImportedDocument, AlreadyCredited.
    """
    document = session.get(Document, document_id)
    if document is None:
        raise NotFound("invoice", str(document_id))
    if document.state != "issued":
        raise StillADraft
    if document.kind != "invoice":
        raise WrongKind(document.number or "", "invoice")
    if document.is_imported:
        raise ImportedDocument(document.number or "")
    if document.total and left_to_credit(session, document) <= ZERO:
        raise AlreadyCredited(document.number or "")
    return document


def left_to_credit(session: Session, original: Document) -> Money:
    """Total of the invoice less what was credited, with tax."""
    credited = session.scalar(
        select(func.sum(Document.total)).where(
            Document.refers_to_id == original.id,
            Document.kind == "credit_note",
            Document.state == "issued",
        )
    )
    return original.total - (credited or ZERO)


def lines_left(session: Session, document_id: int) -> list[LineLeft]:
    """The lines of an invoice with the quantity of each that was not credited yet."""
    credited = dict(
        session.execute(
            select(DocumentLine.credits_line_id, func.sum(DocumentLine.quantity))
            .join(Document, Document.id == DocumentLine.document_id)
            .where(Document.refers_to_id == document_id, Document.state == "issued")
            .group_by(DocumentLine.credits_line_id)
        ).all()
    )
    lines = session.scalars(
        select(DocumentLine)
        .where(DocumentLine.document_id == document_id)
        .order_by(DocumentLine.position)
    )
    return [
        LineLeft(
            line.id,
            line.position,
            line.description,
            line.quantity,
            Quantity(line.quantity.units - credited.get(line.id, Quantity(0)).units),
        )
        for line in lines
        if line.net or line.quantity
    ]


def _input(session: Session, original: Document, wanted: Wanted) -> DraftInput:
    """The original's own terms, so that its tax and prices hold whatever changed since."""
    before = drafts.read(session, original.id)
    amount = wanted.amount
    left = left_to_credit(session, original)
    if amount is None and wanted.quantities is None and left != original.total:
        # Part was credited: what remains is taken to the cent, not line by line.
        amount = left
    if amount is not None:
        lines = _by_amount(session, original, amount)
    else:
        lines = _by_quantity(session, original, before, wanted.quantities)
    supplied = before.supply_to or before.supply_from or original.date
    return DraftInput(
        customer_id=original.customer_id,
        date=wanted.date,
        supply_from=before.supply_from or supplied,
        supply_to=supplied,
        language=original.language,
        contact_id=before.contact_id,
        customer_reference=before.customer_reference,
        payment_term_id=before.payment_term_id,
        payment_method_id=before.payment_method_id,
        price_list_id=before.price_list_id,
        delivery_address_id=before.delivery_address_id,
        tax_treatment=original.tax_treatment,
        fixed_tax_percent=original.fixed_tax_percent,
        exemption_reason=original.exemption_reason,
        prices_include_tax=True if amount is not None else original.prices_include_tax,
        total_discount=NO_PERCENT if amount is not None else original.total_discount or NO_PERCENT,
        intro=wanted.reason,
        lines=lines,
    )


def _by_quantity(
    session: Session,
    original: Document,
    before: DraftInput,
    quantities: Mapping[int, Quantity] | None,
) -> tuple[LineInput, ...]:
    rows = {
        row.id: row
        for row in session.scalars(
            select(DocumentLine).where(DocumentLine.document_id == original.id)
        )
    }
    lines = []
    for left, typed in zip(lines_left(session, original.id), before.lines, strict=False):
        quantity = left.left if quantities is None else quantities.get(left.line_id, Quantity(0))
        if not quantity:
            continue
        if abs(quantity.units) > abs(left.left.units):
            raise CreditsTooMany(left.position)
        row = rows[left.line_id]
        lines.append(
            LineInput(
                item_id=row.item_id,
                description=row.description,
                details=row.details,
                quantity=quantity,
                unit=row.unit,
                unit_price=row.unit_price,
                discount=row.discount or typed.discount,
                tax_code_id=row.tax_code_id,
                nature=row.nature,
                credits_line_id=row.id,
            )
        )
    if not lines:
        raise NoLines
    return tuple(lines)


def _by_amount(session: Session, original: Document, amount: Money) -> tuple[LineInput, ...]:
    """One line per rate of the original, with its share of the amount; the amounts include tax."""
    left = left_to_credit(session, original)
    if amount <= ZERO or amount > left:
        raise CreditsTooMuch(original.number or "", left)
    rates = _rates_left(session, original)
    text = i18n.translator(original.language or "nl").gettext(N_("Credit on invoice {number}"))
    shares = spread(amount, [max(0, gross.cents) for gross in rates.values()])
    lines = []
    for (category, percent), share in zip(rates, shares, strict=True):
        line = session.scalars(
            select(DocumentLine)
            .where(
                DocumentLine.document_id == original.id,
                DocumentLine.tax_category == category,
                func.coalesce(DocumentLine.tax_percent, 0) == percent,
            )
            .order_by(DocumentLine.position)
        ).first()
        if not share or line is None:
            continue
        lines.append(
            LineInput(
                description=text.format(number=original.number),
                quantity=ONE,
                unit_price=UnitPrice.of(share),
                tax_code_id=line.tax_code_id,
                nature=line.nature,
            )
        )
    if not lines:
        raise NoLines
    return tuple(lines)


def _rates_left(session: Session, original: Document) -> dict[tuple[str, Percent], Money]:
    """Category and rate -> base and tax of the original that were not credited yet."""
    taxes = session.execute(
        select(
            Document.kind,
            DocumentTax.category,
            DocumentTax.percent,
            DocumentTax.base,
            DocumentTax.tax,
        )
        .join(Document, Document.id == DocumentTax.document_id)
        .where(
            (Document.id == original.id)
            | ((Document.refers_to_id == original.id) & (Document.state == "issued"))
        )
        .order_by(Document.id, DocumentTax.id)
    )
    left: dict[tuple[str, Percent], Money] = {}
    for kind, category, percent, base, tax in taxes:
        gross = base + tax if kind == "invoice" else -(base + tax)
        left[category, percent] = left.get((category, percent), ZERO) + gross
    return left


def _settle(session: Session, original_id: int, issued: issuing.Issued) -> None:
    """The credit note settles its original as far as that is open."""
    try:
        debit = document_entry(session, original_id)
        entry = document_entry(session, issued.document_id)
    except NotFound:
        return
    room = min(debit.open_amount, -entry.open_amount)
    if room > ZERO:
        settling.settle(session, debit, entry, room, entry.date)
