"""What a report can be narrowed down to, and how the business counts its tax."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from klantenapp.models.business import Business
from klantenapp.models.customer import Customer
from klantenapp.services.customers import labels
from klantenapp.services.errors.insights import GroupUnknown, NoGroups
from klantenapp.services.insights.vat import INVOICE
from klantenapp.services.store import search

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def groups(session: Session) -> list[tuple[int, str]]:
    """Ids and names of the labels that customers can carry, by name."""
    return [(row.id, row.name) for row in labels.labels(session)]


def group(session: Session, name: str) -> int:
    """The label of that name, whatever its capitals.

    Raises:
        NoGroups, GroupUnknown: there is none, or none of that name.
    """
    known = groups(session)
    if not known:
        raise NoGroups
    folded = search.fold(name.strip())
    for label_id, each in known:
        if search.fold(each) == folded:
            return label_id
    raise GroupUnknown(name, tuple(each for _label_id, each in known))


def customer_name(session: Session, customer_id: int | None) -> str:
    """Name of a customer; empty without one."""
    return session.scalar(select(Customer.name).where(Customer.id == customer_id)) or ""


def vat_basis(session: Session) -> str:
    """How the business counts its tax: "invoice" or "receipt"."""
    return session.scalar(select(Business.vat_basis)) or INVOICE
