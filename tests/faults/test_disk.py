"""A disk that is full, fails or goes away: told in words, nothing half done, usable afterwards."""

import resource
import shutil
import signal
import subprocess
from functools import partial

import pytest
import sqlcipher3.dbapi2 as driver
from sqlalchemy import event, select
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine import Engine
from tests.factories import administrations
from tests.factories.sales import Shop, line
from tests.faults import harness

from klantenapp.models.customer import Customer
from klantenapp.models.document import Document
from klantenapp.services.errors.store import DiskError, DiskFull, FileMissing
from klantenapp.services.receivables import payments
from klantenapp.services.store.administration import Administration


def issued(administration):
    return administration.read(
        lambda s: s.scalars(select(Document.number).where(Document.state == "issued")).all()
    )


def issue_until_it_fails(shop, said):
    while True:
        said.append(shop.invoice(1, "10.00").number)


def test_a_full_disk_stops_with_words_and_goes_on_when_there_is_room(path, mounted):
    disk = mounted("-t", "tmpfs", "-o", "size=2m", "tmpfs")
    copy = disk / path.name
    shutil.copyfile(path, copy)
    administration = administrations.opened(copy)
    shop = Shop(administration)
    shop.customer()
    said = []
    with pytest.raises(DiskFull):
        issue_until_it_fails(shop, said)
    assert said
    assert issued(administration) == said
    administrations.require_sound(administration)

    subprocess.run(["mount", "-o", "remount,size=8m", str(disk)], check=True)

    said.append(shop.invoice(1, "10.00").number)
    assert issued(administration) == said
    administrations.require_sound(administration)
    administration.close()


def test_a_limit_on_the_size_of_files_is_told_and_survived(path):
    administration = administrations.opened(path)
    Shop(administration).customer()
    administration.close()

    def work(say):
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        opened = Administration.open_file(path)
        shop = Shop(opened)
        shop.invoice(1, "10.00")
        size = path.stat().st_size + 300_000
        _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
        try:
            while True:
                say(shop.invoice(1, "10.00").number)
        except (DiskFull, DiskError) as problem:
            say(type(problem).__name__)
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
        say(shop.invoice(1, "10.00").number)

    told = harness.wait_for(*harness.fork(work))

    assert told.code == 0, told.lines
    administration = administrations.opened(path)
    administrations.require_sound(administration)
    there = issued(administration)
    administration.close()
    assert [number for number in told.lines if number[0] == "2" and number not in there] == []
    assert {"DiskFull", "DiskError"} & set(told.lines)


@pytest.fixture
def failing():
    """Let the n-th statement fail as SQLite does when the disk does, once or from then on."""
    state = {"left": 0, "sticky": False}

    def before(*_):
        if state["left"] <= 0:
            return
        state["left"] -= 1
        if state["left"] == 0:
            state["left"] = 1 if state["sticky"] else 0
            message = "disk I/O error"
            raise driver.OperationalError(message)

    event.listen(Engine, "before_cursor_execute", before)
    yield state
    event.remove(Engine, "before_cursor_execute", before)


@pytest.mark.parametrize("sticky", [False, True])
def test_an_error_of_the_disk_at_every_statement_of_paying(administration, failing, sticky):
    shop = Shop(administration)
    shop.invoice(shop.customer(), "100.00")
    done = 0
    for number in range(1, 200):
        failing |= {"left": number, "sticky": sticky}
        try:
            administration.write(
                payments.MARK_PAID, partial(payments.pay, document_id=1, amount=None)
            )
            done = number
        except (DiskError, driver.OperationalError):
            pass
        failing |= {"left": 0, "sticky": False}
        if done:
            break
        administrations.require_sound(administration)
    assert done > 5
    administrations.require_sound(administration)


def test_a_commit_that_fails_is_never_told_as_saved(administration, monkeypatch):
    """The worst kind: it is stored, and the disk says that it is not."""
    shop = Shop(administration)
    customer_id = shop.customer()
    commit = SQLiteDialect_pysqlite.do_commit
    broken = []

    def fail(self, connection):
        if broken:
            commit(self, connection)
            raise driver.OperationalError(broken.pop())
        commit(self, connection)

    monkeypatch.setattr(SQLiteDialect_pysqlite, "do_commit", fail)
    broken.append("disk I/O error")
    with pytest.raises(DiskError):
        shop.draft(customer_id, line("10.00"))

    # The truth is read anew: the draft is there, and the window is told to look.
    assert administration.changed_elsewhere()
    drafts = administration.read(lambda s: s.scalars(select(Document.id)).all())
    assert len(drafts) == 1
    assert shop.issue(drafts[0]).number


def test_a_file_that_goes_away_is_named(path, tmp_path):
    administration = administrations.opened(path)
    shop = Shop(administration)
    shop.customer()
    administration._engine.dispose()
    administration._drop_writer()
    path.rename(tmp_path / "elsewhere")
    with pytest.raises(FileMissing):
        administration.read(lambda s: s.scalars(select(Customer.id)).all())
    with pytest.raises(FileMissing):
        shop.customer()
    (tmp_path / "elsewhere").rename(path)
    assert administration.read(lambda s: s.scalars(select(Customer.id)).all()) == [1]
    administration.close()
