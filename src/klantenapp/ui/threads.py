"""The threads below `ops`: one writes, two read, one does other long work, one sends mail."""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

from PySide6.QtCore import QObject, Qt, Signal

from klantenapp.services.errors.base import Refusal
from klantenapp.ui.collecting import Collector
from klantenapp.ui.progress import Cancelled
from klantenapp.ui.qt import alive

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import ThreadPoolExecutor

Pool = Literal["writer", "reader", "worker", "mail"]
SIZES: dict[Pool, int] = {"writer": 1, "reader": 2, "worker": 1, "mail": 1}


@dataclass(frozen=True)
class Crash:
    """What the crash dialog shows.

    Attributes:
        operation: name of the operation or "" for a read.
        failure: what was raised.
        details: its traceback, as text.
    """

    operation: str
    failure: BaseException
    details: str


class Threads(QObject):
    """Runs work elsewhere and brings what comes of it to the main thread.

    Attributes:
        refused: a Refusal that the caller does not take.
        crashed: Crash, an unexpected failure.
        cancelled: work of this operation was stopped, or never started.
        closing: nothing new is taken.
        under_way: pieces of work whose answer has not been delivered yet.
    """

    refused = Signal(object)
    crashed = Signal(object)
    cancelled = Signal(str)
    _finished = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.closing = False
        self.under_way = 0
        self._pools: dict[Pool, ThreadPoolExecutor] = {}
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._collector = Collector(self)

    def submit(
        self,
        pool: Pool,
        work: Callable[[], Any],
        arrived: Callable[[Any], None],
        missed: Callable[[Exception], None] | None,
        name: str,
    ) -> None:
        """Run work on a pool.

        Args:
            pool: which threads.
            work: runs there.
            arrived: gets the result, on the main thread.
            missed: gets a Refusal, on the main thread; without it `refused` is emitted.
            name: operation, or "" for what is none.
        """
        if self.closing:
            return

        def run() -> None:
            try:
                answer = partial(arrived, work())
            except Cancelled:
                answer = partial(self.cancelled.emit, name)
            except Refusal as failure:
                answer = partial(missed or self.refused.emit, failure)
            except BaseException as failure:  # noqa: BLE001 - the crash dialog shows whatever it is
                crash = Crash(name, failure, traceback.format_exc())
                answer = partial(self.crashed.emit, crash)
            if alive(self):
                self._finished.emit(answer)

        self.under_way += 1
        self._pool(pool).submit(run)

    def tell(self, hear: Callable[[Any], None], what: object) -> None:
        """Let something be heard on the main thread; called from any other."""
        if alive(self):
            self._finished.emit(partial(hear, what))

    def _pool(self, name: Pool) -> ThreadPoolExecutor:
        """The threads of a pool, started when they are first needed: after the first paint."""
        from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - imports logging

        if name not in self._pools:
            self._pools[name] = ThreadPoolExecutor(SIZES[name], name)
        return self._pools[name]

    def shut(self, last: Callable[[], None]) -> None:
        """Finish the writes that wait, run something last on their thread, and stop; once."""
        if self.closing:
            return
        self.closing = True
        self._pool("writer").submit(last)
        self._pool("writer").shutdown(wait=True)
        self._pool("reader").shutdown(wait=True, cancel_futures=True)
        self._pool("worker").shutdown(wait=False, cancel_futures=True)
        # A mail under way is not broken off: the process ends when the server has answered.
        self._pool("mail").shutdown(wait=False, cancel_futures=True)
        self._collector.stop()

    def _deliver(self, answer: Callable[[], None]) -> None:
        self.under_way -= 1
        answer()
