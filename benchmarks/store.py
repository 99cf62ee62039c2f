"""The file itself: one act against a bare insert; opening, checking and copying 10,000 invoices."""

from __future__ import annotations

import tempfile
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks import data
from benchmarks.case import Case
from klantenapp.models.catalogue import Unit
from klantenapp.services.care import check
from klantenapp.services.store import backup
from klantenapp.services.store.administration import Administration
from klantenapp.services.store.connection import connect
from klantenapp.services.store.operations import REVERSIBLE, register

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

ADD = register("benchmark.add", REVERSIBLE)
INVOICES = 10_000


def _large() -> tuple[Path, tempfile.TemporaryDirectory[str]]:
    folder = tempfile.TemporaryDirectory()
    return data.build(Path(folder.name) / "large.klantenapp", INVOICES), folder


def act() -> Case:
    """One operation with its entry in history; against the same row inserted bare."""
    path, folder = _large()
    administration = Administration.open_file(path)
    bare = connect(path)
    numbers = count(1)

    def add(session: Session) -> None:
        session.add(Unit(name=f"unit {next(numbers)}"))

    def insert() -> None:
        bare.execute("INSERT INTO unit (name) VALUES (?)", (f"bare {next(numbers)}",))

    def close() -> None:
        bare.close()
        administration.close()
        folder.cleanup()

    return Case(work=lambda: administration.write(ADD, add), limit=insert, close=close)


def opening() -> Case:
    """Open, prove the triggers, read one row; against connecting and reading one row."""
    path, folder = _large()

    def work() -> None:
        administration = Administration.open_file(path)
        administration.read(lambda session: session.get(Unit, 1))
        administration.close()

    def limit() -> None:
        connection = connect(path)
        connection.execute("SELECT * FROM unit WHERE id = 1").fetchall()
        connection.close()

    return Case(work, limit, close=folder.cleanup)


def check_all() -> Case:
    """Prove every invariant; against SQLite's own check of its pages."""
    path, folder = _large()
    administration = Administration.open_file(path)

    def limit() -> Any:
        connection = connect(path)
        try:
            return connection.execute("PRAGMA integrity_check").fetchall()
        finally:
            connection.close()

    def close() -> None:
        administration.close()
        folder.cleanup()

    return Case(lambda: administration.read(check.run), limit, rounds=3, close=close)


def copy() -> Case:
    """A verified backup; against a bare VACUUM INTO."""
    path, folder = _large()
    numbers = count(1)

    def limit() -> None:
        connection = connect(path)
        target = path.with_name(f"bare{next(numbers)}.db")
        connection.execute("VACUUM INTO ?", (str(target),))
        connection.close()
        target.unlink()

    def work() -> None:
        backup.write(path, path.with_name(f"copy{next(numbers)}.klantenapp")).unlink()

    return Case(work, limit, rounds=5, close=folder.cleanup)


CASES = {"act": act, "open": opening, "check": check_all, "backup": copy}
