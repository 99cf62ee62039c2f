"""The worklist used with mouse and keys on a real file: looked at, held, sent, kept."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from tests.factories.collecting import Debts
from tests.ui.panels import real

from klantenapp.services.messages import timeline
from klantenapp.services.reminders import worklist
from klantenapp.services.store import clock
from klantenapp.ui.contact.holding import HoldDialog
from klantenapp.ui.panels.reminders.printing import SentDialog
from klantenapp.ui.widgets.dialogs import Dialog

TODAY = dt.date(2026, 11, 23)


@pytest.fixture
def debts(administration):
    with clock.stopped(TODAY):
        yield Debts(administration)


@pytest.fixture
def window(qtbot, debts):
    shown = real.opened(qtbot, debts.administration.path)
    yield shown
    real.close(shown)


@pytest.fixture
def settle(qtbot, window):
    def wait():
        for _ in range(3):
            qtbot.waitUntil(lambda: window.shell.ops.quiet, timeout=10_000)
            qtbot.wait(40)

    return wait


@pytest.fixture
def customer(debts):
    customer = debts.customer("Familie Proefstra", kind="consumer")
    debts.owed(customer, "544.50", dt.date(2026, 8, 1))
    return customer


@pytest.fixture
def page(window, settle, customer):  # noqa: ARG001 - somebody who owes
    window.navigation.go("reminders")
    settle()
    return window.navigation.page


def dialog(window, kind):
    found = [each for each in window.findChildren(kind) if each.isVisible()]
    assert found
    return found[0]


def test_a_letter_is_looked_at_sent_and_kept_on_the_timeline(window, page, settle, qtbot, debts):
    assert page.model.checked == {page.view.current_id()}
    assert page.pane.paper.pages == 1
    page.send.click()
    settle()
    asked = dialog(window, Dialog)
    qtbot.wait(450)  # what cannot be undone takes no key or click for a moment
    asked._act.click()
    settle()
    sent = dialog(window, SentDialog)
    sent.reject()
    settle()
    row = debts.row(TODAY)
    assert (row.step.kind, row.reason) == ("second_reminder", "waiting")
    (entry,) = debts.administration.read(
        lambda session: [
            one
            for one in timeline.page(session, customer_id=row.debtor.id)
            if one.kind == "reminder"
        ]
    )
    assert len(entry.files) == 1
    assert page.send.isEnabled() is False


def test_p_pauses_and_undo_brings_it_back(window, page, settle, debts):
    QTest.keyClick(page.view, Qt.Key.Key_P)
    settle()
    hold = dialog(window, HoldDialog)
    hold._record()
    settle()
    assert debts.row(TODAY).is_ready  # a pause needs a reason
    hold.form.fields["reason"].input.set_value("Vakantie")
    hold._record()
    settle()
    assert debts.row(TODAY).reason == "pause"
    assert page.model.checked == set()
    window.shell.ops.undo()
    settle()
    assert debts.row(TODAY).is_ready


def test_a_row_that_waits_cannot_be_ticked(page, settle, debts, customer):
    debts.hold(customer, TODAY, kind="never", reason="Familie")
    page._load()
    settle()
    page.model.check_all()
    assert page.model.checked == set()
    assert page.pane.buttons["lift"].isVisible()
    page._asked("lift")
    settle()
    assert debts.administration.read(lambda s: worklist.read(s, TODAY))[0].is_ready


def test_nobody_to_remind_says_what_belongs_here(window, settle):
    window.navigation.go("reminders")
    settle()
    assert window.navigation.page.empty.isVisible()
