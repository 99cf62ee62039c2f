"""Price lists are drafts until confirmed, follow their base, and cannot go while they are used."""

from __future__ import annotations

import datetime as dt
from functools import partial

import pytest
from tests.factories.sales import Shop

from klantenapp.models.catalogue import PriceList
from klantenapp.models.values import Percent, Quantity, UnitPrice
from klantenapp.services.catalogue import list_prices, price_list_view, price_lists
from klantenapp.services.catalogue.price_lists import CopyData, PriceListData
from klantenapp.services.customers import customers
from klantenapp.services.errors.agreements import (
    AgreementNameMissing,
    ChangeOutOfRange,
    EndBeforeStart,
    PriceListInUse,
    PriceListNameTaken,
    PriceListTaxLocked,
    PriceNegative,
    QuantityNegative,
    TierTwice,
)
from klantenapp.services.errors.base import NotFound
from klantenapp.services.errors.catalogue import PriceListCircle
from klantenapp.services.sales.inputs import LineInput
from klantenapp.services.store import clock

TODAY = dt.date(2026, 11, 23)
YEAR = (dt.date(2026, 1, 1), dt.date(2026, 12, 31))


def price(text):
    return UnitPrice.parse(text)


def pct(text):
    return Percent.parse(text)


def qty(text):
    return Quantity.parse(text)


class Lists:
    """Price lists written through the door."""

    def __init__(self, administration):
        self.administration = administration
        self.shop = Shop(administration)

    def write(self, operation, work, **values):
        return self.administration.write(operation, partial(work, **values))[0]

    def add(self, name, **values):
        return self.write(price_lists.ADD, price_lists.add, data=PriceListData(name=name, **values))

    def change(self, list_id, **values):
        self.write(price_lists.CHANGE, price_lists.change, list_id=list_id, values=values)

    def set(self, list_id, item_id, text, quantity="0"):
        self.write(
            list_prices.SET_PRICE,
            list_prices.set_price,
            list_id=list_id,
            item_id=item_id,
            price=price(text),
            min_quantity=qty(quantity),
        )

    def rows(self, list_id, text=""):
        """(code, from, price, own, difference in basis points) of every row."""
        page = self.page(list_id, text)
        return [
            (
                row.code,
                str(row.min_quantity),
                str(row.price) if row.price else None,
                row.own,
                row.difference.points if row.difference else 0,
            )
            for row in page.rows
        ]

    def page(self, list_id, text=""):
        return self.administration.read(
            lambda session: price_list_view.page(session, list_id, TODAY, text)
        )


@pytest.fixture
def lists(administration):
    with clock.stopped(TODAY):
        yield Lists(administration)


def test_a_list_shows_base_prices_own_prices_and_tiers_with_their_difference(lists):
    hour = lists.shop.item("UUR", "68.00")
    boiler = lists.shop.item("KETEL", "94.50")
    lists.shop.item("PIJP", "3.85")
    found = lists.add("Aannemers 2026", valid_from=YEAR[0], valid_to=YEAR[1], percent=pct("-5"))
    lists.set(found, boiler, "88.00")
    lists.set(found, boiler, "84.50", "25")
    assert lists.rows(found) == [
        ("KETEL", "0", "88.00", True, -688),
        ("KETEL", "25", "84.50", True, -1058),
        ("PIJP", "0", "3.66", False, -494),  # 3,6575 half up to the cent
        ("UUR", "0", "64.60", False, -500),
    ]
    page = lists.page(found)
    assert (page.items, page.own) == (3, 1)
    assert [row.first for row in page.rows] == [True, False, True, True]
    assert lists.rows(found, "uur") == [("UUR", "0", "64.60", False, -500)]
    assert hour


def test_an_own_price_returns_to_its_base_and_undo_brings_it_back(lists):
    item = lists.shop.item("UUR", "68.00")
    found = lists.add("Aannemers", percent=pct("-5"))
    lists.set(found, item, "60.00")
    lists.write(
        list_prices.DROP_PRICE,
        list_prices.drop_price,
        list_id=found,
        item_id=item,
        min_quantity=qty("0"),
    )
    assert lists.rows(found) == [("UUR", "0", "64.60", False, -500)]
    lists.administration.undo()
    assert lists.rows(found) == [("UUR", "0", "60.00", True, -1176)]


