"""Search over any screen, on a real file."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from tests.factories.sales import Shop
from tests.ui.panels import real

from klantenapp.services.messages import notes
from klantenapp.services.store import clock
from klantenapp.ui.palette_sources import sources
from klantenapp.ui.panels.customers.payment import CustomerPaymentDialog


@pytest.fixture
def shop(administration):
    with clock.stopped(real.TODAY):
        made = Shop(administration)
        customer = made.customer("Hotel Voorbeeldzicht")
        other = made.customer("VvE Modelflat")
        made.invoice(customer)
        made.item("HOTEL", "10")
        entry = notes.NewEntry("note", "De ketel van het hotel is vervangen")
        work = partial(notes.add, customer_id=other, entry=entry)
        administration.write(notes.ADD["note"], work)
        yield made


@pytest.fixture
def window(qtbot, shop):
    shown = real.opened(qtbot, shop.administration.path)
    shown.providers[:] = sources(lambda: shown.shell)
    real.go(qtbot, shown, "invoices")
    yield shown
    real.close(shown)


def seek(qtbot, window, text):
    box = window.palette_box
    box.open_palette()
    QTest.keyClicks(box.field, text)
    qtbot.wait(150)
    real.settle(qtbot, window)
    return box


def test_everything_is_found_under_its_heading(qtbot, window):
    box = seek(qtbot, window, "hotel")
    hits = {(hit.section, hit.text) for hit in box.hits}
    assert ("customers", "Hotel Voorbeeldzicht") in hits
    assert ("do", "Nieuwe factuur voor Hotel Voorbeeldzicht") in hits
    assert ("do", "Betaling boeken van Hotel Voorbeeldzicht") in hits
    assert ("invoices", "2026-0001, Hotel Voorbeeldzicht") in hits
    assert ("items", "Artikel HOTEL") in hits
    assert ("notes", "“De ketel van het hotel is vervangen”") in hits
    box.close_palette()


def test_enter_goes_to_the_customer(qtbot, window):
    box = seek(qtbot, window, "hotel")
    QTest.keyClick(box.field, Qt.Key.Key_Return)
    real.settle(qtbot, window)
    assert window.navigation.place.name == "customer"
    assert window.navigation.page.title == "Hotel Voorbeeldzicht"


def test_a_payment_is_asked_once(qtbot, window):
    box = seek(qtbot, window, "hotel")
    hit = next(hit for hit in box.hits if hit.text.startswith("Betaling boeken"))
    box.close_palette()
    hit.run()
    asked = real.dialog(qtbot, window, CustomerPaymentDialog)
    asked.reject()
    real.settle(qtbot, window)
    assert "act" not in window.navigation.place.arguments


def test_screens_are_found_and_a_sign_narrows(qtbot, window):
    box = seek(qtbot, window, "klant")
    assert ("screens", "Klanten") in {(hit.section, hit.text) for hit in box.hits}
    box.close_palette()
    box = seek(qtbot, window, "@hotel")
    assert {hit.section for hit in box.hits} == {"customers"}
    box.close_palette()
