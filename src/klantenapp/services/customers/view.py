"""One customer whole, with the terms in force and what is owed, as a script reads it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from klantenapp.models.customer import Customer
from klantenapp.services.customers import credit, customers, terms
from klantenapp.services.store import clock

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from klantenapp.models.values import Money
    from klantenapp.services.customers.customers import AddressData


@dataclass(frozen=True)
class AddressView:
    """The invoice address."""

    street: str | None
    postal_code: str | None
    city: str | None
    country: str | None


@dataclass(frozen=True)
class CustomerView:
    """A customer with the terms that hold today; `balance` and `overdue` in euro."""

    number: str
    name: str
    kind: str
    email: str | None
    phone: str | None
    address: AddressView
    payment_terms_days: int
    payment_method: str
    price_list: str | None
    tax_treatment: str
    credit_limit: Money | None
    balance: Money
    overdue: Money


def effective(session: Session, customer_id: int, balance: Money, overdue: Money) -> CustomerView:
    """The customer as it is now; the ledger, which lies above, hands in what is owed."""
    customer = session.get_one(Customer, customer_id)
    found = terms.effective(session, customer_id, clock.today())
    address: AddressData = customers.invoice_address(session, customer_id)
    return CustomerView(
        number=customer.number,
        name=customer.name,
        kind=customer.kind,
        email=customer.email,
        phone=customer.phone,
        address=AddressView(address.street, address.postal_code, address.city, address.country),
        payment_terms_days=found.payment_term.value.days,
        payment_method=found.payment_method.value.kind,
        price_list=found.price_list.value.name if found.price_list.value else None,
        tax_treatment=found.tax.value.treatment,
        credit_limit=credit.terms(session, customer_id).limit,
        balance=balance,
        overdue=overdue,
    )
