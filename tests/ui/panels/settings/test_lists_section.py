"""The lists of the settings, with keys and clicks, on a real file."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from tests.factories.sales import Shop
from tests.ui.panels import real

from klantenapp.services.catalogue import choices, items, lists
from klantenapp.services.customers import labels
from klantenapp.ui.panels.settings.list_dialogs import MethodDialog, NameDialog, TermDialog
from klantenapp.ui.panels.settings.lists import ListsSection


@pytest.fixture
def shop(administration):
    return Shop(administration)


@pytest.fixture
def window(qtbot, shop):
    shown = real.opened(qtbot, shop.administration.path)
    yield shown
    real.close(shown)


@pytest.fixture
def section(qtbot, window):
    page = real.go(qtbot, window, "settings", section="lists")
    (found,) = page.findChildren(ListsSection)
    real.settle(qtbot, window)
    return found


def names(shop, noun):
    return {each.name: each for each in shop.administration.read(partial(lists.rows, noun=noun))}


def test_a_term_is_made_and_takes_its_name_from_the_days(qtbot, window, section, shop):
    QTest.mouseClick(section.new, Qt.MouseButton.LeftButton)
    asked = real.dialog(qtbot, window, TermDialog)
    QTest.keyClicks(asked.form.fields["days"].input, "90")
    asked.save()
    qtbot.waitUntil(lambda: "90 dagen" in names(shop, "payment_term"), timeout=5000)
    real.settle(qtbot, window)
    assert section.model.rowCount() == len(names(shop, "payment_term"))


def test_the_name_follows_the_days_and_a_double_is_said_at_its_field(qtbot, window, section, shop):
    section.view.select_id(names(shop, "payment_term")["14 dagen"].id)
    section.view.setFocus()
    QTest.keyClick(section.view, Qt.Key.Key_Return)
    asked = real.dialog(qtbot, window, TermDialog)
    days = asked.form.fields["days"].input
    days.selectAll()
    QTest.keyClicks(days, "10")
    assert asked.form.fields["name"].input.value() == "10 dagen"
    days.selectAll()
    QTest.keyClicks(days, "30")
    asked.save()
    qtbot.waitUntil(lambda: bool(asked.form.fields["days"].error), timeout=5000)
    assert "30 dagen" in asked.form.fields["days"].error


def test_what_is_used_is_archived_and_comes_back(qtbot, window, section, shop):
    term = names(shop, "payment_term")["14 dagen"]
    shop.customer(payment_term_id=term.id)
    section.load()
    real.settle(qtbot, window)
    section.view.select_id(term.id)
    assert not section.drop.isEnabled()
    section.view.setFocus()
    QTest.keyClick(section.view, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: names(shop, "payment_term")["14 dagen"].archived, timeout=5000)
    real.settle(qtbot, window)
    section.view.select_id(term.id)
    section.archive()
    qtbot.waitUntil(lambda: not names(shop, "payment_term")["14 dagen"].archived, timeout=5000)


def test_the_default_cannot_go_and_says_why(section, shop):
    section.view.select_id(names(shop, "payment_term")["30 dagen"].id)
    assert not section.put_away.isEnabled()
    assert section.put_away.toolTip() == "Dit is de standaard van je bedrijf."


def test_methods_units_and_labels_have_their_own_dialogs(qtbot, window, section, shop):
    section.which.choose("payment_method")
    real.settle(qtbot, window)
    section.add()
    method = real.dialog(qtbot, window, MethodDialog)
    method.form.fields["name"].input.set_value("Tikkie")
    method.save()
    qtbot.waitUntil(lambda: "Tikkie" in names(shop, "payment_method"), timeout=5000)
    real.settle(qtbot, window)
    section.which.choose("unit")
    real.settle(qtbot, window)
    section.view.select_id(names(shop, "unit")["doos"].id)
    section.edit()
    unit = real.dialog(qtbot, window, NameDialog)
    unit.form.fields["name"].input.set_value("krat")
    unit.save()
    qtbot.waitUntil(lambda: "krat" in names(shop, "unit"), timeout=5000)
    real.settle(qtbot, window)
    section.which.choose("label")
    real.settle(qtbot, window)
    section.add()
    label = real.dialog(qtbot, window, NameDialog)
    label.form.fields["name"].input.set_value("Vaste klant")
    label.save()
    qtbot.waitUntil(
        lambda: [each.name for each in shop.administration.read(labels.labels)] == ["Vaste klant"],
        timeout=5000,
    )
    real.settle(qtbot, window)
    section.remove()
    qtbot.waitUntil(lambda: shop.administration.read(labels.labels) == [], timeout=5000)


def test_an_unused_unit_is_deleted_and_taken_back(qtbot, window, section, shop):
    section.which.choose("unit")
    real.settle(qtbot, window)
    section.view.select_id(names(shop, "unit")["nacht"].id)
    QTest.mouseClick(section.drop, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "nacht" not in names(shop, "unit"), timeout=5000)
    real.settle(qtbot, window)
    window.undo()
    qtbot.waitUntil(lambda: "nacht" in names(shop, "unit"), timeout=5000)
    real.settle(qtbot, window)


def test_a_group_that_is_used_is_archived_and_no_longer_offered(qtbot, window, section, shop):
    data = items.ItemData(code="UUR", name="Uur", group="Arbeid")
    shop.administration.write(items.ADD, partial(items.add, data=data))
    section.which.choose("item_group")
    section.load()
    real.settle(qtbot, window)
    section.view.select_id(names(shop, "item_group")["Arbeid"].id)
    section.archive()
    real.settle(qtbot, window)

    assert names(shop, "item_group")["Arbeid"].archived
    assert shop.administration.read(choices.choices).item_groups == ()
    section.view.select_id(names(shop, "item_group")["Arbeid"].id)
    section.archive()
    real.settle(qtbot, window)
    assert not names(shop, "item_group")["Arbeid"].archived
