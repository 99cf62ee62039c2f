"""Items in the window, with keys and clicks, on a real file."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from tests.factories import administrations
from tests.factories.sales import Shop
from tests.ui.panels import real

from klantenapp.models.catalogue import Item, ItemGroup, ListPrice, PriceList
from klantenapp.models.values import UnitPrice
from klantenapp.services.catalogue import items
from klantenapp.services.store import clock
from klantenapp.services.store.changes import Changes
from klantenapp.ui.panels.catalogue.named_choice import NameDialog
from klantenapp.ui.panels.catalogue.new_item import NewItemDialog


@pytest.fixture
def shop(administration):
    with clock.stopped(real.TODAY):
        made = Shop(administration)
        made.item("A-100", "68")
        made.item("O-200", "94.50", nature="goods")
        yield made


@pytest.fixture
def window(qtbot, shop):
    shown = real.opened(qtbot, shop.administration.path)
    yield shown
    real.close(shown)


@pytest.fixture
def page(qtbot, window):
    return real.go(qtbot, window, "items")


def stored(shop, code):
    def read(session):
        return next((one for one in session.query(Item).all() if one.code == code), None)

    return shop.administration.read(read)


def test_an_item_is_made_from_the_keyboard(qtbot, window, page, shop):
    QTest.keyClick(page, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    asked = real.dialog(qtbot, window, NewItemDialog)
    qtbot.waitUntil(lambda: asked.code.value() == "O-201", timeout=5000)
    QTest.keyClicks(asked.name, "Inspectie rookgasafvoer")
    price = asked.form.fields["price"].input
    QTest.keyClicks(price, "57,50")
    qtbot.wait(450)
    QTest.keyClick(price, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: stored(shop, "O-201") is not None, timeout=5000)
    real.settle(qtbot, window)
    made = stored(shop, "O-201")
    assert (made.name, made.price) == ("Inspectie rookgasafvoer", UnitPrice.parse("57.50"))
    assert page.view.current_id() == made.id
    assert page.panel.form.fields["name"].input.value() == "Inspectie rookgasafvoer"


def test_a_code_that_is_taken_is_said_at_its_field(qtbot, window, page):
    page.new()
    asked = real.dialog(qtbot, window, NewItemDialog)
    asked.code.set_value("A-100")
    asked.name.set_value("Dubbel")
    asked._add()
    qtbot.waitUntil(lambda: bool(asked.form.fields["code"].error), timeout=5000)
    assert "A-100" in asked.form.fields["code"].error


def test_a_field_is_saved_when_it_is_left_and_undone(qtbot, window, page, shop):
    page.view.setFocus()
    QTest.keyClick(page.view, Qt.Key.Key_Return)
    name = page.panel.form.fields["name"].input
    assert name.hasFocus()
    name.selectAll()
    QTest.keyClicks(name, "Monteur")
    QTest.keyClick(name, Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: stored(shop, "A-100").name == "Monteur", timeout=5000)
    real.settle(qtbot, window)
    assert page.model.row_at(0).name == "Monteur"
    QTest.keyClick(page.panel, Qt.Key.Key_Escape)
    assert page.view.hasFocus()
    window.undo()
    qtbot.waitUntil(lambda: stored(shop, "A-100").name == "Artikel A-100", timeout=5000)


def test_an_empty_name_is_refused_at_the_field(qtbot, window, page, shop):
    name = page.panel.form.fields["name"].input
    name.setFocus()
    name.selectAll()
    QTest.keyClick(name, Qt.Key.Key_Delete)
    QTest.keyClick(name, Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: bool(page.panel.form.fields["name"].error), timeout=5000)
    assert stored(shop, "A-100").name == "Artikel A-100"
    real.settle(qtbot, window)


def test_the_price_with_tax_follows_while_typing(page):
    price = page.panel.price
    price.setFocus()
    price.selectAll()
    QTest.keyClicks(price, "94,50")
    assert page.panel.gross.text() == "€ 114,35 met 21% btw"


def test_a_new_group_is_made_where_it_is_chosen(qtbot, window, page, shop):
    group = page.panel.group
    group.setCurrentIndex(group.count() - 1)
    group.activated.emit(group.count() - 1)
    asked = real.dialog(qtbot, window, NameDialog)
    QTest.keyClicks(asked.name, "Arbeid")
    qtbot.wait(450)
    QTest.keyClick(asked.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: stored(shop, "A-100").item_group_id is not None, timeout=5000)
    real.settle(qtbot, window)
    found = shop.administration.read(lambda s: s.query(ItemGroup).one().name)
    assert (found, group.value()) == ("Arbeid", "Arbeid")


def test_letters_duplicate_and_archive_in_the_list(qtbot, window, page, shop):
    page.view.setFocus()
    QTest.keyClick(page.view, Qt.Key.Key_D)
    qtbot.waitUntil(lambda: stored(shop, "A-101") is not None, timeout=5000)
    real.settle(qtbot, window)
    assert stored(shop, "A-101").name == "Artikel A-100 (kopie)"
    page.view.setFocus()
    QTest.keyClick(page.view, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: stored(shop, "A-101").archived_at is not None, timeout=5000)
    real.settle(qtbot, window)
    assert page.model.rowCount() == 2
    page.more.set_chosen({"archived": True})
    page.more.changed.emit(page.more.chosen)
    real.settle(qtbot, window)
    assert [page.model.row_at(0).code] == ["A-101"]
    page.archive()
    qtbot.waitUntil(lambda: stored(shop, "A-101").archived_at is None, timeout=5000)
    real.settle(qtbot, window)


def test_filters_and_search_narrow_the_list(qtbot, window, page):
    page.filters.choose("goods")
    real.settle(qtbot, window)
    assert [page.model.row_at(0).code] == ["O-200"]
    page.filters.choose("all")
    QTest.keyClicks(page.seek, "a-1")
    qtbot.wait(150)
    real.settle(qtbot, window)
    assert page.model.rowCount() == 1
    assert page.filters is not None


def test_a_deleted_item_comes_back(qtbot, window, page, shop):
    page.view.select_id(stored(shop, "O-200").id)
    real.settle(qtbot, window)
    page.delete()
    qtbot.waitUntil(lambda: stored(shop, "O-200") is None, timeout=5000)
    # The file has it a moment before the window hears of it, and only then there is an undo.
    real.settle(qtbot, window)
    window.undo()
    qtbot.waitUntil(lambda: stored(shop, "O-200") is not None, timeout=5000)
    real.settle(qtbot, window)


def test_without_items_the_screen_says_what_belongs_here(qtbot, administration):
    window = real.opened(qtbot, administration.path)
    page = real.go(qtbot, window, "items")
    assert page.empty.isVisible()
    assert not page.split.isVisible()
    real.close(window)


def test_the_file_is_sound_afterwards(shop):
    administrations.require_sound(shop.administration)


def test_prices_per_list_stand_in_the_panel_and_lead_to_the_list(qtbot, window, page, shop):
    item = stored(shop, "A-100").id

    def put(session):
        prices = PriceList(name="VvE en beheer 2026")
        session.add(prices)
        session.flush()
        session.add(
            ListPrice(price_list_id=prices.id, item_id=item, price=UnitPrice.parse("61.20"))
        )

    shop.administration.write(items.CHANGE, put)
    window.navigation.go("items", id=item)
    real.settle(qtbot, window)
    (section,) = page.panel.sections
    section.show_item(page.view.current_row())
    real.settle(qtbot, window)
    texts = [label.text() for label in section.findChildren(QLabel)]
    assert "61,20" in texts
    assert "−10,0%" in texts
    link = next(
        each
        for each in section.findChildren(QPushButton)
        if each.text().startswith("VvE en beheer")
    )
    QTest.mouseClick(link, Qt.MouseButton.LeftButton)
    real.settle(qtbot, window)
    assert window.navigation.place.name == "price_lists"


def test_an_empty_screen_has_one_primary_button_until_there_is_an_item(qtbot, administration):
    window = real.opened(qtbot, administration.path)
    page = real.go(qtbot, window, "items")
    kinds = [
        each.property("kind") for each in page.findChildren(QPushButton) if each.isVisibleTo(page)
    ]
    assert kinds.count("primary") == 1
    assert not page.footer.isVisible()
    Shop(administration).item("A-100", "68")
    window.shell.ops.changed.emit(Changes("item.add", {"item": frozenset({1})}, 1))
    real.settle(qtbot, window)
    assert page.split.isVisible()
    assert page._primary.property("kind") == "primary"
    real.close(window)


def test_nothing_found_says_so_and_clears(qtbot, window, page):
    page.seek.setText("zzz")
    qtbot.waitUntil(page.nothing.isVisible, timeout=5000)
    QTest.mouseClick(page.nothing.act, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.view.isVisible, timeout=5000)
    real.settle(qtbot, window)
    assert page.model.rowCount() == 2
