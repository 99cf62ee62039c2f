"""Backups count when they were read back; what is thinned is never what is needed."""

import datetime as dt
import shutil
import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.factories import administrations

from klantenapp.models.catalogue import Unit
from klantenapp.services.errors.store import (
    BackupFailed,
    Damaged,
    FileExists,
    FileMissing,
    ForeignFile,
)
from klantenapp.services.store import backup, clock, placing
from klantenapp.services.store.administration import Administration
from klantenapp.services.store.backup import Backup
from klantenapp.services.store.operations import REVERSIBLE, register

CHANGE = register("test.change", REVERSIBLE)


def unit(name):
    return lambda session: session.add(Unit(name=name))


def local(*parts):
    """A moment where the user is, as file names have it."""
    return dt.datetime(*parts)  # noqa: DTZ001 - see above


def files(folder):
    return sorted(file.name for file in folder.iterdir())


def test_a_backup_is_one_file_that_is_sound(administration, tmp_path):
    administration.write(CHANGE, unit("test"))

    made = backup.write(administration.path, tmp_path / "out" / "copy.klantenapp")

    assert files(made.parent) == ["copy.klantenapp"]
    assert made.stat().st_mode & 0o077 == 0
    opened = administrations.opened(made)
    administrations.require_sound(opened)
    opened.close()
    assert backup.state_of(made) == backup.state_of(administration.path)


def test_a_folder_gets_a_file_with_its_moment(administration, tmp_path):
    (tmp_path / "usb").mkdir()
    with clock.stopped(dt.date(2026, 11, 23)):
        made = [backup.write(administration.path, tmp_path / "usb") for _ in range(2)]
    assert [file.name for file in made] == [
        "test-2026-11-23-120000.klantenapp",
        "test-2026-11-23-120000-2.klantenapp",
    ]


def test_a_file_is_not_overwritten(administration, tmp_path):
    (tmp_path / "mine").write_text("mine")
    with pytest.raises(FileExists):
        backup.write(administration.path, tmp_path / "mine")
    assert (tmp_path / "mine").read_text() == "mine"


def test_what_is_no_administration_is_not_backed_up(tmp_path):
    with pytest.raises(FileMissing):
        backup.write(tmp_path / "none", tmp_path / "copy")
    (tmp_path / "x").write_text("x" * 5000)
    with pytest.raises(ForeignFile):
        backup.write(tmp_path / "x", tmp_path / "copy")


def test_a_copy_that_does_not_verify_does_not_count(path, tmp_path, monkeypatch):
    copy = backup.copy

    def torn(source, target, stop):
        copy(source, target, stop)
        content = bytearray(target.read_bytes())
        content[200_000:260_000] = b"\0" * 60_000
        target.write_bytes(content)

    monkeypatch.setattr(backup, "copy", torn)
    out = tmp_path / "out"
    with pytest.raises(BackupFailed) as failed:
        backup.write(path, out / "copy.klantenapp")
    assert failed.value.reason == "Damaged"
    assert files(out) == []


def test_a_copy_of_another_moment_does_not_count(path, tmp_path, monkeypatch):
    older = tmp_path / "older.klantenapp"
    shutil.copyfile(path, older)
    opened = administrations.opened(path)
    opened.write(CHANGE, unit("test"))
    opened.close()
    monkeypatch.setattr(backup, "copy", lambda _s, target, _p: shutil.copyfile(older, target))

    with pytest.raises(BackupFailed):
        backup.write(path, tmp_path / "copy.klantenapp")


def test_a_full_disk_leaves_earlier_backups_alone(path, mounted):
    usb = mounted("-t", "tmpfs", "-o", "size=1500k", "tmpfs")
    first = backup.write(path, usb / "first.klantenapp")

    with pytest.raises(BackupFailed) as failed:
        backup.write(path, usb / "second.klantenapp")

    assert failed.value.reason == "DiskFull"
    assert files(usb) == ["first.klantenapp"]
    backup.verify(first)


def test_a_backup_can_be_given_up(path, tmp_path):
    with pytest.raises(BackupFailed):
        backup.write(path, tmp_path / "out" / "copy.klantenapp", stop=lambda: True)
    assert files(tmp_path / "out") == []


def test_backups_under_a_busy_writer_all_verify(path, tmp_path):
    writer = Administration.open_file(path)
    stop = threading.Event()

    def work():
        number = 0
        while not stop.is_set():
            number += 1
            writer.write(CHANGE, unit(f"test {number}"))

    thread = threading.Thread(target=work)
    thread.start()
    try:
        for number in range(10):
            backup.write(path, tmp_path / "out" / f"{number}.klantenapp")
    finally:
        stop.set()
        thread.join()
    administrations.require_sound(writer)
    writer.close()


