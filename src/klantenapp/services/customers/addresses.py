"""Where a customer is: addresses for invoices, visits, deliveries and work."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, select

from klantenapp.models.customer import Address
from klantenapp.models.document import Document
from klantenapp.services.customers import customers, numbers
from klantenapp.services.customers.customers import AddressData
from klantenapp.services.errors.base import NotFound
from klantenapp.services.errors.customers import AddressInUse, FieldTooLong, InvoiceAddressNeeded
from klantenapp.services.store.operations import REVERSIBLE, register

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

ADD: Final = register("address.add", REVERSIBLE)
CHANGE: Final = register("address.change", REVERSIBLE)
REMOVE: Final = register("address.remove", REVERSIBLE)

KINDS: Final = ("invoice", "visit", "delivery", "work")
FIELDS: Final = tuple(field.name for field in fields(AddressData))


def add(session: Session, customer_id: int, data: AddressData) -> int:
    """Add an address, behind those of its kind.

    Returns:
        Id of the address.

    Raises:
        NotFound, UnknownCountry, FieldTooLong.
    """
    customers.get(session, customer_id)
    address = Address(
        customer_id=customer_id,
        position=_free_position(session, customer_id, data.kind),
        **vars(_clean(data)),
    )
    session.add(address)
    session.flush()
    customers.index(session, customer_id)
    return address.id


def change(session: Session, address_id: int, values: dict[str, Any]) -> None:
    """Change fields of an address, named as in `AddressData`.

    Raises:
        NotFound, UnknownCountry, FieldTooLong.
        InvoiceAddressNeeded: it is the only one of this kind.
    """
    address = _get(session, address_id)
    current = AddressData(**{name: getattr(address, name) for name in FIELDS})
    cleaned = _clean(replace(current, **values))
    if cleaned.kind != address.kind:
        _require_another(session, address)
        address.position = _free_position(session, address.customer_id, cleaned.kind)
    for name in FIELDS:
        setattr(address, name, getattr(cleaned, name))
    customers.index(session, address.customer_id)


def remove(session: Session, address_id: int) -> None:
    """Take an address away; issued documents keep what they say.

    Raises:
        InvoiceAddressNeeded: invoices would have nowhere to go.
        AddressInUse: goods of an issued document went there.
    """
    address = _get(session, address_id)
    _require_another(session, address)
    for document in session.scalars(
        select(Document).where(Document.delivery_address_id == address_id)
    ):
        if document.state == "issued":
            raise AddressInUse(document.number or "")
        document.delivery_address_id = None
    session.flush()
    session.delete(address)
    customers.index(session, address.customer_id)


def _require_another(session: Session, address: Address) -> None:
    """The invoice address can go only where there is another one."""
    if address.kind != "invoice":
        return
    others = select(Address.id).where(
        Address.customer_id == address.customer_id,
        Address.kind == "invoice",
        Address.id != address.id,
    )
    if session.scalar(others.limit(1)) is None:
        raise InvoiceAddressNeeded


def _free_position(session: Session, customer_id: int, kind: str) -> int:
    last = session.scalar(
        select(func.max(Address.position)).where(
            Address.customer_id == customer_id, Address.kind == kind
        )
    )
    return 0 if last is None else last + 1


def _get(session: Session, address_id: int) -> Address:
    address = session.get(Address, address_id)
    if address is None:
        raise NotFound("address", str(address_id))
    return address


def _clean(data: AddressData) -> AddressData:
    """Trim, write the country in capitals and a Dutch postal code as it is written."""
    values: dict[str, Any] = {}
    for name in FIELDS:
        text = (getattr(data, name) or "").strip()
        if len(text) > customers.SHORT:
            raise FieldTooLong(customers.SHORT)
        values[name] = text or None
    values["country"] = (values["country"] or "NL").upper()
    problem = numbers.country_problem(values["country"])
    if problem is not None:
        raise problem
    cleaned = AddressData(**values)
    return replace(cleaned, postal_code=customers.postal_code(cleaned))