def test_a_list_on_a_list_takes_over_its_tiers_until_it_has_an_own_price(lists):
    item = lists.shop.item("UUR", "68.00")
    base = lists.add("Basis")
    lists.set(base, item, "60.00")
    lists.set(base, item, "50.00", "10")
    found = lists.add("Afgeleid", base_list_id=base, percent=pct("10"), rounding=50)
    assert lists.rows(found) == [
        ("UUR", "0", "66.00", False, -294),
        ("UUR", "10", "55.00", False, -1912),
    ]
    lists.set(found, item, "52.00", "20")
    assert [row[1:4] for row in lists.rows(found)] == [
        ("0", "66.00", False),
        ("10", "55.00", False),
        ("20", "52.00", True),
    ]
    lists.set(found, item, "61.00")
    assert [row[1:4] for row in lists.rows(found)] == [("0", "61.00", True), ("20", "52.00", True)]


def test_prices_with_tax_are_compared_with_tax(lists):
    item = lists.shop.item("UUR", "68.00")
    found = lists.add("Particulier 2026", includes_tax=True, percent=pct("0"))
    assert lists.rows(found) == [("UUR", "0", "82.28", False, 0)]
    lists.set(found, item, "79.95")
    row = lists.page(found).rows[0]
    assert (str(row.standard), row.difference.points) == ("82.28", -283)


def test_an_item_without_a_price_anywhere_is_shown_without_one(lists):
    lists.shop.item("LOS", None)
    found = lists.add("Leeg")
    assert lists.rows(found) == [("LOS", "0", None, False, 0)]


def test_a_tier_exists_once_and_a_dearer_one_warns(lists):
    item = lists.shop.item("UUR", "68.00")
    found = lists.add("Staffel")
    lists.set(found, item, "60.00")

    def tier(quantity, amount):
        lists.write(
            list_prices.ADD_TIER,
            list_prices.add_tier,
            list_id=found,
            item_id=item,
            min_quantity=qty(quantity),
            price=price(amount),
        )

    tier("10", "61.00")
    with pytest.raises(TierTwice) as caught:
        tier("10", "55.00")
    assert caught.value.quantity == qty("10")
    assert [row.dearer for row in lists.page(found).rows] == [False, True]
    told = lists.administration.read(lambda s: list_prices.warnings(s, found, item))
    assert [(each.item, each.quantity) for each in told] == [("UUR", qty("10"))]

    def move(old, new):
        lists.write(
            list_prices.MOVE_TIER,
            list_prices.move_tier,
            list_id=found,
            item_id=item,
            old=qty(old),
            new=qty(new),
        )

    move("10", "12")
    with pytest.raises(TierTwice):
        move("12", "0")
    with pytest.raises(QuantityNegative):
        move("12", "-1")
    assert [row[1] for row in lists.rows(found)] == ["0", "12"]
    with pytest.raises(PriceNegative):
        lists.set(found, item, "-1")


def test_what_is_wrong_with_a_list_is_refused(lists):
    first = lists.add("Eerste")
    for values, failure in (
        ({"name": "  "}, AgreementNameMissing),
        ({"name": "eerste"}, PriceListNameTaken),
        ({"name": "A", "valid_from": YEAR[1], "valid_to": YEAR[0]}, EndBeforeStart),
        ({"name": "A", "percent": pct("-101")}, ChangeOutOfRange),
        ({"name": "A", "base_list_id": 99}, NotFound),
    ):
        with pytest.raises(failure):
            lists.add(**values)
    second = lists.add("Tweede", base_list_id=first)
    third = lists.add("Derde", base_list_id=second)
    with pytest.raises(PriceListCircle) as caught:
        lists.change(first, base_list_id=third)
    assert caught.value.names == ("Eerste", "Derde", "Tweede")
    with pytest.raises(PriceListCircle):
        lists.change(first, base_list_id=first)


