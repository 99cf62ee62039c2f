"""The people at a customer: added, changed, put in order, taken away."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, select

from klantenapp.models.customer import Contact
from klantenapp.models.document import Document
from klantenapp.services.customers import customers
from klantenapp.services.customers.customers import ContactData
from klantenapp.services.errors.base import NotFound
from klantenapp.services.errors.customers import ContactNameMissing, FieldTooLong
from klantenapp.services.store.operations import REVERSIBLE, register

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

ADD: Final = register("contact.add", REVERSIBLE)
CHANGE: Final = register("contact.change", REVERSIBLE)
REMOVE: Final = register("contact.remove", REVERSIBLE)
FIRST: Final = register("contact.first", REVERSIBLE)

FIELDS: Final = tuple(field.name for field in fields(ContactData))


def add(session: Session, customer_id: int, data: ContactData) -> int:
    """Add a person, behind the others.

    Returns:
        Id of the contact.

    Raises:
        NotFound, ContactNameMissing, FieldTooLong.
    """
    customers.get(session, customer_id)
    last = session.scalar(
        select(func.max(Contact.position)).where(Contact.customer_id == customer_id)
    )
    contact = Contact(
        customer_id=customer_id,
        position=0 if last is None else last + 1,
        **_clean(vars(data)),
    )
    session.add(contact)
    session.flush()
    customers.index(session, customer_id)
    return contact.id


def change(session: Session, contact_id: int, values: dict[str, Any]) -> None:
    """Change fields of a person, named as in `ContactData`.

    Raises:
        NotFound, ContactNameMissing, FieldTooLong.
    """
    contact = _get(session, contact_id)
    current = {name: getattr(contact, name) for name in FIELDS}
    for name, value in _clean(current | values).items():
        setattr(contact, name, value)
    customers.index(session, contact.customer_id)


def remove(session: Session, contact_id: int) -> None:
    """Take a person away; messages and issued documents keep the name."""
    contact = _get(session, contact_id)
    for draft in session.scalars(select(Document).where(Document.contact_id == contact_id)):
        draft.contact_id = None
    session.flush()
    session.delete(contact)
    customers.index(session, contact.customer_id)


def make_first(session: Session, contact_id: int) -> None:
    """Put a person on top: the one whom lists and letters name."""
    chosen = _get(session, contact_id)
    others = session.scalars(
        select(Contact)
        .where(Contact.customer_id == chosen.customer_id, Contact.id != contact_id)
        .order_by(Contact.position, Contact.id)
    )
    chosen.position = 0
    for position, contact in enumerate(others, start=1):
        contact.position = position


def names(session: Session, customer_id: int | None) -> tuple[tuple[int, str], ...]:
    """Id and name of the people at a customer, the first one first."""
    rows = session.execute(
        select(Contact.id, Contact.name)
        .where(Contact.customer_id == customer_id)
        .order_by(Contact.position, Contact.id)
    )
    return tuple((row.id, row.name) for row in rows)


def _get(session: Session, contact_id: int) -> Contact:
    contact = session.get(Contact, contact_id)
    if contact is None:
        raise NotFound("contact", str(contact_id))
    return contact


def _clean(values: dict[str, Any]) -> dict[str, Any]:
    """Trim; empty is absent."""
    cleaned = {
        name: (value.strip() or None) if isinstance(value, str) else value
        for name, value in values.items()
    }
    if not cleaned["name"]:
        raise ContactNameMissing
    if any(isinstance(value, str) and len(value) > customers.SHORT for value in cleaned.values()):
        raise FieldTooLong(customers.SHORT)
    return cleaned
