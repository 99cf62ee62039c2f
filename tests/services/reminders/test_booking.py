"""Payments that go to costs, then interest, then principal, and letters that ask nothing twice."""

from __future__ import annotations

import datetime as dt
from functools import partial

import pytest
from sqlalchemy import select
from tests.factories.collecting import Debts

from klantenapp.models.reminder import ReminderHold
from klantenapp.models.values import Money
from klantenapp.services.errors.reminders import NothingClaimed
from klantenapp.services.ledger import balances
from klantenapp.services.receivables import bank_index
from klantenapp.services.reminders import booking, calculation, holds, legal_tables, letters
from klantenapp.services.reminders.allocation import Allocation
from klantenapp.services.store import clock, settings

D = dt.date
ISSUED, DUE = D(2026, 7, 1), D(2026, 7, 31)
DAY = dt.timedelta(days=1)


@pytest.fixture
def debts(administration):
    return Debts(administration)


@pytest.fixture
def demanded(debts):
    """A business that was sent a demand over 1,000.00 with 150.00 of costs."""
    customer = debts.customer("Garage Fictief & Zn.")
    document = debts.owed(customer, "826.4463", ISSUED)
    for days in (7, 21, 35):
        debts.send(DUE + days * DAY)
    return document


def pay(debts, document, day, amount=None):
    with clock.stopped(day):
        work = partial(
            booking.pay,
            document_id=document,
            date=day,
            amount=None if amount is None else Money.parse(amount),
        )
        return debts.administration.write(booking.PAY, work)[0]


def claimed(debts, document, day):
    return debts.administration.read(partial(booking.claimed, document_id=document, day=day))


def test_costs_go_first_then_interest_then_the_invoice(debts, demanded):
    day = DUE + 40 * DAY
    # 10.4 % over 1,000.00 for 35 days: 9.9726.
    found = claimed(debts, demanded, day)
    assert (found.costs, found.interest) == (Money(15000), Money(997))
    paid = pay(debts, demanded, day, "200.00")
    assert paid.parts == Allocation(Money(15000), Money(997), Money(4003), Money(0))
    assert claimed(debts, demanded, day) is None
    with pytest.raises(NothingClaimed):
        pay(debts, demanded, day, "10.00")
    debts.administration.undo()
    assert claimed(debts, demanded, day) == found


def test_the_next_letter_asks_nothing_that_was_paid(debts, demanded):
    pay(debts, demanded, DUE + 40 * DAY, "200.00")
    row = debts.row(DUE + 60 * DAY)
    assert (row.step.kind, row.claim.principal) == ("handover", Money(95997))
    # Costs by the scale over what is left are less than what was paid, so nothing is owed of them.
    assert row.claim.costs == Money(0)
    # 40 days over 1,000.00 is 11.397; 9.97 of it was paid; then 20 days over 959.97: 5.4705.
    assert row.claim.interest == Money(1140 - 997 + 547)
    lines = {
        line.text: line.amount
        for line in calculation.lines(row, letters.translator("en"))
        if line.amount is not None
    }
    assert lines["2026-0001: paid already of the interest"] == -Money(997)
    assert lines["To be paid now"] == row.claim.total
    letter, _pdf = debts.administration.read(partial(letters.preview, row=row))
    assert letter.snapshot.table.total == row.claim.total


def test_a_part_of_the_costs_is_asked_for_still(debts, demanded):
    pay(debts, demanded, DUE + 40 * DAY, "100.00")
    row = debts.row(DUE + 60 * DAY)
    assert row.claim.costs == Money(5000)
    letter, _pdf = debts.administration.read(partial(letters.preview, row=row))
    amounts = [line.amount for line in letter.snapshot.table.rows]
    assert amounts == [Money(100000), row.claim.interest, Money(5000)]


def test_all_of_it_leaves_nothing_open_and_more_is_credit(debts, demanded):
    day = DUE + 40 * DAY
    paid = pay(debts, demanded, day)
    assert paid.parts.left == Money(0)
    assert debts.rows(day) == []
    customer = debts.administration.read(lambda s: balances.balance(s, 1, day))
    assert customer.balance == Money(0)
    debts.administration.undo()
    assert pay(debts, demanded, day, "1200.00").parts.left == Money(120000 - 115997)


def test_announced_costs_are_paid_first_only_when_they_are_owed(debts):
    customer = debts.customer("Familie Proefstra", kind="consumer")
    document = debts.owed(customer, "1000.00", ISSUED)
    for days in (7, 21, 35):
        debts.send(DUE + days * DAY)
    (sent,) = {
        item.sent[-1].locked_until for row in debts.rows(DUE + 36 * DAY) for item in row.items
    }
    assert claimed(debts, document, sent - DAY).costs == Money(0)
    assert claimed(debts, document, sent).costs == Money(15000)


def test_a_consumer_owes_no_more_than_the_letter_announced(debts):
    customer = debts.customer("Familie Proefstra", kind="consumer")
    debts.owed(customer, "1000.00", ISSUED)
    for days in (7, 21, 35):
        debts.send(DUE + days * DAY)
    always = partial(settings.write, key=legal_tables.TAX_ON_COSTS, value="always")
    debts.administration.write(settings.CHANGE, always)
    row = debts.row(DUE + 80 * DAY)
    assert (row.step.kind, row.claim.costs) == ("handover", Money(15000))
    lines = [(line.text, line.amount) for line in calculation.lines(row, letters.translator("en"))]
    assert ("Not more than the letter announced", -Money(3150)) in lines
    assert ("Collection costs", Money(15000)) in lines
    letter, _pdf = debts.administration.read(partial(letters.preview, row=row))
    assert letter.snapshot.table.rows[-1].amount == Money(15000)


def test_one_letter_makes_no_more_owed_than_it_announced_on_whatever_days(debts):
    customer = debts.customer("Familie Proefstra", kind="consumer")
    first = debts.owed(customer, "220.39", ISSUED)
    second = debts.owed(customer, "100.00", ISSUED)
    for days in (7, 21, 35):
        debts.send(DUE + days * DAY)
    assert debts.row(DUE + 36 * DAY).items[0].sent[-1].announced == Money(4806)  # 15 % of 320.39
    # The second is put on hold, so that the first is handed over alone: 40.00, the minimum.
    held = DUE + 50 * DAY
    debts.hold(customer, held, kind="dispute", document_id=second, reason="Wrong colour")
    (sent,) = debts.send(DUE + 80 * DAY)
    assert sent.step == "handover"
    (hold,) = debts.administration.read(lambda s: s.scalars(select(ReminderHold.id)).all())
    with clock.stopped(DUE + 81 * DAY):
        debts.administration.write(holds.LIFT, partial(holds.lift, hold_id=hold))
    row = debts.row(DUE + 82 * DAY)
    assert [item.document_id for item in row.items] == [second]
    assert (row.step.kind, row.claim.costs) == ("handover", Money(4806 - 4000))
    assert claimed(debts, second, DUE + 82 * DAY).costs == Money(4806 - 4000)
    assert claimed(debts, first, DUE + 82 * DAY).costs == Money(4000)


def test_costs_of_a_payment_that_was_taken_back_are_proposed_for_a_bank_line_again(debts, demanded):
    day = DUE + 40 * DAY
    pay(debts, demanded, day, "200.00")

    def open_claim():
        found = debts.administration.read(lambda s: list(bank_index._claims(s)))
        return [(one.costs, one.interest) for one in found]

    assert open_claim() == [(Money(0), Money(0))]
    debts.administration.undo()
    assert open_claim() == [(Money(15000), Money(997))]
