"""The schema of a file: made fresh, and compared with what a fresh one would be."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

import sqlcipher3.dbapi2 as driver
from sqlalchemy import create_engine, text

from klantenapp.models.tables import metadata
from klantenapp.models.triggers import TRIGGERS
from klantenapp.services.store.connection import APPLICATION_ID

if TYPE_CHECKING:
    from sqlalchemy import Connection

#: Generation of the schema in `user_version`; a file with a higher one is newer than we are.
GENERATION: Final = 1
#: Head revision of the migrations, the same thing for Alembic.
HEAD: Final = "0001"

_VERSION_TABLE: Final = (
    "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, "
    "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
)


def create(connection: Connection) -> None:
    """Make every table, index and trigger in an empty file, inside one transaction."""
    metadata.create_all(connection)
    for sql in TRIGGERS.values():
        connection.exec_driver_sql(sql)
    connection.exec_driver_sql(_VERSION_TABLE)
    connection.execute(
        text("INSERT INTO alembic_version (version_num) VALUES (:head)"), {"head": HEAD}
    )
    mark(connection)


def mark(connection: Connection) -> None:
    """Write identity and generation into the header of the file."""
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version = {GENERATION}")


# The SQL of a file hardly differs from that of the next one a process opens or checks.
@lru_cache(maxsize=1024)
def _normal(sql: str) -> str:
    """SQL without the differences that do not matter: white space and quotes of names.

    The parts of a table are sorted: ALTER TABLE puts a column behind the constraints, where a
    fresh table has it among the columns.
    """
    plain = re.sub(r"\s+", " ", sql.replace('"', "")).replace("( ", "(").replace(" )", ")").strip()
    head, opened, rest = plain.partition("(")
    body, closed, tail = rest.rpartition(")")
    if not plain.startswith("CREATE TABLE") or not opened or not closed:
        return plain
    return f"{head}({', '.join(sorted(_parts(body)))}){tail}"


def _parts(body: str) -> list[str]:
    """Columns and constraints of a table: divided at the commas that stand in no parentheses."""
    parts, depth, start = [], 0, 0
    for index, letter in enumerate(body):
        depth += (letter == "(") - (letter == ")")
        if letter == "," and depth == 0:
            parts.append(body[start:index].strip())
            start = index + 1
    return [*parts, body[start:].strip()]


def described(connection: Connection) -> dict[str, str]:
    """Name -> normalised SQL of every table, index and trigger."""
    rows = connection.execute(
        text(
            "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"
        )
    )
    return {row.name: _normal(row.sql) for row in rows}


@cache
def expected() -> dict[str, str]:
    """What `described` gives for a fresh file; made once per process."""
    engine = create_engine("sqlite://", module=driver)
    try:
        with engine.begin() as connection:
            create(connection)
            return described(connection)
    finally:
        engine.dispose()


def differences(connection: Connection) -> list[str]:
    """Names of tables, indexes and triggers that are missing, different or unknown."""
    there, fresh = described(connection), expected()
    return sorted(
        name for name in there.keys() | fresh.keys() if there.get(name) != fresh.get(name)
    )


def missing_triggers(connection: Connection) -> list[str]:
    """Names of triggers that are absent or differ; cheap enough for every start."""
    rows = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
    there = {row.name: _normal(row.sql) for row in rows}
    wanted = {name: _normal(sql) for name, sql in TRIGGERS.items()}
    return sorted(
        name for name in there.keys() | wanted.keys() if there.get(name) != wanted.get(name)
    )
