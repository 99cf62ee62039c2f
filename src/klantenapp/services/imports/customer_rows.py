"""Customers of an import, written: new ones in bulk, known ones through the session."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from klantenapp.models.customer import Address, Contact, FormerNumber
from klantenapp.services.catalogue import choosing
from klantenapp.services.customers import customers
from klantenapp.services.imports.planned import ADDRESS, COLUMNS
from klantenapp.services.store import clock, search

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from klantenapp.services.imports.planned import PlannedCustomer
    from klantenapp.services.store import bulk


def insert(session: Session, batch: bulk.Batch, rows: list[PlannedCustomer]) -> None:
    """All new customers at once, with their addresses and contacts."""
    if not rows:
        return
    stated = {row.data.number for row in rows if row.data.number}
    next_number = int(customers.next_number(session))
    at = clock.now()
    made: list[dict[str, Any]] = []
    # Ten thousand rows say the same few words; each is looked for once.
    words: dict[tuple[tuple[str, Any], ...], dict[str, int]] = {}
    for row in rows:
        data = customers.clean(row.data)
        said = tuple(row.words.items())
        if said not in words:
            words[said] = _ids(session, row.words)
        number = data.number
        while number is None or (row.data.number is None and number in stated):
            number, next_number = str(next_number), next_number + 1
        columns = {name: getattr(data, name) for name in customers.COLUMNS}
        made.append(
            columns
            | words[said]
            | {
                "number": number,
                "sort_name": search.fold(data.name),
                "search": customers.search_text(
                    replace(data, number=number), data.contacts, data.addresses
                ),
                "created_at": at,
            }
        )
    ids = batch.add("customer", made)
    pairs = list(zip(ids, rows, strict=True))
    batch.add(
        "address",
        [
            vars(address)
            | {"customer_id": customer_id, "postal_code": customers.postal_code(address)}
            for customer_id, row in pairs
            for address in row.data.addresses
        ],
    )
    batch.add(
        "contact",
        [
            vars(contact) | {"customer_id": customer_id, "position": position}
            for customer_id, row in pairs
            for position, contact in enumerate(row.data.contacts)
        ],
    )
    for customer_id, row in pairs:
        if row.data.labels:
            customers.set_labels(session, customer_id, row.data.labels)


def _ids(session: Session, words: dict[str, Any]) -> dict[str, int]:
    """Term, method and price list as the ids that the customer keeps."""
    found: dict[str, int] = {}
    if "payment_terms_days" in words:
        found["payment_term_id"] = choosing.payment_term(session, words["payment_terms_days"])
    if "payment_method" in words:
        found["payment_method_id"] = choosing.payment_method(session, words["payment_method"])
    if "price_list" in words:
        found["price_list_id"] = choosing.price_list(session, words["price_list"])
    return found


def update(session: Session, row: PlannedCustomer) -> None:
    """Write what became different, through the session so that it can be put back."""
    customer_id = row.customer_id
    if customer_id is None:
        raise ValueError(row)
    names = {change.field for change in row.changes}
    stored = customers.clean(row.data)
    values: dict[str, Any] = {
        name: getattr(stored, name) for name in ("name", *COLUMNS) if name in names
    }
    if "number" in names:  # the customer keeps its number, and is found by this one too
        session.add(FormerNumber(number=stored.number, customer_id=customer_id))
    if names & set(ADDRESS):
        _update_address(session, customer_id, row)
    if "contact" in names:
        _add_contacts(session, customer_id, row)
    if "labels" in names:
        customers.add_labels(session, customer_id, row.data.labels)
    customers.change(session, customer_id, values | _ids(session, row.words))


def _update_address(session: Session, customer_id: int, row: PlannedCustomer) -> None:
    data = row.data.addresses[0]
    address = session.scalars(
        select(Address)
        .where(Address.customer_id == customer_id)
        .order_by(Address.kind != "invoice", Address.position, Address.id)
        .limit(1)
    ).one_or_none()
    if address is None:
        address = Address(customer_id=customer_id, kind="invoice", country=data.country)
        session.add(address)
    for name in ("street", "city", "country"):
        if name in row.given and getattr(data, name):
            setattr(address, name, getattr(data, name))
    code = customers.postal_code(replace(data, country=address.country))
    if "postal_code" in row.given and code:
        address.postal_code = code


def _add_contacts(session: Session, customer_id: int, row: PlannedCustomer) -> None:
    there = session.scalars(select(Contact.name).where(Contact.customer_id == customer_id)).all()
    position = len(there)
    for contact in row.data.contacts:
        if contact.name not in there:
            session.add(Contact(customer_id=customer_id, position=position, **vars(contact)))
            position += 1
