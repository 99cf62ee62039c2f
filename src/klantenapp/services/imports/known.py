"""Who is there already: the customers of the administration, found by what a file says of them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import select

from klantenapp.models.customer import (
    Address,
    Contact,
    Customer,
    CustomerLabel,
    FormerNumber,
    Label,
)
from klantenapp.services.customers.customers import (
    COLUMNS,
    AddressData,
    ContactData,
    CustomerData,
)
from klantenapp.services.customers.numbers import compact
from klantenapp.services.store import search

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session


@dataclass
class Known:
    """Every customer that is not merged, with the ways to find it. Read in five queries.

    Attributes:
        customers: by id.
        numbers: number, or former number, -> id.
    """

    customers: dict[int, CustomerData] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    _keys: dict[tuple[str, str], set[int]] = field(default_factory=lambda: defaultdict(set))

    @classmethod
    def read(cls, session: Session) -> Known:
        """Look at the administration as it is now."""
        known = cls()
        addresses = _addresses(session)
        contacts = _contacts(session)
        labels = _labels(session)
        columns = [getattr(Customer, name) for name in COLUMNS]
        rows = session.execute(
            select(Customer.id, *columns).where(Customer.merged_into_id.is_(None))
        )
        for customer_id, *values in rows:
            data = CustomerData(
                **dict(zip(COLUMNS, values, strict=True)),
                addresses=addresses.get(customer_id, ()),
                contacts=contacts.get(customer_id, ()),
                labels=labels.get(customer_id, ()),
            )
            known._add(customer_id, data)
        former = select(FormerNumber.number, FormerNumber.customer_id)
        for number, customer_id in session.execute(former):
            known.numbers.setdefault(number, customer_id)
        return known

    def _add(self, customer_id: int, data: CustomerData) -> None:
        self.customers[customer_id] = data
        if data.number:
            self.numbers[data.number] = customer_id
        for key in _ways(data):
            self._keys[key].add(customer_id)

    def find(self, data: CustomerData, *, name_too: bool) -> int | None:
        """Who this is: by number, then VAT id or KvK, e-mail, and name with postal code.

        Args:
            data: from the file.
            name_too: take a way only where the name is the same too, which is the surer find.

        Returns:
            Id, or None: nobody, or several that the name does not tell apart.
        """
        if data.number and data.number in self.numbers:
            return self.numbers[data.number]
        name = search.fold(data.name)
        for way in _ways(data):
            found = {each for each in self._keys.get(way, ()) if not self._differs(each, data)}
            same = {each for each in found if search.fold(self.customers[each].name) == name}
            if name_too or len(found) > 1:
                found = same
            if len(found) == 1:
                return next(iter(found))
        return None

    def _differs(self, customer_id: int, data: CustomerData) -> bool:
        """Whether both have a VAT id or KvK and not the same one: then they are two companies."""
        known = self.customers[customer_id]
        for name in ("vat_id", "kvk"):
            mine, theirs = compact(getattr(known, name)), compact(getattr(data, name))
            if mine and theirs and mine != theirs:
                return True
        return False


def _ways(data: CustomerData) -> Iterable[tuple[str, str]]:
    """What a customer is known by, the surest first."""
    for name in ("vat_id", "kvk"):
        number = compact(getattr(data, name))
        if number:
            yield name, number
    if data.email:
        yield "email", data.email.strip().casefold()
    code = next((compact(address.postal_code) for address in data.addresses), None)
    yield "name", f"{search.fold(data.name)}\n{code or ''}"


def _addresses(session: Session) -> dict[int, tuple[AddressData, ...]]:
    """The invoice address of each customer, else its first one."""
    rows = session.execute(
        select(
            Address.customer_id,
            Address.kind,
            Address.name,
            Address.street,
            Address.postal_code,
            Address.city,
            Address.country,
        ).order_by(Address.kind != "invoice", Address.position, Address.id)
    )
    found: dict[int, tuple[AddressData, ...]] = {}
    for row in rows.mappings():
        values = dict(row)
        found.setdefault(values.pop("customer_id"), (AddressData(**values),))
    return found


def _contacts(session: Session) -> dict[int, tuple[ContactData, ...]]:
    rows = session.execute(
        select(Contact.customer_id, Contact.name).order_by(Contact.position, Contact.id)
    )
    found: dict[int, tuple[ContactData, ...]] = {}
    for customer_id, name in rows:
        found[customer_id] = (*found.get(customer_id, ()), ContactData(name=name))
    return found


def _labels(session: Session) -> dict[int, tuple[str, ...]]:
    rows = session.execute(
        select(CustomerLabel.customer_id, Label.name)
        .join(Label, Label.id == CustomerLabel.label_id)
        .order_by(Label.name)
    )
    found: dict[int, tuple[str, ...]] = {}
    for customer_id, name in rows:
        found[customer_id] = (*found.get(customer_id, ()), name)
    return found
