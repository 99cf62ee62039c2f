"""Prices come onto a list whole or not at all, are known again, and go back out the same."""

from __future__ import annotations

import datetime as dt
from functools import partial

import pytest
from tests.factories.sales import Shop

from klantenapp.models.values import Percent, Quantity, UnitPrice
from klantenapp.services.catalogue import list_prices, price_list_view, price_lists
from klantenapp.services.catalogue.price_lists import PriceListData
from klantenapp.services.exports import price_list, report_file
from klantenapp.services.imports import prices, reading
from klantenapp.services.imports.fields import PRICE_FIELDS
from klantenapp.services.imports.source import Source
from klantenapp.services.store import clock

TODAY = dt.date(2026, 11, 23)


@pytest.fixture
def shop(administration):
    with clock.stopped(TODAY):
        made = Shop(administration)
        made.item("UUR", "68.00")
        made.item("007", "10.00")
        yield made


def add_list(shop, name="Lijst", **values):
    data = PriceListData(name=name, **values)
    return shop.administration.write(price_lists.ADD, partial(price_lists.add, data=data))[0]


def set_price(shop, list_id, item_id, amount, quantity="0"):
    work = partial(
        list_prices.set_price,
        list_id=list_id,
        item_id=item_id,
        price=UnitPrice.parse(amount),
        min_quantity=Quantity.parse(quantity),
    )
    shop.administration.write(list_prices.SET_PRICE, work)


def bring_in(shop, list_id, source, **values):
    records = reading.table_records(source, PRICE_FIELDS, reading.Stated())
    work = partial(
        prices.run,
        records=records,
        list_id=list_id,
        file=(source.name, source.digest()),
        **values,
    )
    return shop.administration.write(prices.IMPORT, work)[0]


def own(shop, list_id):
    page = shop.administration.read(lambda s: price_list_view.page(s, list_id, TODAY))
    return [(row.code, str(row.min_quantity), str(row.price)) for row in page.rows if row.own]


FILE = """artikelcode;omschrijving;vanaf aantal;prijs
UUR;Monteur;0;62,00
UUR;Monteur;20;58,00
007;Los;;
"""


def test_prices_and_tiers_come_in_are_known_again_and_are_taken_back(shop):
    list_id = add_list(shop)
    set_price(shop, list_id, 1, "60.00")
    source = Source.of_bytes("prijzen.csv", FILE.encode())
    result = bring_in(shop, list_id, source)
    assert (result.read, result.created, result.updated, result.skipped) == (3, 1, 1, 1)
    assert own(shop, list_id) == [("UUR", "0", "62.00"), ("UUR", "20", "58.00")]
    again = bring_in(shop, list_id, source)
    assert (again.created, again.updated, again.skipped) == (0, 0, 3)
    shop.administration.undo()
    assert own(shop, list_id) == [("UUR", "0", "60.00")]


def test_any_wrong_line_keeps_everything_out_unless_the_rest_is_wanted(shop):
    list_id = add_list(shop)
    text = "code;vanaf;prijs\nUUR;0;62,00\nUUR;0;61,00\nWEG;0;1,00\n007;-1;5,00\n007;0;-5,00\n"
    source = Source.of_bytes("prijzen.csv", text.encode())
    records = reading.table_records(source, PRICE_FIELDS, reading.Stated())
    planned = shop.administration.read(lambda s: prices.plan(s, records, list_id))
    assert [(line.line, line.field) for line in planned.refused] == [
        (3, "min_quantity"),
        (4, "code"),
        (5, "min_quantity"),
        (6, "price"),
    ]
    assert bring_in(shop, list_id, source).created == 0
    assert own(shop, list_id) == []
    assert bring_in(shop, list_id, source, skip_refused=True).created == 1
    assert own(shop, list_id) == [("UUR", "0", "62.00")]


@pytest.mark.parametrize("kind", ["xlsx", "ods", "csv"])
def test_a_list_that_was_written_out_is_read_back_the_same(shop, tmp_path, kind):
    list_id = add_list(shop, percent=Percent.parse("-5"))
    set_price(shop, list_id, 1, "62.1234")
    set_price(shop, list_id, 1, "58.00", "12.5")
    page = shop.administration.read(lambda s: price_list_view.page(s, list_id, TODAY))
    path = tmp_path / f"lijst.{kind}"
    report_file.write(price_list.table(page), path, "", plain=True)
    other = add_list(shop, "Kopie")
    result = bring_in(shop, other, Source.of(path))
    assert (result.created, result.refused) == (3, ())
    assert own(shop, other) == [
        ("007", "0", "9.50"),
        ("UUR", "0", "62.1234"),
        ("UUR", "12.5", "58.00"),
    ]
