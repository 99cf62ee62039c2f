"""Making a draft final: checked, numbered, frozen, posted and stored, all at once or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from klantenapp.models.business import Business
from klantenapp.models.document import Document, DocumentTax
from klantenapp.models.file import StoredFile
from klantenapp.models.values import NO_PERCENT
from klantenapp.services.errors.base import Invalid
from klantenapp.services.errors.sales import ImportedDocument, StillADraft
from klantenapp.services.ledger.posting import Posting, post
from klantenapp.services.rendering import canonical
from klantenapp.services.sales import drafts, numbering, snapshots, validating
from klantenapp.services.store import clock, files
from klantenapp.services.store.operations import FINAL, register

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from klantenapp.models.values import Money
    from klantenapp.services.rendering.snapshot import DocumentSnapshot, Reference
    from klantenapp.services.sales.calculating import Calculated
    from klantenapp.services.sales.inputs import DraftInput

ISSUE: Final = register("document.issue", FINAL)


@dataclass(frozen=True)
class Issued:
    """A document that was made final."""

    document_id: int
    kind: str
    number: str
    total: Money


def issue(session: Session, document_id: int) -> Issued:
    """Make a draft final: validate, number, freeze, post, render and store; all or nothing.

    Raises:
        Invalid: what the law or the business still asks, at each field.
        NotADraft, NotFound: see `drafts`.
        DateBeforeLast, PeriodLocked: the date cannot be used.
    """
    document = drafts.draft_row(session, document_id)
    draft = drafts.read(session, document_id)
    calculated = drafts.save(session, document_id, draft)
    found = validating.problems(session, document.kind, draft, calculated)
    if found:
        raise Invalid(tuple(found))
    date = calculated.context.date
    number = numbering.take(session, document.kind, date)
    snapshot = snapshots.build(
        session,
        draft,
        calculated,
        snapshots.Frame(
            kind=document.kind,
            number=number.text,
            refers_to=_original(session, document),
            attachments_of=document.id,
        ),
    )
    _store_taxes(session, document, calculated)
    document.pdf_id = files.store(session, render(session, snapshot), "application/pdf")
    _freeze(document, calculated, snapshot)
    document.series_id, document.series_year = number.series_id, number.year
    document.series_number, document.number = number.number, number.text
    document.state, document.issued_at = "issued", clock.now()
    session.flush()
    _post(session, document)
    return Issued(document.id, document.kind, number.text, document.total)


def render(session: Session, snapshot: DocumentSnapshot) -> bytes:
    """The document as PDF, with the business's logo."""
    from klantenapp.services.rendering.pdf import invoice  # noqa: PLC0415 - ReportLab loads late

    return invoice.render(snapshot, logo(session))


def logo(session: Session) -> bytes | None:
    """Bytes of the business's logo, where it has one."""
    return session.scalar(
        select(StoredFile.content)
        .join(Business, Business.logo_id == StoredFile.id)
        .where(Business.id == 1)
    )


def pdf_of(session: Session, document_id: int) -> int:
    """Id of the stored PDF of an issued document.

    Raises:
        StillADraft: there is none yet. ImportedDocument: it came from another program.
    """
    document = session.get_one(Document, document_id)
    if document.pdf_id is None:
        if document.is_imported:
            raise ImportedDocument(document.number or "")
        raise StillADraft
    return document.pdf_id


def preview(
    session: Session, kind: str, draft: DraftInput, calculated: Calculated
) -> DocumentSnapshot:
    """The draft as it would be printed: no number, no QR code."""
    return snapshots.build(session, draft, calculated, snapshots.Frame(kind=kind))


def _original(session: Session, document: Document) -> Reference | None:
    if document.refers_to_id is None:
        return None
    return snapshots.reference_to(session.get_one(Document, document.refers_to_id))


def _store_taxes(session: Session, document: Document, calculated: Calculated) -> None:
    boxes = calculated.boxes
    for rate in calculated.totals.rates:
        session.add(
            DocumentTax(
                document_id=document.id,
                category=rate.category.value,
                percent=rate.percent or NO_PERCENT,
                box=boxes[rate.category, rate.percent],
                base=rate.base,
                tax=rate.tax,
            )
        )
    # Lines and taxes must be in before the document is: triggers freeze them with it.
    session.flush()


def _freeze(document: Document, calculated: Calculated, snapshot: DocumentSnapshot) -> None:
    terms = calculated.context.terms
    document.date = calculated.context.date
    document.due_date = calculated.due_date if document.kind == "invoice" else None
    document.valid_until = snapshot.valid_until
    document.language = terms.language.value
    document.payment_term_id = terms.payment_term.value.id
    document.payment_method_id = terms.payment_method.value.id
    document.price_list_id = terms.price_list.value.id if terms.price_list.value else None
    document.tax_treatment = terms.tax.value.treatment
    document.fixed_tax_percent = terms.tax.value.fixed_percent
    document.exemption_reason = terms.tax.value.exemption_reason
    document.prices_include_tax = calculated.context.prices_include_tax
    document.total_discount = terms.total_discount.value
    # The snapshot names who it was for; the person may leave the customer later.
    document.contact_id = None
    document.net_total = calculated.totals.net
    document.tax_total = calculated.totals.tax
    document.total = calculated.totals.total
    document.snapshot = canonical.to_json(snapshot)
    document.snapshot_digest = canonical.digest(snapshot)


def _post(session: Session, document: Document) -> None:
    """An invoice is owed, a credit note is in the customer's favour, a quote is neither."""
    if document.kind == "quote" or not document.total:
        return
    if document.date is None or document.customer_id is None:
        raise AssertionError(document.id)
    is_invoice = document.kind == "invoice"
    post(
        session,
        Posting(
            customer_id=document.customer_id,
            kind=document.kind,
            date=document.date,
            due_date=document.due_date,
            amount=document.total if is_invoice else -document.total,
            document_id=document.id,
            reference=document.number,
        ),
    )
