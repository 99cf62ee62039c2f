"""How far a piece of long work is, and how it is stopped."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

T = TypeVar("T")


class Cancelled(Exception):  # noqa: N818 - no error: the user stopped it
    """Raised inside long work when the user stopped it."""


class Progress(QObject):
    """How far a piece of long work is; given to the work, shown by the window.

    Attributes:
        label: what is being done, for the user.
        moved: emitted (done, total) on the main thread; total 0 is unknown.
        ended: emitted once.
    """

    moved = Signal(int, int)
    ended = Signal()

    def __init__(self, label: str) -> None:
        super().__init__()
        self.label = label
        self._stopped = threading.Event()

    def __call__(self, done: int, total: int = 0) -> None:
        """Say how far the work is; called by the work, on its thread.

        Raises:
            Cancelled: the user stopped it.
        """
        if self._stopped.is_set():
            raise Cancelled
        self.moved.emit(done, total)

    def over(self, work: Callable[[], T]) -> T:
        """Run the work; that it ended is told whatever comes of it."""
        try:
            return work()
        finally:
            self.ended.emit()

    @property
    def stopped(self) -> bool:
        """Whether it was asked to stop."""
        return self._stopped.is_set()

    def stop(self) -> None:
        """Ask the work to stop at its next step."""
        self._stopped.set()


if TYPE_CHECKING:
    #: A query that says how far it is.
    LongQuery = Callable[[Session, Progress], T]
