"""The timeline on screen: notes by Enter, filters, files, dropped mail, ten thousand entries."""

import datetime as dt
import time
from functools import partial

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from sqlalchemy import insert
from tests.services.messages.conftest import MAIL, World
from tests.ui import mail_window

from klantenapp.models.message import Message
from klantenapp.services.imports import mail as mails
from klantenapp.services.imports.source import Source
from klantenapp.services.messages import notes, timeline
from klantenapp.services.store import clock
from klantenapp.services.store.search import folded
from klantenapp.ui.contact.entry_dialog import ChangeDialog, RecordDialog
from klantenapp.ui.contact.mail_viewer import MailDialog
from klantenapp.ui.contact.period import PeriodDialog
from klantenapp.ui.contact.timeline import TimelinePanel
from klantenapp.ui.contact.timeline_model import Heading, Item, period
from klantenapp.ui.widgets.page import Page

EML = (
    f"From: Henk <{MAIL}>\r\nTo: administratie@noordkade.example\r\nSubject: Vraag\r\n"
    "Date: Mon, 23 Nov 2026 09:00:00 +0100\r\nMessage-ID: <1@x>\r\n"
    'Content-Type: text/html\r\n\r\n<p>Klopt <b>dit</b>?</p><img src="http://evil.example/x.png">'
)


@pytest.fixture
def world(administration):
    with clock.stopped(dt.datetime(2026, 11, 24, 12).astimezone()):
        yield World(administration)


@pytest.fixture
def window(qtbot, world):
    shown = mail_window.open_window(qtbot, world.administration.path, postman=False)
    yield shown
    shown.shell.ops.shut()


@pytest.fixture
def panel(qtbot, window, world):
    page = Page(window.shell)
    made = TimelinePanel(page)
    page.body.addWidget(made, 1)
    window._stack.addWidget(page)
    window._stack.setCurrentWidget(page)
    window.shell.ops.changed.connect(made.refresh)
    made.show_customer(world.customer)
    mail_window.settle(qtbot, window)
    return made


def lines(panel):
    """What the list says, line by line."""
    found = []
    for line in range(panel.model.rowCount()):
        item = panel.model.item(line)
        if isinstance(item, Heading):
            found.append(f"# {item.title}")
        elif item.entry is not None:
            found.append(item.entry.text or item.entry.subject)
    return found


def entries(world):
    read = partial(timeline.page, customer_id=world.customer)
    return world.ask(read)