def test_a_list_in_use_is_neither_deleted_nor_archived_until_it_has_passed(lists):
    found = lists.add("Aannemers 2026", valid_to=YEAR[1])
    customer = lists.shop.customer("Bouw B.V.", price_list_id=found)

    def delete():
        lists.write(price_lists.DELETE, price_lists.delete, list_id=found)

    def archive():
        lists.write(price_lists.ARCHIVE, price_lists.archive, list_id=found)

    for attempt in (delete, archive):
        with pytest.raises(PriceListInUse) as caught:
            attempt()
        assert caught.value.users == ("Bouw B.V.",)
    with clock.stopped(dt.date(2027, 1, 1)):
        archive()
        lists.administration.undo()
    lists.write(
        customers.CHANGE, customers.change, customer_id=customer, values={"price_list_id": None}
    )
    item = lists.shop.item("UUR", "68.00")
    lists.set(found, item, "60.00")
    delete()
    assert lists.administration.read(lambda s: s.get(PriceList, found)) is None
    lists.administration.undo()
    assert lists.rows(found) == [("UUR", "0", "60.00", True, -1176)]


def test_with_or_without_tax_is_locked_once_a_document_used_the_list(lists):
    item = lists.shop.item("UUR", "68.00")
    found = lists.add("Aannemers")
    lists.set(found, item, "60.00")
    lists.change(found, includes_tax=True)
    lists.change(found, includes_tax=False)
    customer = lists.shop.customer(price_list_id=found)
    lists.shop.issue(lists.shop.draft(customer, LineInput(item_id=item)))
    with pytest.raises(PriceListTaxLocked):
        lists.change(found, includes_tax=True)
    lists.change(found, name="Aannemers 2026")


def test_a_copy_changes_own_prices_and_compounds_the_percentage_of_the_rest(lists):
    hour = lists.shop.item("UUR", "68.00")
    boiler = lists.shop.item("KETEL", "100.00")
    found = lists.add("Aannemers 2026", percent=pct("-5"))
    lists.set(found, hour, "61.11")
    lists.set(found, hour, "58.00", "10")
    data = CopyData(
        name="Aannemers 2027", valid_from=dt.date(2027, 1, 1), percent=pct("3"), rounding=5
    )
    made = lists.write(price_lists.COPY, price_lists.copy, list_id=found, data=data)
    assert lists.rows(made) == [
        ("KETEL", "0", "97.85", False, -215),
        ("UUR", "0", "62.95", True, -743),  # 62,9433 to 5 cents
        ("UUR", "10", "59.75", True, -1213),  # 59,74
    ]
    copied = lists.administration.read(lambda s: price_lists.data_of(price_lists.get(s, made)))
    assert copied.is_draft
    assert copied.percent == pct("-2.15")
    assert boiler
    lists.administration.undo()
    assert lists.administration.read(lambda s: s.get(PriceList, made)) is None


def test_lists_stand_in_groups_with_the_number_of_customers(lists):
    now = lists.add("Nu", valid_from=YEAR[0], valid_to=YEAR[1])
    lists.add("Altijd")
    lists.add("Straks", valid_from=dt.date(2027, 1, 1))
    lists.add("Voorbij", valid_to=dt.date(2025, 12, 31))
    draft = lists.add("Concept", is_draft=True)
    lists.shop.customer("A", price_list_id=now)
    lists.shop.customer("B", price_list_id=now)
    archived = lists.shop.customer("C", price_list_id=now)
    lists.write(customers.ARCHIVE, customers.archive, customer_id=archived)
    found = lists.administration.read(lambda s: price_list_view.lists(s, TODAY))
    assert [(row.name, row.group, row.customers) for row in found] == [
        ("Altijd", "valid", 0),
        ("Nu", "valid", 2),
        ("Concept", "later", 0),
        ("Straks", "later", 0),
        ("Voorbij", "past", 0),
    ]
    lists.write(price_lists.CONFIRM, price_lists.confirm, list_id=draft)
    found = lists.administration.read(lambda s: price_list_view.lists(s, TODAY))
    assert next(row for row in found if row.id == draft).group == "valid"


@pytest.mark.parametrize(
    ("amount", "percent", "rounding", "expected"),
    [
        ("62.00", "3", 1, "63.86"),
        ("62.00", "3", 5, "63.85"),
        ("62.00", "3", 50, "64.00"),
        ("62.00", "3", 100, "64.00"),
        ("1.2345", "0", 1, "1.2345"),
        ("1.2345", "0", 5, "1.25"),
        ("0.0040", "10", 1, "0.0044"),  # a cent would make it nothing
        ("84.50", "-2.5", 1, "82.39"),  # 82,3875
        ("10.00", "-100", 1, "0.00"),
    ],
)
def test_a_changed_price_is_rounded_half_up_once(amount, percent, rounding, expected):
    assert price_lists.changed(price(amount), pct(percent), rounding) == price(expected)
