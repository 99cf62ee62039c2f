"""Putting a finished file in the place of one that may be there, or open in another program."""

from __future__ import annotations

import contextlib
import errno
import stat
from typing import TYPE_CHECKING, Final

from klantenapp.services.errors.exports import MayNotChange, OpenElsewhere
from klantenapp.services.errors.store import DiskFull, FolderNotWritable
from klantenapp.services.store import placing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: What the system says of a disk, or a share of one, that is full; or a file as large as may be.
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
#: What LibreOffice and Excel lay beside a file that they have open.
_LOCKS: Final = (".~lock.{name}#", "~${name}")


@contextlib.contextmanager
def beside(target: Path) -> Iterator[Path]:
    """A name to write to; what is written there takes the target's place when it is whole.

    Raises:
        OpenElsewhere, MayNotChange: the file that is there cannot be replaced.
        DiskFull, FolderNotWritable: it could not be written; what was there is there still.
    """
    _refuse(target)
    with placing.beside(target) as temporary:
        yield temporary
        try:
            placing.replace(temporary, target)
        except FolderNotWritable as problem:
            # A file that another program holds open cannot be replaced on Windows.
            if isinstance(problem.__cause__, PermissionError) and target.exists():
                raise OpenElsewhere(target.name) from problem
            raise


def _refuse(target: Path) -> None:
    if any(target.with_name(lock.format(name=target.name)).exists() for lock in _LOCKS):
        raise OpenElsewhere(target.name)
    with contextlib.suppress(FileNotFoundError):
        if not target.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH):
            raise MayNotChange(target.name)


def told(problem: BaseException | None, target: Path) -> DiskFull | FolderNotWritable:
    """What the system says as a failure in words."""
    full = getattr(problem, "errno", None) in _FULL
    return (DiskFull if full else FolderNotWritable)(target.parent)
