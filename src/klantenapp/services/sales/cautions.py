"""What deserves a look before a document is final, and forbids nothing."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

from klantenapp.models.customer import Customer
from klantenapp.models.document import Document
from klantenapp.services.customers import term_limits
from klantenapp.services.errors.sales import CharactersLost
from klantenapp.services.sales import drafts, snapshots, validating
from klantenapp.services.sales.calculating import calculate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from klantenapp.services.rendering.snapshot import DocumentSnapshot
    from klantenapp.services.sales.calculating import Calculated
    from klantenapp.services.sales.inputs import DraftInput
    from klantenapp.services.sales.validating import Problem


def cautions(
    session: Session, kind: str, draft: DraftInput, calculated: Calculated
) -> list[Problem]:
    """A limit that is passed, a term that the law finds long, characters that cannot be printed.

    Returns:
        (field, failure) pairs, in the order of the form.
    """
    found: list[Problem] = []
    if kind == "invoice" and draft.customer_id is not None:
        passed = validating.credit_limit_passed(session, draft.customer_id, calculated)
        if passed is not None:
            found.append(("customer", passed))
        found += _of_term(session, draft.customer_id, calculated)
    snapshot = snapshots.build(session, draft, calculated, snapshots.Frame(kind=kind))
    lost = lost_characters(snapshot)
    if lost:
        found.append(("lines", CharactersLost(" ".join(lost))))
    return found


def of_document(session: Session, document_id: int) -> list[Problem]:
    """The same of a stored draft; nothing of what was issued.

    Raises:
        NotFound: no such document.
    """
    typed = drafts.read(session, document_id)
    document = session.get_one(Document, document_id)
    if document.state != "draft":
        return []
    return cautions(session, document.kind, typed, calculate(session, typed))


def lost_characters(snapshot: DocumentSnapshot) -> str:
    """Characters that the font of documents lacks, so that paper shows a square; each once."""
    from klantenapp.services.rendering.pdf import fonts  # noqa: PLC0415 - ReportLab loads late

    return fonts.unprintable("".join(text for text in _texts(snapshot) if not text.isascii()))


def _of_term(session: Session, customer_id: int, calculated: Calculated) -> Iterator[Problem]:
    """The days between invoice and due day, whatever set them."""
    customer = session.get_one(Customer, customer_id)
    days = (calculated.due_date - calculated.context.date).days
    found = term_limits.warning(customer.kind, days, large_company=customer.large_company)
    if found is not None:
        yield "due_date", found


def _texts(value: Any) -> Iterator[str]:
    """Every text of a snapshot."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from _texts(each)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _texts(getattr(value, field.name))
