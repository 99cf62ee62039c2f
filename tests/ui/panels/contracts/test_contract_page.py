"""A contract in the window, with keys and clicks, on a real file."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from tests.factories import administrations, agreements
from tests.factories.agreements import agreed
from tests.factories.sales import Shop
from tests.ui.panels import real

from klantenapp.models.catalogue import ItemGroup
from klantenapp.models.contract import Contract
from klantenapp.models.document import Document
from klantenapp.models.values import Percent
from klantenapp.services.catalogue import contract_view, contracts
from klantenapp.services.sales.inputs import LineInput
from klantenapp.services.store import clock
from klantenapp.ui.panels.contracts.dialogs import DuplicateDialog, EndDialog, FillDialog
from klantenapp.ui.panels.contracts.period_bar import PeriodBar, days_left

Key = Qt.Key


@pytest.fixture
def shop(administration):
    with clock.stopped(real.TODAY):
        made = Shop(administration)
        made.customer("Voorbeeld Bouw B.V.", vat_id="NL123456782B90")
        made.item("UUR", "68")
        made.item("KETEL", "94.50")
        agreements.add(
            administration,
            1,
            prices=(agreed(1, "62"), agreed(2, "84", "10")),
            discount="2.5",
            tax_treatment="reverse_charge",
        )
        yield made


@pytest.fixture
def window(qtbot, shop):
    shown = real.opened(qtbot, shop.administration.path)
    yield shown
    real.close(shown)
    administrations.require_sound(shop.administration)


@pytest.fixture
def page(qtbot, window):
    shown = real.go(qtbot, window, "contract", id=1)
    qtbot.waitUntil(lambda: shown.state.data is not None, timeout=10_000)
    return shown


def stored(shop, contract_id=1):
    return shop.administration.read(lambda session: contracts.read(session, contract_id))


def prices(shop, contract_id=1):
    return [
        (price.item_id, str(price.min_quantity), str(price.price))
        for price in stored(shop, contract_id).prices
    ]


def fill(editor, text):
    editor.setFocus()
    editor.selectAll()
    QTest.keyClicks(editor, text)
    QTest.keyClick(editor, Key.Key_Return)


def open_cell(page, line, key):
    page.prices.grid.setFocus()
    assert page.prices.grid.edit_cell(line, key)
    return page.prices.grid.indexWidget(page.prices.grid.currentIndex())


def example(page):
    return [
        (card._words.text(), card._amount.text(), card._tax.text(), card._total_amount.text())
        for card in (page.panel.without, page.panel.with_contract)
    ]


def test_the_example_shows_what_the_line_with_the_focus_becomes(qtbot, window, page):
    expected = [
        ("Artikel UUR, 8 × à 68,00", "544,00", "Btw 21%", "658,24"),
        ("Artikel UUR, 8 × à 62,00", "496,00", "Btw verlegd", "496,00"),
    ]
    qtbot.waitUntil(lambda: example(page) == expected, timeout=5000)
    page.prices.grid.setFocus()
    page.prices.grid.setCurrentIndex(page.prices.rows.index(1, 0))
    boiler = ("Artikel KETEL, 10 × à 84,00", "840,00")
    qtbot.waitUntil(lambda: example(page)[1][:2] == boiler, timeout=5000)
    real.settle(qtbot, window)
    assert "Btw verlegd naar afnemer" in page.panel.with_contract._note.text()


def test_a_price_is_typed_saved_by_itself_and_taken_back(qtbot, window, page, shop):
    editor = open_cell(page, 0, "price")
    fill(editor, "59,50")
    qtbot.waitUntil(lambda: prices(shop)[0] == (1, "0", "59.50"), timeout=5000)
    page.prices.grid.setCurrentIndex(page.prices.rows.index(0, 0))
    qtbot.waitUntil(lambda: example(page)[1][1] == "476,00", timeout=5000)
    window.undo()
    qtbot.waitUntil(lambda: prices(shop)[0] == (1, "0", "62.00"), timeout=5000)
    real.settle(qtbot, window)
    assert page.state.data == stored(shop)
    qtbot.waitUntil(lambda: example(page)[1][1] == "496,00", timeout=5000)
    real.settle(qtbot, window)


def test_an_item_is_added_by_searching_and_its_price_is_typed_at_once(qtbot, window, page, shop):
    shop.item("RIT", "27.50")
    QTest.mouseClick(page.prices.add, Qt.MouseButton.LeftButton)
    QTest.keyClicks(page.prices.picker, "rit")
    qtbot.waitUntil(lambda: page.prices.picker.is_open, timeout=5000)
    qtbot.waitUntil(lambda: page.prices.picker.popup.model.rowCount() == 1, timeout=5000)
    QTest.keyClick(page.prices.picker, Key.Key_Return)
    qtbot.waitUntil(lambda: (3, "0", "27.50") in prices(shop), timeout=5000)
    real.settle(qtbot, window)
    editor = page.prices.grid.indexWidget(page.prices.grid.currentIndex())
    fill(editor, "22,50")
    qtbot.waitUntil(lambda: (3, "0", "22.50") in prices(shop), timeout=5000)
    real.settle(qtbot, window)


def test_insert_adds_a_tier_and_delete_removes_a_price(qtbot, window, page, shop):
    page.prices.grid.setFocus()
    page.prices.grid.setCurrentIndex(page.prices.rows.index(0, 0))
    QTest.keyClick(page.prices.grid, Key.Key_Insert)
    qtbot.waitUntil(lambda: (1, "10", "62.00") in prices(shop), timeout=5000)
    real.settle(qtbot, window)
    editor = page.prices.grid.indexWidget(page.prices.grid.currentIndex())
    fill(editor, "20")
    qtbot.waitUntil(lambda: (1, "20", "62.00") in prices(shop), timeout=5000)
    real.settle(qtbot, window)
    page.prices.grid.setFocus()
    page.prices.grid.setCurrentIndex(page.prices.rows.index(1, 0))
    QTest.keyClick(page.prices.grid, Key.Key_Delete)
    qtbot.waitUntil(lambda: len(prices(shop)) == 2, timeout=5000)
    real.settle(qtbot, window)


def test_a_quantity_that_is_there_is_refused_below_the_grid_and_nothing_is_lost(
    qtbot, window, page, shop
):
    page.state.change(prices=(*stored(shop).prices, agreed(2, "80", "20")))
    real.settle(qtbot, window)
    fill(open_cell(page, 2, "min_quantity"), "10")
    qtbot.waitUntil(page.prices.error.isVisible, timeout=5000)
    assert "KETEL" in page.prices.error.text()
    assert (2, "20", "80.00") in prices(shop)
    fill(open_cell(page, 2, "min_quantity"), "15")
    qtbot.waitUntil(lambda: (2, "15", "80.00") in prices(shop), timeout=5000)
    real.settle(qtbot, window)
    assert not page.prices.error.isVisible()


def test_an_overlap_is_told_at_the_date_field_with_the_other_named(qtbot, window, page, shop):
    agreements.add(
        shop.administration,
        1,
        name="Raamcontract 2027",
        valid_from=dt.date(2027, 1, 1),
        valid_to=None,
    )
    field = page.fields.head.fields["valid_to"].input
    fill(field, "31-1-2027")
    qtbot.waitUntil(page.fields.period_error.isVisible, timeout=5000)
    assert "Raamcontract 2027" in page.fields.period_error.text()
    assert field.property("state") == "error"
    assert field.text() == "31-01-2027"
    assert stored(shop).valid_to == dt.date(2026, 12, 31)
    fill(field, "30-11-2026")
    qtbot.waitUntil(lambda: stored(shop).valid_to == dt.date(2026, 11, 30), timeout=5000)
    real.settle(qtbot, window)
    assert not page.fields.period_error.isVisible()


def test_a_discount_over_a_hundred_is_refused_at_its_field(qtbot, window, page, shop):
    field = page.fields.discounts.fields["discount"]
    fill(field.input, "101")
    qtbot.waitUntil(lambda: bool(field.error), timeout=5000)
    assert stored(shop).discount == Percent.parse("2.5")
    fill(field.input, "5")
    qtbot.waitUntil(lambda: stored(shop).discount == Percent.parse("5"), timeout=5000)
    real.settle(qtbot, window)


def test_a_tax_card_is_chosen_with_the_mouse_and_the_arrows(qtbot, window, page, shop):
    QTest.mouseClick(page.tax.cards["domestic"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: stored(shop).tax_treatment == "domestic", timeout=5000)
    qtbot.waitUntil(lambda: example(page)[1][2:] == ("Btw 21%", "600,16"), timeout=5000)
    real.settle(qtbot, window)
    page.tax.cards["domestic"].setFocus()
    QTest.keyClick(page.tax.cards["domestic"], Key.Key_Right)
    qtbot.waitUntil(lambda: stored(shop).tax_treatment == "reverse_charge", timeout=5000)
    QTest.mouseClick(page.tax.cards["fixed"], Qt.MouseButton.LeftButton)
    rate = page.fields.tax.fields["fixed_tax_percent"]
    qtbot.waitUntil(lambda: bool(rate.error), timeout=5000)
    fill(rate.input, "9")
    qtbot.waitUntil(lambda: stored(shop).fixed_tax_percent == Percent.parse("9"), timeout=5000)
    real.settle(qtbot, window)
    QTest.mouseClick(page.tax.clear, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: stored(shop).tax_treatment is None, timeout=5000)
    real.settle(qtbot, window)
    assert page.tax._inherited.text() == "Zoals bij de klant: Normaal"


def test_all_prices_change_by_a_percentage_and_one_undo_brings_them_back(qtbot, window, page, shop):
    QTest.mouseClick(page.prices.fill, Qt.MouseButton.LeftButton)
    asked = real.dialog(qtbot, window, FillDialog)
    QTest.keyClicks(asked.percent, "3")
    assert asked.example.text() == "Artikel UUR: 62,00 wordt 63,86"
    qtbot.wait(450)
    QTest.keyClick(asked.percent, Key.Key_Return)
    changed = [(1, "0", "63.86"), (2, "10", "86.52")]
    qtbot.waitUntil(lambda: prices(shop) == changed, timeout=5000)
    real.settle(qtbot, window)
    window.undo()
    qtbot.waitUntil(lambda: prices(shop)[0] == (1, "0", "62.00"), timeout=5000)
    real.settle(qtbot, window)
    assert prices(shop)[1] == (2, "10", "84.00")


def test_it_is_duplicated_for_next_year_and_the_draft_is_confirmed(qtbot, window, page, shop):
    assert page.duplicate_button.text() == "Dupliceren voor 2027"
    page.duplicate()
    asked = real.dialog(qtbot, window, DuplicateDialog)
    fill_percent = asked.percent
    fill_percent.selectAll()
    QTest.keyClicks(fill_percent, "5")
    asked._duplicate()
    qtbot.waitUntil(lambda: page.state.id == 2, timeout=5000)
    real.settle(qtbot, window)
    assert page.title == "Raamcontract 2027"
    assert prices(shop, 2) == [(1, "0", "65.10"), (2, "10", "88.20")]
    assert page.save_button.text() == "Bevestigen"
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=5000)
    page.prices.grid.setFocus()
    QTest.keyClick(page.prices.grid, Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not stored(shop, 2).is_draft, timeout=5000)
    real.settle(qtbot, window)
    assert page.chip.look.text == "Begint later"


def test_a_new_contract_is_a_draft_after_the_last_one_and_confirming_checks_it(qtbot, window, shop):
    page = real.go(qtbot, window, "contract", customer=1)
    assert page.state.data.valid_from == dt.date(2027, 1, 1)
    page.save()
    qtbot.waitUntil(lambda: bool(page.fields.head.fields["name"].error), timeout=5000)
    fill(page.fields.name, "Los")
    qtbot.waitUntil(lambda: page.state.id == 2, timeout=5000)
    real.settle(qtbot, window)
    assert stored(shop, 2).is_draft
    fill(page.fields.head.fields["valid_from"].input, "1-12-2026")
    qtbot.waitUntil(lambda: stored(shop, 2).valid_from == dt.date(2026, 12, 1), timeout=5000)
    real.settle(qtbot, window)
    page.save()
    qtbot.waitUntil(page.fields.period_error.isVisible, timeout=5000)
    assert stored(shop, 2).is_draft
    assert page.state.data.is_draft
    real.settle(qtbot, window)


def test_it_ends_early_on_one_of_its_own_days(qtbot, window, page):
    EndDialog(page, 1, "Raamcontract 2026").open()
    asked = real.dialog(qtbot, window, EndDialog)
    asked.day.set_value(dt.date(2027, 6, 1))
    asked._end()
    qtbot.waitUntil(lambda: bool(asked.form.fields["ended_on"].error), timeout=5000)
    asked.day.set_value(dt.date(2026, 11, 30))
    asked._end()
    qtbot.waitUntil(lambda: page.chip.look.text == "Opgezegd", timeout=5000)
    real.settle(qtbot, window)


def test_drafts_are_offered_the_new_price_and_issued_invoices_stay(qtbot, window, page, shop):
    issued = shop.issue(shop.draft(1, LineInput(item_id=1))).document_id
    draft = shop.draft(1, LineInput(item_id=1))

    def total(document):
        return shop.administration.read(lambda s: str(s.get_one(Document, document).total))

    fill(open_cell(page, 0, "price"), "50")
    qtbot.waitUntil(page.stale.isVisible, timeout=5000)
    page.stale._reprice()
    qtbot.waitUntil(lambda: total(draft) == "50.00", timeout=5000)
    real.settle(qtbot, window)
    assert total(issued) == "62.00"


def test_a_group_of_items_gets_its_own_discount(qtbot, window, page, shop):
    def make(session):
        session.add(ItemGroup(name="Materiaal"))

    window.shell.ops.write("item.change", make)
    real.settle(qtbot, window)
    QTest.mouseClick(page.groups.add, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(stored(shop).group_discounts) == 1, timeout=5000)
    real.settle(qtbot, window)
    page.groups._change(0, percent=Percent.parse("10"))
    qtbot.waitUntil(
        lambda: stored(shop).group_discounts[0].percent == Percent.parse("10"), timeout=5000
    )
    page.groups._remove(0)
    qtbot.waitUntil(lambda: not stored(shop).group_discounts, timeout=5000)
    real.settle(qtbot, window)


def test_the_signed_document_is_kept_and_taken_away(qtbot, window, page, shop, tmp_path):
    path = tmp_path / "getekend.pdf"
    path.write_bytes(b"%PDF-1.7")
    page.files.add([path])

    def kept():
        return shop.administration.read(lambda s: contract_view.files(s, 1))

    qtbot.waitUntil(lambda: len(kept()) == 1, timeout=5000)
    real.settle(qtbot, window)
    assert [each.found.name for each in page.files.lines] == ["getekend.pdf"]
    page.files.remove(page.files.lines[0].found)
    qtbot.waitUntil(lambda: not kept(), timeout=5000)
    real.settle(qtbot, window)


def test_deleting_goes_back_and_undo_brings_it_back(qtbot, window, shop):
    real.go(qtbot, window, "items")
    page = real.go(qtbot, window, "contract", id=1)
    page._delete()

    def there():
        return shop.administration.read(lambda s: s.get(Contract, 1))

    qtbot.waitUntil(lambda: there() is None, timeout=5000)
    qtbot.waitUntil(lambda: window.navigation.page is not page, timeout=5000)
    window.undo()
    qtbot.waitUntil(lambda: there() is not None, timeout=5000)
    real.settle(qtbot, window)


def test_the_example_stands_below_the_fields_where_the_window_is_narrow(qtbot, window, page):
    window.resize(1024, 640)
    qtbot.wait(50)
    assert page.panel.parentWidget() is page.sheet
    window.resize(1600, 800)
    qtbot.wait(50)
    assert page.panel.parentWidget() is page.split


def chosen(menu, text):
    """Choose in a menu."""
    next(action for action in menu.actions() if action.text() == text).trigger()


def test_the_menu_ends_deletes_and_adds_a_document(qtbot, window, page, shop, monkeypatch):
    chosen(page._menu(), "Eerder beëindigen")
    real.dialog(qtbot, window, EndDialog).reject()
    monkeypatch.setattr(
        "klantenapp.ui.contact.attachments.QFileDialog.getOpenFileNames",
        lambda *_arguments: ([], ""),
    )
    chosen(page._menu(), "Document toevoegen")
    shop.issue(shop.draft(1, LineInput(item_id=1)))
    chosen(page._menu(), "Verwijderen")
    real.settle(qtbot, window)
    assert shop.administration.read(lambda s: s.get(Contract, 1)) is not None


def test_tab_goes_from_cell_to_cell_and_over_the_end_of_a_row(qtbot, window, page, shop):
    editor = open_cell(page, 0, "min_quantity")
    editor.selectAll()
    QTest.keyClicks(editor, "5")
    QTest.keyClick(editor, Key.Key_Tab)
    grid = page.prices.grid
    assert page.prices.rows.columns[grid.currentIndex().column()].key == "price"
    QTest.keyClick(grid.indexWidget(grid.currentIndex()), Key.Key_Tab)
    index = grid.currentIndex()
    assert (index.row(), page.prices.rows.columns[index.column()].key) == (1, "min_quantity")
    QTest.keyClick(grid.indexWidget(index), Key.Key_Backtab)
    assert grid.currentIndex().row() == 0
    QTest.keyClick(grid.indexWidget(grid.currentIndex()), Key.Key_Escape)
    qtbot.waitUntil(lambda: (1, "5", "62.00") in prices(shop), timeout=5000)
    real.settle(qtbot, window)


def test_nothing_to_save_is_said_without_an_undo(qtbot, window, page, shop):
    before = stored(shop)
    page.save()
    real.settle(qtbot, window)
    assert stored(shop) == before


def test_an_exemption_asks_for_its_reason_in_the_panel_and_takes_it(qtbot, window, page, shop):
    QTest.mouseClick(page.tax.cards["exempt"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: stored(shop).tax_treatment == "exempt", timeout=5000)
    real.settle(qtbot, window)
    assert page.fields.tax.fields["exemption_reason"].isVisible()
    fill(page.fields.tax.fields["exemption_reason"].input, "o")
    qtbot.waitUntil(lambda: stored(shop).exemption_reason == "o", timeout=5000)
    qtbot.waitUntil(
        lambda: "artikel 11 lid 1 onder o" in page.panel.with_contract._note.text(), timeout=5000
    )
    real.settle(qtbot, window)


def test_what_happens_at_the_end_is_chosen_and_a_term_is_agreed(qtbot, window, page, shop):
    page.fields.at_end.set_value(("renew", 30))
    page.fields.at_end.left.emit()
    qtbot.waitUntil(lambda: stored(shop).at_end == "renew", timeout=5000)
    real.settle(qtbot, window)
    term = page.fields.term.options()[2][0]
    page.fields.term.set_value(term)
    page.fields.term.left.emit()
    qtbot.waitUntil(lambda: stored(shop).payment_term_id == term, timeout=5000)
    real.settle(qtbot, window)


def test_a_period_that_ends_before_it_begins_is_not_told_as_ended(qtbot):
    first, before = dt.date(2026, 1, 1), dt.date(2020, 1, 1)
    assert days_left(first, before, real.TODAY)[0] == ""
    bar = PeriodBar()
    qtbot.addWidget(bar)
    bar.set(dt.date(2015, 1, 1), dt.date(2019, 12, 31), real.TODAY)
    wide = bar.left.sizeHint().width()
    assert bar.left.text()
    assert bar.left.minimumSizeHint().width() < wide
