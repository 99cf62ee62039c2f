"""One administration: one file, one door in, one door out.

`write` runs an operation in one transaction and tells what changed; `read` runs a query. Leaving
without a commit is a rollback.
"""

from __future__ import annotations

import contextlib
import dataclasses
import os
import threading
import uuid
from typing import TYPE_CHECKING, TypeVar

import sqlcipher3.dbapi2 as driver
from sqlalchemy import event, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from klantenapp.models.audit import AuditEntry
from klantenapp.services.errors.base import Refusal
from klantenapp.services.errors.store import (
    AlreadyDone,
    Damaged,
    DiskError,
    DiskFull,
    FileExists,
    FolderNotWritable,
    NewerFile,
    NothingToUndo,
    ReadOnly,
    SchemaDiffers,
)
from klantenapp.services.store import audit, operations, placing, schema
from klantenapp.services.store.changes import Changes, Recorder, touched_rows
from klantenapp.services.store.connection import connect, engine_for, explained
from klantenapp.services.store.header import generation_of
from klantenapp.services.store.lock import WindowLock
from klantenapp.services.store.undo import Stack, Step, take_back

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sqlalchemy import Connection

T = TypeVar("T")


class Administration:
    """An open file. Made by `create` or `open_file`; safe to use from several threads.

    Attributes:
        path: of the file.
        read_only: nothing can be written, because the file or its folder cannot.
        stack: what this window can undo.
        origin: who writes, for the history: "window" or "cli".
    """

    def __init__(self, path: Path, *, lock: WindowLock | None, read_only: bool) -> None:
        self.path = path
        self.read_only = read_only
        self.stack = Stack()
        self._lock = lock
        self._engine = engine_for(path, read_only=read_only)
        self.origin = "window" if lock is not None else "cli"
        self._writing = threading.Lock()
        self._writer: Connection | None = None
        self._writes_in: int | None = None
        self._seen_version: int | None = None
        self._unseen = False

    # --- opening and closing -------------------------------------------------------------------

    @classmethod
    def create(cls, path: Path, *, window: bool = False) -> Administration:
        """Make a new, empty administration; never over an existing file.

        Raises:
            FileExists: something is there already.
            FolderNotWritable, DiskFull: it cannot be made.
        """
        if os.path.lexists(path):
            raise FileExists(path)
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
        try:
            # "x" makes the empty file, and fails where another process was faster.
            path.open("x").close()
        except FileExistsError as problem:
            raise FileExists(path) from problem
        except OSError as problem:
            raise FolderNotWritable(path.parent) from problem
        administration = None
        try:
            lock = WindowLock(path) if window else None
            administration = cls(path, lock=lock, read_only=False)
            connection = administration._writer_connection()
            with connection.begin():
                schema.create(connection)
        except BaseException as problem:
            if administration is not None:
                administration.close()
            placing.remove(path)
            if isinstance(problem, DBAPIError):
                raise explained(problem, path) or problem from problem
            raise
        return administration

    @classmethod
    def open_file(cls, path: Path, *, window: bool = False) -> Administration:
        """Open a file of this version (`services/care/opening.py` brings older ones up first).

        Raises:
            FileMissing, ForeignFile, NewerFile, Damaged: and the file is untouched.
            InUse: another window has it.
            SchemaDiffers: triggers are not those of this version.
        """
        generation = generation_of(path)
        if generation > schema.GENERATION:
            raise NewerFile(path)
        lock, read_only = None, not placing.writable(path)
        if window and not read_only:
            lock = WindowLock(path)
        administration = cls(path, lock=lock, read_only=read_only)
        try:
            with administration._engine.connect() as connection:
                wrong = schema.missing_triggers(connection)
            if window:
                administration._writer_connection()  # from now on others' writes are seen
        except DBAPIError as problem:
            administration.close()
            raise explained(problem, path) or problem from problem
        if wrong:
            administration.close()
            raise SchemaDiffers(path, ", ".join(wrong))
        return administration

    def close(self) -> None:
        """Write the log into the file, give up the lock. A second call does nothing."""
        with self._writing:
            if self._writer is not None:
                self._writer.close()
                self._writer = None
            self._engine.dispose()
            if not self.read_only and self.path.exists():
                _checkpoint(self.path)
            if self._lock is not None:
                self._lock.release()
                self._lock = None

    # --- the two doors -------------------------------------------------------------------------

    def read(self, query: Callable[[Session], T]) -> T:
        """Run a query on the state that is committed now; what it writes is refused."""
        try:
            with (
                self._engine.connect() as connection,
                Session(connection, autoflush=False) as session,
            ):
                event.listen(session, "before_flush", _refuse_writing)
                return query(session)
        except DBAPIError as problem:
            raise explained(problem, self.path) or problem from problem

    def write(self, operation: str | audit.Act, work: Callable[[Session], T]) -> tuple[T, Changes]:
        """Run one operation: everything it does is committed together, or nothing is.

        Args:
            operation: registered name, or an Act with more about it.
            work: gets the session first; never commits.

        Raises:
            AlreadyDone: an act with this key was committed before.
            Refusal: what `work` raises, or Frozen, DiskFull, Busy, ReadOnly from the file.
        """
        act = operation if isinstance(operation, audit.Act) else audit.Act(operation)
        operations.way_of(act.operation)  # unknown is a mistake that must show before the commit
        result, changes = self._transaction(act, lambda session, _: (work(session), act))
        if changes.entry_id is not None:
            self.stack.push(act.operation, changes.entry_id, act.group)
        return result, changes

    def undo(self) -> Changes:
        """Take back the newest step of this window, in one transaction.

        Raises:
            NothingToUndo, UndoConflict, NotReversible.
        """
        if not self.stack.done:
            raise NothingToUndo
        step = self.stack.done[-1]
        try:
            changes = self._take_back(step)
        except Refusal as failure:
            if failure.is_final:
                # Else it would stand in the way of everything done before it.
                self.stack.done.pop()
            raise
        self.stack.done.pop()
        if changes.operation == "history.undo" and changes.entry_id is not None:
            self.stack.undone.append(Step(step.operation, (changes.entry_id,)))
        return changes

    def redo(self) -> Changes:
        """Do again what was taken back last; raises as `undo`."""
        if not self.stack.undone:
            raise NothingToUndo
        step = self.stack.undone[-1]
        changes = self._take_back(step)
        self.stack.undone.pop()
        if changes.entry_id is not None:
            self.stack.done.append(Step(step.operation, (changes.entry_id,)))
        return changes

    def changed_elsewhere(self) -> bool:
        """Whether another process wrote since this was asked last.

        Takes no lock in the file. While an operation of ours runs the answer waits for a next
        time.
        """
        if not self._writing.acquire(blocking=False):
            return False
        try:
            version = _data_version(self._writer_connection())
            changed = self._unseen or self._seen_version != version
            self._seen_version, self._unseen = version, False
            return changed
        finally:
            self._writing.release()

    # --- inside --------------------------------------------------------------------------------

    def _take_back(self, step: Step) -> Changes:
        def work(session: Session, recorder: Recorder) -> tuple[None, audit.Act]:
            names = [take_back(session, recorder, entry_id) for entry_id in reversed(step.entries)]
            return None, audit.Act(names[0], undoes_id=step.entries[-1], detail=step.operation)

        return self._transaction(audit.Act("history.undo"), work)[1]

    def _transaction(
        self, act: audit.Act, work: Callable[[Session, Recorder], tuple[T, audit.Act]]
    ) -> tuple[T, Changes]:
        if self.read_only:
            raise ReadOnly(self.path)
        with self._alone():
            session = Session(self._opened_writer(), expire_on_commit=False)
            recorder = Recorder(session)
            try:
                _refuse_repetition(session, act)
                result, act = work(session, recorder)
                session.flush()
                images = recorder.images()
                entry_id = None
                if images or recorder.batch_id is not None:
                    entry_id = audit.append(session, self._completed(act, recorder), images)
                session.commit()
            except DBAPIError as problem:
                known = explained(problem, self.path)
                with contextlib.suppress(DBAPIError):
                    session.rollback()
                if isinstance(known, DiskError | DiskFull | Damaged):
                    self._drop_writer()
                raise known or problem from problem
            except BaseException:
                session.rollback()
                raise
            finally:
                session.close()
        touched = dict.fromkeys(recorder.bulk_tables, frozenset[int]()) | touched_rows(images)
        return result, Changes(act.operation, touched, entry_id)

    def _completed(self, act: audit.Act, recorder: Recorder) -> audit.Act:
        """The act with what is known of it only now."""
        return dataclasses.replace(
            act,
            origin=act.origin or self.origin,
            batch_id=recorder.batch_id,
            detail=act.detail if recorder.detail is None else recorder.detail,
        )

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """One operation at a time; one inside another would commit half of the outer one."""
        if self._writes_in == threading.get_ident():
            message = "an operation runs inside another one"
            raise RuntimeError(message)
        with self._writing:
            self._writes_in = threading.get_ident()
            try:
                yield
            finally:
                self._writes_in = None

    def _drop_writer(self) -> None:
        """Forget the connection after an error of the disk: it does not know what is stored.

        A new one reads it (the fsync lesson of PostgreSQL, facts/reliability.md 1).
        """
        if self._writer is not None:
            self._writer.invalidate()
            self._writer.close()
            self._writer = None
            self._unseen = True

    def _opened_writer(self) -> Connection:
        try:
            return self._writer_connection()
        except DBAPIError as problem:
            raise explained(problem, self.path) or problem from problem

    def _writer_connection(self) -> Connection:
        """The one connection that writes, so that data_version tells of others only."""
        if self._writer is None:
            self._writer = self._engine.connect().execution_options(writes=True)
            self._seen_version = _data_version(self._writer)
        return self._writer


