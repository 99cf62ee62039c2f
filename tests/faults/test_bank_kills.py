"""Killed while a statement comes in or its lines are booked: no half batch, no half payment."""

from __future__ import annotations

import datetime as dt
import shutil
import signal
from functools import partial

import pytest
from sqlalchemy import func, select
from tests.factories import administrations
from tests.factories.sales import Shop
from tests.factories.statements import camt, entry
from tests.faults import harness

from klantenapp.models.audit import ImportBatch
from klantenapp.models.bank import BankAssignment, BankLine
from klantenapp.models.payment import Payment
from klantenapp.services.imports import bank, bank_file
from klantenapp.services.imports.source import Source
from klantenapp.services.receivables import accepting
from klantenapp.services.store import clock

INVOICES, LINES = 12, 400


@pytest.fixture(scope="module")
def sold(template, tmp_path_factory):
    """A closed file with invoices, and a statement that pays them among many other lines."""
    path = tmp_path_factory.mktemp("kills") / "sold.klantenapp"
    shutil.copyfile(template, path)
    administration = administrations.opened(path)
    with clock.stopped(dt.date(2026, 11, 2)):
        shop = Shop(administration)
        customer = shop.customer("Jansen B.V.")
        numbers = [shop.invoice(customer, "100.00").number for _ in range(INVOICES)]
    administration.close()
    lines = [entry("2026-11-16", "121.00", number) for number in numbers]
    lines += [entry("2026-11-17", f"-{n}.00", "x", name=f"W{n}") for n in range(1, LINES)]
    return path, camt(*lines)


def work(path, data, say):
    """Import, accept, take back and import again, for as long as it lives."""
    source = Source.of_bytes("bank.xml", data)
    file, digest = bank_file.read(source), source.digest()
    administration = administrations.opened(path)
    say("ready")
    while True:
        bring = partial(bank.run, file=file, digest=digest)
        told, _changes = administration.write(bank.IMPORT, bring)
        say(f"imported {told.batch_id}")
        done, _changes = administration.write(accepting.ACCEPT_CERTAIN, accepting.accept_certain)
        say(f"accepted {len(done)}")
        administration.undo()
        say("undone")


def require_whole(path):
    administration = administrations.opened(path)
    administrations.require_sound(administration)

    def look(session):
        count = partial(_count, session)
        return count(BankLine), count(ImportBatch), count(Payment), count(BankAssignment)

    lines, batches, paid, tied = administration.read(look)
    administration.close()
    assert lines == batches * (INVOICES + LINES - 1)
    assert paid == tied
    assert paid % INVOICES == 0
    return lines


def _count(session, model):
    return session.scalar(select(func.count()).select_from(model))


def kills(sold, folder, number, seed):
    path, data = sold
    whole = set()
    for turn, moment in enumerate(harness.times(seed, number, 0.6)):
        copy = folder / f"{turn % 8}.klantenapp"
        for left in folder.glob(f"{turn % 8}.klantenapp*"):
            left.unlink()
        shutil.copyfile(path, copy)
        with clock.stopped(dt.date(2026, 11, 23)):
            told = harness.killed_after(partial(work, copy, data), moment)
        assert told.code == -signal.SIGKILL, told.lines
        whole.add(require_whole(copy))
    return whole


def test_kills_while_a_statement_comes_in_and_is_booked(sold, tmp_path):
    assert kills(sold, tmp_path, 24, seed=1) == {0, INVOICES + LINES - 1}


@pytest.mark.full
@pytest.mark.parametrize("seed", range(10))
def test_a_thousand_kills_while_a_statement_comes_in_and_is_booked(sold, tmp_path, seed):
    kills(sold, tmp_path, 100, seed)
