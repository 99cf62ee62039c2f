"""Connections to one SQLite file, each with the same guarantees.

The driver is sqlcipher3 on every platform: one SQLite version, without the WAL bug of older ones.
The live file is never opened in any other way.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any, Final

import sqlcipher3.dbapi2 as driver
from sqlalchemy import create_engine, event
from sqlalchemy.pool import NullPool, QueuePool

from klantenapp.services.errors.store import (
    Busy,
    Damaged,
    DiskError,
    DiskFull,
    FileMissing,
    Frozen,
    ReadOnly,
    SettlementExceeds,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Connection, Engine

    from klantenapp.services.errors.base import Refusal

#: "KLAP" in ASCII: marks the file as ours.
APPLICATION_ID: Final = 0x4B4C4150

_PRAGMAS: Final = (
    "foreign_keys = ON",
    "trusted_schema = OFF",
    "synchronous = FULL",
    "busy_timeout = 30000",
    "secure_delete = ON",
    "cell_size_check = ON",
    "mmap_size = 0",
    "temp_store = MEMORY",
    # A receivables report reads the whole ledger; 32 MB keeps it from being read twice.
    "cache_size = -32000",
)


def connect(path: Path, *, read_only: bool = False) -> Any:
    """Open one plain connection of the driver; transactions are begun by hand.

    Reading only leaves nothing beside the file. Without a log there is nothing to recover and
    nobody at work, so the file is opened as immutable: SQLite could not read it otherwise where
    the folder cannot be written.
    """
    mode = "rw"
    if read_only:
        mode = "ro" if log_of(path).exists() else "ro&immutable=1"
    return driver.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        timeout=30,
    )


@contextlib.contextmanager
def looking_into(path: Path, *, writable: bool) -> Iterator[Any]:
    """A plain connection for a look inside; errors of the database come as failures.

    Raises:
        DiskError, DiskFull, Busy, Damaged, ReadOnly, FileMissing; Damaged for what is none of them.
    """
    try:
        connection = connect(path, read_only=not writable)
        try:
            yield connection
        finally:
            connection.close()
    except driver.Error as problem:
        raise explained(problem, path) or Damaged(path) from problem


def log_of(path: Path) -> Path:
    """Where SQLite writes ahead: beside the file itself, also where a link led to it."""
    real = path.resolve()
    return real.with_name(f"{real.name}-wal")


def engine_for(path: Path, *, read_only: bool = False, pooled: bool = True) -> Engine:
    """Engine on the file; `execution_options(writes=True)` begins IMMEDIATE."""
    options: dict[str, Any] = (
        {"poolclass": QueuePool, "pool_size": 4, "max_overflow": 8}
        if pooled
        else {"poolclass": NullPool}
    )
    engine = create_engine(
        "sqlite://",
        module=driver,
        creator=lambda: connect(path, read_only=read_only),
        hide_parameters=True,
        **options,
    )

    @event.listens_for(engine, "connect")
    def _set_up(connection: Any, _record: Any) -> None:
        cursor = connection.cursor()
        for pragma in _PRAGMAS:
            cursor.execute(f"PRAGMA {pragma}")
        if not read_only:
            cursor.execute("PRAGMA journal_mode = WAL")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def explained(problem: Exception, path: Path) -> Refusal | None:
    """The failure behind an error of the database, where it is one that people can meet."""
    message = str(getattr(problem, "orig", problem)).lower()
    if "unable to open database" in message and not path.exists():
        return FileMissing(path)
    code, _, table = message.partition(":")
    if code == "frozen":
        return Frozen(table)
    if code == "exceeds":
        return SettlementExceeds()
    known: tuple[tuple[str, type[DiskFull | DiskError | Busy | ReadOnly | Damaged]], ...] = (
        ("disk is full", DiskFull),
        ("no space left", DiskFull),
        ("is locked", Busy),
        ("readonly", ReadOnly),
        ("read-only", ReadOnly),
        ("unable to open database", ReadOnly),
        ("malformed", Damaged),
        ("not a database", Damaged),
        ("disk i/o error", DiskError),
    )
    return next((kind(path) for words, kind in known if words in message), None)
