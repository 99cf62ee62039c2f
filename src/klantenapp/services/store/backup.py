"""Copies of an administration that count only after they were opened again and verified.

A backup is one file. It gets its name after the copy was read back, so every file under such a
name is a verified one. Automatic ones go into the user's backup folder and are thinned there.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from klantenapp import paths
from klantenapp.services.errors import system
from klantenapp.services.errors.base import Refusal
from klantenapp.services.errors.store import BackupFailed, Damaged
from klantenapp.services.store import clock, placing
from klantenapp.services.store.connection import connect, explained, looking_into
from klantenapp.services.store.header import generation_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

DAILY: Final = 12
WEEKLY: Final = 10
MONTHLY: Final = 9
#: The last backup of a book year stays as long as the law asks for the books (AWR art. 52).
YEARS: Final = 7
WHOLE_DAYS: Final = 2

_STAMP: Final = "%Y-%m-%d-%H%M%S"
_NAME: Final = re.compile(r".*-(\d{4}-\d\d-\d\d-\d{6})(?:-\d+)?" + re.escape(paths.EXTENSION))
#: Where the newest verified backup outside the folder is remembered.
_RECORD: Final = "verified.json"
#: How many instructions of SQLite run between two questions whether to stop.
_STEPS: Final = 1000


@dataclass(frozen=True, slots=True, order=True)
class Backup:
    """A verified copy.

    Attributes:
        at: moment it was made, local time without zone.
    """

    at: dt.datetime
    path: Path


@dataclass(frozen=True, slots=True)
class State:
    """What tells two copies apart.

    Attributes:
        identity: of the administration; None before its business is filled in.
        entries, last_hash: length and end of its history.
    """

    identity: str | None
    entries: int
    last_hash: str


def write(source: Path, target: Path, stop: Callable[[], bool] | None = None) -> Path:
    """Copy an administration, at work or not, and verify the copy.

    Args:
        source: is read through SQLite, so a writer is in nobody's way.
        target: does not exist; or a folder, which gets a file named after source and moment.
        stop: asked now and then; True gives up.

    Returns:
        The file that was written.

    Raises:
        FileExists: target is a file already.
        BackupFailed: it could not be made or does not verify; nothing is left behind.
        FileMissing, ForeignFile: source is no administration.
    """
    generation_of(source)
    if target.is_dir():
        target = _free_name(target, source.stem, _local_now())
    with placing.in_progress(target) as temporary:
        try:
            before = state_of(source)
            copy(source, temporary, stop)
            verify(temporary)
            require_same(before, state_of(temporary), source)
            placing.place(temporary, target)
        except BackupFailed:
            raise
        except Exception as problem:
            known = problem if isinstance(problem, Refusal) else explained(problem, target)
            raise BackupFailed(target, type(known or problem).__name__) from problem
    return target


def copy(source: Path, target: Path, stop: Callable[[], bool] | None = None) -> None:
    """One consistent copy through SQLite, also while others write; not yet verified."""
    connection = connect(source, read_only=not placing.writable(source))
    try:
        connection.execute("PRAGMA busy_timeout = 30000")
        if stop is not None:
            connection.set_progress_handler(stop, _STEPS)
        connection.execute("VACUUM INTO ?", (str(target),))
    finally:
        connection.close()


def verify(path: Path) -> None:
    """Open a copy that nobody uses and read all of it.

    Raises:
        ForeignFile, NewerFile: see `administration.generation_of`.
        Damaged: a page, an index or a reference is broken.
    """
    generation_of(path)
    with looking_into(path, writable=placing.writable(path)) as connection:
        sound = [row[0] for row in connection.execute("PRAGMA integrity_check(1)")] == ["ok"]
        broken = connection.execute("PRAGMA foreign_key_check").fetchone()
    if not sound or broken is not None:
        raise Damaged(path)


def state_of(path: Path) -> State:
    """Identity and end of history of an administration."""
    with looking_into(path, writable=placing.writable(path)) as connection:
        identity = connection.execute("SELECT number FROM business").fetchone()
        last = connection.execute(
            "SELECT id, hash FROM audit_entry ORDER BY id DESC LIMIT 1"
        ).fetchone()
    number, last_hash = last or (0, "")
    return State(identity[0] if identity else None, number, last_hash)


def require_same(before: State, copied: State, source: Path) -> None:
    """Refuse a copy that lacks what was there before, or has what the source has not.

    Raises:
        Damaged.
    """
    with looking_into(source, writable=placing.writable(source)) as connection:
        found = connection.execute(
            "SELECT hash FROM audit_entry WHERE id = ?", (copied.entries,)
        ).fetchone()
    there = found[0] if found else ""
    if (
        copied.identity != before.identity
        or copied.entries < before.entries
        or copied.last_hash != there
    ):
        raise Damaged(source)


# --- automatic ones -----------------------------------------------------------------------------


def folder_of(source: Path) -> Path:
    """Folder of the automatic backups of an administration, made on first use."""
    identity = state_of(source).identity or "new"
    folder = paths.backup_folder() / f"{source.stem}-{identity[:8]}"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def automatic(source: Path, stop: Callable[[], bool] | None = None) -> Backup | None:
    """Back up into the user's backup folder, and thin what is there.

    Returns:
        The backup; None where nothing changed since the newest one.

    Raises:
        BackupFailed: earlier ones are untouched.
    """
    try:
        folder = folder_of(source)
        newest = _newest(folder)
        if newest is not None and state_of(newest.path) == state_of(source):
            return None
    except OSError as problem:
        raise BackupFailed(paths.backup_folder(), system.reason(problem)) from problem
    moment = _local_now()
    made = Backup(moment, write(source, _free_name(folder, source.stem, moment), stop))
    for old in thinned(backups_in(folder), moment.date()):
        old.path.unlink(missing_ok=True)
    return made


def backups_in(folder: Path) -> list[Backup]:
    """Verified backups of a folder, oldest first."""
    found = []
    for path in folder.glob(f"*{paths.EXTENSION}"):
        match = _NAME.fullmatch(path.name)
        if match and not path.name.startswith("."):
            # Local time, as the name says it.
            moment = dt.datetime.strptime(match.group(1), _STAMP)  # noqa: DTZ007 - see above
            found.append(Backup(moment, path))
    return sorted(found)


def _newest(folder: Path) -> Backup | None:
    """The newest that can be read; a damaged one is passed over."""
    for backup in reversed(backups_in(folder)):
        try:
            state_of(backup.path)
        except Refusal:
            continue
        return backup
    return None


def thinned(backups: Iterable[Backup], today: dt.date) -> list[Backup]:
    """Which backups may go.

    All of the last two days stay; the newest of each of the last 12 days, 10 weeks and 9 months
    that have one; the newest of each year for 7 years. The newest of a period that has passed
    never changes, so what a longer period needs is still there when its turn comes.
    """
    ordered = sorted(backups, reverse=True)
    kept = set(ordered[:1])
    since = today - dt.timedelta(days=WHOLE_DAYS - 1)
    kept |= {backup for backup in ordered if backup.at.date() >= since}
    periods: tuple[tuple[int, Callable[[dt.date], Any]], ...] = (
        (DAILY, lambda day: day),
        (WEEKLY, lambda day: day.isocalendar()[:2]),
        (MONTHLY, lambda day: (day.year, day.month)),
    )
    for count, period in periods:
        newest: dict[Any, Backup] = {}
        for backup in ordered:
            newest.setdefault(period(backup.at.date()), backup)
        kept.update(list(newest.values())[:count])
    years: dict[int, Backup] = {}
    for backup in ordered:
        years.setdefault(backup.at.year, backup)
    kept |= {backup for year, backup in years.items() if year >= today.year - YEARS}
    return [backup for backup in reversed(ordered) if backup not in kept]


def last_verified(source: Path) -> dt.datetime | None:
    """Moment of the newest verified backup, local time; None where there is none yet."""
    try:
        folder = folder_of(source)
        moments = [backup.at for backup in backups_in(folder)[-1:]]
    except (OSError, Refusal):
        return None
    try:
        record = json.loads((folder / _RECORD).read_text(encoding="utf-8"))
        moments.append(dt.datetime.fromisoformat(record["at"]))
    except (OSError, ValueError, KeyError, TypeError):
        pass
    return max(moments, default=None)


def remember(source: Path, target: Path) -> None:
    """Remember a backup that the user made elsewhere, so that it counts as the last one."""
    record = {"at": _local_now().isoformat(), "path": str(target.absolute())}
    try:
        (folder_of(source) / _RECORD).write_text(json.dumps(record), encoding="utf-8")
    except (OSError, Refusal):
        # The backup itself stands; only the date in the sidebar is older.
        return


def _local_now() -> dt.datetime:
    return clock.now().astimezone().replace(tzinfo=None, microsecond=0)


def _free_name(folder: Path, stem: str, moment: dt.datetime) -> Path:
    """A name with its moment that is not in use; an hour comes twice in autumn."""
    base = f"{stem}-{moment.strftime(_STAMP)}"
    path = folder / f"{base}{paths.EXTENSION}"
    number = 2
    while path.exists():
        path = folder / f"{base}-{number}{paths.EXTENSION}"
        number += 1
    return path
