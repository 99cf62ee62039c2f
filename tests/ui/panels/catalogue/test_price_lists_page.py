"""Price lists in the window, with keys and clicks, on a real file."""

from __future__ import annotations

import datetime as dt
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from tests.factories import administrations
from tests.factories.sales import Shop
from tests.ui.panels import real

from klantenapp.models.catalogue import ListPrice, PriceList
from klantenapp.models.document import Document
from klantenapp.models.values import Percent, Quantity, UnitPrice
from klantenapp.services.catalogue import list_prices, price_lists
from klantenapp.services.catalogue.price_lists import PriceListData
from klantenapp.services.sales.inputs import LineInput
from klantenapp.services.store import clock
from klantenapp.ui.panels.catalogue.price_list_dialogs import (
    CopyDialog,
    NewListDialog,
    RenameDialog,
    TierDialog,
)
from klantenapp.ui.panels.catalogue.price_list_file import write

YEAR = {"valid_from": dt.date(2026, 1, 1), "valid_to": dt.date(2026, 12, 31)}
Key = Qt.Key


@pytest.fixture
def shop(administration):
    with clock.stopped(real.TODAY):
        made = Shop(administration)
        made.item("UUR", "68")
        made.item("KETEL", "94.50")
        data = PriceListData(name="Aannemers 2026", percent=Percent.parse("-5"), **YEAR)
        administration.write(price_lists.ADD, partial(price_lists.add, data=data))
        work = partial(list_prices.set_price, list_id=1, item_id=2, price=UnitPrice.parse("88"))
        administration.write(list_prices.SET_PRICE, work)
        yield made


@pytest.fixture
def window(qtbot, shop):
    shown = real.opened(qtbot, shop.administration.path)
    yield shown
    real.close(shown)
    administrations.require_sound(shop.administration)


@pytest.fixture
def page(qtbot, window):
    shown = real.go(qtbot, window, "price_lists")
    qtbot.waitUntil(lambda: shown.pane.rows.rowCount() > 0, timeout=10_000)
    return shown


def own(shop, list_id=1):
    def read(session):
        rows = session.query(ListPrice).filter_by(price_list_id=list_id).all()
        return sorted((row.item_id, str(row.min_quantity), str(row.price)) for row in rows)

    return shop.administration.read(read)


def stored(shop, list_id=1):
    return shop.administration.read(
        lambda session: price_lists.data_of(session.get_one(PriceList, list_id))
    )


def shown(page):
    """Item, from, price, origin, difference as the grid writes them."""
    model = page.pane.rows
    keys = [column.key for column in model.columns]
    wanted = [keys.index(key) for key in ("name", "min_quantity", "price", "origin", "difference")]
    return [
        tuple(model.index(line, at).data() for at in wanted) for line in range(model.rowCount())
    ]


def line_of(page, code, quantity="0"):
    rows = [page.pane.rows.row_at(line) for line in range(page.pane.rows.rowCount())]
    return next(
        at
        for at, row in enumerate(rows)
        if row.code == code and row.min_quantity == Quantity.parse(quantity)
    )


def current(page, code, quantity="0"):
    grid = page.pane.grid
    grid.setFocus()
    grid.setCurrentIndex(page.pane.rows.index(line_of(page, code, quantity), 0))


def test_the_list_shows_base_and_own_prices_with_their_difference(page):
    assert shown(page) == [
        ("Artikel KETEL", "altijd", "88,00", "Eigen prijs", "−6,9%"),
        ("Artikel UUR", "altijd", "64,60", "Basis −5%", "−5,0%"),
    ]
    assert page.pane.title.text() == "Aannemers 2026"
    assert page.pane.chip.look.text == "Geldig"


def test_a_price_is_typed_over_with_digits_and_goes_back_with_delete(qtbot, window, page, shop):
    current(page, "UUR")
    QTest.keyClicks(page.pane.grid, "6")
    editor = page.pane.grid.indexWidget(page.pane.grid.currentIndex())
    QTest.keyClicks(editor, "1,50")
    QTest.keyClick(editor, Key.Key_Return)
    qtbot.waitUntil(lambda: (1, "0", "61.50") in own(shop), timeout=5000)
    real.settle(qtbot, window)
    assert shown(page)[1] == ("Artikel UUR", "altijd", "61,50", "Eigen prijs", "−9,6%")
    current(page, "UUR")
    QTest.keyClick(page.pane.grid, Key.Key_Delete)
    qtbot.waitUntil(lambda: own(shop) == [(2, "0", "88.00")], timeout=5000)
    real.settle(qtbot, window)
    window.undo()
    qtbot.waitUntil(lambda: (1, "0", "61.50") in own(shop), timeout=5000)


