"""The one door between the window and the administration.

Writes run one at a time on one thread, reads on two others, long work that needs no administration
on a fourth; results come back on the main thread. A result whose owner is gone is dropped. An
expected failure (`Refusal`) goes to the caller, or to the error bar with its sentence; anything
else opens the crash dialog. Until the administration is open, reads and writes wait.
"""

from __future__ import annotations

import threading
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Signal

from klantenapp.ui.administration import newest
from klantenapp.ui.door import Door
from klantenapp.ui.progress import Cancelled, Progress
from klantenapp.ui.qt import alive, timer, while_alive
from klantenapp.ui.threads import Threads

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable
    from pathlib import Path

    from sqlalchemy.orm import Session

    from klantenapp.services.store.audit import Act
    from klantenapp.services.store.changes import Changes
    from klantenapp.ui.administration import Administration
    from klantenapp.ui.progress import LongQuery
    from klantenapp.ui.threads import Crash

T = TypeVar("T")

#: How often the file is asked whether another process wrote to it.
_POLL_MS = 2_000


class Ops(QObject):
    """Reads and writes for every widget.

    Attributes:
        changed: Changes of a committed write, of an undo, or of another process (everything).
        opened: the administration is open.
        refused: a Refusal that nobody took: shown in the error bar.
        crashed: Crash, an unexpected failure.
        started: Progress of long work.
        stacks: what can be undone or redone is another than before.
        idle: emitted when the last write in the queue is done.
        left_behind: what went wrong when the last administration was closed (no backup).
    """

    changed = Signal(object)
    opened = Signal()
    refused = Signal(object)
    crashed = Signal(object)
    started = Signal(object)
    stacks = Signal()
    idle = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._administration: Administration | None = None
        self._closer: Callable[[Any], Exception | None] | None = None
        self.left_behind: Exception | None = None
        self._ready = threading.Event()
        self._writes = 0
        self._serials: dict[tuple[int, Hashable], int] = {}
        self._threads = Threads(self)
        self._threads.refused.connect(self.refused)
        self._threads.crashed.connect(self._crash)
        self._threads.cancelled.connect(self._cancelled)
        self._undo_name: str | None = None
        self._redo_name: str | None = None
        self._poll = timer(self, _POLL_MS, self._look_elsewhere, once=False)

    # -- opening and closing -------------------------------------------------------------------

    @property
    def is_open(self) -> bool:
        """Whether an administration is open."""
        return self._ready.is_set()

    @property
    def path(self) -> Path | None:
        """File of the open administration."""
        return self._administration.path if self._administration else None

    @property
    def read_only(self) -> bool:
        """Whether the open administration can only be looked at."""
        return self._administration is not None and self._administration.read_only

    @property
    def busy(self) -> bool:
        """Whether a write is running or waiting."""
        return self._writes > 0

    @property
    def quiet(self) -> bool:
        """Whether nothing at all is running or waiting: no read, no write, no task."""
        return self._threads.under_way == 0

    def open(
        self,
        opener: Callable[[], Administration],
        done: Callable[[], None],
        failed: Callable[[Exception], None] | None = None,
        closer: Callable[[Any], Exception | None] | None = None,
        *,
        close_first: bool = False,
    ) -> None:
        """Open an administration on the writer thread, where its services are imported too.

        Args:
            opener: opens the file; whatever was open before stays open where it refuses.
            done: called when reads and writes work.
            failed: takes the Refusal when the file cannot be opened.
            closer: closes it in the end, and says what went wrong with that.
            close_first: close what is open before: a restore replaces the file itself.
        """

        def work() -> Administration:
            if close_first:
                self._let_go()
            opened = opener()
            self._let_go()
            return opened

        def arrived(administration: Administration) -> None:
            self._administration = administration
            self._closer = closer
            self._ready.set()
            self._poll.start()
            self._note_stacks()
            done()
            self.opened.emit()

        self._threads.submit("writer", work, arrived, failed, "")

    def shut(self) -> None:
        """Finish the writes that wait, close the administration and stop the threads."""
        self._poll.stop()
        self._ready.set()
        self._threads.shut(self._let_go)

    def _let_go(self) -> None:
        """Close what is open; on the writer thread."""
        if self._administration is not None:
            if not self._threads.closing:
                self._ready.clear()
            administration, self._administration = self._administration, None
            if self._closer is None:
                administration.close()
            else:
                self.left_behind = self._closer(administration)

    def _open_one(self) -> Administration:
        """The administration, waiting for it where it is being opened; not on the main thread.

        Raises:
            Cancelled: the window closed before one was open.
        """
        self._ready.wait()
        if self._administration is None:
            raise Cancelled
        return self._administration

    # -- reads and writes ----------------------------------------------------------------------

    def read(
        self,
        owner: QObject,
        query: Callable[[Session], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
        *,
        key: Hashable = None,
    ) -> None:
        """Run a query on a reader thread and give its result to `done` on the main thread.

        Args:
            owner: widget that wants it; once it is gone the result is dropped.
            query: takes a session, returns frozen rows (never ORM objects).
            done: takes the result.
            failed: takes a Refusal; without it the error bar does.
            key: a newer read of the same owner and key replaces this one.
        """
        slot = (id(owner), key)
        serial = self._serials.get(slot, 0) + 1
        if key is not None:
            self._serials[slot] = serial

        def wanted() -> bool:
            return alive(owner) and (key is None or self._serials.get(slot) == serial)

        def work() -> T:
            if not wanted():
                raise Cancelled
            return self._open_one().read(query)

        def arrived(result: T) -> None:
            if wanted():
                done(result)

        def missed(failure: Exception) -> None:
            if wanted() and failed is not None:
                failed(failure)

        self._threads.submit("reader", work, arrived, missed if failed else None, "")

    def look_over(
        self,
        owner: QObject,
        look: Callable[[Any], T],
        done: Callable[[T], None],
    ) -> None:
        """Run something that needs the administration itself, not a session, beside the reads."""
        arrived = while_alive(owner, done)
        self._threads.submit("reader", lambda: look(self._open_one()), arrived, None, "")

    def write(
        self,
        name: str | Act,
        work: Callable[[Session], T],
        done: Callable[[T], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Run an operation on the writer thread, in one transaction.

        Args:
            name: "noun.verb", registered in `services.store.operations`; or an `audit.Act`, whose
                group makes the autosaves of one editing session one undo step.
            work: takes the session; what it returns goes to `done`.
            done: called on the main thread after the commit, after `changed`.
            failed: takes a Refusal; without it the error bar does.
        """
        label = name if isinstance(name, str) else name.operation
        self._write(label, lambda: self._open_one().write(name, work), done, failed)

    def long_write(
        self,
        name: str,
        label: str,
        work: Callable[[Session, Progress], T],
        done: Callable[[T], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
    ) -> Progress:
        """Like `write`, for work over a second: shows progress under a label, can be stopped."""
        progress = Progress(label)

        def run() -> tuple[T, Changes]:
            return self._open_one().write(name, lambda session: work(session, progress))

        self.started.emit(progress)
        self._write(name, lambda: progress.over(run), done, failed)
        return progress

    def task(
        self,
        owner: QObject,
        label: str,
        work: Callable[[Progress], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> Progress:
        """Run long work without a session off the main thread: render, parse, draw.

        Args:
            owner, done, failed: as in `read`.
            label: shown with the progress; "" shows none.
            work: calls its argument (done, total) now and then, which raises Cancelled once the
                user stops it.
        """
        progress = Progress(label)
        if label:
            self.started.emit(progress)
        run = partial(progress.over, partial(work, progress))
        self._threads.submit("worker", run, while_alive(owner, done), failed, "")
        return progress

    def long_read(
        self, owner: QObject, label: str, query: LongQuery[T], done: Callable[[T], None]
    ) -> Progress:
        """Like `task`, for work that reads: it takes a session too."""
        read = lambda step: self._open_one().read(lambda one: query(one, step))  # noqa: E731 - one place
        return self.task(owner, label, read, done)

    def post(
        self,
        work: Callable[[Door], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Run what waits for the network on its own thread; see `door.Door`, and `task`."""
        tell = partial(self._threads.tell, self._hear)
        run = lambda: work(Door(self._open_one(), self._is_gone, tell))  # noqa: E731 - one place
        self._threads.submit("mail", run, done, failed, "")

    def _is_gone(self, administration: Administration) -> bool:
        return self._threads.closing or self._administration is not administration

    def undo(self, done: Callable[[], None] | None = None) -> None:
        """Undo the last operation of this window (Ctrl+Z)."""
        if self._undo_name is not None:
            self._step(self._undo_name, lambda one: one.undo(), done)

    def redo(self, done: Callable[[], None] | None = None) -> None:
        """Do again what was undone last (Ctrl+Shift+Z)."""
        if self._redo_name is not None:
            self._step(self._redo_name, lambda one: one.redo(), done)

    @property
    def undo_name(self) -> str | None:
        """Name of the operation that Ctrl+Z undoes."""
        return self._undo_name

    @property
    def redo_name(self) -> str | None:
        """Name of the operation that Ctrl+Shift+Z does again."""
        return self._redo_name

    def _step(
        self,
        name: str,
        step: Callable[[Administration], Changes],
        done: Callable[[], None] | None,
    ) -> None:
        def run() -> tuple[None, Changes]:
            return None, step(self._open_one())

        self._write(name, run, (lambda _: done()) if done else None, None)

    def _write(
        self,
        name: str,
        run: Callable[[], tuple[T, Changes]],
        done: Callable[[T], None] | None,
        failed: Callable[[Exception], None] | None,
    ) -> None:
        self._writes += 1

        def arrived(outcome: tuple[T, Changes]) -> None:
            result, changes = outcome
            self._hear(changes)
            if done is not None:
                done(result)
            self._wrote()

        def missed(failure: Exception) -> None:
            self._wrote()
            if failed is None:
                self.refused.emit(failure)
            else:
                failed(failure)

        self._threads.submit("writer", run, arrived, missed, name)

    def _hear(self, changes: Changes) -> None:
        self._note_stacks()
        self.changed.emit(changes)

    def _wrote(self) -> None:
        self._writes -= 1
        if not self._writes:
            self.idle.emit()

    def _cancelled(self, name: str) -> None:
        if name:
            self._wrote()

    def _crash(self, crash: Crash) -> None:
        if crash.operation:
            self._wrote()
        self.crashed.emit(crash)

    def _note_stacks(self) -> None:
        one = self._administration
        names = (newest(one.stack.done), newest(one.stack.undone)) if one else (None, None)
        if names != (self._undo_name, self._redo_name):
            self._undo_name, self._redo_name = names
            self.stacks.emit()

    def _look_elsewhere(self) -> None:
        """Ask whether another process wrote, unless a write of our own is under way."""
        if self.busy or self._threads.closing:
            return

        def arrived(written: object) -> None:
            if written:
                from klantenapp.services.store.changes import Changes  # noqa: PLC0415 - after start

                self.changed.emit(Changes("elsewhere", everything=True))

        self._threads.submit(
            "writer", lambda: self._open_one().changed_elsewhere(), arrived, None, ""
        )
