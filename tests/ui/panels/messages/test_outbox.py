"""The outbox on screen: what waits and why, tried again, marked, changed, removed; and sent."""

import datetime as dt
from functools import partial

import pytest
from PySide6.QtCore import Qt
from tests.factories.mail_servers import PASSWORD, Authority, MailServer, Temper
from tests.services.messages.conftest import World
from tests.ui import mail_window

from klantenapp.services.errors.mail import PerhapsSent, RecipientRefused
from klantenapp.services.messages import accounts, outbox, outbox_list, passwords
from klantenapp.services.store import clock
from klantenapp.ui.contact.password import PasswordDialog
from klantenapp.ui.panels.messages.outbox import AgainDialog


@pytest.fixture
def world(administration):
    with clock.stopped(dt.datetime(2026, 11, 24, 12).astimezone()):
        yield World(administration)


@pytest.fixture
def window(qtbot, world):
    shown = mail_window.open_window(qtbot, world.administration.path, postman=False)
    yield shown
    shown.shell.ops.shut()


def finish(world, outbox_id, failure):
    work = partial(outbox.finish, outbox_id=outbox_id, failure=failure)
    world.do(work, outbox.FINISH)


def states(world):
    return [row.state for row in world.ask(partial(outbox_list.rows, with_sent=9))]


def test_each_mail_says_how_it_stands_and_why(qtbot, world, window):
    failed = mail_window.queue(world, subject="Eerste")
    finish(world, failed, RecipientRefused("henk@v.example", "550 5.1.1 bestaat niet"))
    unknown = mail_window.queue(world, subject="Tweede")
    finish(world, unknown, PerhapsSent("smtp.noordkade.example"))
    finish(world, mail_window.queue(world, subject="Derde"), None)
    mail_window.queue(world, subject="Vierde", delay=600)
    page = mail_window.go(qtbot, window, "outbox")
    rows = [page.model.row_at(line) for line in range(page.model.rowCount())]
    assert [row.subject for row in rows if row is not None] == [
        "Eerste",
        "Tweede",
        "Vierde",
        "Derde",
    ]
    assert page.buttons["confirm"].isVisible() is False
    page.view.select_id(unknown)
    assert page.buttons["confirm"].isVisible()
    assert not page.buttons["change"].isEnabled()


def test_an_unknown_mail_asks_before_it_goes_again(qtbot, world, window):
    mail_id = mail_window.queue(world)
    finish(world, mail_id, PerhapsSent("smtp.noordkade.example"))
    page = mail_window.go(qtbot, window, "outbox")
    qtbot.keyClick(page.view, Qt.Key.Key_R)
    dialog = window.findChild(AgainDialog)
    assert dialog is not None
    assert states(world) == ["unknown"]
    dialog.accept()
    mail_window.settle(qtbot, window)
    assert states(world) == ["queued"]


def test_a_mail_that_arrived_after_all_is_marked_and_undone(qtbot, world, window):
    mail_id = mail_window.queue(world)
    finish(world, mail_id, PerhapsSent("smtp.noordkade.example"))
    page = mail_window.go(qtbot, window, "outbox")
    page.buttons["confirm"].click()
    mail_window.settle(qtbot, window)
    assert states(world) == ["sent"]
    window.undo()
    mail_window.settle(qtbot, window)
    assert states(world) == ["unknown"]


def test_delete_removes_a_mail_and_undo_brings_it_back(qtbot, world, window):
    mail_window.queue(world)
    page = mail_window.go(qtbot, window, "outbox")
    qtbot.keyClick(page.view, Qt.Key.Key_Delete)
    mail_window.settle(qtbot, window)
    assert states(world) == []
    assert page.empty.isVisible()
    window.undo()
    mail_window.settle(qtbot, window)
    assert states(world) == ["queued"]


def test_the_postman_sends_what_waits_when_the_window_opens(qtbot, world, tmp_path):
    authority = Authority(tmp_path)
    with MailServer(authority.context()) as server:
        mail_window.use(world, server, authority)
        passwords.remember(world.ask(accounts.read), PASSWORD, keep=False)
        mail_window.queue(world)
        shown = mail_window.open_window(qtbot, world.administration.path)
        qtbot.waitUntil(lambda: states(world) == ["sent"], timeout=10_000)
        assert len(server.temper.received) == 1
        shown.shell.ops.shut()
    passwords._session.clear()


def test_the_postman_asks_for_a_password_that_is_not_known_and_then_sends(qtbot, world, tmp_path):
    authority = Authority(tmp_path)
    with MailServer(authority.context()) as server:
        mail_window.use(world, server, authority)
        mail_window.queue(world)
        shown = mail_window.open_window(qtbot, world.administration.path)
        qtbot.waitUntil(lambda: shown.findChild(PasswordDialog) is not None, timeout=10_000)
        dialog = shown.findChild(PasswordDialog)
        dialog.password.setText(PASSWORD)
        dialog._accept()
        qtbot.waitUntil(lambda: states(world) == ["sent"], timeout=10_000)
        assert len(server.temper.received) == 1
        shown.shell.ops.shut()
    passwords._session.clear()


def test_a_mail_that_was_refused_is_told_with_a_way_to_the_outbox(qtbot, world, tmp_path):
    authority = Authority(tmp_path)
    temper = Temper(refuse={"henk@v.example": ("550 5.1.1 bestaat niet", -1)})
    with MailServer(authority.context(), temper=temper) as server:
        mail_window.use(world, server, authority)
        passwords.remember(world.ask(accounts.read), PASSWORD, keep=False)
        mail_window.queue(world)
        shown = mail_window.open_window(qtbot, world.administration.path)
        qtbot.waitUntil(lambda: "mail" in shown.banners.keys, timeout=10_000)
        assert states(world) == ["failed"]
        shown.shell.ops.shut()
    passwords._session.clear()