def test_f2_opens_the_price_and_escape_leaves_it_as_it_was(qtbot, window, page, shop):
    current(page, "KETEL")
    QTest.keyClick(page.pane.grid, Key.Key_F2)
    editor = page.pane.grid.indexWidget(page.pane.grid.currentIndex())
    qtbot.wait(10)
    assert editor.text() == "88,00"
    QTest.keyClicks(editor, "1")
    QTest.keyClick(editor, Key.Key_Escape)
    assert page.pane.grid.hasFocus()
    real.settle(qtbot, window)
    assert own(shop) == [(2, "0", "88.00")]


def test_insert_adds_a_tier_and_a_quantity_that_is_there_is_refused(qtbot, window, page, shop):
    current(page, "KETEL")
    QTest.keyClick(page.pane.grid, Key.Key_Insert)
    asked = real.dialog(qtbot, window, TierDialog)
    QTest.keyClicks(asked.quantity, "25")
    asked.price.selectAll()
    QTest.keyClicks(asked.price, "84,50")
    qtbot.wait(450)
    QTest.keyClick(asked.price, Key.Key_Return)
    qtbot.waitUntil(lambda: (2, "25", "84.50") in own(shop), timeout=5000)
    real.settle(qtbot, window)
    assert shown(page)[1] == ("", "vanaf 25", "84,50", "Eigen prijs", "−10,6%")
    current(page, "KETEL")
    page.pane.add_tier()
    again = real.dialog(qtbot, window, TierDialog)
    again.quantity.set_value(Quantity.parse("25"))
    again._add()
    qtbot.waitUntil(lambda: bool(again.form.fields["prices"].error), timeout=5000)
    assert "25" in again.form.fields["prices"].error
    again.reject()


def test_the_quantity_of_a_tier_is_changed_and_a_clash_is_told_above_the_grid(
    qtbot, window, page, shop
):
    for quantity, amount in (("10", "86"), ("25", "84")):
        work = partial(
            list_prices.set_price,
            list_id=1,
            item_id=2,
            price=UnitPrice.parse(amount),
            min_quantity=Quantity.parse(quantity),
        )
        window.shell.ops.write(list_prices.SET_PRICE, work)
    real.settle(qtbot, window)
    grid = page.pane.grid
    assert grid.edit_cell(line_of(page, "KETEL", "10"), "min_quantity")
    editor = grid.indexWidget(grid.currentIndex())
    editor.selectAll()
    QTest.keyClicks(editor, "12")
    QTest.keyClick(editor, Key.Key_Return)
    qtbot.waitUntil(lambda: (2, "12", "86.00") in own(shop), timeout=5000)
    real.settle(qtbot, window)
    grid.edit_cell(line_of(page, "KETEL", "12"), "min_quantity")
    editor = grid.indexWidget(grid.currentIndex())
    editor.selectAll()
    QTest.keyClicks(editor, "25")
    QTest.keyClick(editor, Key.Key_Return)
    qtbot.waitUntil(page.pane.problem.isVisible, timeout=5000)
    assert (2, "12", "86.00") in own(shop)


def test_fields_are_saved_as_they_are_left_and_a_period_backwards_is_refused(
    qtbot, window, page, shop
):
    percent = page.pane.percent
    percent.setFocus()
    percent.selectAll()
    QTest.keyClicks(percent, "-10")
    QTest.keyClick(percent, Key.Key_Return)
    qtbot.waitUntil(lambda: stored(shop).percent == Percent.parse("-10"), timeout=5000)
    real.settle(qtbot, window)
    assert shown(page)[1][2:4] == ("61,20", "Basis −10%")
    field = page.pane.form.fields["valid_to"]
    field.input.setFocus()
    field.input.selectAll()
    QTest.keyClicks(field.input, "31-12-2025")
    QTest.keyClick(field.input, Key.Key_Return)
    qtbot.waitUntil(lambda: bool(field.error), timeout=5000)
    assert stored(shop).valid_to == YEAR["valid_to"]


