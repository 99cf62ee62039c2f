"""Disputes, pauses, promises and plans from the page of an invoice, and what undoes them."""

from __future__ import annotations

import datetime as dt
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from tests.factories.collecting import Debts
from tests.ui.panels import real

from klantenapp.models.values import Money
from klantenapp.services.messages import notes, timeline
from klantenapp.services.messages.notes import NewEntry
from klantenapp.services.reminders import worklist
from klantenapp.services.store import clock
from klantenapp.ui.contact.entry_dialog import RecordDialog
from klantenapp.ui.contact.holding import HoldDialog

TODAY = dt.date(2026, 11, 23)


@pytest.fixture
def debts(administration):
    with clock.stopped(TODAY):
        yield Debts(administration)


@pytest.fixture
def customer(debts):
    return debts.customer("Familie Proefstra", kind="consumer")


@pytest.fixture
def invoice(debts, customer):
    return debts.owed(customer, "450", dt.date(2026, 8, 1))


@pytest.fixture
def window(qtbot, debts, invoice):
    assert invoice
    shown = real.opened(qtbot, debts.administration.path)
    yield shown
    real.close(shown)


@pytest.fixture
def page(qtbot, window, invoice):
    return real.go(qtbot, window, "invoice", id=invoice)


def act(page, name):
    """Choose from the menu ⋯."""
    menu = page.more_menu()
    (found,) = [one for one in menu.actions() if one.text() == name]
    assert found.isEnabled()
    found.trigger()


def reasons(debts):
    return [row.reason for row in debts.rows(TODAY)]


def test_a_dispute_freezes_one_invoice_and_is_lifted_and_undone(
    qtbot, window, page, debts, customer, invoice
):
    debts.owed(customer, "100", dt.date(2026, 8, 2))
    act(page, "Betwist de factuur…")
    real.settle(qtbot, window)
    asked = real.dialog(qtbot, window, HoldDialog)
    assert asked.kind.value() == "dispute"
    asked.reason.set_value("Uren kloppen niet")
    asked._act.click()
    real.settle(qtbot, window)
    assert page.held.look.text == "Betwist"
    assert sorted(reasons(debts)) == ["", "dispute"]
    listed = real.go(qtbot, window, "invoices")
    shown = [listed.model.row_at(at) for at in range(2)]
    assert {row.id for row in shown if row.is_disputed} == {invoice}
    page = real.go(qtbot, window, "invoice", id=invoice)
    (lift,) = [
        one for one in page.holds.findChildren(QPushButton) if one.text() == "Geschil opgelost"
    ]
    lift.click()
    real.settle(qtbot, window)
    assert not page.held.isVisible()
    assert reasons(debts) == [""]
    window.shell.ops.undo()
    real.settle(qtbot, window)
    assert page.held.isVisible()


def test_a_plan_of_one_invoice_shows_its_next_instalment(qtbot, window, page, invoice):
    act(page, "Betalingsregeling…")
    real.settle(qtbot, window)
    asked = real.dialog(qtbot, window, HoldDialog)
    asked.until.set_value(dt.date(2026, 12, 1))
    asked._act.click()
    real.settle(qtbot, window)
    (held,) = page.holds.standing.held
    assert [one.amount.cents for one in held.instalments] == [15_000] * 3
    assert held.hold.document_id == invoice
    assert page.held.look.text == "Betalingsregeling"


def test_each_instalment_of_a_plan_may_differ_and_the_last_is_the_rest(qtbot, window, page):
    act(page, "Betalingsregeling…")
    real.settle(qtbot, window)
    asked = real.dialog(qtbot, window, HoldDialog)
    asked.until.set_value(dt.date(2026, 12, 1))
    first, second = asked.plan.amounts
    assert second.value() == Money(15_000)
    first.setFocus()
    first.selectAll()
    QTest.keyClicks(first, "500")
    assert "-" in asked.plan.rest.text() or "−" in asked.plan.rest.text()
    asked._act.click()
    real.settle(qtbot, window)
    assert asked.isVisible()  # the last would be nothing: refused
    first.selectAll()
    QTest.keyClicks(first, "250,50")
    assert "49,50" in asked.plan.rest.text()
    asked._act.click()
    real.settle(qtbot, window)
    (held,) = page.holds.standing.held
    assert [one.amount.cents for one in held.instalments] == [25_050, 15_000, 4_950]


def test_a_pause_without_reason_is_refused_at_its_field(qtbot, window, page):
    act(page, "Herinneringen pauzeren…")
    real.settle(qtbot, window)
    asked = real.dialog(qtbot, window, HoldDialog)
    asked._act.click()
    real.settle(qtbot, window)
    assert asked.isVisible()
    assert page.holds.standing.held == ()
    asked.reject()


def test_a_broken_promise_stands_on_the_page_and_in_the_list(
    qtbot, window, page, debts, customer, invoice
):
    debts.hold(
        customer,
        dt.date(2026, 11, 1),
        kind="promise",
        document_id=invoice,
        until=dt.date(2026, 11, 10),
    )
    page.holds.show_invoice(invoice)
    real.settle(qtbot, window)
    assert page.held.look.text == "Toezegging niet nagekomen"
    (row,) = debts.administration.read(lambda session: worklist.read(session, TODAY))
    assert (row.broken, row.is_ready) == (True, True)


def test_a_paid_invoice_cannot_be_held_and_says_why(qtbot, window, page, debts, invoice):
    debts.pay(invoice, "450", TODAY)
    page.holds.show_invoice(invoice)
    real.settle(qtbot, window)
    menu = page.more_menu()
    (pause,) = [one for one in menu.actions() if one.text() == "Herinneringen pauzeren…"]
    assert (pause.isEnabled(), pause.toolTip()) == (False, "Er staat niets open.")


def test_r_in_the_list_of_invoices_leads_to_the_letter(qtbot, window, invoice):
    listed = real.go(qtbot, window, "invoices")
    listed.view.select_id(invoice)
    QTest.keyClick(listed.view, Qt.Key.Key_R)
    real.settle(qtbot, window)
    page = window.navigation.page
    assert page._current().items[0].document_id == invoice


def test_all_messages_about_an_invoice_are_shown_when_asked_for(
    qtbot, window, page, debts, customer, invoice
):
    for number in range(8):
        entry = NewEntry("note", f"Notitie {number}", document_id=invoice)
        work = partial(notes.add, customer_id=customer, entry=entry)
        debts.administration.write(notes.ADD["note"], work)
    page.contact.show_document(invoice)
    real.settle(qtbot, window)
    assert len(page.contact.lines) == 6
    (more,) = [
        one for one in page.contact.findChildren(QPushButton) if "Alle berichten" in one.text()
    ]
    more.click()
    real.settle(qtbot, window)
    assert len(page.contact.lines) == 8


def test_a_conversation_is_recorded_from_the_invoice_it_is_about(
    qtbot, window, page, debts, customer, invoice
):
    act(page, "Gesprek vastleggen…")
    real.settle(qtbot, window)
    asked = real.dialog(qtbot, window, RecordDialog)
    assert asked.invoice.value() == invoice
    asked.text.set_value("Betaalt vrijdag")
    asked._act.click()
    real.settle(qtbot, window)
    found = debts.administration.read(partial(timeline.page, customer_id=customer))
    assert [one.document_id for one in found if one.kind == "call"] == [invoice]
