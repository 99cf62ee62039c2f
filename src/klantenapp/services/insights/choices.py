"""What a report can be narrowed down to, and how the business counts its tax."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from klantenapp.models.business import Business
from klantenapp.models.customer import Customer
from klantenapp.services.insights.vat import INVOICE

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

#: More names than this are not offered in one list; a customer's own page leads to its reports.
MOST: Final = 500


def customers(session: Session) -> list[tuple[int, str]]:
    """Ids and names in order of name, the first five hundred; without those that were merged."""
    rows = session.execute(
        select(Customer.id, Customer.name)
        .where(Customer.merged_into_id.is_(None))
        .order_by(Customer.sort_name, Customer.id)
        .limit(MOST)
    )
    return [(row.id, row.name) for row in rows]


def vat_basis(session: Session) -> str:
    """How the business counts its tax: "invoice" or "receipt"."""
    return session.scalar(select(Business.vat_basis)) or INVOICE
