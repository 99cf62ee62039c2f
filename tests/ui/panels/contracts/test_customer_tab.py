"""The contracts of a customer in the window, on a real file."""

from __future__ import annotations

import datetime as dt
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from tests.factories import administrations, agreements
from tests.factories.agreements import agreed
from tests.factories.sales import Shop
from tests.ui.panels import real

from klantenapp.models.values import Percent, Period
from klantenapp.services.catalogue import contract_prices, contracts
from klantenapp.services.catalogue.contract_view import ContractRow
from klantenapp.services.store import clock
from klantenapp.ui.panels.contracts.customer_tab import ContractsTab
from klantenapp.ui.panels.contracts.dialogs import DuplicateDialog, EndDialog
from klantenapp.ui.panels.contracts.terms_chart import joined, years_of

D = dt.date


@pytest.fixture
def shop(administration):
    with clock.stopped(real.TODAY):
        made = Shop(administration)
        made.customer("Voorbeeld Bouw B.V.")
        made.item("UUR", "68")
        prices = (agreed(1, "62"), agreed(1, "58", "10"))
        agreements.add(
            administration,
            1,
            name="Raamcontract 2025",
            valid_from=D(2025, 1, 1),
            valid_to=D(2025, 12, 31),
        )
        agreements.add(administration, 1, prices=prices, discount="2.5")
        work = partial(contract_prices.duplicate, contract_id=2, percent=Percent.parse("3"))
        administration.write(contract_prices.DUPLICATE, work)
        yield made


@pytest.fixture
def window(qtbot, shop):
    shown = real.opened(qtbot, shop.administration.path)
    yield shown
    real.close(shown)
    administrations.require_sound(shop.administration)


@pytest.fixture
def tab(qtbot, window):
    page = real.go(qtbot, window, "customer", id=1, tab="contracts")
    found = page.findChildren(ContractsTab)[0]
    qtbot.waitUntil(lambda: found.side._id == 2, timeout=5000)
    return found


def shown(tab):
    keys = range(len(tab.model.columns))
    return [
        tuple(tab.model.index(line, at).data() for at in keys)
        for line in range(tab.model.rowCount())
    ]


def test_the_list_the_terms_and_the_running_contract_are_shown(tab):
    assert shown(tab) == [
        ("Raamcontract 2027", "01-01-2027 t/m 31-12-2027", "Concept", "2", "2,5%"),
        ("Raamcontract 2026", "01-01-2026 t/m 31-12-2026", "Actief", "2", "2,5%"),
        ("Raamcontract 2025", "01-01-2025 t/m 31-12-2025", "Verlopen", "0", "–"),
    ]
    assert tab.chart.note.text().startswith("Sluit aan, geen gat en geen overlap.")
    assert tab.side.title.text() == "Raamcontract 2026"
    assert tab.ending.isVisible()
    assert "Raamcontract 2027" in tab.ending.accessibleName()


def test_the_running_ones_alone_and_enter_opens_one(qtbot, window, tab):
    tab.filters.choose("running")
    assert [row[0] for row in shown(tab)] == ["Raamcontract 2026"]
    tab.view.setFocus()
    QTest.keyClick(tab.view, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.navigation.place.name == "contract", timeout=5000)
    real.settle(qtbot, window)
    assert window.navigation.page.title == "Raamcontract 2026"


def test_confirming_the_draft_ends_the_note_and_duplicating_opens_the_copy(qtbot, window, tab):
    window.shell.ops.write(contracts.CONFIRM, partial(contracts.confirm, contract_id=3))
    qtbot.waitUntil(lambda: not tab.ending.isVisible(), timeout=5000)
    tab._duplicate(3)
    asked = real.dialog(qtbot, window, DuplicateDialog)
    asked._duplicate()
    qtbot.waitUntil(lambda: window.navigation.place.name == "contract", timeout=5000)
    real.settle(qtbot, window)
    assert window.navigation.page.title == "Raamcontract 2028"


def test_without_contracts_there_is_one_thing_to_do(qtbot, window, shop):
    other = shop.customer("Zonder")
    page = real.go(qtbot, window, "customer", id=other, tab="contracts")
    found = page.findChildren(ContractsTab)[0]
    qtbot.waitUntil(found.empty.isVisible, timeout=5000)
    found.new()
    real.settle(qtbot, window)
    assert window.navigation.place.arguments == {"customer": other}


def row(name, start, end):
    return ContractRow(
        1, 1, "1001", "Bouw", name, None, start, end, "stop", 30, None, "active",
        Period(start, end), 0, None, None, None,
    )  # fmt: skip


def test_gaps_and_overlaps_are_told_in_words():
    first = row("A", D(2025, 1, 1), D(2025, 12, 31))
    meets, overlaps = row("B", D(2026, 1, 1), None), row("C", D(2025, 12, 31), None)
    later = row("D", D(2026, 3, 1), D(2026, 5, 1))
    assert joined([first, meets])[0] == "Sluit aan, geen gat en geen overlap."
    assert joined([overlaps, first]) == ("A en C gelden op dezelfde dagen.", "danger")
    assert joined([later, first]) == (
        "Van 01-01-2026 t/m 28-02-2026 geldt er geen contract.",
        "warn",
    )
    assert joined([first]) == ("", "muted")
    assert years_of([first, later], D(2028, 1, 1)) == [2025, 2026, 2027, 2028]
    old = row("Oud", D(2000, 1, 1), D(2000, 12, 31))
    assert years_of([old], D(2026, 1, 1)) == [2022, 2023, 2024, 2025, 2026]


def chosen(menu, text):
    """Choose in a menu."""
    next(action for action in menu.actions() if action.text() == text).trigger()


def test_the_menu_ends_and_deletes_and_invoices_are_shown(qtbot, window, tab, shop):
    chosen(tab.side._menu(), "Eerder beëindigen")
    real.dialog(qtbot, window, EndDialog).reject()
    chosen(tab.side._menu(), "Verwijderen")
    qtbot.waitUntil(lambda: tab.model.rowCount() == 2, timeout=5000)
    real.settle(qtbot, window)
    window.undo()
    qtbot.waitUntil(lambda: tab.model.rowCount() == 3, timeout=5000)
    real.settle(qtbot, window)
    tab.side._show_invoices()
    real.settle(qtbot, window)
    assert window.navigation.place.arguments["tab"] == "transactions"
    assert shop
