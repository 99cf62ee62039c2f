"""Failures of the administration file: opening, writing, history, backups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from klantenapp.services.errors.base import Refusal

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(eq=False)
class FileMissing(Refusal):
    """There is no file there."""

    path: Path


@dataclass(eq=False)
class FileExists(Refusal):
    """A new file would overwrite one."""

    path: Path


@dataclass(eq=False)
class ForeignFile(Refusal):
    """The file is not an administration of this program."""

    path: Path


@dataclass(eq=False)
class NewerFile(Refusal):
    """The file was written by a newer version of the program; it was left untouched."""

    path: Path


@dataclass(eq=False)
class InUse(Refusal):
    """Another window has this file open."""

    path: Path


@dataclass(eq=False)
class ReadOnly(Refusal):
    """The file or its folder cannot be written."""

    path: Path


@dataclass(eq=False)
class FolderNotWritable(Refusal):
    """Nothing can be made in that folder."""

    path: Path


@dataclass(eq=False)
class DiskFull(Refusal):
    """No room left; the operation was undone as a whole."""

    path: Path


@dataclass(eq=False)
class Busy(Refusal):
    """Another process kept the file locked for too long."""

    path: Path


@dataclass(eq=False)
class DiskError(Refusal):
    """Reading or writing failed below us; what was under way was not kept."""

    path: Path


@dataclass(eq=False)
class Damaged(Refusal):
    """The database says that its content is damaged."""

    path: Path


@dataclass(eq=False)
class SchemaDiffers(Refusal):
    """Tables or triggers are not those of this version.

    Attributes:
        names: of what is missing, different or unknown.
    """

    path: Path
    names: str


@dataclass(eq=False)
class Frozen(Refusal):
    """Something issued or posted would have changed."""

    table: str


@dataclass(eq=False)
class SettlementExceeds(Refusal):
    """More would be settled than is open."""


@dataclass(eq=False)
class AlreadyDone(Refusal):
    """This very act was committed before.

    Attributes:
        entry_id: audit entry of the first time.
    """

    entry_id: int


@dataclass(eq=False)
class NothingToUndo(Refusal):
    """The stack of this window is empty."""


@dataclass(eq=False)
class NotReversible(Refusal):
    """The operation is final."""

    operation: str


@dataclass(eq=False)
class UndoConflict(Refusal):
    """A row changed since; undoing would lose that change.

    Attributes:
        operation: name of the operation that changed it since.
    """

    operation: str


@dataclass(eq=False)
class ImportUndone(Refusal):
    """The import was taken back before."""

    file_name: str


@dataclass(eq=False)
class ImportInUse(Refusal):
    """Something that came later uses rows of the import.

    Attributes:
        used_by: numbers or names of it.
    """

    file_name: str
    used_by: tuple[str, ...]


@dataclass(eq=False)
class BackupFailed(Refusal):
    """A backup could not be made or does not verify; earlier ones are untouched."""

    path: Path
    reason: str


@dataclass(eq=False)
class MigrationFailed(Refusal):
    """The file could not be brought to this version; it is as it was, and backed up.

    Attributes:
        backup: the verified copy made before.
    """

    path: Path
    backup: Path
