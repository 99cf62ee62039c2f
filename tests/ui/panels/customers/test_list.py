"""The list of customers: found, filtered, added, paid and archived by keys and clicks."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from klantenapp.models.values import Money
from klantenapp.services.customers.customers import ContactData
from klantenapp.services.messages import timeline
from klantenapp.ui.forms.new_customer import NewCustomerDialog
from klantenapp.ui.panels.customers.note import NoteDialog
from klantenapp.ui.panels.customers.payment import CustomerPaymentDialog


def names(page):
    return [page.model.row_at(line).name for line in range(page.model.rowCount())]


@pytest.fixture
def late(shop):
    customer = shop.customer(
        "Voorbeeld Bouw B.V.", number="K-7", contacts=(ContactData(name="Henk Voorbeeld"),)
    )
    shop.invoice(customer, "1000.00", date=dt.date(2026, 9, 1))
    shop.invoice(customer, "500.00")
    return customer


@pytest.fixture
def page(user, shop, late):  # noqa: ARG001 - the list holds who is late
    shop.customer("Café Zoë", number="K-8")
    shop.customer("Atelier Maquette", number="K-9")
    return user.go("customers")


def test_who_is_most_overdue_stands_first_with_totals_below(page):
    assert names(page) == ["Voorbeeld Bouw B.V.", "Atelier Maquette", "Café Zoë"]
    assert page._totals.open_amount == Money.parse("1815")
    assert page._totals.overdue == Money.parse("1210")


def test_typing_finds_without_accents_and_escape_shows_all_again(user, page):
    QTest.keyClicks(page.seek, "zoe")
    user.qtbot.waitUntil(lambda: names(page) == ["Café Zoë"], timeout=5000)
    user.key(page.seek, Qt.Key.Key_Escape)
    user.qtbot.waitUntil(lambda: len(names(page)) == 3, timeout=5000)


def test_nothing_found_offers_to_clear_the_filters(user, page):
    QTest.keyClicks(page.seek, "bestaat niet")
    user.qtbot.waitUntil(page.nothing.isVisible, timeout=5000)
    assert not page.view.isVisible()
    page.clear_filters()
    user.settle()
    user.qtbot.waitUntil(lambda: len(names(page)) == 3, timeout=5000)
    assert page.view.isVisible()


def test_quick_filters_count_and_narrow(user, page):
    page.filters.choose("overdue")
    user.settle()
    assert names(page) == ["Voorbeeld Bouw B.V."]
    assert page.filters._buttons["open"].count == 1
    assert page.filters._buttons["all"].count == 3


def test_a_filter_becomes_a_chip_that_can_be_removed(user, page):
    page.narrowing.open()
    page.narrowing._inputs["city"].set_value("Zwolle")
    page.narrowing._inputs["city"].edited.emit()
    page.narrowing._inputs["city"].left.emit()
    user.settle()
    assert page._shown.filter.city == "Zwolle"
    assert page.narrowing._chips.count() == 1
    page.narrowing.clear()
    user.settle()
    assert page._shown.filter.city is None


def test_a_new_customer_gets_the_next_number_and_a_warning_where_it_may_exist(user, page):
    page.new()
    user.settle()
    dialog = user.dialog(NewCustomerDialog)
    fields = {name: field.input for name, field in dialog.form.fields.items()}
    user.fill(fields["name"], "Café Zoë")
    user.fill(fields["postal_code"], "8011ab")
    assert dialog.note.isVisible()
    assert "K-8" in dialog.note.accessibleName()
    user.fill(fields["name"], "Café Noord")
    assert not dialog.note.isVisible()
    user.fill(fields["kvk"], "1234")
    assert dialog.form.fields["kvk"].caption.property("tone") == "warn"
    user.fill(fields["contact"], "Piet")
    dialog.act.click()
    user.settle()
    stored = user.customer("1001")
    assert (stored.name, stored.kvk) == ("Café Noord", "1234")


def test_a_customer_without_a_name_is_refused_at_the_field(user, page):
    page.new()
    user.settle()
    dialog = user.dialog(NewCustomerDialog)
    dialog.act.click()
    user.settle()
    assert dialog.isVisible()
    assert dialog.form.fields["name"].error


def test_b_books_a_payment_over_the_oldest_first(user, page, late):
    page.view.select_first()
    user.key(page.view, Qt.Key.Key_B)
    dialog = user.dialog(CustomerPaymentDialog)
    assert dialog.amount.value() == Money.parse("1815")
    user.fill(dialog.amount, "1300")
    assert "2026-0002" in dialog.note.accessibleName()
    dialog._act.click()
    user.settle()
    row = page.model.row_at(page.model.line_of(late))
    assert (row.open_amount, row.overdue) == (Money.parse("515"), Money(0))


def test_n_writes_a_note_that_shows_as_last_contact(user, page, late):
    page.view.select_first()
    user.key(page.view, Qt.Key.Key_N)
    dialog = user.dialog(NoteDialog)
    dialog.kind.choose("call")
    dialog.text.setPlainText("Belt maandag terug.")
    dialog._act.click()
    user.settle()
    assert user.read(lambda s: timeline.counts(s, late))["call"] == 1
    assert page.model.row_at(page.model.line_of(late)).last_contact[0] == "call"


def test_delete_archives_and_undo_brings_back(user, page):
    page.view.select_id(page.model.ids[2])
    user.key(page.view, Qt.Key.Key_Delete)
    assert len(names(page)) == 2
    page.ops.undo()
    user.settle()
    assert len(names(page)) == 3


def test_an_empty_administration_offers_the_first_step(user):
    page = user.go("customers")
    assert page.empty.isVisible()
    assert not page.view.isVisible()


def test_the_editor_can_ask_for_a_new_customer_by_name(user):
    user.go("customers", new="Nieuwe Zaak")
    dialog = user.dialog(NewCustomerDialog)
    assert dialog.form.fields["name"].input.value() == "Nieuwe Zaak"
