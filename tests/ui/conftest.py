"""A window without a screen, on an administration that is only pretended."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from klantenapp.services.store.changes import Changes
from klantenapp.ui import memory as memory_module
from klantenapp.ui.main_window import MainWindow
from klantenapp.ui.ops import Ops
from klantenapp.ui.theme.theme import theme


@dataclass
class Step:
    operation: str


@dataclass
class Stack:
    done: list = field(default_factory=list)
    undone: list = field(default_factory=list)


class FakeAdministration:
    """Keeps what was written; gives queries itself as the session."""

    def __init__(self, path=Path("fake.klantenapp")):
        self.path = path
        self.read_only = False
        self.stack = Stack()
        self.elsewhere = False
        self.closed = False

    def write(self, operation, work):
        result = work(self)
        self.stack.done.append(Step(operation))
        self.stack.undone.clear()
        return result, Changes(operation, {"customer": frozenset({1})}, 1)

    def read(self, query):
        return query(self)

    def undo(self):
        self.stack.undone.append(self.stack.done.pop())
        return Changes("history.undo", {"customer": frozenset({1})}, 2)

    def redo(self):
        self.stack.done.append(self.stack.undone.pop())
        return Changes("history.redo", {"customer": frozenset({1})}, 3)

    def changed_elsewhere(self):
        written, self.elsewhere = self.elsewhere, False
        return written

    def close(self):
        self.closed = True


@pytest.fixture(autouse=True)
def _same_theme(qtbot):  # noqa: ARG001 - makes the application
    """Each test starts light, at 100 %, with an empty memory."""
    memory_module.memory.cache_clear()
    theme().set(choice="light", percent=100)
    yield
    theme().set(choice="light", percent=100)


@pytest.fixture
def fake():
    return FakeAdministration()


@pytest.fixture
def ops(qtbot, fake):
    """Reads and writes on the pretended administration, open."""
    door = Ops()
    with qtbot.waitSignal(door.opened):
        door.open(lambda: fake, lambda: None)
    yield door
    door.shut()


@pytest.fixture
def window(qtbot, ops):
    """The whole window."""
    shown = MainWindow(ops)
    qtbot.addWidget(shown)
    return shown


@pytest.fixture
def shell(window):
    """What a page gets."""
    return window.shell
