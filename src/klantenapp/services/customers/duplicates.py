"""Customers that may be the same: one number, one e-mail address, or name and postal code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from klantenapp.models.customer import Address, Contact, Customer
from klantenapp.services.customers.numbers import compact
from klantenapp.services.store import search

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from klantenapp.services.customers.customers import CustomerData


@dataclass(frozen=True)
class Duplicate:
    """A customer that looks the same.

    Attributes:
        reason: vat_id, kvk, iban, email, or name (with the postal code).
    """

    customer_id: int
    number: str
    name: str
    reason: str


def duplicates(
    session: Session, data: CustomerData, customer_id: int | None = None
) -> list[Duplicate]:
    """Who this customer may already be, the surest reason first.

    Args:
        customer_id: leave this one out, when it is being changed.
    """
    found: dict[int, Duplicate] = {}
    for reason, ids in _candidates(session, data):
        for candidate in ids:
            if candidate != customer_id and candidate not in found:
                row = session.get_one(Customer, candidate)
                found[candidate] = Duplicate(candidate, row.number, row.name, reason)
    return list(found.values())


def _candidates(session: Session, data: CustomerData) -> list[tuple[str, list[int]]]:
    alive = Customer.merged_into_id.is_(None)
    found = []
    for name in ("vat_id", "kvk", "iban"):
        value = compact(getattr(data, name))
        if value:
            query = select(Customer.id).where(getattr(Customer, name) == value, alive)
            found.append((name, list(session.scalars(query))))
    if data.email:
        email = data.email.strip().lower()
        own = select(Customer.id).where(func.lower(Customer.email) == email, alive)
        of_contact = (
            select(Contact.customer_id)
            .join(Customer, Customer.id == Contact.customer_id)
            .where(func.lower(Contact.email) == email, alive)
        )
        found.append(("email", [*session.scalars(own), *session.scalars(of_contact)]))
    found.append(("name", _same_name(session, data)))
    return found


def _same_name(session: Session, data: CustomerData) -> list[int]:
    codes = {compact(address.postal_code) for address in data.addresses} - {None}
    if not codes:
        return []
    rows = session.execute(
        select(Customer.id, Address.postal_code)
        .join(Address, Address.customer_id == Customer.id)
        .where(Customer.sort_name == search.fold(data.name), Customer.merged_into_id.is_(None))
    )
    return [customer_id for customer_id, code in rows if compact(code) in codes]
