"""A window on a real file, and what a user does in it."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtTest import QTest
from tests.factories.sales import Shop
from tests.ui.panels import real

from klantenapp.services.customers import customers
from klantenapp.services.store import clock

TODAY = dt.date(2026, 11, 23)


@pytest.fixture
def shop(administration):
    with clock.stopped(TODAY):
        yield Shop(administration)


@pytest.fixture
def window(qtbot, shop):
    shown = real.opened(qtbot, shop.administration.path)
    yield shown
    real.close(shown)


class User:
    """Goes to screens, types, and waits until nothing is on its way."""

    def __init__(self, qtbot, window, shop):
        self.qtbot, self.window, self.shop = qtbot, window, shop

    def settle(self):
        for _ in range(3):
            self.qtbot.waitUntil(lambda: self.window.shell.ops.quiet, timeout=10_000)
            self.qtbot.wait(40)
        self.qtbot.waitUntil(lambda: self.window.shell.ops.quiet, timeout=10_000)

    def go(self, route, **arguments):
        self.window.navigation.go(route, **arguments)
        self.settle()
        return self.window.navigation.page

    @property
    def page(self):
        return self.window.navigation.page

    def dialog(self, kind):
        found = [each for each in self.window.findChildren(kind) if each.isVisible()]
        assert found, kind
        return found[0]

    def key(self, widget, key):
        QTest.keyClick(widget, key)
        self.settle()

    def fill(self, editor, text):
        """Type over what is there and leave the field."""
        editor.setFocus()
        editor.selectAll()
        editor.del_()
        editor.setModified(True)
        for letter in text:
            if letter.isascii():
                QTest.keyClicks(editor, letter)
            else:  # Qt's tests know keys of ASCII alone
                editor.insert(letter)
        editor.editingFinished.emit()
        self.settle()

    def read(self, query):
        return self.shop.administration.read(query)

    def customer(self, number):
        return self.read(lambda session: customers.get(session, customers.find(session, number)))


@pytest.fixture
def user(qtbot, window, shop):
    return User(qtbot, window, shop)
