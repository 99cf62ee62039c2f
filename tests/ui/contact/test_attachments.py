"""Files on screen: dropped in, shown with their size, never opened when they can do harm."""

import datetime as dt
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDropEvent
from tests.services.messages.conftest import World
from tests.ui import mail_window

from klantenapp.services.messages import attachments
from klantenapp.services.messages.attachments import Owner
from klantenapp.services.store import clock
from klantenapp.ui.contact.attachments import AttachmentsCard
from klantenapp.ui.widgets.dialogs import Dialog
from klantenapp.ui.widgets.page import Page


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
def card(qtbot, window, world):
    page = Page(window.shell)
    made = AttachmentsCard(page)
    page.body.addWidget(made)
    window._stack.addWidget(page)
    window._stack.setCurrentWidget(page)
    window.shell.ops.changed.connect(made.refresh)
    made.show_owner(Owner("customer", world.customer))
    mail_window.settle(qtbot, window)
    return made


def rows(world):
    owner = Owner("customer", world.customer)
    return world.ask(partial(attachments.rows, owner=owner))


def drop(card, *paths):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    card.dropEvent(event)


@pytest.fixture
def opened(monkeypatch):
    """What was handed to the system."""
    found = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: found.append(url.toLocalFile()))
    return found


def test_dropped_files_are_kept_in_one_step(qtbot, window, world, card, tmp_path):
    for name in ("offerte.pdf", "foto.png"):
        (tmp_path / name).write_bytes(b"x" * 1500)
    drop(card, tmp_path / "offerte.pdf", tmp_path / "foto.png")
    mail_window.settle(qtbot, window)
    assert [row.name for row in rows(world)] == ["foto.png", "offerte.pdf"]
    assert [line.found.name for line in card.lines] == ["foto.png", "offerte.pdf"]
    window.undo()
    mail_window.settle(qtbot, window)
    assert rows(world) == []
    assert card.hint.isVisible()


def test_a_harmless_file_is_opened_as_a_copy(qtbot, window, world, card, tmp_path, opened):
    (tmp_path / "offerte.pdf").write_bytes(b"%PDF")
    drop(card, tmp_path / "offerte.pdf")
    mail_window.settle(qtbot, window)
    card.open(rows(world)[0])
    mail_window.settle(qtbot, window)
    (path,) = opened
    assert path.endswith("offerte.pdf")
    assert Path(path).read_bytes() == b"%PDF"


def test_a_program_is_never_opened_but_offered_to_save(
    qtbot, window, world, card, tmp_path, opened
):
    (tmp_path / "factuur.exe").write_bytes(b"MZ")
    drop(card, tmp_path / "factuur.exe")
    mail_window.settle(qtbot, window)
    card.open(rows(world)[0])
    mail_window.settle(qtbot, window)
    assert opened == []
    dialog = window.findChild(Dialog)
    assert dialog is not None
    dialog.reject()


def test_what_cannot_be_kept_is_told(qtbot, window, world, card, tmp_path):
    (tmp_path / "leeg.txt").write_bytes(b"")
    drop(card, tmp_path / "leeg.txt")
    mail_window.settle(qtbot, window)
    assert "“leeg.txt” is leeg." in card.note.accessibleName()
    drop(card, tmp_path / "weg.txt")
    mail_window.settle(qtbot, window)
    assert "“weg.txt” kan niet gelezen worden" in card.note.accessibleName()
    assert rows(world) == []


def test_a_removed_file_comes_back_with_undo(qtbot, window, world, card, tmp_path):
    (tmp_path / "a.txt").write_bytes(b"a")
    drop(card, tmp_path / "a.txt")
    mail_window.settle(qtbot, window)
    card.remove(rows(world)[0])
    mail_window.settle(qtbot, window)
    assert rows(world) == []
    window.undo()
    mail_window.settle(qtbot, window)
    assert [row.name for row in rows(world)] == ["a.txt"]
