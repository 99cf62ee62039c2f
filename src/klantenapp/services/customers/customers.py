"""Customers: added, changed, archived, and deleted while nothing hangs on them."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, select

from klantenapp.models.bank import CustomerAccount
from klantenapp.models.contract import Contract
from klantenapp.models.customer import (
    Address,
    Contact,
    CreditDecision,
    Customer,
    CustomerLabel,
    FormerNumber,
    Label,
)
from klantenapp.models.document import Document, Recurring
from klantenapp.models.file import Attachment
from klantenapp.models.ledger import LedgerEntry
from klantenapp.models.message import Message
from klantenapp.models.payment import Mandate
from klantenapp.models.reminder import ReminderHold
from klantenapp.services.customers import numbers
from klantenapp.services.customers.numbers import compact
from klantenapp.services.errors.base import NotFound
from klantenapp.services.errors.customers import (
    CustomerInUse,
    CustomerNumberTaken,
    FieldTooLong,
    NameMissing,
)
from klantenapp.services.store import clock, search
from klantenapp.services.store.operations import REVERSIBLE, register

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from klantenapp.models.values import Money, Percent

ADD: Final = register("customer.add", REVERSIBLE)
CHANGE: Final = register("customer.change", REVERSIBLE)
ARCHIVE: Final = register("customer.archive", REVERSIBLE)
RESTORE: Final = register("customer.restore", REVERSIBLE)
DELETE: Final = register("customer.delete", REVERSIBLE)

#: Number of the first customer; what follows counts on from the highest.
FIRST_NUMBER: Final = 1001
#: Characters in a one-line field, and in a note.
SHORT: Final = 200
LONG: Final = 10_000


@dataclass(frozen=True, kw_only=True)
class AddressData:
    """One address of a customer."""

    kind: str = "invoice"
    name: str | None = None
    street: str | None = None
    postal_code: str | None = None
    city: str | None = None
    country: str = "NL"


@dataclass(frozen=True, kw_only=True)
class ContactData:
    """One person at a customer; `receives` says what is sent to them."""

    name: str
    role: str | None = None
    salutation: str | None = None
    email: str | None = None
    phone: str | None = None
    language: str | None = None
    receives: str = "none"


@dataclass(frozen=True, kw_only=True)
class CustomerData:
    """What is filled in of a customer. None is not filled in, or inherited.

    Attributes:
        number: None takes the next free one.
        labels: names; unknown ones are made.
    """

    name: str
    number: str | None = None
    kind: str = "business"
    email: str | None = None
    invoice_email: str | None = None
    phone: str | None = None
    website: str | None = None
    vat_id: str | None = None
    kvk: str | None = None
    iban: str | None = None
    language: str | None = None
    salutation: str | None = None
    note: str | None = None
    large_company: bool = False
    payment_term_id: int | None = None
    payment_method_id: int | None = None
    price_list_id: int | None = None
    delivery: str | None = None
    discount: Percent | None = None
    tax_treatment: str | None = None
    fixed_tax_percent: Percent | None = None
    exemption_reason: str | None = None
    credit_limit: Money | None = None
    credit_block: bool | None = None
    addresses: tuple[AddressData, ...] = ()
    contacts: tuple[ContactData, ...] = ()
    labels: tuple[str, ...] = ()


_PARTS: Final = frozenset({"addresses", "contacts", "labels"})
#: Fields that are columns of the customer under the same name.
COLUMNS: Final = tuple(field.name for field in fields(CustomerData) if field.name not in _PARTS)
_COMPACT: Final = frozenset({"vat_id", "kvk", "iban"})


def add(session: Session, data: CustomerData) -> int:
    """Add a customer.

    Returns:
        Its id.

    Raises:
        NameMissing, CustomerNumberTaken, FieldTooLong: at their field.
    """
    cleaned = clean(data)
    number = cleaned.number or next_number(session)
    _require_free(session, number, None)
    customer = Customer(
        **{name: getattr(cleaned, name) for name in COLUMNS if name != "number"},
        number=number,
        sort_name=search.fold(cleaned.name),
        search="",
        created_at=clock.now(),
    )
    session.add(customer)
    session.flush()
    _add_addresses(session, customer.id, cleaned.addresses)
    for position, contact in enumerate(cleaned.contacts):
        session.add(Contact(customer_id=customer.id, position=position, **vars(contact)))
    set_labels(session, customer.id, cleaned.labels)
    index(session, customer.id)
    return customer.id


def change(session: Session, customer_id: int, values: dict[str, Any]) -> None:
    """Change fields of a customer, named as in `CustomerData` without its parts.

    Raises:
        NotFound, NameMissing, CustomerNumberTaken, FieldTooLong.
    """
    customer = get(session, customer_id)
    current = CustomerData(**{name: getattr(customer, name) for name in COLUMNS})
    cleaned = clean(replace(current, **values))
    if cleaned.number != customer.number:
        _require_free(session, cleaned.number or "", customer_id)
    for name in values:
        setattr(customer, name, getattr(cleaned, name))
    customer.sort_name = search.fold(customer.name)
    session.flush()
    index(session, customer_id)


def archive(session: Session, customer_id: int) -> None:
    """Put a customer out of sight; everything stays."""
    get(session, customer_id).archived_at = clock.now()


def restore(session: Session, customer_id: int) -> None:
    """Bring an archived customer back."""
    get(session, customer_id).archived_at = None


def delete(session: Session, customer_id: int) -> None:
    """Delete a customer that has no documents, postings, contracts, series, messages or files.

    Raises:
        CustomerInUse: it has; archive it instead.
    """
    customer = get(session, customer_id)
    for model in (Document, LedgerEntry, Contract, Recurring, Message, Attachment):
        used = select(model.id).where(model.customer_id == customer_id).limit(1)
        if session.scalar(used) is not None:
            raise CustomerInUse(customer.name)
    for part in (
        Address,
        Contact,
        CustomerLabel,
        FormerNumber,
        CustomerAccount,
        CreditDecision,
        Mandate,
        ReminderHold,
    ):
        for row in session.scalars(select(part).where(part.customer_id == customer_id)):
            session.delete(row)
    session.flush()
    session.delete(customer)


def get(session: Session, customer_id: int) -> Customer:
    """The customer by id.

    Raises:
        NotFound.
    """
    customer = session.get(Customer, customer_id)
    if customer is None:
        raise NotFound("customer", str(customer_id))
    return customer


def find(session: Session, number: str) -> int:
    """Id of the customer under a number; a merged one's number finds who took over.

    Raises:
        NotFound: nobody has that number.
    """
    found = session.execute(
        select(Customer.id, Customer.merged_into_id).where(Customer.number == number)
    ).one_or_none()
    if found is not None:
        customer_id, merged_into_id = found
        return customer_id if merged_into_id is None else merged_into_id
    former = session.scalar(select(FormerNumber.customer_id).where(FormerNumber.number == number))
    if former is None:
        raise NotFound("customer", number)
    return former


def invoice_address(session: Session, customer_id: int) -> AddressData:
    """Where invoices go: the invoice address, else the first of any kind, else an empty one."""
    row = session.scalars(
        select(Address)
        .where(Address.customer_id == customer_id)
        .order_by(Address.kind != "invoice", Address.position, Address.id)
        .limit(1)
    ).one_or_none()
    if row is None:
        return AddressData()
    return AddressData(**{field.name: getattr(row, field.name) for field in fields(AddressData)})


def next_number(session: Session) -> str:
    """One more than the highest number that is all digits."""
    digits = Customer.number.op("NOT GLOB")("*[^0-9]*")
    longest = func.length(Customer.number).desc()
    last = session.scalar(
        select(Customer.number).where(digits).order_by(longest, Customer.number.desc()).limit(1)
    )
    highest = int(last) if last else 0
    return str(max(highest + 1, FIRST_NUMBER))


def clean(data: CustomerData) -> CustomerData:
    """Trim, and write numbers in their compact form.

    Raises:
        NameMissing, FieldTooLong.
    """
    values: dict[str, Any] = {}
    for name in COLUMNS:
        value = getattr(data, name)
        if isinstance(value, str):
            value = compact(value) if name in _COMPACT else value.strip() or None
            if value is not None and len(value) > (LONG if name == "note" else SHORT):
                raise FieldTooLong(LONG if name == "note" else SHORT)
        values[name] = value
    if not values["name"]:
        raise NameMissing
    return replace(data, **values)


def index(session: Session, customer_id: int) -> None:
    """Write the folded text that search looks in."""
    session.flush()
    customer = session.get_one(Customer, customer_id)
    contacts = session.scalars(select(Contact).where(Contact.customer_id == customer_id)).all()
    addresses = session.scalars(select(Address).where(Address.customer_id == customer_id)).all()
    customer.search = search_text(customer, contacts, addresses)
    session.flush()


def search_text(
    customer: Customer | CustomerData,
    contacts: Sequence[Contact | ContactData],
    addresses: Sequence[Address | AddressData],
) -> str:
    """The folded text by which a customer is found."""
    phones = [customer.phone, *(contact.phone for contact in contacts)]
    return search.folded(
        customer.name,
        customer.number,
        customer.email,
        customer.invoice_email,
        *(contact.name for contact in contacts),
        *(contact.email for contact in contacts),
        *(address.city for address in addresses),
        *("".join(filter(str.isdigit, phone)) for phone in phones if phone),
    )


def set_labels(session: Session, customer_id: int, names: tuple[str, ...]) -> None:
    """Put exactly these labels on a customer; unknown ones are made."""
    wanted = {name.strip() for name in names if name.strip()}
    there = {
        label.name: link
        for link, label in session.execute(
            select(CustomerLabel, Label)
            .join(Label, Label.id == CustomerLabel.label_id)
            .where(CustomerLabel.customer_id == customer_id)
        )
    }
    for name in there.keys() - wanted:
        session.delete(there[name])
    for name in sorted(wanted - there.keys()):
        label_id = session.scalar(select(Label.id).where(Label.name == name))
        if label_id is None:
            label = Label(name=name)
            session.add(label)
            session.flush()
            label_id = label.id
        session.add(CustomerLabel(customer_id=customer_id, label_id=label_id))
    session.flush()


def add_labels(session: Session, customer_id: int, names: tuple[str, ...]) -> None:
    """Put these labels on a customer beside those it has."""
    there = session.scalars(
        select(Label.name)
        .join(CustomerLabel, CustomerLabel.label_id == Label.id)
        .where(CustomerLabel.customer_id == customer_id)
    )
    set_labels(session, customer_id, (*there, *names))


def _add_addresses(session: Session, customer_id: int, addresses: tuple[AddressData, ...]) -> None:
    seen: dict[str, int] = {}
    for address in addresses:
        position = seen.get(address.kind, 0)
        seen[address.kind] = position + 1
        values = vars(address) | {"postal_code": postal_code(address)}
        session.add(Address(customer_id=customer_id, position=position, **values))


def postal_code(address: AddressData) -> str | None:
    """A Dutch postal code as it is written: "8011ab" becomes "8011 AB"; others stay."""
    return numbers.postal_code(address.postal_code, address.country)


def _require_free(session: Session, number: str, customer_id: int | None) -> None:
    other = session.execute(
        select(Customer.id, Customer.name).where(Customer.number == number)
    ).one_or_none()
    if other is not None and other.id != customer_id:
        raise CustomerNumberTaken(number, other.name)
    former = session.scalar(
        select(Customer.name)
        .join(FormerNumber, FormerNumber.customer_id == Customer.id)
        .where(FormerNumber.number == number)
    )
    if former is not None:
        raise CustomerNumberTaken(number, former)
