import datetime as dt
import sys
import types
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLineEdit

from klantenapp.__main__ import window_options
from klantenapp.sentences import speak
from klantenapp.services.errors.base import NotFound
from klantenapp.services.store.changes import Changes
from klantenapp.ui import navigation, sidebar
from klantenapp.ui.failures import CrashDialog, show_refused
from klantenapp.ui.key_help import KeyHelp
from klantenapp.ui.memory import memory
from klantenapp.ui.palette_list import Found
from klantenapp.ui.progress import Progress
from klantenapp.ui.sidebar import Surroundings
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.threads import Crash
from klantenapp.ui.widgets.page import Page


class FirstPage(Page):
    def __init__(self, shell):
        super().__init__(shell)
        self.set_title("Eerste")
        self.seen, self.told = [], []
        self.button = self.act(
            "Nieuwe klant", "Ctrl+N", lambda: self.seen.append("new"), "plus", "primary"
        )
        self.field = QLineEdit()
        self.search = self.field
        self.body.addWidget(self.field)
        self.list_key("F", "Nieuwe factuur", lambda: self.seen.append("F"), self.header)
        self.areas = [self.field]

    def show_with(self, **arguments):
        self.seen.append(arguments)

    def refresh(self, changes):
        self.told.append(changes.operation)


class SecondPage(FirstPage):
    narrow_sidebar = True

    def __init__(self, shell):
        super().__init__(shell)
        self.set_title("Tweede")
        self.header.set_crumbs([("Klanten", "customers", {}), ("Nieuw", "", {})])


@pytest.fixture(autouse=True)
def _panels(monkeypatch):
    module = types.ModuleType("klantenapp.ui.panels.testing")
    module.First, module.Second = FirstPage, SecondPage
    monkeypatch.setitem(sys.modules, module.__name__, module)
    monkeypatch.setitem(navigation.ROUTES, "customers", ("testing:First", "customers"))
    monkeypatch.setitem(navigation.ROUTES, "customer", ("testing:Second", "customers"))
    for module in (navigation, sidebar):
        monkeypatch.setattr(module, "exists", lambda name: name in {"customers", "customer"})


@pytest.fixture
def shown(window):
    window.resize(1366, 768)
    window.show()
    window.activateWindow()
    return window


def test_pages_are_built_on_first_visit_and_kept(shown):
    go = shown.navigation
    go.go("customers", filter="late")
    first = go.page
    go.go("customer", id=7)
    go.go("customers")
    assert go.page is first
    assert first.seen == [{"filter": "late"}, {}]


def test_back_and_forward_remember_what_was_shown(shown):
    go = shown.navigation
    go.go("customers", filter="late")
    go.go("customer", id=7)
    go.back()
    assert go.page.seen[-1] == {"filter": "late"}
    assert go.can_go_forward
    go.forward()
    assert go.place.arguments == {"id": 7}
    go.forward()
    assert go.place.name == "customer"


def test_unknown_screens_are_ignored(shown):
    shown.navigation.go("customers")
    shown.navigation.go("moon")
    assert shown.navigation.place.name == "customers"


def test_changes_reach_the_front_page_now_and_the_others_when_they_return(shown):
    go = shown.navigation
    go.go("customers")
    first = go.page
    go.go("customer")
    go.refresh(Changes("customer.rename", {"customer": frozenset({1})}))
    assert go.page.told == ["customer.rename"]
    assert first.told == []
    go.back()
    assert first.told == ["customer.rename"]


def test_the_title_of_the_window_follows_the_page(shown):
    shown.navigation.go("customers")
    assert shown.windowTitle() == "Klantenapp – Eerste"
    shown.navigation.page.set_title("Hotel Voorbeeldzicht")
    assert shown.windowTitle() == "Klantenapp – Hotel Voorbeeldzicht"


