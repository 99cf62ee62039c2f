"""What one item costs elsewhere: lists that hold, with and without tax, and contracts of today."""

from __future__ import annotations

import datetime as dt
from functools import partial

import pytest
from tests.factories.sales import Shop

from klantenapp.models.catalogue import ListPrice, PriceList
from klantenapp.models.contract import Contract, ContractPrice
from klantenapp.models.values import Percent, Quantity, UnitPrice
from klantenapp.services.catalogue import item_prices, items

TODAY = dt.date(2026, 11, 23)


@pytest.fixture
def shop(administration):
    return Shop(administration)


def put(shop, *rows):
    def work(session):
        for row in rows:
            session.add(row)
            session.flush()
        return [row.id for row in rows]

    return shop.administration.write(items.CHANGE, work)[0]


def prices(shop, item):
    return shop.administration.read(partial(item_prices.prices, item_id=item, today=TODAY))


def test_lists_with_tiers_compared_alike_and_passed_ones_left_out(shop):
    item = shop.item("O-200", "94.50")
    ordinary, gross, _past = put(
        shop,
        PriceList(name="Aannemers"),
        PriceList(name="Particulier", includes_tax=True, percent=Percent(0)),
        PriceList(name="Oud", valid_to=dt.date(2026, 1, 1)),
    )
    put(
        shop,
        ListPrice(price_list_id=ordinary, item_id=item, price=UnitPrice.parse("88")),
        ListPrice(
            price_list_id=ordinary,
            item_id=item,
            min_quantity=Quantity.parse("25"),
            price=UnitPrice.parse("84.50"),
        ),
    )
    found = prices(shop, item).lists
    assert [(one.list_name, str(one.price), one.first, one.own) for one in found] == [
        ("Aannemers", "88.00", True, True),
        ("Aannemers", "84.50", False, True),
        ("Particulier", "114.35", True, False),
    ]
    assert found[0].difference == Percent(-688)  # 88 of 94.50 is 6.88 % less
    assert found[2].difference == Percent(0)
    assert found[2].list_id == gross


def test_only_contracts_that_hold_today_are_named(shop):
    item = shop.item("O-200", "94.50")
    customer = shop.customer()
    holding, over, draft = put(
        shop,
        Contract(
            customer_id=customer,
            name="Raamcontract 2026",
            valid_from=dt.date(2026, 1, 1),
            valid_to=dt.date(2026, 12, 31),
            at_end="stop",
        ),
        Contract(
            customer_id=customer,
            name="Raamcontract 2025",
            valid_from=dt.date(2025, 1, 1),
            valid_to=dt.date(2025, 12, 31),
            at_end="stop",
        ),
        Contract(
            customer_id=customer,
            name="Raamcontract 2027",
            valid_from=dt.date(2027, 1, 1),
            is_draft=True,
        ),
    )
    put(
        shop,
        *(
            ContractPrice(contract_id=contract, item_id=item, price=UnitPrice.parse("84"))
            for contract in (holding, over, draft)
        ),
    )
    (agreed,) = prices(shop, item).contracts
    assert (agreed.contract, agreed.ends, str(agreed.price)) == (
        "Raamcontract 2026",
        dt.date(2026, 12, 31),
        "84.00",
    )


def test_an_item_without_a_price_of_its_own_is_compared_with_nothing(shop):
    item = shop.item("X", None)
    (listed,) = put(shop, PriceList(name="Aannemers"))
    put(shop, ListPrice(price_list_id=listed, item_id=item, price=UnitPrice.parse("5")))
    (found,) = prices(shop, item).lists
    assert found.difference is None
