"""A window on a real file, and the clicks that tests make in it."""

from __future__ import annotations

import datetime as dt

from PySide6.QtWidgets import QDialog

from klantenapp.services.store.administration import Administration
from klantenapp.ui.main_window import MainWindow
from klantenapp.ui.ops import Ops

TODAY = dt.date(2026, 11, 23)


def opened(qtbot, path, size=(1366, 768)):
    """A window with the file open; `close` it afterwards."""
    ops = Ops()
    with qtbot.waitSignal(ops.opened, timeout=30_000):
        ops.open(lambda: Administration.open_file(path, window=True), lambda: None)
    shown = MainWindow(ops)
    shown.resize(*size)
    qtbot.addWidget(shown)
    shown.show()
    shown.navigation.enabled = True
    return shown


def close(window):
    window.shell.ops.shut()


def settle(qtbot, window):
    """Until nothing is on its way: no read, no write, and none that follows from them."""
    for _round in range(3):
        qtbot.waitUntil(lambda: window.shell.ops.quiet, timeout=20_000)
        qtbot.wait(40)


def go(qtbot, window, route, **arguments):
    window.navigation.go(route, **arguments)
    settle(qtbot, window)
    return window.navigation.page


def dialog(qtbot, window, kind=QDialog):
    """The dialog in front, when it is there."""

    def visible():
        return [each for each in window.findChildren(kind) if each.isVisible()]

    qtbot.waitUntil(lambda: bool(visible()), timeout=5000)
    return visible()[-1]
