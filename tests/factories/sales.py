"""Customers, items and invoices for tests, made through the services."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import select

from klantenapp.models.catalogue import TaxCode
from klantenapp.models.values import Quantity, UnitPrice
from klantenapp.services.catalogue import items
from klantenapp.services.catalogue.items import ItemData
from klantenapp.services.customers import customers
from klantenapp.services.customers.customers import AddressData, CustomerData
from klantenapp.services.sales import drafts, issuing
from klantenapp.services.sales.inputs import DraftInput, LineInput

if TYPE_CHECKING:
    import datetime as dt

    from klantenapp.services.store.administration import Administration

ADDRESS = AddressData(street="Modelweg 8", postal_code="8011 AB", city="Zwolle")


@dataclass(frozen=True)
class Shop:
    """An open administration with which tests sell things."""

    administration: Administration

    def customer(self, name="Voorbeeld Bouw B.V.", **values) -> int:
        values.setdefault("addresses", (ADDRESS,))
        data = CustomerData(name=name, **values)
        return self.administration.write(customers.ADD, partial(customers.add, data=data))[0]

    def item(self, code="UUR", price="62.00", tax="high", nature="service") -> int:
        data = ItemData(
            code=code,
            name=f"Artikel {code}",
            tax=tax,
            nature=nature,
            price=UnitPrice.parse(price) if price is not None else None,
        )
        return self.administration.write(items.ADD, partial(items.add, data=data))[0]

    def tax_code(self, code: str) -> int:
        query = select(TaxCode.id).where(TaxCode.code == code)
        return self.administration.read(lambda session: session.scalars(query).one())

    def draft(self, customer_id: int, *lines: LineInput, kind="invoice", **values) -> int:
        draft = DraftInput(customer_id=customer_id, lines=lines, **values)
        work = partial(drafts.add, kind=kind, draft=draft)
        return self.administration.write(drafts.ADD, work)[0]

    def issue(self, document_id: int) -> issuing.Issued:
        work = partial(issuing.issue, document_id=document_id)
        return self.administration.write(issuing.ISSUE, work)[0]

    def invoice(
        self, customer_id: int, net="100.00", date: dt.date | None = None
    ) -> issuing.Issued:
        """An issued invoice of one free line at the high rate."""
        return self.issue(self.draft(customer_id, line(net), date=date))


def line(price="100.00", quantity="1", description="Werk", **values) -> LineInput:
    return LineInput(
        description=description,
        quantity=Quantity.parse(quantity),
        unit_price=UnitPrice.parse(price),
        **values,
    )
