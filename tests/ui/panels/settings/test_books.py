"""The books: closed and opened again from the settings, and everything taken out as ZIP."""

from __future__ import annotations

import datetime as dt
import zipfile

import pytest
from PySide6.QtCore import Qt
from tests.factories.sales import Shop
from tests.ui.panels import real

from klantenapp.services.store import clock
from klantenapp.services.store.administration import Administration
from klantenapp.ui.panels.settings.books import CloseDialog, ReopenDialog
from klantenapp.ui.widgets.taking_out import AccountantDialog

TODAY = real.TODAY
ASK = "klantenapp.ui.widgets.taking_out.QFileDialog.getSaveFileName"


@pytest.fixture
def window(qtbot, path):
    with clock.stopped(TODAY):
        opened = Administration.open_file(path)
        shop = Shop(opened)
        shop.invoice(shop.customer("Bakkerij"), "1000.00", date=dt.date(2026, 8, 1))
        opened.close()
        shown = real.opened(qtbot, path)
        yield shown
        real.close(shown)


def settle(qtbot, window):
    qtbot.wait(20)
    qtbot.waitUntil(lambda: window.shell.ops.quiet, timeout=20_000)
    qtbot.wait(20)


def test_a_period_is_closed_and_reopened_with_a_reason_that_stays(qtbot, window):
    page = real.go(qtbot, window, "settings", section="books")
    section = page.sections["books"]
    settle(qtbot, window)
    assert not section.reopen.isVisibleTo(section)
    qtbot.mouseClick(section.close_it, Qt.MouseButton.LeftButton)
    dialog = real.dialog(qtbot, window, CloseDialog)
    assert dialog.day.value() == dt.date(2026, 10, 31)
    dialog.day.set_value(TODAY + dt.timedelta(days=1))
    dialog.run()
    settle(qtbot, window)
    assert dialog.day.property("state") == "error"
    dialog.day.set_value(dt.date(2026, 9, 30))
    dialog.run()
    settle(qtbot, window)
    assert section.state.text().startswith("30 september 2026")
    qtbot.mouseClick(section.reopen, Qt.MouseButton.LeftButton)
    dialog = real.dialog(qtbot, window, ReopenDialog)
    dialog.run()
    settle(qtbot, window)
    assert section.through == dt.date(2026, 9, 30)
    dialog.form.fields["reason"].input.setPlainText("Suppletie")
    dialog.run()
    settle(qtbot, window)
    assert section.through is None
    assert "Suppletie" in section._history.itemAt(1).widget().text()


@pytest.mark.parametrize("name", ["all-data", "accountant-set"])
def test_everything_and_the_accountants_set_leave_from_the_gallery(
    qtbot, window, tmp_path, monkeypatch, name
):
    target = tmp_path / "uit.zip"
    monkeypatch.setattr(ASK, lambda *_arguments: (str(target), ""))
    page = real.go(qtbot, window, "reports")
    (tile,) = (each for each in page.shown() if each.offer.name == name)
    qtbot.mouseClick(tile, Qt.MouseButton.LeftButton)
    if name == "accountant-set":
        real.dialog(qtbot, window, AccountantDialog).save()
    qtbot.waitUntil(target.exists, timeout=20_000)
    settle(qtbot, window)
    with zipfile.ZipFile(target) as archive:
        assert any(each.endswith(".pdf") for each in archive.namelist())
        assert archive.testzip() is None
