"""Bank lines that may be from somebody on the list: by account, by number, by name."""

from __future__ import annotations

import datetime as dt
from functools import partial

import pytest
from tests.factories.collecting import Debts
from tests.factories.statements import camt, entry
from tests.services.imports.test_bank import bring

from klantenapp.models.bank import BankLine
from klantenapp.services.reminders import desk
from klantenapp.services.store.operations import FINAL, register

TOUCH = register("test.bank_line", FINAL)
DAY = dt.date(2026, 8, 10)


@pytest.fixture
def debts(administration):
    return Debts(administration)


@pytest.fixture
def customer(debts):
    found = debts.customer("Café De Proef B.V.", iban="NL91ABNA0417164300")
    debts.owed(found, "100.00", dt.date(2026, 7, 1))
    other = debts.customer("Garage Fictief & Zn.")
    debts.owed(other, "100.00", dt.date(2026, 7, 1))
    return found


def arrived(debts, amount="121.00", text="", name="Onbekend", account="NL20INGB0001234567"):
    """A line of the bank that nobody matched."""
    bring(debts.administration, camt(entry("2026-08-10", amount, text, name, account)))


def maybe(debts):
    return debts.administration.read(partial(desk.read, day=DAY)).maybe_paid


@pytest.mark.parametrize(
    "values",
    [
        {"account": "NL91ABNA0417164300"},
        {"text": "Betaling factuur 2026-0001, dank"},
        {"name": "CAFE DE PROEF B.V."},
    ],
)
def test_a_line_that_may_be_from_a_debtor_marks_that_debtor_alone(debts, customer, values):
    assert maybe(debts) == frozenset()
    arrived(debts, **values)
    assert maybe(debts) == {customer}


@pytest.mark.parametrize(
    "values",
    [
        {"text": "2026-0001", "amount": "-121.00"},
        {"text": "2026-00011"},
        {"name": "Iemand anders", "text": "huur"},
    ],
)
def test_other_lines_mark_nobody(debts, customer, values):
    assert customer
    arrived(debts, **values)
    assert maybe(debts) == frozenset()


def test_a_line_that_was_ignored_says_nothing(debts, customer):
    arrived(debts, text="2026-0001")
    assert maybe(debts) == {customer}
    debts.administration.write(TOUCH, lambda s: setattr(s.get(BankLine, 1), "state", "ignored"))
    assert maybe(debts) == frozenset()
