"""Drafts: saved whole at each change, computed anew each time, deleted with undo."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from klantenapp.models.customer import Customer
from klantenapp.models.document import Document, DocumentLine, DocumentLink, RecurringRun
from klantenapp.models.values import WHOLE, ZERO, Money
from klantenapp.services.errors.agreements import DiscountOutOfRange
from klantenapp.services.errors.base import NotFound
from klantenapp.services.errors.sales import AmountTooLarge, ChangedMeanwhile, NotADraft
from klantenapp.services.sales.calculating import calculate
from klantenapp.services.sales.inputs import HEADER, DraftInput, LineInput
from klantenapp.services.store import clock
from klantenapp.services.store.operations import REVERSIBLE, register

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from klantenapp.services.sales.calculating import Calculated, CalculatedLine

#: Most that one line can come to.
LARGEST: Final = Money(99_999_999_999_99)

SAVE: Final = register("draft.save", REVERSIBLE)
ADD: Final = register("draft.add", REVERSIBLE)
DELETE: Final = register("draft.delete", REVERSIBLE)
COPY: Final = register("document.copy", REVERSIBLE)


def add(session: Session, kind: str, draft: DraftInput) -> int:
    """Make a draft of a kind: invoice, credit_note or quote.

    Returns:
        Id of the document.
    """
    moment = clock.now()
    document = Document(kind=kind, created_at=moment, changed_at=moment)
    session.add(document)
    session.flush()
    save(session, document.id, draft)
    return document.id


def save(
    session: Session, document_id: int, draft: DraftInput, revision: int | None = None
) -> Calculated:
    """Store what is filled in, with what it comes to.

    Args:
        revision: that the user was looking at; None saves over whatever is there.

    Returns:
        The draft as computed, with the ids of its lines.

    Raises:
        NotADraft: it was issued.
        ChangedMeanwhile: somebody else saved since.
        NotFound: no such document, customer or term.
        DiscountOutOfRange: below nothing or above everything.
        AmountTooLarge: more than can be kept, or ever be paid.
    """
    document = draft_row(session, document_id)
    _require_possible(draft)
    if revision is not None and document.revision != revision:
        raise ChangedMeanwhile
    if draft.customer_id is not None and session.get(Customer, draft.customer_id) is None:
        raise NotFound("customer", str(draft.customer_id))
    for name in HEADER:
        setattr(document, name, getattr(draft, name))
    calculated = calculate(session, draft)
    for number, line in enumerate(calculated.lines, start=1):
        if abs(line.amount.cents) > LARGEST.cents:
            raise AmountTooLarge(number, LARGEST)
    lines = _save_lines(session, document_id, calculated)
    document.net_total = max(calculated.totals.net, ZERO)
    document.tax_total = max(calculated.totals.tax, ZERO)
    document.total = max(calculated.totals.total, ZERO)
    document.small_business = calculated.context.small_business
    document.revision += 1
    document.changed_at = clock.now()
    session.flush()
    saved = tuple(
        replace(line, typed=replace(line.typed, id=row.id))
        for line, row in zip(calculated.lines, lines, strict=True)
    )
    return replace(calculated, lines=saved)


def _require_possible(draft: DraftInput) -> None:
    """Discounts and a fixed rate are parts of a whole."""
    parts = [draft.total_discount, draft.fixed_tax_percent, *(one.discount for one in draft.lines)]
    for part in parts:
        if part is not None and not 0 <= part.points <= WHOLE:
            raise DiscountOutOfRange(part)


def draft_row(session: Session, document_id: int) -> Document:
    """The document, which must still be a draft.

    Raises:
        NotFound, NotADraft.
    """
    document = session.get(Document, document_id)
    if document is None:
        raise NotFound("document", str(document_id))
    if document.state != "draft":
        raise NotADraft(document.number or "")
    return document


def read(session: Session, document_id: int) -> DraftInput:
    """A document as input: of a draft what was filled in, of an issued one what was frozen.

    Raises:
        NotFound: no such document.
    """
    document = session.get(Document, document_id)
    if document is None:
        raise NotFound("document", str(document_id))
    lines = tuple(_typed(row) for row in _rows(session, document_id))
    return DraftInput(**{name: getattr(document, name) for name in HEADER}, lines=lines)


def delete(session: Session, document_id: int) -> None:
    """Delete a draft; no number is lost by it.

    Raises:
        NotFound, NotADraft.
    """
    document = draft_row(session, document_id)
    for link in session.scalars(
        select(DocumentLink).where(
            (DocumentLink.from_id == document_id) | (DocumentLink.to_id == document_id)
        )
    ):
        session.delete(link)
    for row in _rows(session, document_id):
        session.delete(row)
    for run in session.scalars(select(RecurringRun).where(RecurringRun.document_id == document_id)):
        # A recurring invoice that the user throws away is passed over, not made again.
        run.document_id, run.state = None, "skipped"
    session.flush()
    session.delete(document)


def copy(session: Session, document_id: int) -> int:
    """Copy a document to a new draft of today with today's prices; a quote becomes a new quote.

    Typed prices stay; everything that an agreement or a list priced is priced anew. A copy of a
    credit note is an invoice: what was credited by mistake is charged again.

    Returns:
        Id of the new draft.

    Raises:
        NotFound: no such document.
    """
    original = read(session, document_id)
    kind = "quote" if session.get_one(Document, document_id).kind == "quote" else "invoice"
    lines = tuple(replace(line, id=None, credits_line_id=None) for line in original.lines)
    fresh = replace(
        original,
        date=None,
        due_date=None,
        valid_until=None,
        supply_from=None,
        supply_to=None,
        note=None,
        lines=lines,
    )
    new = add(session, kind, fresh)
    session.add(DocumentLink(from_id=document_id, to_id=new, kind="copy"))
    return new


def _rows(session: Session, document_id: int) -> list[DocumentLine]:
    return list(
        session.scalars(
            select(DocumentLine)
            .where(DocumentLine.document_id == document_id)
            .order_by(DocumentLine.position, DocumentLine.id)
        )
    )


def _typed(row: DocumentLine) -> LineInput:
    return LineInput(
        id=row.id,
        item_id=row.item_id,
        description=row.description,
        details=row.details,
        quantity=row.quantity,
        unit=row.unit,
        unit_price=row.unit_price if row.is_manual_price or row.item_id is None else None,
        discount=row.discount if row.is_manual_discount else None,
        tax_code_id=row.tax_code_id,
        nature=row.nature,
        optional=row.optional,
        alternative=row.alternative,
        credits_line_id=row.credits_line_id,
    )


def _save_lines(session: Session, document_id: int, calculated: Calculated) -> list[DocumentLine]:
    there = {row.id: row for row in _rows(session, document_id)}
    rows = []
    for position, line in enumerate(calculated.lines, start=1):
        row = there.pop(line.typed.id, None) if line.typed.id is not None else None
        if row is None:
            row = DocumentLine(document_id=document_id)
            session.add(row)
        _fill(row, line, position, calculated)
        rows.append(row)
    for row in there.values():
        session.delete(row)
    session.flush()
    return rows


def _fill(row: DocumentLine, line: CalculatedLine, position: int, calculated: Calculated) -> None:
    typed = line.typed
    row.position = position
    row.item_id = typed.item_id
    row.description = line.description
    row.details = line.details
    row.quantity = typed.quantity
    row.unit = line.unit
    row.unit_price = line.unit_price
    row.discount = line.discount
    row.is_manual_price = typed.unit_price is not None
    row.is_manual_discount = typed.discount is not None
    row.source = str(line.source)
    row.source_name = line.source_name or None
    row.source_id = line.source_id
    row.tax_code_id = line.tax_code_id
    row.nature = line.nature
    row.tax_category = line.rule.category.value if line.rule else None
    row.tax_percent = line.rule.percent if line.rule else None
    row.box = (line.rule.box or "none") if line.rule else None
    row.net = line.net
    row.gross = line.amount if calculated.context.prices_include_tax else None
    row.optional = typed.optional
    row.alternative = typed.alternative
    row.credits_line_id = typed.credits_line_id
