"""A file of an earlier version becomes one of this version, or stays what it was."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver
from sqlalchemy import text
from tests.factories import administrations

from klantenapp.models.tables import metadata
from klantenapp.services.care import check, opening
from klantenapp.services.errors.store import MigrationFailed, NewerFile
from klantenapp.services.store import backup, connection, migrate, schema
from klantenapp.services.store.administration import Administration

ROOT = Path(__file__).parents[3]

#: A second revision as the next version could have it.
SECOND = """
from alembic import op

revision, down_revision, branch_labels, depends_on = "0002", "0001", None, None


def upgrade():
    op.execute("ALTER TABLE unit ADD COLUMN plural TEXT")
    op.execute("UPDATE unit SET plural = name || 'en'")
    op.execute("CREATE INDEX ix_unit_plural ON unit (plural)")
    op.execute("ALTER TABLE item_group ADD COLUMN position INTEGER NOT NULL DEFAULT 0")
"""


@pytest.fixture
def second(tmp_path, monkeypatch):
    """The program as it is after a second revision: folder with the revisions."""
    scripts = tmp_path / "migrations"
    shutil.copytree(migrate.SCRIPTS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    (scripts / "versions" / "second.py").write_text(SECOND)
    expect_second(monkeypatch.setattr)
    return scripts


def expect_second(setattr_):
    """Let this process be the next version."""
    fresh = dict(schema.expected())
    for table, column in (
        ("unit", "plural TEXT"),
        ("item_group", "position INTEGER NOT NULL DEFAULT 0"),
    ):
        head, _, tail = fresh[table].rpartition(") STRICT")
        fresh[table] = schema._normal(f"{head}, {column}) STRICT{tail}")
    fresh["ix_unit_plural"] = "CREATE INDEX ix_unit_plural ON unit (plural)"
    setattr_(schema, "expected", lambda: fresh)
    setattr_(schema, "GENERATION", 2)


def generation(path):
    file = driver.connect(str(path))
    found = file.execute("PRAGMA user_version").fetchone()[0]
    columns = [row[1] for row in file.execute("PRAGMA table_info(unit)")]
    file.close()
    return found, "plural" in columns


def test_the_first_revision_makes_what_the_models_make(tmp_path):
    path = tmp_path / "empty.klantenapp"
    path.touch()
    migrate.in_place(path)

    engine = connection.engine_for(path, pooled=False)
    with engine.connect() as migrated:
        assert schema.differences(migrated) == [], "run scripts/first_schema.py"
        assert migrated.execute(text("SELECT version_num FROM alembic_version")).scalar() == (
            schema.HEAD
        )
    engine.dispose()
    administrations.opened(path).close()


def test_the_frozen_statements_are_those_of_the_models():
    script = str(ROOT / "scripts" / "first_schema.py")
    code = f"import runpy; m = runpy.run_path({script!r}); "
    code += "print(m['TARGET'].read_text() == m['statements']())"
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        check=True,
        text=True,
        env=os.environ | {"PYTHONPATH": "src"},
        cwd=ROOT,
    )
    assert done.stdout == "True\n", "run scripts/first_schema.py"
    assert len(metadata.tables) > 50


def test_a_file_of_this_version_needs_nothing(path):
    assert not migrate.needed(path)


def test_an_older_file_is_backed_up_and_brought_to_this_version(path, second):
    before = backup.state_of(path)
    assert migrate.needed(path)

    saved = migrate.upgrade(path, second)

    assert not migrate.needed(path)
    assert generation(path) == (2, True)
    assert generation(saved) == (1, False)
    assert backup.state_of(path) == backup.state_of(saved) == before
    opened = Administration.open_file(path)
    assert opened.read(check.run) == []
    plural = opened.read(
        lambda s: s.execute(text("SELECT plural FROM unit WHERE name = 'dag'")).scalar()
    )
    assert plural == "dagen"
    opened.close()


def test_a_second_upgrade_changes_nothing(path, second):
    migrate.upgrade(path, second)
    before = path.read_bytes()
    migrate.in_place(path, second)
    assert generation(path) == (2, True)
    assert len(path.read_bytes()) == len(before)


@pytest.mark.parametrize(
    "fault",
    [
        'op.execute("DELETE FROM tax_code")',
        'op.execute("ALTER TABLE unit ADD COLUMN other TEXT")',
        'op.execute("DROP INDEX ix_unit_plural")',
        'op.execute("no sql")',
        "raise ValueError",
    ],
)
def test_a_migration_that_goes_wrong_leaves_the_file_as_it_was(path, second, fault):
    file = second / "versions" / "second.py"
    file.write_text(f"{SECOND}    {fault}\n")

    with pytest.raises(MigrationFailed) as failed:
        migrate.upgrade(path, second)

    assert generation(path) == generation(failed.value.backup) == (1, False)
    assert backup.state_of(path) == backup.state_of(failed.value.backup)


def test_an_older_file_opens_by_itself(path, second, monkeypatch):
    monkeypatch.setattr(migrate, "upgrade", lambda file: migrate.in_place(file, second))
    opened = opening.open_file(path, window=True)
    assert opened.read(check.run) == []
    opened.close()


def test_a_newer_file_is_left_untouched(path):
    file = driver.connect(str(path))
    file.execute("PRAGMA user_version = 2")
    file.close()
    before = path.read_bytes()
    with pytest.raises(NewerFile):
        opening.open_file(path)
    assert path.read_bytes() == before


WORKER = """
import os, pathlib, signal, sys
sys.path.insert(0, {tests!r})
from klantenapp.services.store import connection, migrate
from tests.services.store.test_migrate import expect_second
from sqlalchemy import event
from sqlalchemy.engine import Engine

expect_second(setattr)
left = int(sys.argv[2])

@event.listens_for(Engine, "before_cursor_execute")
def count(*_):
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)

migrate.in_place(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[3]))
"""


@pytest.mark.parametrize("point", [1, 20, 60, 68, 72, 76, 90, 130, 150])
def test_a_kill_during_migration_leaves_the_old_or_the_new(path, second, point):
    done = subprocess.run(
        [sys.executable, "-c", WORKER.format(tests=str(ROOT)), str(path), str(point), str(second)],
        check=False,
        env=os.environ | {"PYTHONPATH": "src"},
        cwd=ROOT,
    )

    assert done.returncode in {0, -9}
    found = generation(path)
    assert found in {(1, False), (2, True)}
    if found == (1, False):
        migrate.in_place(path, second)
    opened = Administration.open_file(path)
    assert opened.read(check.run) == []
    opened.close()
