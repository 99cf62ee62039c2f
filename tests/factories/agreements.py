"""Contracts for tests, made through the services."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING

from klantenapp.models.values import Percent, Quantity, UnitPrice
from klantenapp.services.catalogue import contracts
from klantenapp.services.catalogue.contract_data import AgreedPrice, ContractData

if TYPE_CHECKING:
    from klantenapp.services.store.administration import Administration

START, END = dt.date(2026, 1, 1), dt.date(2026, 12, 31)


def agreed(item_id: int, amount: str, quantity: str = "0") -> AgreedPrice:
    return AgreedPrice(
        item_id=item_id,
        price=UnitPrice.parse(amount),
        min_quantity=Quantity.parse(quantity),
    )


def data(customer_id: int, **values) -> ContractData:
    """A contract of 2026; percentages may be texts."""
    values = {"name": "Raamcontract 2026", "valid_from": START, "valid_to": END} | values
    for name in ("discount", "total_discount", "fixed_tax_percent"):
        if isinstance(values.get(name), str):
            values[name] = Percent.parse(values[name])
    return ContractData(customer_id=customer_id, **values)


def add(administration: Administration, customer_id: int, **values) -> int:
    work = partial(contracts.add, data=data(customer_id, **values))
    return administration.write(contracts.ADD, work)[0]
