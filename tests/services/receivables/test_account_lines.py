"""Every act on a customer's account has its line with the balance after it, and so has its end."""

from __future__ import annotations

import datetime as dt
from functools import partial

import pytest
from tests.factories.sales import Shop
from tests.factories.statements import camt, entry
from tests.services.imports.test_bank import bring

from klantenapp.models.values import ZERO, Money
from klantenapp.services.ledger import balances, open_items
from klantenapp.services.ledger.past import open_items_on
from klantenapp.services.receivables import (
    accepting,
    bank_lines,
    credit_use,
    payments,
    taking_back,
    write_offs,
)
from klantenapp.services.receivables.accepting import Acceptance
from klantenapp.services.store import clock

TODAY = dt.date(2026, 11, 23)
BEFORE = dt.date(2026, 11, 2)


class Account:
    """A customer with one invoice of 121.00, and what is done on the account."""

    def __init__(self, administration):
        self.administration = administration
        shop = Shop(administration)
        self.customer = shop.customer()
        self.invoice = shop.invoice(self.customer, "100.00", BEFORE).document_id

    def lines(self):
        found = self.administration.read(partial(balances.history, customer_id=self.customer))
        running, total = [], ZERO
        for each in found:
            total += each.amount
            assert each.balance == total
            running.append((each.kind, each.balance.cents))
        now = self.administration.read(
            partial(balances.balance, customer_id=self.customer, today=TODAY)
        )
        assert now.balance == total
        return running

    def entry(self):
        (item,) = self.administration.read(
            partial(open_items.open_items, customer_id=self.customer, credits_too=False)
        )
        return item.entry_id

    def receipt(self, cents, day=TODAY):
        return payments.Receipt(customer_id=self.customer, amount=Money(cents), date=day)

    def do(self, name, work, **values):
        return self.administration.write(name, partial(work, **values))[0]


@pytest.fixture
def account(administration):
    with clock.stopped(TODAY):
        yield Account(administration)


def bank_line(account, amount):
    bring(account.administration, camt(entry("2026-11-16", amount, "x", name="A")))
    (row,) = account.administration.read(bank_lines.rows)
    return row.id


def pay(account):
    account.do(payments.MARK_PAID, payments.pay, document_id=account.invoice, amount=Money(10000))
    return [("payment", 2100)]


def pay_too_much(account):
    account.do(payments.RECEIVE, payments.receive, receipt=account.receipt(15000))
    return [("payment", -2900)]


def write_off(account):
    account.do(write_offs.WRITE_OFF, write_offs.write_off, document_id=account.invoice, reason="x")
    return [("write_off", 0)]


def open_balance(account):
    account.do(
        write_offs.OPENING,
        write_offs.open_balance,
        customer_id=account.customer,
        amount=Money(5000),
        date=TODAY,
    )
    return [("opening", 17100)]


def accept_with_costs_and_a_difference(account):
    line = bank_line(account, "140.50")
    acceptance = Acceptance(
        line_id=line,
        customer_id=account.customer,
        parts={account.entry(): Money(12050)},
        costs=Money(2000),
        difference=Money(50),
    )
    account.do(accepting.ACCEPT, accepting.accept, acceptance=acceptance)
    return [("payment", -1950), ("costs", 50), ("write_off", 0)]


@pytest.mark.parametrize(
    "act", [pay, pay_too_much, write_off, open_balance, accept_with_costs_and_a_difference]
)
def test_an_act_has_its_lines_and_its_undo_brings_the_balance_back(account, act):
    before = account.lines()
    made = act(account)
    assert account.lines()[len(before) :] == made
    account.administration.undo()
    assert account.administration.read(
        partial(balances.balance, customer_id=account.customer, today=TODAY)
    ).balance == Money(12100)
    assert [kind for kind, _cents in account.lines()].count("void") == len(made)


def test_a_loss_that_comes_in_and_goes_back_has_four_lines(account):
    write_off(account)
    account.do(
        write_offs.RECOVER, write_offs.recover, document_id=account.invoice, amount=Money(5000)
    )
    kinds = [kind for kind, _cents in account.lines()]
    assert sorted(kinds) == ["invoice", "payment", "recovery", "write_off"]
    account.administration.undo()
    account.administration.undo()
    assert account.lines()[-1][1] == 12100


def test_credit_that_is_used_and_paid_back_changes_no_balance_twice(account):
    account.do(payments.RECEIVE, payments.receive, receipt=account.receipt(15000), allocations={})
    (credit,) = [
        each
        for each in account.administration.read(
            partial(open_items.open_items, customer_id=account.customer)
        )
        if each.open_amount < ZERO
    ]
    account.do(
        credit_use.USE_CREDIT,
        credit_use.use_credit,
        credit_entry_id=credit.entry_id,
        document_id=account.invoice,
    )
    assert account.lines()[-1] == ("payment", -2900)
    account.do(payments.REFUND, payments.refund, receipt=account.receipt(2900))
    assert account.lines()[-1] == ("refund", 0)
    account.administration.undo()
    account.administration.undo()
    assert account.lines()[-1][1] == -2900


def test_what_bounced_is_open_again_and_the_day_it_was_paid_is_kept(account):
    with clock.stopped(dt.date(2026, 11, 10)):
        booked = account.do(payments.MARK_PAID, payments.pay, document_id=account.invoice)
    number = account.administration.read(partial(balances.history, customer_id=account.customer))[
        0
    ].reference
    account.do(
        payments.RELEASE,
        taking_back.unlink,
        entry_id=booked.entry_id,
        number=number,
        reason="MD06",
    )

    def left(day):
        found = account.administration.read(
            partial(open_items_on, day=day, customer_id=account.customer)
        )
        return sorted(item.open_amount.cents for item in found)

    assert left(dt.date(2026, 11, 9)) == [12100]
    assert left(dt.date(2026, 11, 15)) == []
    assert left(TODAY) == [-12100, 12100]
    account.do(taking_back.TAKE_BACK, taking_back.take_back, entry_id=booked.entry_id)
    assert left(TODAY) == [12100]
