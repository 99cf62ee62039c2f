"""What the example shows: files of the kinds that a user would send or keep."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from klantenapp.models.customer import Customer
from klantenapp.models.document import Document
from klantenapp.services.sales import issuing
from klantenapp.services.store import files
from klantenapp.services.store.file_names import safe

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.orm import Session

    from klantenapp.services.store.administration import Administration


def write(administration: Administration, folder: Path) -> list[Path]:
    """Write the newest document of every kind as PDF; returns the files."""
    written = []
    for name, content in administration.read(_documents):
        path = folder / safe(name)
        path.write_bytes(content)
        written.append(path)
    return written


def _documents(session: Session) -> list[tuple[str, bytes]]:
    """One document per kind of document, customer and tax treatment."""
    newest = (
        select(func.max(Document.id))
        .join(Customer, Customer.id == Document.customer_id)
        .where(Document.state == "issued", Document.is_imported.is_(False))
        .group_by(Document.kind, Document.tax_treatment, Document.language, Customer.kind)
    )
    rows = session.execute(
        select(Document.id, Document.number, Customer.name)
        .join(Customer, Customer.id == Document.customer_id)
        .where(Document.id.in_(newest))
        .order_by(Document.number)
    )
    return [
        (f"{row.number} {row.name}.pdf", files.content(session, issuing.pdf_of(session, row.id)))
        for row in rows.all()
    ]
