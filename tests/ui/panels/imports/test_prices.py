"""Prices come onto the list that the user came from, seen before they come in."""

from __future__ import annotations

from functools import partial

import pytest
from tests.factories import administrations
from tests.factories.sales import Shop
from tests.ui.panels import real

from klantenapp.models.catalogue import ListPrice
from klantenapp.models.values import UnitPrice
from klantenapp.services.catalogue import list_prices, price_lists
from klantenapp.services.catalogue.price_lists import PriceListData
from klantenapp.services.store import clock
from klantenapp.ui.panels.imports.wizard import CHECK, DONE

FILE = "Code;Vanaf aantal;Prijs\nUUR;0;62,00\nUUR;20;58,00\nWEG;0;1,00\n"


@pytest.fixture
def shop(administration):
    with clock.stopped(real.TODAY):
        made = Shop(administration)
        made.item("UUR", "68.00")
        for name in ("Andere", "Aannemers"):
            work = partial(price_lists.add, data=PriceListData(name=name))
            administration.write(price_lists.ADD, work)
        work = partial(list_prices.set_price, list_id=2, item_id=1, price=UnitPrice.parse("60"))
        administration.write(list_prices.SET_PRICE, work)
        yield made


@pytest.fixture
def window(qtbot, shop):
    shown = real.opened(qtbot, shop.administration.path)
    yield shown
    real.close(shown)
    administrations.require_sound(shop.administration)


def on_list(shop, list_id=2):
    def read(session):
        rows = session.query(ListPrice).filter_by(price_list_id=list_id).all()
        return sorted((str(row.min_quantity), str(row.price)) for row in rows)

    return shop.administration.read(read)


def test_prices_are_shown_before_they_come_in_and_go_back_in_one_step(
    qtbot, window, shop, tmp_path
):
    path = tmp_path / "prijzen.csv"
    path.write_text(FILE, encoding="utf-8")
    lists = real.go(qtbot, window, "price_lists", id=2)
    qtbot.waitUntil(lambda: lists.pane._list is not None and lists.pane._list.id == 2)
    lists.pane._import()
    page = window.navigation.page
    page._open(path)
    qtbot.waitUntil(lambda: bool(page.trial and page.trial.outcome), timeout=10_000)
    real.settle(qtbot, window)
    outcome = page.trial.outcome
    assert (outcome.new, outcome.changed, outcome.wrong_lines) == (1, 1, 1)
    page._next()
    assert page._step == CHECK
    assert page.next.text() == "2 prijzen importeren"
    page._next()
    qtbot.waitUntil(lambda: page._step == DONE, timeout=10_000)
    real.settle(qtbot, window)
    assert on_list(shop) == [("0", "62.00"), ("20", "58.00")]
    assert on_list(shop, 1) == []
    window.undo()
    qtbot.waitUntil(lambda: on_list(shop) == [("0", "60.00")], timeout=10_000)
    real.settle(qtbot, window)
