"""Sends what is due in the outbox, oldest first; one process at a time does so for a file."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

from klantenapp.services.errors.mail import (
    MailNotWaiting,
    NoAccount,
    PasswordMissing,
    SendingElsewhere,
)
from klantenapp.services.errors.store import InUse
from klantenapp.services.messages import accounts, mail, outbox, outbox_list, passwords, problems
from klantenapp.services.store.lock import WindowLock

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sqlalchemy.orm import Session

    from klantenapp.services.errors.base import Refusal
    from klantenapp.services.messages.accounts import Account
    from klantenapp.services.messages.mail import Transport

T = TypeVar("T")
_LOCK: Final = ".sending"


class Door(Protocol):
    """What sending needs of the administration, or of the window's way to it."""

    @property
    def path(self) -> Path:
        """The file."""

    def read(self, query: Callable[[Session], T]) -> T:
        """Run a query."""

    def write(self, operation: str, work: Callable[[Session], T]) -> tuple[T, object]:
        """Run an operation."""


@dataclass
class Summary:
    """What a round did.

    Attributes:
        sent, waiting, failed, unknown: how many mails ended so.
        problem: what ended the round before its time, if anything.
    """

    sent: int = 0
    waiting: int = 0
    failed: int = 0
    unknown: int = 0
    problem: Refusal | None = None


def open_smtp(account: Account) -> Transport:
    """The transport of an account.

    Raises:
        NoAccount, PasswordMissing, and what `mail.Smtp` raises.
    """
    if not account.is_ready:
        raise NoAccount
    password = passwords.find(account) if account.user else ""
    if password is None:
        raise PasswordMissing(account.user)
    return mail.Smtp(account, password)


def send_due(
    door: Door,
    open_transport: Callable[[Account], Transport] = open_smtp,
    *,
    everything: bool = False,
    stopped: Callable[[], bool] = lambda: False,
) -> Summary:
    """Send what is due.

    Args:
        open_transport: connects and signs in.
        everything: also what waits for its next try (not what can still be stopped).
        stopped: asked before each mail; what is left waits.

    Raises:
        SendingElsewhere: another process is at it.
    """
    try:
        lock = WindowLock(door.path, _LOCK)
    except InUse as problem:
        raise SendingElsewhere from problem
    with lock:
        summary = Summary()
        # Nobody else sends now, so what is marked as being sent was left behind by a process
        # that ended in the middle of it.
        if door.read(outbox.orphans):
            summary.unknown += door.write(outbox.ADOPT, outbox.adopt)[0]
        due = door.read(partial(outbox_list.due, everything=everything))
        if due:
            _Round(door, summary, stopped).run(due, open_transport)
        return summary


class _Round:
    """One connection, and the mails that go over it."""

    def __init__(self, door: Door, summary: Summary, stopped: Callable[[], bool]) -> None:
        self._door = door
        self._summary = summary
        self._stopped = stopped

    def run(self, due: list[int], open_transport: Callable[[Account], Transport]) -> None:
        """Send these; a failure of the way there ends the round for all of them."""
        try:
            transport = open_transport(self._door.read(accounts.read))
        except problems.EVERY as problem:
            self._way_is_closed(due, problem)
            return
        try:
            for number, outbox_id in enumerate(due):
                if self._stopped():
                    return
                failure = self._send(transport, outbox_id)
                if isinstance(failure, (*problems.WAY, *problems.ACCOUNT)):
                    self._way_is_closed(due[number + 1 :], failure)
                    return
                if isinstance(failure, problems.UNKNOWN):
                    # The connection is gone; the others go in the next round.
                    self._summary.problem = failure
                    return
        finally:
            transport.close()

    def _send(self, transport: Transport, outbox_id: int) -> Refusal | None:
        """Send one mail; returns what went wrong."""
        raw, envelope = self._door.read(partial(outbox.envelope, outbox_id=outbox_id))

        def begin() -> None:
            self._door.write(outbox.BEGIN, partial(outbox.begin, outbox_id=outbox_id))

        failure: Refusal | None = None
        try:
            transport.deliver(raw, envelope, begin)
        except MailNotWaiting:
            # Stopped meanwhile: nothing went, and there is nothing to say of it.
            return None
        except problems.EVERY as problem:
            failure = problem
        self._finish(outbox_id, failure)
        return failure

    def _finish(self, outbox_id: int, failure: Refusal | None) -> None:
        work = partial(outbox.finish, outbox_id=outbox_id, failure=failure)
        try:
            state, _ = self._door.write(outbox.FINISH, work)
        except MailNotWaiting:
            return
        name = {"queued": "waiting"}.get(state, state)
        setattr(self._summary, name, getattr(self._summary, name) + 1)

    def _way_is_closed(self, ids: list[int], problem: Refusal) -> None:
        """None of these goes now; their number counts as waiting, or as failed."""
        self._summary.problem = problem
        if not self._door.read(partial(outbox.is_noted, ids=ids, failure=problem)):
            self._door.write(outbox.NOTE, partial(outbox.note, ids=ids, failure=problem))
        if isinstance(problem, problems.WAITS):
            self._summary.waiting += len(ids)
        else:
            self._summary.failed += len(ids)