def test_the_sidebar_gives_room_by_width_editor_and_key(qtbot, shown):
    assert shown.sidebar.width() == 208
    shown.navigation.go("customer")
    assert shown.sidebar.width() == 56
    shown.navigation.back()
    shown.resize(1100, 700)
    shown.resizeEvent(QResizeEvent(QSize(1100, 700), QSize(1366, 768)))
    assert shown.sidebar.width() == 56
    qtbot.keyClick(shown, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert shown.sidebar.width() == 208


def test_the_sidebar_names_what_waits_and_warns_of_an_old_backup(shown):
    now = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
    around = Surroundings("Noordkade", 2026, now - dt.timedelta(days=8), counts=(("payments", 9),))
    shown.show_around(around, now)
    assert shown.sidebar.buttons["payments"].accessibleName() == "Betalingen, 9 wachten"
    assert shown.sidebar.location.late
    assert shown.sidebar.location.backup_words() == "Back-up 8 dagen geleden"
    fresh = Surroundings("Noordkade", 2026, now - dt.timedelta(hours=2))
    shown.show_around(fresh, now)
    assert shown.sidebar.location.backup_words() == "Back-up 2 uur geleden"
    assert not shown.grab().isNull()


def test_keys_of_the_page_and_of_the_window_work(qtbot, shown):
    shown.navigation.go("customers")
    page = shown.navigation.page
    page.field.setFocus()
    qtbot.keyClick(page.field, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert page.seen[-1] == "new"
    page.button.click()
    assert page.seen[-2:] == ["new", "new"]
    shown.sidebar.buttons["customers"].setFocus()
    shown.focus_search()
    assert shown.focusWidget() is page.field
    qtbot.keyClick(shown, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert theme().percent == 110


def test_single_letters_can_be_switched_off(qtbot, shown):
    shown.navigation.go("customers")
    page = shown.navigation.page
    qtbot.keyClick(page.header, Qt.Key.Key_F)
    memory().set_program("letter_keys", value=False)
    qtbot.keyClick(page.header, Qt.Key.Key_F)
    assert page.seen.count("F") == 1


def test_f6_goes_round_the_areas(shown):
    shown.navigation.go("customers")
    page = shown.navigation.page
    page.field.setFocus()
    shown.next_area(1)
    assert shown.sidebar.isAncestorOf(shown.focusWidget())
    shown.next_area(1)
    assert shown.focusWidget() is page.field


def test_another_text_size_or_language_builds_the_page_again_at_the_same_place(shown):
    shown.navigation.go("customers")
    old = shown.navigation.page
    shown.navigation.go("customer", id=3)
    theme().set(percent=125)
    assert shown.navigation.place.name == "customer"
    assert shown.navigation.place.arguments == {"id": 3}
    assert shown.navigation.page is not old
    assert shown.sidebar.width() == theme().px(56)


def test_undo_says_what_was_undone(qtbot, shown, ops, monkeypatch):
    monkeypatch.setattr(speak, "operation_label", lambda _name: "Klant hernoemen")
    seen = []
    ops.write("customer.rename", lambda _: None, seen.append)
    qtbot.waitUntil(lambda: bool(seen))
    shown.undo()
    qtbot.waitUntil(lambda: shown.toasts.current is not None)
    assert shown.toasts.current.label.text() == "Ongedaan gemaakt: Klant hernoemen"
    shown.redo()
    qtbot.waitUntil(lambda: shown.toasts.current.label.text() == "Opnieuw gedaan: Klant hernoemen")
    shown.undo()
    qtbot.waitUntil(lambda: not ops.busy)


def test_the_palette_finds_runs_and_gives_the_focus_back(qtbot, shown):
    shown.navigation.go("customers")
    page = shown.navigation.page
    page.field.setFocus()
    ran = []

    def provider(text, show):
        hits = [
            Found(
                "customers", "Hotel Voorbeeldzicht", lambda: ran.append("hotel"), "users", "Kampen"
            )
        ]
        show([hit for hit in hits if text.lower() in hit.text.lower()])

    shown.providers.append(provider)
    shown.search()
    box = shown.palette_box
    assert [hit.text for hit in box.hits] == [
        "Hotel Voorbeeldzicht",
        "Nieuwe klant",
        "Nieuwe factuur",
    ]
    qtbot.keyClicks(box.field, "hotel")
    qtbot.waitUntil(lambda: len(box.hits) == 1)
    assert not box.grab().isNull()
    qtbot.keyClick(box.field, Qt.Key.Key_Return)
    assert ran == ["hotel"]
    assert not box.isVisible()
    shown.search()
    qtbot.keyClicks(box.field, ">")
    qtbot.waitUntil(lambda: {hit.section for hit in box.hits} == {"do"})
    qtbot.keyClick(box.field, Qt.Key.Key_Down)
    qtbot.keyClick(box.field, Qt.Key.Key_Escape)
    assert shown.focusWidget() is page.field
    shown.search()
    qtbot.keyClicks(box.field, "zzz")
    qtbot.waitUntil(box._nothing.isVisible)
    box.close_palette()


def test_banners_stand_under_their_key(shown):
    show_refused(shown.banners, shown, NotFound("customer", "7"))
    assert shown.banners.keys == ["refused"]
    shown.banners.show_banner("example", "info", "Voorbeeldgegevens")
    shown.banners._notes["refused"].closed.emit()
    assert shown.banners.keys == ["example"]
    shown.banners.hide_banner("example")
    assert not shown.banners.isVisible()


def test_a_crash_is_shown_with_details_to_copy(shown):
    dialog = CrashDialog(shown, Crash("customer.rename", ZeroDivisionError(), "Traceback ..."))
    dialog.open()
    assert "customer.rename: ZeroDivisionError" in dialog.text
    assert not dialog.grab().isNull()
    dialog.reject()


def test_help_lists_the_keys_of_the_screen(shown):
    shown.navigation.go("customers")
    page = shown.navigation.page
    dialog = KeyHelp(shown, page.title, page.acts)
    dialog.open()
    assert not dialog.grab().isNull()
    dialog.reject()


def test_long_work_is_shown_after_a_moment_and_can_be_stopped(shown):
    progress = Progress("Inlezen")
    shown._follow(progress)
    strip = shown._strip
    strip._appear()
    assert strip.isVisible()
    progress.moved.emit(3, 10)
    assert strip._bar.value() == 3
    strip._halt()
    assert progress._stopped.is_set()
    progress.ended.emit()
    assert not strip.isVisible()


def test_the_place_of_the_window_is_remembered_per_administration(shown, tmp_path):
    memory().open(tmp_path / "a.klantenapp")
    shown.close()
    memory().save()
    assert memory().recent() == [str(tmp_path / "a.klantenapp")]
    assert memory().get("geometry")
    memory().open(tmp_path / "b.klantenapp")
    assert memory().get("geometry") is None
    assert memory().program("geometry")
    shown.restore_place()


@dataclass
class Arguments:
    given: list
    expected: dict | None


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([], {}),
        (["--file", "a.klantenapp"], {"--file": "a.klantenapp"}),
        (["--language=en", "--file=b"], {"--language": "en", "--file": "b"}),
        (["--language", "fr"], None),
        (["--file"], None),
        (["--file", "a", "invoice", "list"], None),
        (["--help"], None),
        (["version"], None),
    ],
)
def test_the_window_opens_without_a_command(given, expected):
    assert window_options(given) == expected
