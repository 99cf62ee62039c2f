"""Mail of nobody known, on screen: found from the outbox, read, put with a customer, removed."""

import datetime as dt
from functools import partial

import pytest
from tests.services.messages.conftest import World
from tests.ui import mail_window

from klantenapp.services.imports import mail
from klantenapp.services.imports.source import Source
from klantenapp.services.messages import timeline, unassigned
from klantenapp.services.store import clock
from klantenapp.ui.contact.unassigned import UnassignedDialog, customers
from klantenapp.ui.widgets.picker import Option


@pytest.fixture
def world(administration):
    with clock.stopped(dt.datetime(2026, 11, 24, 12).astimezone()):
        yield World(administration)


@pytest.fixture
def window(qtbot, world):
    shown = mail_window.open_window(qtbot, world.administration.path, postman=False)
    yield shown
    shown.shell.ops.shut()


def bring(world, *subjects):
    for number, subject in enumerate(subjects):
        data = f"From: wie@onbekend.example\nSubject: {subject}\nMessage-ID: <{number}@x>\n\nDag\n"
        source = Source.of_bytes("mail.eml", data.encode())
        world.do(partial(mail.run, source=source), mail.IMPORT)


def open_dialog(qtbot, window):
    page = mail_window.go(qtbot, window, "outbox")
    assert page.nobody.isVisible()
    page.assign()
    mail_window.settle(qtbot, window)
    return page, window.findChild(UnassignedDialog)


def test_a_mail_is_put_with_the_chosen_customer_and_undo_takes_it_off(qtbot, world, window):
    bring(world, "Eerste", "Tweede")
    _page, dialog = open_dialog(qtbot, window)
    assert dialog.model.rowCount() == 2
    assert not dialog.act.isEnabled()
    dialog.picker.set_value(Option(world.other, "Schets"))
    dialog.picker.picked.emit(None)
    dialog.act.click()
    mail_window.settle(qtbot, window)
    assert dialog.model.rowCount() == 1
    found = world.ask(partial(timeline.page, customer_id=world.other))
    assert [one.kind for one in found].count("email") == 1
    dialog.reject()
    window.undo()
    mail_window.settle(qtbot, window)
    assert world.ask(unassigned.count) == 2


def test_the_dialog_goes_when_the_last_mail_has_its_place(qtbot, world, window):
    bring(world, "Enige")
    page, dialog = open_dialog(qtbot, window)
    dialog._remove()
    mail_window.settle(qtbot, window)
    assert not page.nobody.isVisible()
    assert window.findChild(UnassignedDialog) is None
    assert world.ask(unassigned.count) == 0


def test_the_picker_finds_customers_as_they_are_typed(world):
    name = world.ask(partial(customers, text=""))[0].text
    assert next(one.text for one in world.ask(partial(customers, text=name[:4]))) == name
