"""The door to the file: opening, refusing, writing alone, seeing others."""

import os
import shutil
import subprocess
import sys
import threading

import pytest
import sqlcipher3.dbapi2 as driver
from sqlalchemy import select, text

from klantenapp.models.audit import AuditEntry
from klantenapp.models.catalogue import Unit
from klantenapp.services.errors.store import (
    AlreadyDone,
    FileExists,
    FileMissing,
    FolderNotWritable,
    ForeignFile,
    InUse,
    NewerFile,
    ReadOnly,
    SchemaDiffers,
)
from klantenapp.services.store import administration as module
from klantenapp.services.store.administration import Administration
from klantenapp.services.store.audit import Act
from klantenapp.services.store.operations import REVERSIBLE, register

CHANGE = register("test.change", REVERSIBLE)


def unit(name):
    return lambda session: session.add(Unit(name=name))


def units(administration):
    return administration.read(
        lambda s: s.scalars(select(Unit.name).where(Unit.name.like("test%"))).all()
    )


def raw(path, *statements):
    connection = driver.connect(str(path))
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def listing(folder):
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}


def test_every_connection_has_the_guarantees(administration):
    def pragmas(session):
        names = ("journal_mode", "synchronous", "foreign_keys", "trusted_schema", "secure_delete")
        return [session.connection().execute(text(f"PRAGMA {name}")).scalar() for name in names]

    assert administration.read(pragmas) == ["wal", 2, 1, 0, 1]
    assert administration.write(CHANGE, pragmas)[0] == ["wal", 2, 1, 0, 1]


def test_a_new_file_is_never_made_over_another(tmp_path):
    there = tmp_path / "mine.klantenapp"
    there.write_text("mine")
    with pytest.raises(FileExists):
        Administration.create(there)
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    with pytest.raises(FileExists):
        Administration.create(tmp_path / "link")
    assert there.read_text() == "mine"


def test_a_new_file_makes_its_folder_with_a_window_too(tmp_path):
    made = Administration.create(tmp_path / "new" / "a.klantenapp", window=True)
    made.close()
    assert (tmp_path / "new" / "a.klantenapp").is_file()


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(FolderNotWritable):
        Administration.create(tmp_path / "file" / "a.klantenapp")


def test_a_failure_while_making_leaves_nothing(tmp_path, monkeypatch):
    def fail(_connection):
        raise KeyboardInterrupt

    monkeypatch.setattr(module.schema, "create", fail)
    with pytest.raises(KeyboardInterrupt):
        Administration.create(tmp_path / "a.klantenapp")
    assert list(tmp_path.iterdir()) == []


def test_closing_leaves_one_file(path):
    opened = Administration.open_file(path)
    opened.write(CHANGE, unit("test"))
    opened.close()
    opened.close()
    assert [file.name for file in path.parent.iterdir() if file.is_file()] == [path.name]


@pytest.mark.parametrize("content", [b"", b"x", b"SQLite format 3\0" + b"\0" * 4000, b"x" * 9000])
def test_a_file_of_another_program_is_refused_and_untouched(tmp_path, content):
    file = tmp_path / "foreign"
    file.write_bytes(content)
    with pytest.raises(ForeignFile):
        Administration.open_file(file)
    assert listing(tmp_path) == {"foreign": content}


def test_a_database_of_another_program_is_refused_and_untouched(tmp_path):
    file = tmp_path / "other.db"
    raw(file, "PRAGMA journal_mode = WAL", "CREATE TABLE customer (name TEXT)")
    before = listing(tmp_path)
    with pytest.raises(ForeignFile):
        Administration.open_file(file)
    assert listing(tmp_path) == before


def test_a_newer_file_is_refused_and_untouched(path):
    raw(path, "PRAGMA user_version = 9999")
    before = listing(path.parent)
    with pytest.raises(NewerFile):
        Administration.open_file(path)
    assert listing(path.parent) == before


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(FileMissing):
        Administration.open_file(tmp_path / "none")
    with pytest.raises(FileMissing):
        Administration.open_file(tmp_path)


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TRIGGER document_frozen",
        "CREATE TRIGGER evil AFTER INSERT ON payment BEGIN DELETE FROM setting; END",
    ],
)
def test_a_file_with_other_triggers_is_not_opened(path, statement):
    raw(path, statement)
    with pytest.raises(SchemaDiffers):
        Administration.open_file(path)


def test_what_fails_leaves_nothing(administration):
    def work(session):
        session.add(Unit(name="test een"))
        session.flush()
        raise InterruptedError

    with pytest.raises(InterruptedError):
        administration.write(CHANGE, work)
    assert units(administration) == []
    administration.write(CHANGE, unit("test twee"))
    assert units(administration) == ["test twee"]


def test_an_operation_that_nobody_registered_writes_nothing(administration):
    with pytest.raises(KeyError):
        administration.write("test.unknown", unit("test"))
    assert units(administration) == []


def test_an_operation_inside_another_is_a_mistake_of_ours(administration):
    def work(session):
        session.add(Unit(name="test"))
        administration.write(CHANGE, unit("test twee"))

    with pytest.raises(RuntimeError):
        administration.write(CHANGE, work)
    assert units(administration) == []


def test_reading_does_not_write(administration):
    with pytest.raises(RuntimeError):
        administration.read(lambda s: (s.add(Unit(name="test")), s.flush()))
    administration.read(lambda s: s.execute(text("DELETE FROM unit WHERE name = 'uur'")))
    assert administration.read(
        lambda s: s.scalars(select(Unit.name).where(Unit.name == "uur")).all()
    ) == ["uur"]


