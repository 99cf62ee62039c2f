"""A lock that keeps a second window off a file, and that dies with its process.

The operating system releases it, so a kill leaves nothing to clean up. Command-line processes do
not take it: SQLite's own locking lets them share the file.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Self

from klantenapp.services.errors.store import FolderNotWritable, InUse

if TYPE_CHECKING:
    from pathlib import Path


class WindowLock:
    """Held from construction until `release`.

    Args:
        path: of the administration.
        suffix: one lock for each thing that one process at a time may do.

    Raises:
        InUse: another window holds it.
        FolderNotWritable: the lock file cannot be made.
    """

    def __init__(self, path: Path, suffix: str = ".lock") -> None:
        # One lock for one file, also where it is reached by another name.
        real = path.resolve()
        self._path = real.with_name(real.name + suffix)
        try:
            # The lock file lies beside the administration; that one is never opened like this.
            self._handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as problem:
            raise FolderNotWritable(path.parent) from problem
        try:
            _lock(self._handle)
        except OSError as problem:
            os.close(self._handle)
            raise InUse(path) from problem

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.release()

    def release(self) -> None:
        """Give the file free; a second call does nothing."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1


def _lock(handle: int) -> None:
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415 - exists on Windows only

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl  # noqa: PLC0415 - does not exist on Windows

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