def test_enter_keeps_a_note_shift_enter_goes_on_and_undo_takes_it_back(qtbot, window, world, panel):
    panel.enter()
    qtbot.keyClicks(panel.note.edit, "Eerste regel")
    qtbot.keyClick(panel.note.edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClicks(panel.note.edit, "tweede")
    qtbot.keyClick(panel.note.edit, Qt.Key.Key_Return)
    mail_window.settle(qtbot, window)
    assert [entry.text for entry in entries(world)] == ["Eerste regel\ntweede"]
    assert panel.note.text() == ""
    assert lines(panel) == ["# Vandaag", "Eerste regel\ntweede"]
    window.undo()
    mail_window.settle(qtbot, window)
    assert entries(world) == []
    assert panel.empty.isVisible()


@pytest.mark.parametrize(
    ("day", "title"),
    [
        (dt.date(2026, 11, 25), "Later"),
        (dt.date(2026, 11, 24), "Vandaag"),
        (dt.date(2026, 11, 23), "Gisteren"),
        (dt.date(2026, 11, 22), "Vorige week"),
        (dt.date(2026, 11, 16), "Vorige week"),
        (dt.date(2026, 11, 15), "November"),
        (dt.date(2026, 10, 1), "Oktober"),
        (dt.date(2025, 10, 1), "Oktober 2025"),
    ],
)
def test_a_period_is_called_as_people_do(day, title):
    assert period(day, dt.date(2026, 11, 24)) == title


def test_entries_stand_by_period_and_filters_narrow_them(qtbot, window, world, panel):
    mail_window.note(world, "note", "PO-nummer", mail_window.at(10, 14))
    mail_window.note(world, "call", "Belt terug", mail_window.at(11, 19), person="Henk")
    panel.load()
    mail_window.settle(qtbot, window)
    assert lines(panel) == ["# Vorige week", "Belt terug", "# Oktober", "PO-nummer"]
    panel.filters.choose("note")
    mail_window.settle(qtbot, window)
    assert lines(panel) == ["# Oktober", "PO-nummer"]
    panel.filters.choose("all")
    panel.seek.setText("henk")
    qtbot.wait(150)
    mail_window.settle(qtbot, window)
    assert lines(panel) == ["# Vorige week", "Belt terug"]
    panel.seek.setText("komt niet voor")
    qtbot.wait(150)
    mail_window.settle(qtbot, window)
    assert panel.nothing.isVisible()


def test_events_are_shown_when_asked_for(qtbot, window, world, panel):
    world.invoice()
    panel.load()
    mail_window.settle(qtbot, window)
    assert lines(panel) == []
    panel._toggle_events()
    mail_window.settle(qtbot, window)
    assert len(lines(panel)) == 2


def test_a_call_is_recorded_in_its_dialog_with_a_follow_up(qtbot, window, world, panel):
    panel.record.click()
    dialog = window.findChild(RecordDialog)
    dialog.person.setText("Henk Voorbeeld")
    dialog.text.set_value("Restant komt 30 november.")
    dialog.time.setText("9.05")
    dialog.follow_up.set_value(dt.date(2026, 11, 30))
    dialog._run()
    mail_window.settle(qtbot, window)
    (call,) = entries(world)
    assert (call.kind, call.direction, call.person) == ("call", "out", "Henk Voorbeeld")
    assert call.key.at.astimezone().strftime("%H:%M") == "09:05"
    assert call.follow_up_on == dt.date(2026, 11, 30)


def test_a_dialog_says_at_the_field_what_is_wrong(window, qtbot, panel, world):
    panel.record.click()
    dialog = window.findChild(RecordDialog)
    dialog.time.setText("half tien")
    dialog._run()
    assert dialog.form.fields["time"].error
    dialog.time.setText("10:00")
    dialog._run()
    mail_window.settle(qtbot, window)
    assert dialog.form.fields["text"].error.startswith("Er staat nog geen tekst.")
    assert entries(world) == []
    dialog.reject()


def test_delete_removes_f2_changes_and_p_pins(qtbot, window, world, panel):
    mail_window.note(world, "note", "Eén", mail_window.at(11, 20))
    panel.load()
    mail_window.settle(qtbot, window)
    panel.list.select_first()
    qtbot.keyClick(panel.list, Qt.Key.Key_P)
    mail_window.settle(qtbot, window)
    assert lines(panel)[0] == "# Vastgezet"
    panel.list.select_first()
    qtbot.keyClick(panel.list, Qt.Key.Key_F2)
    mail_window.settle(qtbot, window)
    dialog = window.findChild(ChangeDialog)
    dialog.text.set_value("Twee")
    dialog._run()
    mail_window.settle(qtbot, window)
    assert (entries(world)[0].text, entries(world)[0].is_edited) == ("Twee", True)
    panel.list.select_first()
    qtbot.keyClick(panel.list, Qt.Key.Key_Delete)
    mail_window.settle(qtbot, window)
    assert entries(world) == []


def test_a_dropped_mail_is_read_as_words_and_nothing_of_it_is_loaded(
    qtbot, window, world, panel, tmp_path
):
    file = tmp_path / "vraag.eml"
    file.write_bytes(EML.encode())
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    panel.dropEvent(event)
    mail_window.settle(qtbot, window)
    (mail,) = entries(world)
    assert (mail.subject, mail.direction) == ("Vraag", "in")
    panel.acts.open(mail)
    mail_window.settle(qtbot, window)
    dialog = window.findChild(MailDialog)
    assert "Klopt dit?" in dialog.text.toPlainText()
    assert "<img" not in dialog.text.toHtml()
    dialog.reject()


def test_a_file_is_found_under_the_pointer(qtbot, window, world, panel):
    raw = (
        f"From: {MAIL}\r\nSubject: Bon\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n\r\nDag\r\n--b\r\n'
        'Content-Type: application/pdf; name="Bon.pdf"\r\n'
        "Content-Disposition: attachment\r\n\r\n%PDF\r\n--b--\r\n"
    ).encode()
    work = partial(mails.run, source=Source.of_bytes("bon.eml", raw))
    world.do(work, mails.IMPORT)
    panel.load()
    mail_window.settle(qtbot, window)
    panel.list.select_first()
    index = panel.list.currentIndex()
    entry = panel.model.entry(index.row())
    (box,) = panel.list._delegate.files(entry)
    at = panel.list.visualRect(index).topLeft() + box.box.center()
    assert panel.list._file_at(at).name == "Bon.pdf"
    assert panel.list._file_at(at + QPoint(400, 0)) is None


def test_ten_thousand_entries_open_at_once_and_read_what_shows(qtbot, world, panel):
    now = clock.now()
    text = "Goedemorgen, hierbij de factuur. " * 20

    def fill(session):
        rows = [
            {
                "customer_id": world.customer,
                "kind": "email",
                "direction": "in",
                "at": now - dt.timedelta(hours=n),
                "subject": f"Bericht {n}",
                "body": text,
                "search": folded(f"Bericht {n}", text),
                "status": "received",
                "pinned": False,
                "created_at": now,
            }
            for n in range(10_000)
        ]
        session.execute(insert(Message), rows)

    world.do(fill, notes.CHANGE)
    start = time.perf_counter()
    panel.load()
    qtbot.waitUntil(lambda: panel.model.rowCount() > 10_000, timeout=10_000)
    assert time.perf_counter() - start < 3
    panel.list.scrollToBottom()
    last = panel.model.rowCount() - 1
    qtbot.waitUntil(lambda: panel.model.entry(last) is not None, timeout=10_000)
    assert panel.model.entry(last).subject == "Bericht 9999"
    unread = [
        line
        for line in range(panel.model.rowCount())
        if isinstance(panel.model.item(line), Item) and panel.model.entry(line) is None
    ]
    assert len(unread) > 9_000


def test_the_tools_stand_below_the_filters_where_both_do_not_fit(qtbot, window, panel):
    assert panel._tools.y() < panel.filters.geometry().bottom()
    panel.setFixedWidth(700)
    mail_window.settle(qtbot, window)
    assert panel._tools.y() > panel.filters.geometry().bottom()
    assert panel.filters.width() >= panel.filters.sizeHint().width()


def test_a_letter_that_came_by_post_is_kept_with_its_scan(qtbot, window, world, panel, tmp_path):
    scan = tmp_path / "brief.pdf"
    scan.write_bytes(b"%PDF-1.7 brief")
    panel.record.click()
    mail_window.settle(qtbot, window)
    asked = window.findChild(RecordDialog)
    asked.kind.set_value("letter")
    asked._fit()
    assert asked.form.fields["way"].isVisible()
    assert not asked.form.fields["direction"].isVisible()
    asked.way.set_value("in")
    asked.person.set_value("Henk")
    asked.text.set_value("Maakt bezwaar tegen de factuur")
    asked.files.add_path(scan)
    asked._act.click()
    mail_window.settle(qtbot, window)
    (entry,) = entries(world)
    assert (entry.kind, entry.direction) == ("letter", "in")
    assert [file.name for file in entry.files] == ["brief.pdf"]
    window.undo()
    mail_window.settle(qtbot, window)
    assert entries(world) == []


def test_a_period_of_the_users_own_narrows_is_named_and_ends(qtbot, window, world, panel):
    mail_window.note(world, "note", "Oktober", mail_window.at(10, 14))
    mail_window.note(world, "note", "November", mail_window.at(11, 19))
    dialog = PeriodDialog(panel._page, (None, None), panel._choose_period)
    dialog.since.set_value(dt.date(2026, 10, 31))
    dialog.until.set_value(dt.date(2026, 10, 1))
    dialog._show()
    assert dialog.form.fields["until"].error
    dialog.since.set_value(dt.date(2026, 10, 1))
    dialog.until.set_value(dt.date(2026, 10, 31))
    dialog._show()
    mail_window.settle(qtbot, window)
    assert lines(panel) == ["# Oktober", "Oktober"]
    assert panel.period.text() == "01-10-2026 – 31-10-2026"
    panel.period.click()
    mail_window.settle(qtbot, window)
    assert len(lines(panel)) == 4
    assert not panel.period.isVisible()
