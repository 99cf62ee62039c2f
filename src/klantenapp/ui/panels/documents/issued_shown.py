"""What the page of an issued document shows, in one read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from klantenapp.models.document import Document
from klantenapp.services.sales import account, documents, links, quotes
from klantenapp.services.store import clock, files

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy.orm import Session

    from klantenapp.services.sales.account import Happened, Settled
    from klantenapp.services.sales.documents import DocumentRow
    from klantenapp.services.sales.links import Related


@dataclass(frozen=True)
class Shown:
    """Everything on the page."""

    row: DocumentRow
    settled: list[Settled]
    happened: list[Happened]
    pdf: bytes | None
    issued_at: dt.datetime | None
    credited: bool
    answer: tuple[dt.date, str] | None
    related: list[Related]


def read_shown(session: Session, document_id: int) -> Shown:
    """One read for the whole page."""
    document = session.get_one(Document, document_id)
    pdf = None
    if document.pdf_id is not None:
        pdf = files.content(session, document.pdf_id)
    found = documents.row(session, document_id, clock.today())
    return Shown(
        found,
        account.settlements(session, document_id),
        account.operations_on(session, document_id),
        pdf,
        document.issued_at,
        found.status == "credited",
        quotes.answer(session, document_id) if found.kind == "quote" else None,
        links.related(session, document_id),
    )
