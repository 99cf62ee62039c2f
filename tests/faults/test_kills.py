"""Killed at any moment, the file is whole, and what was acknowledged is there."""

import signal
from functools import partial

import pytest
from sqlalchemy import func, select
from tests.factories import administrations
from tests.factories.sales import Shop, line
from tests.faults import harness
from tests.services.store.test_bulk import import_customers

from klantenapp.models.audit import ImportBatch
from klantenapp.models.customer import Customer
from klantenapp.models.document import Document
from klantenapp.models.ledger import LedgerEntry
from klantenapp.models.payment import Payment
from klantenapp.services.care import restore
from klantenapp.services.receivables import payments
from klantenapp.services.store import backup, bulk
from klantenapp.services.store.operations import register

IMPORT = register("test.import", bulk.BY_BATCH)


@pytest.fixture
def shop_file(path):
    """A closed file with one customer, whose PDF code is loaded: workers start warm."""
    administration = administrations.opened(path)
    shop = Shop(administration)
    shop.invoice(shop.customer(), "100.00")
    administration.close()
    return path


def issue_and_pay(path, say):
    """Issue invoices and pay them in parts, saying so after each commit."""
    administration = administrations.opened(path)
    shop = Shop(administration)
    say("ready")
    while True:
        draft = shop.draft(1, line("37.50"), line("12.50"))
        issued = shop.issue(draft)
        say(f"issued {issued.number}")
        for _ in range(2):
            work = partial(payments.pay, document_id=issued.document_id)
            if _ == 0:
                work = partial(work, amount=issued.total.__class__(1000))
            booked, _changes = administration.write(payments.MARK_PAID, work)
            say(f"paid {booked.payment_id}")


def require_kept(path, said):
    """Sound, and everything that was acknowledged is there."""
    administration = administrations.opened(path)
    administrations.require_sound(administration)
    numbers = administration.read(
        lambda s: s.scalars(select(Document.number).where(Document.state == "issued")).all()
    )
    paid = administration.read(lambda s: s.scalars(select(Payment.id)).all())
    administration.close()
    present = {f"issued {number}" for number in numbers} | {f"paid {number}" for number in paid}
    assert [line for line in said if line not in present] == []
    return len(numbers)


def kills(path, number, seed):
    said = []
    longest = 0.25
    for part in harness.times(seed, number, 1.0):
        told = harness.killed_after(partial(issue_and_pay, path), part * longest)
        assert told.code == -signal.SIGKILL, told.lines
        said += told.lines
        # A busy computer commits nothing in so short a time: kills have to hit work.
        longest = longest if told.lines else min(longest * 1.5, 10.0)
        require_kept(path, said)
    return said


def test_kills_while_issuing_and_paying(shop_file):
    assert kills(shop_file, 40, seed=1)


@pytest.mark.full
@pytest.mark.parametrize("seed", range(10))
def test_a_thousand_kills_while_issuing_and_paying(shop_file, seed):
    assert kills(shop_file, 100, seed=seed)


def exhaustive(path, work, state, most=400, step=1):
    """Kill at every statement until the work completes; each time the state is old or new."""
    administration = administrations.opened(path)
    before = administration.read(state)
    administration.close()
    seen = set()
    for number in range(1, most, step):
        told = harness.killed_at_statement(path, number, work)
        assert told.code in {-signal.SIGKILL, -signal.SIGTERM}, told.lines
        administration = administrations.opened(path)
        administrations.require_sound(administration)
        seen.add(administration.read(state) == before)
        administration.close()
        if told.code == -signal.SIGTERM:
            return seen
    pytest.fail("the work did not complete")


def counted(*models):
    return lambda session: [session.scalar(select(func.count(model.id))) for model in models]


def test_a_kill_at_every_statement_of_issuing(shop_file):
    administration = administrations.opened(shop_file)
    draft = Shop(administration).draft(1, line("99.99"))
    administration.close()

    def issue(opened):
        Shop(opened).issue(draft)

    assert exhaustive(shop_file, issue, counted(LedgerEntry), step=3) == {True, False}


def test_a_kill_at_every_statement_of_paying(shop_file):
    def pay(opened):
        opened.write(payments.MARK_PAID, partial(payments.pay, document_id=1))

    assert exhaustive(shop_file, pay, counted(Payment, LedgerEntry)) == {True, False}


def test_a_kill_at_every_statement_of_an_import(shop_file):
    def bring_in(opened):
        opened.write(IMPORT, import_customers)

    assert exhaustive(shop_file, bring_in, counted(Customer, ImportBatch)) == {True, False}


def test_a_kill_at_every_statement_of_undoing_an_import(shop_file):
    administration = administrations.opened(shop_file)
    administration.write(IMPORT, import_customers)
    administration.close()

    def undo(opened):
        opened.write(bulk.UNDO, partial(bulk.undo, batch_id=1))

    assert exhaustive(shop_file, undo, counted(Customer), step=4) == {True, False}


@pytest.mark.parametrize("moment", harness.times(3, 12, 0.05))
def test_a_kill_during_a_backup_leaves_none_or_a_verified_one(shop_file, tmp_path, moment):
    target = tmp_path / "out" / "copy.klantenapp"

    def work(say):
        say("ready")
        backup.write(shop_file, target)

    told = harness.killed_after(work, moment)

    assert told.code in {0, -signal.SIGKILL}, told.lines
    if target.exists():
        backup.verify(target)
    require_kept(shop_file, [])
    # What a killed one left is cleaned up or at least in nobody's way.
    backup.write(shop_file, tmp_path / "out" / "next.klantenapp")


@pytest.mark.parametrize("moment", harness.times(4, 12, 0.15))
def test_a_kill_during_a_restore_leaves_the_old_or_the_new(shop_file, tmp_path, moment):
    saved = backup.write(shop_file, tmp_path / "out" / "copy.klantenapp")
    administration = administrations.opened(shop_file)
    shop = Shop(administration)
    shop.invoice(1, "50.00")
    administration.close()

    def work(say):
        say("ready")
        restore.restore(saved, shop_file)

    told = harness.killed_after(work, moment)

    assert told.code in {0, -signal.SIGKILL}, told.lines
    assert require_kept(shop_file, []) in {1, 2}
    # Nothing is lost either way: the other state is in the backup or beside it.
    restored = restore.restore(saved, shop_file)
    assert restored.findings == ()
    assert require_kept(shop_file, []) == 1