def test_a_list_is_made_renamed_and_copied_as_a_draft_that_is_confirmed(qtbot, window, page, shop):
    QTest.keyClick(page, Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    asked = real.dialog(qtbot, window, NewListDialog)
    QTest.keyClicks(asked.name, "Particulier")
    asked.tax.set_value("with")
    qtbot.wait(450)
    QTest.keyClick(asked.name, Key.Key_Return)
    qtbot.waitUntil(lambda: page.pane.title.text() == "Particulier", timeout=5000)
    real.settle(qtbot, window)
    assert stored(shop, 2).includes_tax
    assert shown(page)[1][2] == "82,28"
    page._picked(1)
    real.settle(qtbot, window)
    page.pane.copy()
    copied = real.dialog(qtbot, window, CopyDialog)
    assert copied.name.value() == "Aannemers 2027"
    copied.percent.selectAll()
    QTest.keyClicks(copied.percent, "3")
    assert copied._prices[0].text() == "90,64"
    copied._copy()
    qtbot.waitUntil(lambda: page.pane.title.text() == "Aannemers 2027", timeout=5000)
    real.settle(qtbot, window)
    assert page.pane.draft.isVisible()
    assert own(shop, 3) == [(2, "0", "90.64")]
    page.pane._confirm()
    qtbot.waitUntil(lambda: not stored(shop, 3).is_draft, timeout=5000)
    real.settle(qtbot, window)
    assert not page.pane.draft.isVisible()
    RenameDialog(page, page.pane._list).open()
    renamed = real.dialog(qtbot, window, RenameDialog)
    renamed.name.set_value("Aannemers 2026")
    renamed._save()
    qtbot.waitUntil(lambda: bool(renamed.form.fields["name"].error), timeout=5000)
    renamed.reject()


def test_a_list_in_use_is_not_deleted_and_says_by_whom(qtbot, page, shop):
    shop.customer("Bouw B.V.", price_list_id=1)
    page.pane._delete()
    qtbot.waitUntil(page.pane.problem.isVisible, timeout=5000)
    assert "Bouw B.V." in page.pane.problem.accessibleName()
    assert stored(shop).name == "Aannemers 2026"


def test_drafts_that_follow_the_list_are_offered_their_new_price(qtbot, window, page, shop):
    customer = shop.customer(price_list_id=1)
    draft = shop.draft(customer, LineInput(item_id=1))
    work = partial(list_prices.set_price, list_id=1, item_id=1, price=UnitPrice.parse("50"))
    window.shell.ops.write(list_prices.SET_PRICE, work)
    qtbot.waitUntil(page.pane.stale.isVisible, timeout=5000)
    page.pane.stale._reprice()

    def total():
        return shop.administration.read(lambda s: str(s.get_one(Document, draft).total))

    qtbot.waitUntil(lambda: total() == "60.50", timeout=5000)
    real.settle(qtbot, window)
    assert not page.pane.stale.isVisible()


def test_search_narrows_the_prices_and_slash_goes_there(qtbot, window, page):
    page.pane.grid.setFocus()
    QTest.keyClick(page.pane.grid, Key.Key_Slash)
    assert page.pane.search.hasFocus()
    QTest.keyClicks(page.pane.search, "ketel")
    qtbot.waitUntil(lambda: len(shown(page)) == 1, timeout=5000)
    real.settle(qtbot, window)
    assert shown(page)[0][0] == "Artikel KETEL"


def test_old_lists_fold_away_and_an_item_is_gone_to(qtbot, window, shop):
    data = PriceListData(name="Oud", valid_to=dt.date(2025, 12, 31))
    shop.administration.write(price_lists.ADD, partial(price_lists.add, data=data))
    page = real.go(qtbot, window, "price_lists", id=1, item=1)
    assert page.pane.grid.current_row().code == "UUR"
    assert list(page.model.ids) == [1]
    QTest.mouseClick(page.past, Qt.MouseButton.LeftButton)
    assert list(page.model.ids) == [1, 2]


def test_without_lists_there_is_one_thing_to_do(qtbot, administration):
    shown_window = real.opened(qtbot, administration.path)
    page = real.go(qtbot, shown_window, "price_lists")
    assert page.empty.isVisible()
    assert not page.split.isVisible()
    real.close(shown_window)


def test_the_list_is_written_to_a_file(qtbot, window, page, tmp_path):
    path = tmp_path / "lijst.xlsx"
    write(page, page.pane._list, path)
    qtbot.waitUntil(path.exists, timeout=5000)
    real.settle(qtbot, window)


def test_the_copy_shows_what_it_makes_to_the_cent(qtbot, window, page, shop):
    shop.item("PIJP", "3.85")
    qtbot.waitUntil(lambda: page.pane.rows.rowCount() == 3, timeout=5000)
    page.pane.copy()
    asked = real.dialog(qtbot, window, CopyDialog)
    asked.percent.selectAll()
    QTest.keyClicks(asked.percent, "3")
    asked.rounding.set_value(5)
    asked._compute()
    shown_prices = [label.text() for label in asked._prices]
    asked._copy()
    qtbot.waitUntil(lambda: page.pane.title.text() == "Aannemers 2027", timeout=5000)
    real.settle(qtbot, window)
    made = {row[0]: row[2] for row in shown(page)}
    assert shown_prices == [made[f"Artikel {code}"] for code in ("KETEL", "PIJP", "UUR")]


def chosen(menu, text):
    """Choose in a menu."""
    next(action for action in menu.actions() if action.text() == text).trigger()


def test_the_menu_renames_archives_brings_back_and_deletes(qtbot, window, page, shop):
    chosen(page.pane._menu(), "Naam wijzigen")
    asked = real.dialog(qtbot, window, RenameDialog)
    asked.name.set_value("Aannemers")
    asked._save()
    qtbot.waitUntil(lambda: stored(shop).name == "Aannemers", timeout=5000)
    real.settle(qtbot, window)
    chosen(page.pane._menu(), "Archiveren")
    qtbot.waitUntil(lambda: page.pane.chip.look.text == "Gearchiveerd", timeout=5000)
    real.settle(qtbot, window)
    chosen(page.pane._menu(), "Terughalen")
    qtbot.waitUntil(lambda: page.pane.chip.look.text == "Geldig", timeout=5000)
    real.settle(qtbot, window)
    chosen(page.pane._menu(), "Verwijderen")
    qtbot.waitUntil(page.empty.isVisible, timeout=5000)
    real.settle(qtbot, window)


def test_the_base_is_another_list_or_none(qtbot, window, page, shop):
    data = PriceListData(name="Basis", percent=Percent.parse("10"))
    shop.administration.write(price_lists.ADD, partial(price_lists.add, data=data))
    qtbot.waitUntil(lambda: len(page.pane.base.options()) == 3, timeout=5000)
    for value, expected in (
        (2, ("71,06", "Basis −5%")),
        (None, ("–", "–")),
        (0, ("68,00", "Basis")),
    ):
        page.pane.base.set_value(value)
        page.pane.base.left.emit()
        qtbot.waitUntil(lambda want=expected: shown(page)[1][2:4] == want, timeout=5000)
        real.settle(qtbot, window)


def test_an_emptied_price_goes_back_to_the_base(qtbot, window, page, shop):
    grid = page.pane.grid
    assert grid.edit_cell(line_of(page, "KETEL"), "price")
    editor = grid.indexWidget(grid.currentIndex())
    editor.clear()
    QTest.keyClick(editor, Key.Key_Return)
    qtbot.waitUntil(lambda: own(shop) == [], timeout=5000)
    real.settle(qtbot, window)


def test_where_a_list_is_written_is_asked(qtbot, window, page, tmp_path, monkeypatch):
    monkeypatch.setattr(
        "klantenapp.ui.panels.catalogue.price_list_file.QFileDialog.getSaveFileName",
        lambda *_arguments: (str(tmp_path / "lijst"), "CSV (*.csv)"),
    )
    page.pane._export()
    qtbot.waitUntil((tmp_path / "lijst.csv").exists, timeout=5000)
    real.settle(qtbot, window)
