"""Workers that are killed: forked from a warm process, each opening the file for itself."""

from __future__ import annotations

import os
import random
import select
import signal
import time
import traceback
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import event
from sqlalchemy.engine import Engine

from klantenapp.services.store.administration import Administration

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@dataclass
class Told:
    """What a worker said before it ended.

    Attributes:
        lines: what it acknowledged, in order.
        code: its exit status; negative is the signal that ended it.
    """

    code: int
    lines: list[str] = field(default_factory=list)


def fork(work: Callable[[Callable[[str], None]], None]) -> tuple[int, int]:
    """Run work in a child; it may say lines. Returns its process id and where to read them."""
    readable, writable = os.pipe()
    child = os.fork()
    if child:
        os.close(writable)
        return child, readable
    code = 1
    try:
        os.close(readable)
        work(lambda line: os.write(writable, f"{line}\n".encode()) and None)
        code = 0
    except BaseException:  # noqa: BLE001 - whatever it was, a child must not go on with the tests
        os.write(writable, traceback.format_exc().encode())
    finally:
        os._exit(code)


def wait_for(child: int, readable: int) -> Told:
    """Read what the child says until it ends."""
    said = b""
    while part := os.read(readable, 65536):
        said += part
    os.close(readable)
    _, status = os.waitpid(child, 0)
    return Told(os.waitstatus_to_exitcode(status), said.decode().splitlines())


def killed_after(work: Callable[[Callable[[str], None]], None], seconds: float) -> Told:
    """Run work in a child that says "ready" when it starts, and kill it so long after that."""
    child, readable = fork(work)
    said = os.read(readable, 6)
    assert said == b"ready\n", said + os.read(readable, 65536)
    # It may say more than a pipe holds: read while the time runs.
    until = time.monotonic() + seconds
    kept = b""
    while (left := until - time.monotonic()) > 0:
        ready, _, _ = select.select([readable], [], [], left)
        if ready:
            part = os.read(readable, 65536)
            kept += part
            if not part:
                break
    os.kill(child, signal.SIGKILL)
    told = wait_for(child, readable)
    return Told(told.code, kept.decode().splitlines() + told.lines)


def killed_at_statement(path: Path, number: int, work: Callable[[Administration], None]) -> Told:
    """Run work in a child that kills itself at its n-th SQL statement; a commit is one too."""

    def child(_say: Callable[[str], None]) -> None:
        administration = Administration.open_file(path)
        left = number

        def count(*_: object) -> None:
            nonlocal left
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

        event.listen(Engine, "before_cursor_execute", count)
        event.listen(Engine, "commit", count)
        work(administration)
        # Not closed: a kill right after the work is the last point.
        os.kill(os.getpid(), signal.SIGTERM)

    return wait_for(*fork(child))


def times(seed: int, number: int, longest: float) -> list[float]:
    """Random moments, the same for the same seed."""
    chance = random.Random(seed)
    return [chance.random() * longest for _ in range(number)]
