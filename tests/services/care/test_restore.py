"""A backup put back is whole; what was there is kept."""

import shutil
import threading

import pytest
import sqlcipher3.dbapi2 as driver
from sqlalchemy import select
from tests.factories import administrations

from klantenapp.models.catalogue import Unit
from klantenapp.services.care import restore
from klantenapp.services.errors.store import (
    BackupFailed,
    Busy,
    Damaged,
    FileExists,
    FileMissing,
    ForeignFile,
    InUse,
    NewerFile,
)
from klantenapp.services.store import backup
from klantenapp.services.store.operations import REVERSIBLE, register

CHANGE = register("test.change", REVERSIBLE)


def add(path, name):
    opened = administrations.opened(path)
    opened.write(CHANGE, lambda session: session.add(Unit(name=name)))
    opened.close()


def units(path):
    opened = administrations.opened(path)
    administrations.require_sound(opened)
    found = opened.read(
        lambda s: s.scalars(
            select(Unit.name).where(Unit.name.like("test%")).order_by(Unit.id)
        ).all()
    )
    opened.close()
    return found


def visible(folder):
    return sorted(
        file.name for file in folder.iterdir() if file.is_file() and file.suffix != ".lock"
    )


@pytest.fixture
def saved(path, tmp_path):
    add(path, "test een")
    made = backup.write(path, tmp_path / "out" / "backup.klantenapp")
    add(path, "test twee")
    return made


def test_a_backup_comes_back_where_nothing_was(saved, tmp_path):
    restored = restore.restore(saved, tmp_path / "new" / "mine.klantenapp")

    assert (restored.kept, restored.findings) == (None, ())
    assert units(restored.path) == ["test een"]
    assert visible(restored.path.parent) == ["mine.klantenapp"]


def test_what_was_there_is_kept_as_a_verified_copy(saved, path):
    restored = restore.restore(saved, path)

    assert units(path) == ["test een"]
    assert units(restored.kept) == ["test een", "test twee"]


def test_a_damaged_file_is_set_aside_as_it_is(saved, path):
    content = bytearray(path.read_bytes())
    content[4096 * 20 : 4096 * 40] = b"\xff" * (4096 * 20)
    path.write_bytes(content)

    restored = restore.restore(saved, path)

    assert restored.kept.read_bytes() == content
    assert units(path) == ["test een"]


def test_a_file_that_lost_its_beginning_is_set_aside(saved, path):
    path.write_bytes(b"\0" * 9000)
    restored = restore.restore(saved, path)
    assert restored.kept.read_bytes() == b"\0" * 9000
    assert units(path) == ["test een"]


def test_the_log_of_a_damaged_file_goes_with_it(saved, path):
    path.write_bytes(b"x" * 9000)
    log = path.with_name(f"{path.name}-wal")
    log.write_bytes(b"log")
    restored = restore.restore(saved, path)
    assert not log.exists()
    assert restored.kept.with_name(f"{restored.kept.name}-wal").read_bytes() == b"log"


def test_another_kind_of_file_is_not_touched(saved, tmp_path):
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(b"photo")
    with pytest.raises(FileExists):
        restore.restore(saved, photo)
    assert photo.read_bytes() == b"photo"


def test_a_backup_is_not_restored_over_itself(saved):
    before = saved.read_bytes()
    with pytest.raises(FileExists):
        restore.restore(saved, saved)
    assert saved.read_bytes() == before


def test_a_file_in_a_window_is_not_replaced(saved, path):
    opened = administrations.Administration.open_file(path, window=True)
    with pytest.raises(InUse):
        restore.restore(saved, path)
    opened.close()
    assert units(path) == ["test een", "test twee"]


def test_a_file_at_work_in_a_command_is_not_replaced(saved, path, monkeypatch):
    monkeypatch.setattr(restore, "PATIENCE_MS", 100)
    opened = administrations.opened(path)
    opened.read(lambda s: s.scalars(select(Unit)).first())
    with pytest.raises(Busy):
        restore.restore(saved, path)
    opened.close()
    assert units(path) == ["test een", "test twee"]


@pytest.mark.parametrize(
    ("content", "failure"), [(b"", ForeignFile), (b"x" * 5000, ForeignFile), (None, FileMissing)]
)
def test_what_is_no_backup_changes_nothing(path, tmp_path, content, failure):
    source = tmp_path / "out.klantenapp"
    if content is not None:
        source.write_bytes(content)
    before = path.read_bytes()
    with pytest.raises(failure):
        restore.restore(source, path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("page", [20, 100, 150])
def test_a_damaged_backup_changes_nothing(saved, path, page):
    content = bytearray(saved.read_bytes())
    content[4096 * page : 4096 * (page + 1)] = b"\0" * 4096
    saved.write_bytes(content)
    before = path.read_bytes()
    with pytest.raises(Damaged):
        restore.restore(saved, path)
    assert path.read_bytes() == before
    assert [name for name in visible(path.parent) if name.startswith(".")] == []


def test_a_newer_backup_changes_nothing(saved, path):
    file = driver.connect(str(saved))
    file.execute("PRAGMA user_version = 99")
    file.close()
    with pytest.raises(NewerFile):
        restore.restore(saved, path)
    assert units(path) == ["test een", "test twee"]


def test_a_full_disk_keeps_what_was_there(saved, path, mounted):
    small = mounted("-t", "tmpfs", "-o", "size=2500k", "tmpfs")
    there = small / "there.klantenapp"
    shutil.copyfile(path, there)
    with pytest.raises(BackupFailed):
        restore.restore(saved, there)
    assert visible(small) == ["there.klantenapp"]
    backup.verify(there)


def test_a_live_file_can_be_the_source_too(path, tmp_path):
    add(path, "test een")
    opened = administrations.opened(path)
    stop = threading.Event()

    def work():
        number = 0
        while not stop.is_set():
            number += 1
            opened.write(CHANGE, lambda s, n=number: s.add(Unit(name=f"test {n}")))

    thread = threading.Thread(target=work)
    thread.start()
    try:
        restored = restore.restore(path, tmp_path / "copy" / "a.klantenapp")
    finally:
        stop.set()
        thread.join()
        opened.close()
    assert restored.findings == ()
    assert units(restored.path)[0] == "test een"