def test_an_automatic_backup_is_made_when_something_changed(administration):
    path = administration.path
    assert backup.last_verified(path) is None
    with clock.stopped(dt.date(2026, 11, 23)):
        assert backup.automatic(path) is not None
    with clock.stopped(dt.date(2026, 11, 24)):
        assert backup.automatic(path) is None
        administration.write(CHANGE, unit("test"))
        assert backup.automatic(path) is not None
        assert backup.automatic(path) is None
    assert len(backup.backups_in(backup.folder_of(path))) == 2
    assert backup.last_verified(path) == local(2026, 11, 24, 12)


def test_a_damaged_newest_backup_is_not_trusted(administration):
    path = administration.path
    with clock.stopped(dt.date(2026, 11, 23)):
        first = backup.automatic(path)
    first.path.write_bytes(b"x")
    with clock.stopped(dt.date(2026, 11, 24)):
        assert backup.automatic(path) is not None


def test_a_backup_elsewhere_counts_as_the_last_one(administration, tmp_path):
    with clock.stopped(dt.date(2026, 11, 24)):
        backup.remember(administration.path, tmp_path / "usb.klantenapp")
    assert backup.last_verified(administration.path) == local(2026, 11, 24, 12)


@pytest.mark.parametrize("where", range(0, 100, 4))
def test_a_changed_byte_in_a_backup_is_detected(path, where):
    """Every page holds something that verification or the chain reads; free pages may not."""
    content = bytearray(path.read_bytes())
    position = len(content) * where // 100
    start = position - position % 4096
    content[start : start + 4096] = bytes(4096)
    path.write_bytes(content)

    with pytest.raises((Damaged, ForeignFile)):
        backup.verify(path)


@pytest.mark.parametrize("part", [0, 1, 10, 50, 90, 99])
def test_a_backup_cut_short_is_detected(path, part):
    content = path.read_bytes()
    path.write_bytes(content[: len(content) * part // 100])
    with pytest.raises((Damaged, ForeignFile)):
        backup.verify(path)


def test_a_log_without_its_database_is_never_played_into_another(path, tmp_path):
    target = tmp_path / "new.klantenapp"
    (tmp_path / "new.klantenapp-wal").write_bytes(b"old log")
    made = backup.write(path, target)
    assert not (tmp_path / "new.klantenapp-wal").exists()
    assert (tmp_path / "new.klantenapp-wal.old").read_bytes() == b"old log"
    backup.verify(made)


def test_placing_is_refused_where_a_name_appeared_meanwhile(tmp_path):
    (tmp_path / "new").write_text("new")
    (tmp_path / "there").write_text("there")
    with pytest.raises(FileExists):
        placing.place(tmp_path / "new", tmp_path / "there")
    assert (tmp_path / "there").read_text() == "there"


# --- thinning ------------------------------------------------------------------------------------

START = dt.date(2020, 1, 1)
DAYS = 3652


@given(
    gaps=st.lists(st.integers(1, 40), min_size=30, max_size=400),
    twice=st.sets(st.integers(0, 400), max_size=60),
)
@settings(max_examples=30, deadline=None)
def test_thinning_over_ten_years_keeps_what_it_promises(tmp_path_factory, gaps, twice):
    folder = tmp_path_factory.getbasetemp()
    there, made, today = [], [], START
    for index, gap in enumerate(gaps):
        today += dt.timedelta(days=gap)
        if (today - START).days > DAYS:
            break
        for hour in (9, 17) if index in twice else (12,):
            new = Backup(dt.datetime.combine(today, dt.time(hour)), folder / f"{today}-{hour}")
            there.append(new)
            made.append(new)
        gone = backup.thinned(there, today)
        there = [one for one in there if one not in gone]
        _promised(made, there, today)


def _promised(made, there, today):
    days = sorted({one.at.date() for one in made}, reverse=True)
    assert made[-1] in there
    assert all(one in there for one in made if (today - one.at.date()).days < 2)
    newest = {}
    for one in made:
        newest[one.at.date()] = one
        newest["week", *one.at.isocalendar()[:2]] = one
        newest["month", one.at.year, one.at.month] = one
        newest["year", one.at.year] = one
    assert all(newest[day] in there for day in days[:12])
    for kind, count in (("week", 10), ("month", 9)):
        keys = [key for key in newest if isinstance(key, tuple) and key[0] == kind]
        assert all(newest[key] in there for key in sorted(keys, reverse=True)[:count])
    for year in range(today.year - 7, today.year + 1):
        assert newest.get(("year", year), made[-1]) in there
    assert len(there) <= 12 + 10 + 9 + 8 + 4


def test_a_clock_that_ran_ahead_never_costs_the_newest(tmp_path):
    future = Backup(local(2036, 1, 1), tmp_path / "future")
    today = Backup(local(2026, 11, 23), tmp_path / "today")
    assert backup.thinned([future, today], dt.date(2026, 11, 23)) == []
