"""An administration opened or begun, with everything that has to happen around it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from klantenapp.services.customers import business
from klantenapp.services.errors.store import BackupFailed, ReadOnly
from klantenapp.services.store import backup, migrate, placing
from klantenapp.services.store.administration import Administration
from klantenapp.services.store.lock import WindowLock

if TYPE_CHECKING:
    from pathlib import Path

    from klantenapp.services.customers.business import BusinessData


def begin(path: Path, data: BusinessData, *, window: bool = False) -> Administration:
    """Make a new administration with its defaults and business, and open it.

    The file appears under its name when it is complete, so a kill leaves no empty one behind.

    Raises:
        Invalid: the data is refused (`customers.business.problems`).
        FileExists: something is there already.
        FolderNotWritable, DiskFull: it cannot be made.
    """
    with placing.in_progress(path) as temporary:
        administration = Administration.create(temporary)
        try:
            administration.write(business.CREATE, partial(business.create, data=data))
        finally:
            administration.close()
        placing.place(temporary, path)
    return Administration.open_file(path, window=window)


def open_file(path: Path, *, window: bool = False) -> Administration:
    """Open an administration; one of an earlier version is backed up and brought to this one.

    Raises:
        FileMissing, ForeignFile, NewerFile, Damaged, SchemaDiffers: the file is untouched.
        InUse: another window has it.
        ReadOnly: it is of an earlier version and cannot be written.
        BackupFailed, MigrationFailed: it is as it was.
    """
    if migrate.needed(path):
        if not placing.writable(path):
            raise ReadOnly(path)
        with WindowLock(path):
            # Another process may have been first while this one waited.
            if migrate.needed(path):
                migrate.upgrade(path)
    return Administration.open_file(path, window=window)


def close(administration: Administration) -> BackupFailed | None:
    """Close the file of a window, with a backup where anything changed since the last one.

    Returns:
        Why there is no backup, to tell and to log; the file is closed all the same.
    """
    failed = None
    if not administration.read_only:
        try:
            backup.automatic(administration.path)
        except BackupFailed as problem:
            failed = problem
    administration.close()
    return failed
