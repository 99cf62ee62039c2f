"""Items: codes that count on, duplicates, and what the list is narrowed down to."""

from __future__ import annotations

import datetime as dt
from functools import partial

import pytest
from tests.factories.sales import Shop

from klantenapp.models.catalogue import Item, ListPrice, PriceList
from klantenapp.models.values import Percent, UnitPrice
from klantenapp.services.catalogue import items
from klantenapp.services.errors.items import ItemCodeTaken

TODAY = dt.date(2026, 11, 23)


@pytest.fixture
def shop(administration):
    return Shop(administration)


@pytest.mark.parametrize(
    ("last", "following"),
    [("O-200", "O-201"), ("UUR", "UUR-2"), ("007", "008"), ("A9", "A10")],
)
def test_the_next_code_counts_on_from_the_newest(shop, last, following):
    shop.item(last)
    assert shop.administration.read(items.next_code) == following


def test_the_first_code_is_given_and_a_taken_one_is_passed_over(shop):
    assert shop.administration.read(items.next_code) == items.FIRST_CODE
    shop.item("O-201")
    shop.item("O-200")
    assert shop.administration.read(items.next_code) == "O-202"


def test_a_duplicate_has_everything_but_code_and_name(shop):
    first = shop.item("O-200", "94.50", tax="low", nature="goods")
    work = partial(items.duplicate, item_id=first, name="Ketel (kopie)")
    second, _changes = shop.administration.write(items.DUPLICATE, work)
    data = shop.administration.read(lambda s: items.data_of(s, s.get_one(Item, second)))
    assert (data.code, data.name, data.tax, data.nature) == (
        "O-201",
        "Ketel (kopie)",
        "low",
        "goods",
    )
    assert data.price == UnitPrice.parse("94.50")
    shop.administration.undo()
    assert shop.administration.read(lambda s: s.get(Item, second)) is None


def test_a_code_of_another_item_is_refused(shop):
    shop.item("A")
    other = shop.item("B")
    with pytest.raises(ItemCodeTaken):
        shop.administration.write(
            items.CHANGE, partial(items.change, item_id=other, values={"code": "A"})
        )


def test_items_with_a_price_on_a_list_are_found(shop):
    listed = shop.item("A")
    shop.item("B")

    def put(session):
        prices = PriceList(name="VvE")
        session.add(prices)
        session.flush()
        session.add(ListPrice(price_list_id=prices.id, item_id=listed, price=UnitPrice.parse("1")))

    shop.administration.write(items.CHANGE, put)
    wanted = items.Filter(priced=True)
    found = shop.administration.read(lambda s: items.list_ids(s, wanted, ("code", False)))
    assert list(found) == [listed]


def test_rates_per_code_are_those_of_the_day(shop):
    rates = shop.administration.read(lambda s: items.tax_percents(s, TODAY))
    assert rates["high"] == Percent(2100)
    assert rates["low"] == Percent(900)
    assert rates["exempt"] is None
    before = shop.administration.read(lambda s: items.tax_percents(s, dt.date(2012, 9, 30)))
    assert before["high"] == Percent(1900)
