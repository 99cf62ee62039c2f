"""From a draft to a mail on its way: one dialog, a countdown, and what stands in the way."""

import datetime as dt
from functools import partial

import pytest
from tests.factories.sales import Shop, line
from tests.ui import mail_window

from klantenapp.services.customers.customers import ContactData
from klantenapp.services.messages import outbox_list
from klantenapp.services.store import clock
from klantenapp.ui.panels.documents.finalise import FinaliseDialog


@pytest.fixture
def shop(administration):
    with clock.stopped(dt.datetime(2026, 11, 24, 12).astimezone()):
        yield Shop(administration)


@pytest.fixture
def window(qtbot, shop):
    shown = mail_window.open_window(qtbot, shop.administration.path, postman=False)
    yield shown
    shown.shell.ops.shut()


def ops_quiet(window):
    """Whether the draft has arrived: before that, an empty one would be checked."""
    return window.shell.ops.quiet


def finalise(qtbot, window, shop, *contacts):
    customer = shop.customer("Voorbeeld Bouw B.V.", contacts=contacts)
    draft = shop.draft(customer, line("100.00", "2"))
    page = mail_window.go(qtbot, window, "draft", id=draft)
    qtbot.waitUntil(lambda: page.state.document_id == draft and ops_quiet(window), timeout=10_000)
    page._finalise()
    qtbot.waitUntil(lambda: window.findChild(FinaliseDialog) is not None, timeout=10_000)
    return window.findChild(FinaliseDialog)


def rows(shop):
    return shop.administration.read(partial(outbox_list.rows, with_sent=9))


HENK = ContactData(name="Henk", email="henk@v.example", receives="invoices")


def test_one_press_makes_final_and_puts_the_mail_in_the_outbox(qtbot, window, shop):
    dialog = finalise(qtbot, window, shop, HENK)
    assert dialog._act.text() == "Versturen"
    dialog._run(send=True)
    qtbot.waitUntil(lambda: bool(rows(shop)), timeout=10_000)
    mail_window.settle(qtbot, window)
    (row,) = rows(shop)
    assert (row.state, row.document_number, row.to) == ("queued", "2026-0001", "Henk")
    assert window.navigation.place.name == "invoice"
    assert window.toasts.current.label.text() == (
        "Factuur 2026-0001 gaat over 10 seconden naar Henk"
    )


def test_only_making_final_sends_nothing(qtbot, window, shop):
    finalise(qtbot, window, shop, HENK)._run(send=False)
    qtbot.waitUntil(lambda: window.navigation.place.name == "invoice", timeout=10_000)
    mail_window.settle(qtbot, window)
    assert rows(shop) == []


def test_without_anybody_to_mail_it_is_made_final_only(qtbot, window, shop):
    dialog = finalise(qtbot, window, shop)
    assert dialog._act.text() == "Definitief maken"
    dialog._run(send=False)
    qtbot.waitUntil(lambda: window.navigation.place.name == "invoice", timeout=10_000)
    assert rows(shop) == []
