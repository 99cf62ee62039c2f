"""A finished file put in its place: whole or not at all, and never over another file."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from typing import TYPE_CHECKING, Final

from klantenapp.services.errors.store import DiskFull, FileExists, FolderNotWritable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: What SQLite may leave beside a database.
SIDE_FILES: Final = ("-wal", "-shm", "-journal")
#: File systems without hard links say one of these.
_NO_LINKS: Final = frozenset(
    {errno.EPERM, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK, errno.EINVAL, errno.EACCES}
)


@contextlib.contextmanager
def in_progress(target: Path) -> Iterator[Path]:
    """A name beside a new target for a file that is being made; what is left there is removed.

    Raises:
        FileExists: the target exists.
        FolderNotWritable: its folder cannot be made.
    """
    if os.path.lexists(target):
        raise FileExists(target)
    with beside(target) as temporary:
        yield temporary


@contextlib.contextmanager
def beside(target: Path) -> Iterator[Path]:
    """A name in the folder of the target, on the same disk, that is free now and afterwards.

    Raises:
        FolderNotWritable: the folder cannot be made.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary = target.with_name(f".{target.name}.{os.getpid()}.new")
        remove(temporary)
    except OSError as problem:
        raise FolderNotWritable(target.parent) from problem
    try:
        yield temporary
    finally:
        with contextlib.suppress(OSError):
            remove(temporary)


def place(temporary: Path, target: Path) -> None:
    """Give a finished file its name, durably.

    Raises:
        FileExists: another process put something there first.
        DiskFull, FolderNotWritable: it could not be written; nothing is left behind.
    """
    with told(target):
        temporary.chmod(0o600)  # nobody else's business
        _sync(temporary)
        _lay_logs_aside(target)
        _rename(temporary, target)
        sync_folder(target.parent)


def replace(temporary: Path, target: Path) -> None:
    """Put a finished file in the place of another, durably; a kill leaves one of the two.

    Raises:
        DiskFull, FolderNotWritable: it could not be written; the other is still there.
    """
    with told(target):
        _sync(temporary)
        temporary.replace(target)
        sync_folder(target.parent)


@contextlib.contextmanager
def told(target: Path) -> Iterator[None]:
    """Turn errors of the system at this place into failures.

    Raises:
        FileExists, DiskFull, FolderNotWritable.
    """
    try:
        yield
    except FileExistsError as problem:
        raise FileExists(target) from problem
    except OSError as problem:
        kind = DiskFull if problem.errno in {errno.ENOSPC, errno.EDQUOT} else FolderNotWritable
        raise kind(target.parent) from problem


def _lay_logs_aside(target: Path) -> None:
    """A log that lost its database would be played into the new one: give it another name."""
    for suffix in SIDE_FILES:
        log = target.with_name(target.name + suffix)
        if log.exists():
            log.replace(log.with_name(f"{log.name}.old"))


def _rename(temporary: Path, target: Path) -> None:
    """Rename without replacing: a hard link is refused where the name exists."""
    if sys.platform == "win32":
        temporary.rename(target)
        return
    try:
        os.link(temporary, target)
    except OSError as problem:
        if problem.errno not in _NO_LINKS:
            raise
        if os.path.lexists(target):
            raise FileExistsError(target) from problem
        temporary.rename(target)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_folder(folder: Path) -> None:
    """Make names in a folder durable, where the system can."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def remove(path: Path) -> None:
    """Remove a database that is in nobody's use, with what lies beside it."""
    for suffix in ("", *SIDE_FILES):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def writable(path: Path) -> bool:
    """Whether a database and its folder can be written, as SQLite needs for its log."""
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
