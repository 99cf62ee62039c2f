"""What is late, disputed or broken, said where another invoice begins."""

from __future__ import annotations

import datetime as dt
from functools import partial

import pytest
from tests.factories.collecting import Debts
from tests.ui.panels import real

from klantenapp.models.values import Money
from klantenapp.services.insights import todo
from klantenapp.services.reminders.cautions import Caution
from klantenapp.services.reminders.ready import Waiting
from klantenapp.services.store import clock
from klantenapp.ui import start_notice
from klantenapp.ui.contact import caution
from klantenapp.ui.panels.documents.customer_field import find_customers, option
from klantenapp.ui.widgets.chips import Chip

TODAY = dt.date(2026, 11, 23)


@pytest.fixture
def debts(administration):
    with clock.stopped(TODAY):
        yield Debts(administration)


@pytest.fixture
def customer(debts):
    """Late since 31-08, one invoice disputed, and a promise of 10-11 that was not kept."""
    made = debts.customer("Familie Proefstra", kind="consumer")
    invoice = debts.owed(made, "450", dt.date(2026, 8, 1))
    debts.hold(made, TODAY, kind="dispute", document_id=invoice, reason="Te veel uren")
    debts.hold(made, dt.date(2026, 11, 1), kind="promise", until=dt.date(2026, 11, 10))
    return made


@pytest.fixture
def window(qtbot, debts, customer):
    assert customer
    shown = real.opened(qtbot, debts.administration.path)
    yield shown
    real.close(shown)


def test_the_picker_names_amount_days_and_dispute(debts, customer):
    debts.customer("Proef zonder schuld")
    found = debts.administration.read(partial(find_customers, text="proef"))
    late, calm = (option(*one) for one in found)
    assert late.value == customer
    assert (late.right, late.chip.text) == ("€\xa0450,00", "84 dagen te laat, 1 betwist")
    assert (calm.right, calm.chip) == ("", None)


def test_a_new_invoice_says_it_beside_the_customer_and_not_once_it_is_paid(
    qtbot, window, debts, customer
):
    page = real.go(qtbot, window, "draft", customer=customer)
    assert page.customer_note.isVisible()
    said = page.customer_note.accessibleName()
    assert "€\xa0450,00" in said
    assert "84 dagen" in said
    other = debts.customer("Iemand anders")
    page.customer.picked.emit(other)
    real.settle(qtbot, window)
    assert not page.customer_note.isVisible()


def test_the_customer_page_shows_it_in_chips(qtbot, window, customer):
    page = real.go(qtbot, window, "customer", id=customer)
    words = {one.look.text for one in page.head.findChildren(Chip)}
    assert {"84 dagen te laat", "1 betwist", "Toezegging niet nagekomen"} <= words
    names = [
        one.accessibleName()
        for one in page._built["overview"].holds.children()
        if one.isWidgetType()
    ]
    assert any("Te veel uren" in name for name in names)


def test_broken_promises_stand_in_the_overview(debts, customer):
    assert customer
    found = debts.administration.read(partial(todo.tasks, today=TODAY))
    (broken,) = [one for one in found if one.kind == "broken"]
    assert (broken.count, broken.names) == (1, ("Familie Proefstra",))


def test_the_start_says_what_waits_and_leads_there(qtbot, window):
    real.go(qtbot, window, "overview")
    start_notice.begin(window.shell)
    real.settle(qtbot, window)
    assert start_notice.KEY in window.banners.keys
    note = window.banners._notes[start_notice.KEY]
    assert "Familie Proefstra" in note.accessibleName()
    note._link.click()
    real.settle(qtbot, window)
    assert window.navigation.place.name == "reminders"
    assert start_notice.KEY not in window.banners.keys


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (1, "1 herinnering kan vandaag weg, over €\xa012,50."),
        (2, "2 herinneringen kunnen vandaag weg, samen over €\xa012,50."),
    ],
)
def test_what_waits_is_told_in_one_line(count, words):
    found = start_notice.cautions.AtStart(Waiting(count, Money(1250), ("A",)), (), 0)
    assert start_notice.words(found) == words


def test_a_dispute_without_anything_late_is_no_red_chip():
    look = caution.chip(Caution(disputed=2))
    assert (look.tone, look.text) == ("warn", "2 betwist")
