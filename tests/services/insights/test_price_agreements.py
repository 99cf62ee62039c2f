"""The report on price agreements agrees with the invoices it speaks about."""

from __future__ import annotations

import datetime as dt
from functools import partial

import pytest
from tests.factories import agreements
from tests.factories.agreements import agreed
from tests.factories.sales import Shop

from klantenapp.models.values import Percent, Quantity, UnitPrice
from klantenapp.services.catalogue import list_prices, price_lists
from klantenapp.services.catalogue.price_lists import PriceListData
from klantenapp.services.insights import price_agreements
from klantenapp.services.insights.wanted import Wanted
from klantenapp.services.sales import view
from klantenapp.services.sales.inputs import LineInput
from klantenapp.services.store import clock

TODAY = dt.date(2026, 11, 23)


@pytest.fixture
def shop(administration):
    with clock.stopped(TODAY):
        yield Shop(administration)


def test_every_row_is_the_price_of_an_invoice_line_and_nothing_agreed_is_left_out(shop):
    items = {code: shop.item(code, price) for code, price in (("A", "10"), ("B", "20"), ("C", "3"))}
    data = PriceListData(name="Lijst", percent=Percent.parse("-10"), valid_to=dt.date(2026, 12, 1))
    price_list = shop.administration.write(price_lists.ADD, partial(price_lists.add, data=data))[0]
    work = partial(
        list_prices.set_price,
        list_id=price_list,
        item_id=items["B"],
        price=UnitPrice.parse("15"),
        min_quantity=Quantity.parse("5"),
    )
    shop.administration.write(list_prices.SET_PRICE, work)
    both = shop.customer("A met lijst en contract", price_list_id=price_list)
    agreements.add(
        shop.administration,
        both,
        prices=(agreed(items["A"], "8"), agreed(items["A"], "7", "10")),
    )
    listed = shop.customer("B met lijst", kind="consumer", price_list_id=price_list)
    discounted = shop.customer("C met korting", discount=Percent.parse("4"))
    shop.customer("D zonder iets")
    table = shop.administration.read(lambda s: price_agreements.report(s, Wanted(as_of=TODAY)))
    keys = [column.key for column in table.columns]
    rows = [dict(zip(keys, row, strict=True)) for row in table.rows]
    assert [
        (row["customer_number"], row["item"], str(row["min_quantity"]), str(row["price"]))
        for row in rows
    ] == [
        ("1001", "A", "0", "8.00"),
        ("1001", "A", "10", "7.00"),
        ("1001", "B", "0", "18.00"),
        ("1001", "B", "5", "15.00"),
        ("1001", "C", "0", "2.70"),
        ("1002", "A", "0", "10.89"),
        ("1002", "B", "0", "21.78"),
        ("1002", "B", "5", "18.15"),
        ("1002", "C", "0", "3.267"),
        ("1003", "A", "0", "10.00"),
        ("1003", "B", "0", "20.00"),
        ("1003", "C", "0", "3.00"),
    ]
    assert [row["valid_to"] for row in rows][:3] == [
        dt.date(2026, 12, 31),
        dt.date(2026, 12, 31),
        dt.date(2026, 12, 1),
    ]
    ids = {"1001": both, "1002": listed, "1003": discounted}
    for row in rows:
        quantity = row["min_quantity"] or Quantity.parse("1")
        line = LineInput(item_id=items[row["item"]], quantity=quantity)
        draft = shop.draft(ids[row["customer_number"]], line)
        (said,) = shop.administration.read(lambda s, draft=draft: view.view(s, draft, TODAY)).lines
        assert (said.unit_price, said.discount_percent or None) == (
            row["price"],
            row["discount_percent"],
        )
