"""What one item costs on every list that holds or will hold, and in contracts that hold today."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from klantenapp.models.contract import Contract, ContractPrice
from klantenapp.models.customer import Customer
from klantenapp.services.catalogue import loading, price_book, price_list_view
from klantenapp.services.catalogue.contract_view import rows as contract_rows
from klantenapp.services.catalogue.price_list_view import PAST, difference, standard_price, tiers_of

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy.orm import Session

    from klantenapp.models.values import Percent, Quantity, UnitPrice


@dataclass(frozen=True)
class ListedPrice:
    """A price of the item on a list, from a quantity on.

    Attributes:
        list_name: with `includes_tax` its prices are with tax, and so is `price`.
        first: the first line of this list.
        own: typed on the list; else derived from its base.
        difference: from the item's own price, alike with or without tax.
    """

    list_id: int
    list_name: str
    includes_tax: bool
    first: bool
    min_quantity: Quantity
    price: UnitPrice
    own: bool
    difference: Percent | None


@dataclass(frozen=True)
class AgreedPrice:
    """A price of the item in a contract that holds today.

    Attributes:
        ends: the last day, None where it goes on.
    """

    contract_id: int
    contract: str
    customer_id: int
    customer: str
    ends: dt.date | None
    first: bool
    min_quantity: Quantity
    price: UnitPrice
    difference: Percent | None


@dataclass(frozen=True)
class ItemPrices:
    """Every price of an item beside its own."""

    lists: tuple[ListedPrice, ...]
    contracts: tuple[AgreedPrice, ...]


def prices(session: Session, item_id: int, today: dt.date) -> ItemPrices:
    """Prices of an item on lists that did not end, and in contracts that hold today."""
    item = loading.priced_items(session, [item_id], loading.tax_codes(session), today)[item_id]
    book = price_book.PriceBook(lists=loading.price_lists(session, [item_id]))
    listed: list[ListedPrice] = []
    for row in price_list_view.lists(session, today):
        if row.group == PAST or row.is_draft or row.id not in book.lists:
            continue
        price_list = book.lists[row.id]
        standard = standard_price(item, includes_tax=row.includes_tax)
        own = {tier.min_quantity for tier in price_list.prices.get(item_id, ())}
        for number, tier in enumerate(tiers_of(book, price_list, item)):
            listed.append(
                ListedPrice(
                    row.id,
                    row.name,
                    row.includes_tax,
                    number == 0,
                    tier.min_quantity,
                    tier.price,
                    tier.min_quantity in own,
                    difference(tier.price, standard),
                )
            )
    return ItemPrices(tuple(listed), tuple(_agreed(session, item_id, item.price, today)))


def _agreed(
    session: Session, item_id: int, standard: UnitPrice | None, today: dt.date
) -> list[AgreedPrice]:
    query = (
        select(
            ContractPrice.contract_id,
            Contract.name,
            Contract.customer_id,
            Customer.name.label("customer"),
            ContractPrice.min_quantity,
            ContractPrice.price,
        )
        .join(Contract, Contract.id == ContractPrice.contract_id)
        .join(Customer, Customer.id == Contract.customer_id)
        .where(ContractPrice.item_id == item_id, Contract.is_draft.is_(False))
        .order_by(Customer.sort_name, Contract.id, ContractPrice.min_quantity)
    )
    found = session.execute(query).all()
    customers = {row.customer_id for row in found}
    holding = {
        contract.id: contract.in_force
        for customer_id in customers
        for contract in contract_rows(session, today, customer_id)
        if today in contract.in_force
    }
    agreed: list[AgreedPrice] = []
    seen: set[int] = set()
    for row in found:
        if row.contract_id not in holding:
            continue
        agreed.append(
            AgreedPrice(
                row.contract_id,
                row.name,
                row.customer_id,
                row.customer,
                holding[row.contract_id].end,
                row.contract_id not in seen,
                row.min_quantity,
                row.price,
                difference(row.price, standard),
            )
        )
        seen.add(row.contract_id)
    return agreed
