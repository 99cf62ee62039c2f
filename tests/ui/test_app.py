import os
import shutil
import subprocess
import sys
from dataclasses import replace
from functools import partial

import pytest
from tests.factories.administrations import BUSINESS

from klantenapp import i18n
from klantenapp.services.customers import business
from klantenapp.services.store.administration import Administration
from klantenapp.ui.app import Application
from klantenapp.ui.failures import CrashDialog
from klantenapp.ui.memory import memory
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.threads import Crash


@pytest.fixture
def started(qtbot):
    """Start the window on a file; close it in the end, as the user does."""
    running = []

    def start(path=None, language="nl"):
        application = Application(path, language)
        running.append(application)
        qtbot.addWidget(application.window)
        application.show()
        return application

    yield start
    for application in running:
        application.shut()


def brand(application):
    return application.window.sidebar.brand.accessibleName()


def wait_for(qtbot, application):
    qtbot.waitUntil(lambda: "Noordkade" in brand(application), timeout=10_000)


def test_the_frame_is_painted_before_the_file_is_opened(qtbot, started, path):
    application = started(path)
    assert not application.ops.is_open
    wait_for(qtbot, application)
    assert application.ops.is_open
    assert memory().recent() == [str(path)]


def test_the_window_says_when_the_last_backup_was_made(qtbot, started, path):
    application = started(path)
    wait_for(qtbot, application)
    assert application.window.sidebar.location.backup_words() == "Nog geen back-up"
    application.shut()
    again = started(path)
    wait_for(qtbot, again)
    assert again.window.sidebar.location.backup_words() == "Back-up 0 minuten geleden"


def test_a_change_shows_everywhere_and_can_be_undone(qtbot, started, path):
    application = started(path)
    wait_for(qtbot, application)
    renamed = replace(BUSINESS, trade_name="Zuiderkade")
    application.ops.write("business.change", partial(business.change, data=renamed))
    qtbot.waitUntil(lambda: "Zuiderkade" in brand(application))
    application.window.undo()
    wait_for(qtbot, application)
    assert application.window.toasts.current is not None


def test_what_another_process_writes_shows_up(qtbot, started, path):
    application = started(path)
    wait_for(qtbot, application)
    application.ops._look_elsewhere()
    qtbot.wait(50)
    other = Administration.open_file(path)
    renamed = replace(BUSINESS, trade_name="Elders")
    other.write("business.change", partial(business.change, data=renamed))
    other.close()
    application.ops._look_elsewhere()
    qtbot.waitUntil(lambda: "Elders" in brand(application))


def test_a_file_that_is_no_administration_is_refused_by_name(qtbot, started, tmp_path):
    wrong = tmp_path / "brief.klantenapp"
    wrong.write_text("Geachte heer")
    application = started(wrong)
    qtbot.waitUntil(lambda: application.window.banners.keys == ["refused"], timeout=10_000)
    assert not application.ops.is_open


def test_a_second_window_on_the_same_file_is_refused(qtbot, started, path):
    first = started(path)
    wait_for(qtbot, first)
    second = started(path)
    qtbot.waitUntil(lambda: second.window.banners.keys == ["refused"], timeout=10_000)


def test_a_refused_file_leaves_the_open_one_open(qtbot, started, path, tmp_path):
    application = started(path)
    wait_for(qtbot, application)
    wrong = tmp_path / "brief.klantenapp"
    wrong.write_text("Geachte heer")
    application.administrations.open(wrong)
    qtbot.waitUntil(lambda: "refused" in application.window.banners.keys)
    assert application.ops.path == path
    seen = []
    application.ops.read(application.window, business.find, seen.append)
    qtbot.waitUntil(lambda: bool(seen))


def test_another_administration_replaces_the_open_one(qtbot, started, path, tmp_path):
    other = tmp_path / "other.klantenapp"
    shutil.copyfile(path, other)
    application = started(path)
    wait_for(qtbot, application)
    application.administrations.open(other)
    qtbot.waitUntil(lambda: application.ops.path == other)
    assert memory().recent() == [str(other), str(path)]
    texts = [action.text() for action in application.administrations.menu().actions()]
    assert path.stem in texts


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes where it likes")
def test_a_file_that_cannot_be_written_is_opened_to_look_at(qtbot, started, path):
    path.chmod(0o400)
    application = started(path)
    qtbot.waitUntil(lambda: "read_only" in application.window.banners.keys)


def test_another_language_speaks_at_once_and_is_remembered(qtbot, started, path):
    application = started(path)
    wait_for(qtbot, application)
    application.set_language("en")
    assert application.window.sidebar.buttons["customers"].text() == "Customers"
    assert i18n.language() == "en"
    assert memory().program("language") == "en"


def test_theme_and_text_size_are_remembered(qtbot, started, path):
    application = started(path)
    wait_for(qtbot, application)
    theme().set(choice="dark", percent=125)
    assert memory().program("theme") == "dark"
    assert memory().program("text") == 125


def test_a_crash_opens_a_dialog_and_the_window_goes_on(qtbot, started, path):
    application = started(path)
    wait_for(qtbot, application)
    application._crashed(Crash("customer.rename", ZeroDivisionError(), "Traceback"))
    dialogs = application.window.findChildren(CrashDialog)
    assert [dialog.isVisible() for dialog in dialogs] == [True]
    dialogs[0].reject()


def test_nothing_heavy_is_imported_before_the_first_paint():
    heavy = "sqlalchemy alembic babel reportlab lxml numpy openpyxl typer klantenapp.cli"
    code = f"import sys, klantenapp.ui.app; print(set('{heavy}'.split()) & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
