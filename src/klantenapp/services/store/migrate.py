"""A file of an earlier version brought to this one: all of it in one transaction, or nothing.

Revisions change tables by native ALTER TABLE only: rebuilding a table lost rows and triggers when
it was tried (facts/reliability.md 2). Triggers are of the version, not of the revision: they are
taken off first and put on last.
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import text

from klantenapp.models.triggers import TRIGGERS
from klantenapp.services.errors.store import MigrationFailed, NewerFile
from klantenapp.services.store import backup, schema
from klantenapp.services.store.connection import engine_for
from klantenapp.services.store.header import generation_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

SCRIPTS = Path(__file__).parent / "migrations"


def needed(path: Path) -> bool:
    """Whether the file is of an earlier version.

    Raises:
        FileMissing, ForeignFile.
        NewerFile: it is of a later one.
    """
    generation = generation_of(path)
    if generation > schema.GENERATION:
        raise NewerFile(path)
    return generation < schema.GENERATION


def upgrade(path: Path, scripts: Path = SCRIPTS) -> Path:
    """Bring a file to this version after a verified backup.

    Returns:
        The backup.

    Raises:
        BackupFailed: nothing was tried.
        MigrationFailed: the file is as it was.
    """
    made = backup.automatic(path)
    saved = made.path if made is not None else backup.backups_in(backup.folder_of(path))[-1].path
    try:
        in_place(path, scripts)
    except Exception as problem:
        raise MigrationFailed(path, saved) from problem
    return saved


def in_place(path: Path, scripts: Path = SCRIPTS) -> None:
    """Bring a file to this version, without a backup: the caller has another copy."""
    engine = engine_for(path, pooled=False)
    try:
        with engine.connect().execution_options(writes=True) as connection, connection.begin():
            run(connection, scripts)
    finally:
        engine.dispose()


def run(connection: Connection, scripts: Path = SCRIPTS) -> None:
    """Run what is missing inside the running transaction, and prove the result.

    Raises:
        RuntimeError: the schema is not that of a fresh file, or a reference is broken.
    """
    # Needed once per version: not at every start.
    from alembic import command
    from alembic.config import Config

    connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    _drop_triggers(connection)
    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    config.attributes["connection"] = connection
    # Alembic tells its steps to the log; ours holds nothing that nobody asked for.
    logging.getLogger("alembic").setLevel(logging.WARNING)
    command.upgrade(config, "head")
    for sql in TRIGGERS.values():
        connection.exec_driver_sql(sql)
    schema.mark(connection)
    different = schema.differences(connection)
    broken = connection.execute(text("PRAGMA foreign_key_check")).first()
    if different or broken is not None:
        raise RuntimeError(different, broken)


def _drop_triggers(connection: Connection) -> None:
    names = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'"))
    for (name,) in names.all():
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
