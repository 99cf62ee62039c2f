"""The header of a file: whose it is, and of which version. Asking changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from klantenapp.services.errors.store import Busy, Damaged, FileMissing, ForeignFile
from klantenapp.services.store.connection import APPLICATION_ID, connect, explained, log_of

if TYPE_CHECKING:
    from pathlib import Path

#: How often the header is read until nobody wrote meanwhile.
_LOOKS: Final = 20


def generation_of(path: Path) -> int:
    """Schema generation of a file, which is not changed by asking.

    Raises:
        FileMissing, ForeignFile.
        Busy: somebody writes in it all the time.
    """
    if not path.is_file():
        raise FileMissing(path)
    for _ in range(_LOOKS):
        # Without a log the file is read as it lies there; if somebody began to write in it
        # meanwhile, what was read may be half of something.
        before = _stamp(path)
        try:
            identity, generation = _header(path)
        except ForeignFile:
            if _stamp(path) == before:
                raise
            continue
        if _stamp(path) != before:
            continue
        if identity != APPLICATION_ID:
            raise ForeignFile(path)
        return generation
    raise Busy(path)


def _stamp(path: Path) -> tuple[int, int, bool]:
    """What changes with the file; with a log it may, for SQLite reads it safely then."""
    if log_of(path).exists():
        return 0, 0, True
    about = path.stat()
    return about.st_mtime_ns, about.st_size, False


def _header(path: Path) -> tuple[int, int]:
    try:
        connection = connect(path, read_only=True)
        try:
            identity = connection.execute("PRAGMA application_id").fetchone()[0]
            generation = connection.execute("PRAGMA user_version").fetchone()[0]
        finally:
            connection.close()
    except Exception as problem:
        known = explained(problem, path)
        if known is None or isinstance(known, Damaged):
            raise ForeignFile(path) from problem
        raise known from problem
    return int(identity), int(generation)