def test_the_same_act_is_not_done_twice(administration):
    act = Act(CHANGE, key="act-1")
    _, changes = administration.write(act, unit("test"))
    with pytest.raises(AlreadyDone) as done:
        administration.write(act, unit("test twee"))
    assert done.value.entry_id == changes.entry_id
    assert units(administration) == ["test"]


def test_nothing_changed_is_no_history(administration):
    before = administration.read(lambda s: s.scalars(select(AuditEntry.id)).all())
    _, changes = administration.write(CHANGE, lambda _: None)
    assert (changes.entry_id, changes.tables) == (None, {})
    assert administration.read(lambda s: s.scalars(select(AuditEntry.id)).all()) == before


def test_what_another_process_writes_is_seen(path):
    mine, other = Administration.open_file(path), Administration.open_file(path)
    assert not mine.changed_elsewhere()
    mine.write(CHANGE, unit("test een"))
    assert not mine.changed_elsewhere()
    other.write(CHANGE, unit("test twee"))
    assert mine.changed_elsewhere()
    assert not mine.changed_elsewhere()
    mine.close()
    other.close()


def test_asking_for_changes_waits_for_nobody(path):
    mine, other = Administration.open_file(path), Administration.open_file(path)
    asked = []

    def work(session):
        session.add(Unit(name="test"))
        session.flush()
        asked.append(mine.changed_elsewhere())

    other.write(CHANGE, work)
    assert asked == [False]
    assert mine.changed_elsewhere()
    mine.close()
    other.close()


def test_writes_of_many_threads_come_one_by_one(administration):
    threads = [
        threading.Thread(target=lambda n=n: administration.write(CHANGE, unit(f"test {n}")))
        for n in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(units(administration)) == 8


def test_a_second_window_is_refused_and_a_command_is_not(path):
    window = Administration.open_file(path, window=True)
    with pytest.raises(InUse):
        Administration.open_file(path, window=True)
    command = Administration.open_file(path)
    command.write(CHANGE, unit("test"))
    command.close()
    assert window.changed_elsewhere()
    origin = window.read(
        lambda s: s.scalar(select(AuditEntry.origin).order_by(AuditEntry.id.desc()).limit(1))
    )
    assert origin == "cli"
    window.close()
    Administration.open_file(path, window=True).close()


def test_the_lock_of_a_killed_window_heals(path):
    script = (
        "import sys, pathlib, time\n"
        "from klantenapp.services.store.administration import Administration\n"
        "a = Administration.open_file(pathlib.Path(sys.argv[1]), window=True)\n"
        "print('open', flush=True)\n"
        "time.sleep(60)\n"
    )
    for _ in range(3):
        process = subprocess.Popen(
            [sys.executable, "-c", script, str(path)],
            stdout=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": "src"},
        )
        with process:
            assert process.stdout.readline() == b"open\n"
            with pytest.raises(InUse):
                Administration.open_file(path, window=True)
            process.kill()
        Administration.open_file(path, window=True).close()


def test_a_read_only_folder_opens_for_reading(path, monkeypatch):
    monkeypatch.setattr(module.placing, "writable", lambda _path: False)
    opened = Administration.open_file(path, window=True)
    assert opened.read_only
    assert opened.read(lambda s: s.scalar(select(Unit.name).limit(1))) is not None
    with pytest.raises(ReadOnly):
        opened.write(CHANGE, unit("test"))
    assert not opened.changed_elsewhere()
    opened.close()
    assert [file.name for file in path.parent.iterdir() if file.is_file()] == [path.name]


def test_a_folder_that_is_really_read_only_opens_for_reading(path, mounted):
    folder = mounted("-t", "tmpfs", "tmpfs")
    copy = folder / path.name
    shutil.copyfile(path, copy)
    subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)

    opened = Administration.open_file(copy, window=True)

    assert opened.read_only
    assert opened.read(lambda s: s.scalar(select(Unit.name).limit(1))) is not None
    opened.close()
    with pytest.raises(FolderNotWritable):
        Administration.create(folder / "new.klantenapp")


@pytest.mark.parametrize(
    "name", ["a b.klantenapp", "50% #1?.klantenapp", "café ☕.klantenapp", "-x", "a;b'c\".db"]
)
def test_any_name_of_a_file_will_do(path, tmp_path, name):
    folder = tmp_path / name / "map met spaties & co"
    folder.mkdir(parents=True)
    copy = folder / name
    shutil.copyfile(path, copy)
    opened = Administration.open_file(copy, window=True)
    opened.write(CHANGE, unit("test"))
    assert units(opened) == ["test"]
    opened.close()
    opened = Administration.open_file(copy)
    assert units(opened) == ["test"]
    opened.close()


def test_a_link_leads_to_the_same_file_and_its_lock(path, tmp_path):
    link = tmp_path / "elsewhere" / "link.klantenapp"
    link.parent.mkdir()
    link.symlink_to(path)
    window = Administration.open_file(path, window=True)
    window.write(CHANGE, unit("test"))
    with pytest.raises(InUse):
        Administration.open_file(link, window=True)
    command = Administration.open_file(link)
    assert units(command) == ["test"]
    command.write(CHANGE, unit("test twee"))
    command.close()
    assert units(window) == ["test", "test twee"]
    window.close()
    assert [file.name for file in link.parent.iterdir()] == ["link.klantenapp"]