def _data_version(connection: Connection) -> int:
    """A number that changes when another connection commits; read outside a transaction."""
    cursor = connection.connection.cursor()
    try:
        return int(cursor.execute("PRAGMA data_version").fetchone()[0])
    finally:
        cursor.close()


def new_identity() -> str:
    """Identity for a new administration."""
    return str(uuid.uuid4())


def _checkpoint(path: Path) -> None:
    """Bring the log into the file; whoever is at work then does it at their own end.

    A disk that fails here loses nothing: what was committed stays in the log and is read from it.
    """
    with contextlib.suppress(driver.Error):
        connection = connect(path)
        try:
            connection.execute("PRAGMA busy_timeout = 500")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            connection.close()


def _refuse_writing(*_: object) -> None:
    message = "a read session does not write"
    raise RuntimeError(message)


def _refuse_repetition(session: Session, act: audit.Act) -> None:
    if act.key is None:
        return
    before = session.scalar(select(AuditEntry.id).where(AuditEntry.key == act.key))
    if before is not None:
        raise AlreadyDone(before)


def quick_check(administration: Administration) -> bool:
    """Whether SQLite finds the file whole; runs in the background after the first paint."""
    return administration.read(
        lambda session: session.connection().execute(text("PRAGMA quick_check(1)")).scalar() == "ok"
    )
