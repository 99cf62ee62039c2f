"""A backup put back in place: verified first, and never over something that is not kept."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from klantenapp import paths
from klantenapp.services.care import check
from klantenapp.services.errors.base import Refusal
from klantenapp.services.errors.store import (
    BackupFailed,
    Busy,
    Damaged,
    FileExists,
    ForeignFile,
    MigrationFailed,
)
from klantenapp.services.store import backup, clock, migrate, placing
from klantenapp.services.store.administration import Administration
from klantenapp.services.store.connection import connect, explained
from klantenapp.services.store.lock import WindowLock

if TYPE_CHECKING:
    from pathlib import Path

    from klantenapp.services.care.findings import Finding


#: How long to wait until everybody has left the file.
PATIENCE_MS = 3000


@dataclass(frozen=True)
class Restored:
    """What came of it.

    Attributes:
        kept: verified copy of what was there before, or that damaged file itself, set aside; None
            where nothing was there.
        findings: what a check says of the restored administration.
    """

    path: Path
    kept: Path | None
    findings: tuple[Finding, ...]


def restore(source: Path, target: Path) -> Restored:
    """Put a backup back as `target`.

    Raises:
        FileMissing, ForeignFile, NewerFile, Damaged: the backup cannot be used.
        FileExists: target is the backup itself, or no administration at all.
        InUse, Busy: target is at work in a window or a command.
        BackupFailed: what was there could not be copied.
        MigrationFailed: the backup is of an earlier version and could not be brought to this one.
    """
    migrate.needed(source)
    if target.exists() and target.samefile(source):
        raise FileExists(target)
    backup.verify(source)
    with placing.beside(target) as temporary:
        before = backup.state_of(source)
        try:
            backup.copy(source, temporary)
        except Exception as problem:
            known = problem if isinstance(problem, Refusal) else explained(problem, target)
            raise BackupFailed(target, type(known or problem).__name__) from problem
        backup.verify(temporary)
        backup.require_same(before, backup.state_of(temporary), source)
        findings = _checked(source, temporary)
        if os.path.lexists(target):
            kept = _replace(temporary, target)
        else:
            kept = None
            placing.place(temporary, target)
    return Restored(target, kept, tuple(findings))


def _checked(source: Path, copy: Path) -> list[Finding]:
    """Bring the copy to this version where it is older, and prove its invariants."""
    if migrate.needed(copy):
        try:
            migrate.in_place(copy)
        except Exception as problem:
            raise MigrationFailed(source, source) from problem
    administration = Administration.open_file(copy)
    try:
        return administration.read(check.run)
    finally:
        administration.close()


def _replace(temporary: Path, target: Path) -> Path:
    """Give the restored file the name of one that is there, after keeping that one."""
    with WindowLock(target):
        try:
            kept = backup.write(target, _kept_name(target, "before-restore"))
        except (BackupFailed, ForeignFile, Damaged) as problem:
            if not _hopeless(problem, target):
                raise
            kept = _set_aside(target)
            placing.place(temporary, target)
            return kept
        held = _exclusive(target)
        try:
            if sys.platform == "win32":
                held.close()  # a file that is open is not replaced there
            placing.replace(temporary, target)
        finally:
            held.close()
    return kept


def _hopeless(problem: Exception, target: Path) -> bool:
    """Whether what is there is damaged, so that only the file itself can be kept."""
    if isinstance(problem, ForeignFile):
        if target.suffix != paths.EXTENSION:
            raise FileExists(target) from problem
        return True
    return isinstance(problem, Damaged) or (
        isinstance(problem, BackupFailed) and problem.reason == Damaged.__name__
    )


def _kept_name(target: Path, why: str) -> Path:
    stamp = clock.now().astimezone().strftime("%Y-%m-%d-%H%M%S-%f")
    return target.with_name(f"{target.stem}-{why}-{stamp}{paths.EXTENSION}")


def _set_aside(target: Path) -> Path:
    """Rename a damaged file with its log; the log first, so that it never meets another file."""
    aside = _kept_name(target, "damaged")
    with placing.told(target):
        for suffix in (*placing.SIDE_FILES, ""):
            part = target.with_name(target.name + suffix)
            if part.exists():
                part.rename(aside.with_name(aside.name + suffix))
        placing.sync_folder(target.parent)
    return aside


def _exclusive(target: Path) -> Any:
    """A connection that keeps everybody out, with the log brought in and removed.

    Raises:
        Busy: another process has the file open.
    """
    connection = connect(target)
    try:
        connection.execute(f"PRAGMA busy_timeout = {PATIENCE_MS}")
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        mode = connection.execute("PRAGMA journal_mode = DELETE").fetchone()[0]
        connection.execute("BEGIN EXCLUSIVE")
    except Exception as problem:
        connection.close()
        raise explained(problem, target) or problem from problem
    if mode != "delete":
        connection.close()
        raise Busy(target)
    return connection
