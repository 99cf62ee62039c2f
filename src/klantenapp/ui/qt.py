"""The few places where Qt's Python types are looser or newer than type checkers know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import shiboken6
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication

from klantenapp.ui.singletons import keep

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QObject
    from PySide6.QtWidgets import QLayout

# Before anything of the window calls Qt often; every part of it imports this module.
keep()

T = TypeVar("T")
_shiboken: Any = shiboken6


def alive(thing: QObject) -> bool:
    """Whether the C++ object behind a Python object still exists."""
    return bool(_shiboken.isValid(thing))


def while_alive(owner: QObject, done: Callable[[T], None]) -> Callable[[T], None]:
    """The function, which does nothing any more once its owner is gone."""

    def run(result: T) -> None:
        if alive(owner):
            done(result)

    return run


def style_hints() -> Any:
    """What the system says about colours and contrast."""
    return QGuiApplication.styleHints()


def timer(
    parent: QObject, milliseconds: int, run: Callable[[], object], *, once: bool = True
) -> QTimer:
    """A timer that is not started yet; runs once after each start unless told otherwise."""
    made = QTimer(parent)
    made.setSingleShot(once)
    made.setInterval(milliseconds)
    made.timeout.connect(run)
    return made


def clear(layout: QLayout) -> None:
    """Take every widget out of a layout and let it go."""
    while layout.count():
        item: Any = layout.takeAt(0)
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
