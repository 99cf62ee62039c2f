"""Two customers that are one: everything moves, and the old number stays findable."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, select

from klantenapp.models.bank import CustomerAccount
from klantenapp.models.base import Base
from klantenapp.models.customer import Address, Customer, CustomerLabel, FormerNumber
from klantenapp.services.customers import customers
from klantenapp.services.errors.customers import MergeWithItself
from klantenapp.services.store import clock
from klantenapp.services.store.operations import REVERSIBLE, register

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

MERGE: Final = register("customer.merge", REVERSIBLE)


def merge(session: Session, from_id: int, into_id: int) -> None:
    """Move everything of one customer to another; undone in one step.

    Issued documents keep what they say: only whose history they are in changes.

    Raises:
        NotFound: one of the two does not exist.
        MergeWithItself: they are the same, or one was merged before.
    """
    source, target = customers.get(session, from_id), customers.get(session, into_id)
    if from_id == into_id or source.merged_into_id or target.merged_into_id:
        raise MergeWithItself(source.number)
    # Triggers let issued and posted rows move only between a merged customer and its heir.
    source.merged_into_id = into_id
    source.archived_at = clock.now()
    session.flush()
    _make_room(session, from_id, into_id)
    for model in _with_customer():
        for row in session.scalars(select(model).where(model.customer_id == from_id)):
            row.customer_id = into_id
    # Who was merged into the one that goes is found at the heir from now on.
    for earlier in session.scalars(select(Customer).where(Customer.merged_into_id == from_id)):
        earlier.merged_into_id = into_id
    session.add(FormerNumber(number=source.number, customer_id=into_id))
    _fill_in(source, target)
    session.flush()
    customers.index(session, into_id)


def _with_customer() -> list[Any]:
    """Every table that belongs to a customer."""
    return [
        mapper.class_
        for mapper in Base.registry.mappers
        if "customer_id" in mapper.columns and mapper.class_ is not Customer
    ]


def _make_room(session: Session, from_id: int, into_id: int) -> None:
    """What both have moves behind what the heir has, or goes where it would be double."""
    there = set(
        session.scalars(select(CustomerLabel.label_id).where(CustomerLabel.customer_id == into_id))
    )
    for link in session.scalars(select(CustomerLabel).where(CustomerLabel.customer_id == from_id)):
        if link.label_id in there:
            session.delete(link)
    known = set(
        session.scalars(select(CustomerAccount.iban).where(CustomerAccount.customer_id == into_id))
    )
    for account in session.scalars(
        select(CustomerAccount).where(CustomerAccount.customer_id == from_id)
    ):
        if account.iban in known:
            session.delete(account)
    last = session.scalar(select(func.max(Address.position)).where(Address.customer_id == into_id))
    offset = (last if last is not None else -1) + 1
    for address in session.scalars(select(Address).where(Address.customer_id == from_id)):
        address.position += offset
    session.flush()


def _fill_in(source: Customer, target: Customer) -> None:
    """What the heir does not know is taken from the other."""
    for name in ("email", "invoice_email", "phone", "website", "vat_id", "kvk", "iban", "note"):
        if getattr(target, name) is None:
            setattr(target, name, getattr(source, name))
