"""From the overview to what is to be come back to: the entry itself."""

from __future__ import annotations

import datetime as dt
from functools import partial

import pytest
from tests.factories.collecting import Debts
from tests.ui.panels import real

from klantenapp.services.messages import notes, timeline
from klantenapp.services.messages.notes import NewEntry
from klantenapp.services.store import clock
from klantenapp.ui.contact.follow_ups import FollowUpsDialog
from klantenapp.ui.panels.overview import TaskRow

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


def call(debts, customer, text, day=TODAY):
    entry = NewEntry("call", text, person="Henk", follow_up_on=day)
    with clock.stopped(dt.date(2026, 11, 20)):
        work = partial(notes.add, customer_id=customer, entry=entry)
        return debts.administration.write(notes.ADD["call"], work)[0]


def click(qtbot, window):
    """The row of follow-ups in the overview."""
    page = real.go(qtbot, window, "overview")
    (row,) = [one for one in page.findChildren(TaskRow) if "opvolg" in one.accessibleName().lower()]
    row._run()
    real.settle(qtbot, window)


def test_one_follow_up_leads_to_the_entry_itself(qtbot, window, debts):
    customer = debts.customer("Voorbeeld Bouw")
    for number in range(20):
        call_on = NewEntry("note", f"Notitie {number}")
        work = partial(notes.add, customer_id=customer, entry=call_on)
        debts.administration.write(notes.ADD["note"], work)
    message = call(debts, customer, "Belt terug over de restant")
    click(qtbot, window)
    page = window.navigation.page
    assert (page.customer_id, page.tabs.key) == (customer, "messages")
    panel = page._built["messages"].panel
    assert panel.list.current_entry().id == message
    box = panel.list.visualRect(panel.list.currentIndex())
    assert panel.list.viewport().rect().contains(box.center())


def test_several_are_offered_ticked_off_and_opened(qtbot, window, debts):
    first = debts.customer("Voorbeeld Bouw")
    second = debts.customer("Hotel Voorbeeldzicht")
    call(debts, first, "Eerste", dt.date(2026, 11, 21))
    wanted = call(debts, second, "Tweede")
    click(qtbot, window)
    shown = real.dialog(qtbot, window, FollowUpsDialog)
    assert [shown.model.row_at(line).text for line in range(2)] == ["Eerste", "Tweede"]
    shown._finish()
    real.settle(qtbot, window)
    left = debts.administration.read(partial(timeline.follow_ups, until=TODAY))
    assert [one.message_id for one in left] == [wanted]
    shown._act.click()
    real.settle(qtbot, window)
    page = window.navigation.page
    assert page.customer_id == second
    assert page._built["messages"].panel.list.current_entry().id == wanted
