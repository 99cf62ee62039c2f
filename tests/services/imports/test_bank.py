"""Statements come in once, whole, and only of the user's own accounts."""

from __future__ import annotations

import io
import zipfile
from functools import partial

import pytest
from sqlalchemy import func, select, text
from tests.factories.statements import OTHER, OWN, camt, entry, mt940
from tests.real_files import ROOT, real_file

from klantenapp.models.bank import BankAccount, BankLine, BankRule, BankStatement
from klantenapp.models.values import Money
from klantenapp.services.errors.base import Refusal
from klantenapp.services.errors.receivables import UnknownBankAccount
from klantenapp.services.imports import bank, bank_file
from klantenapp.services.imports.source import Source
from klantenapp.services.receivables import bank_lines

LINES = (
    entry("2026-11-16", "121.00", "Factuur 1"),
    entry("2026-11-16", "121.00", "Factuur 2"),
    entry("2026-11-17", "-50.00", "Huur", account="NL20INGB0001234567"),
)


def source(data, name="bank.dat"):
    return Source.of_bytes(name, data)


def bring(administration, data, *, add_account=False):
    found = source(data) if isinstance(data, bytes) else data
    work = partial(
        bank.run, file=bank_file.read(found), digest=found.digest(), add_account=add_account
    )
    return administration.write(bank.IMPORT, work)[0]


def count(administration, table=BankLine):
    return administration.read(lambda s: s.scalar(select(func.count()).select_from(table)))


def test_the_same_lines_come_in_once_whatever_the_format(administration):
    first = bring(administration, camt(*LINES, closing="1192.00"))
    assert (first.result.read, first.result.created, first.result.skipped) == (3, 3, 0)
    again = bring(administration, camt(*LINES, closing="1192.00"))
    assert (again.result.read, again.result.created, again.known) == (3, 0, 3)
    other = bring(
        administration,
        mt940(("261116", "121,00", "Factuur 2"), ("261118", "10,00", "x"), closing="1131,00"),
    )
    assert (other.result.created, other.result.skipped, other.known) == (1, 1, 1)
    assert count(administration) == 4


def test_two_equal_payments_stay_two_where_files_overlap(administration):
    bring(administration, camt(LINES[0]))
    found = bring(administration, camt(LINES[0], LINES[1], LINES[2]))
    assert (found.result.created, found.known) == (2, 1)


def test_an_unknown_account_is_refused_by_name_and_added_on_request(administration):
    data = camt(LINES[0], account="NL71RABO0123456789")
    with pytest.raises(UnknownBankAccount) as caught:
        bring(administration, data)
    assert caught.value.iban == ("NL71RABO0123456789",)
    assert count(administration) == 0
    looked = administration.read(partial(bank.look, file=bank_file.read(source(data))))
    assert (looked.result.created, looked.unknown) == (1, ("NL71RABO0123456789",))
    bring(administration, data, add_account=True)
    assert bring(administration, data).known == 1


def test_an_import_is_taken_back_as_a_whole(administration):
    bring(administration, camt(*LINES))
    administration.undo()
    assert (count(administration), count(administration, BankStatement)) == (0, 0)
    assert count(administration, BankAccount) == 0
    assert bring(administration, camt(*LINES)).result.created == 3


def test_a_difference_and_a_gap_are_said(administration):
    first = bring(administration, camt(LINES[0], closing="1121.05"))
    (account,) = first.result.accounts
    assert (first.result.balanced, account.difference) == (False, Money(5))
    later = camt(
        entry("2026-11-20", "1.00", "x"),
        opening="1200.00",
        closing="1201.00",
        days=("2026-11-20", "2026-11-20"),
    )
    (gap,) = bring(administration, later).gaps
    assert gap.gap == Money(7895)


def test_zero_and_foreign_lines_are_read_and_set_aside_by_line(administration):
    foreign = LINES[0].replace('Ccy="EUR"', 'Ccy="USD"')
    found = bring(administration, camt(LINES[1], entry("2026-11-16", "0.00", "x"), foreign))
    assert (found.result.read, found.result.created, found.result.skipped) == (3, 1, 2)
    assert len(found.aside) == 2
    states = administration.read(lambda s: s.scalars(select(BankLine.state)).all())
    assert sorted(states) == ["aside", "aside", "open"]


def test_parts_of_a_collective_line_are_lines_of_their_own(administration):
    part = LINES[0].split("<NtryDtls>")[1].split("</NtryDtls>")[0]
    one = part.replace("<RltdPties>", '<Amt Ccy="EUR">100.00</Amt><RltdPties>')
    other = part.replace("<RltdPties>", '<Amt Ccy="EUR">21.00</Amt><RltdPties>')
    line = LINES[0].replace(part, one + other)
    found = bring(administration, camt(line))
    assert (found.result.read, found.result.created, count(administration)) == (1, 1, 2)
    assert bring(administration, camt(line)).known == 1


def test_lines_under_a_rule_are_ignored_as_they_come(administration):
    def work(session):
        session.add(BankRule(kind="account", value="NL20 INGB 0001 2345 67"))
        session.add(BankRule(kind="text", value="factuur 2"))

    administration.write("bank.ignore", work)
    assert bring(administration, camt(*LINES)).ignored == 2
    query = select(BankLine.text).where(BankLine.state == "open")
    assert administration.read(lambda s: s.scalars(query).all()) == ["Factuur 1"]


def _files():
    folders = ("camt053", "mt940", "bankcsv")
    return [
        str(path.relative_to(ROOT))
        for folder in folders
        for path in sorted((ROOT / folder).rglob("*"))
        if path.is_file()
    ]


@pytest.mark.parametrize("name", _files() or ["camt053"])
def test_every_real_file_comes_in_once_with_its_sum_or_is_refused(administration, name):
    found = Source.of(real_file(name))
    try:
        read = bank_file.read(found)
    except Refusal:
        return
    first = bring(administration, found, add_account=True)
    stored = text(
        "SELECT COALESCE(SUM(amount), 0) FROM bank_line WHERE currency = :euro"
    ).bindparams(euro="EUR")
    assert first.result.created + first.result.skipped == read.read
    if all(statement.currency == "EUR" for statement in read.statements):
        pending = sum(
            line.amount.cents
            for statement in read.statements
            for line in statement.lines
            if line.pending
        )
        booked = sum(
            line.amount.cents
            for statement in read.statements
            for line in statement.lines
            if line.currency == "EUR"
        )
        assert administration.read(lambda s: s.scalar(stored)) == booked - pending
    again = bring(administration, found)
    assert again.result.created == 0
    if first.batch_id is not None:
        administration.undo()
        assert count(administration) == 0


def test_an_own_account_is_known_by_its_bare_number_but_not_at_another_bank(administration):
    own = administration.read(bank.OwnAccounts)
    assert own.find("0123456789") == OWN
    assert own.find("NL71 RABO 0123 4567 89") is None
    assert own.find(OTHER) is None


def zipped(**members):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        for name, data in members.items():
            packed.writestr(name, data)
    return stream.getvalue()


def test_a_period_that_is_twice_in_one_zip_comes_in_once(administration):
    same = entry("2026-11-16", "10.00", "x")
    week = camt(same, same, entry("2026-11-17", "5.00", "y"), closing="1025.00")
    month = camt(same, same, entry("2026-11-18", "7.00", "z"), closing="1027.00")
    told = bring(administration, zipped(a=week, b=month, c=week))
    assert (told.result.read, told.result.created, told.known) == (9, 4, 5)
    amounts = [line.amount.cents for line in administration.read(bank_lines.rows)]
    assert amounts == [1000, 1000, 500, 700]


def test_a_statement_that_is_twice_in_one_file_comes_in_once(administration):
    one = camt(entry("2026-11-16", "10.00", "x"), closing="1010.00").decode()
    statement = one[one.index("<Stmt>") : one.index("</BkToCstmrStmt>")]
    twice = one.replace(statement, statement * 2).encode()
    told = bring(administration, twice)
    assert (told.result.read, told.result.created, told.known) == (2, 1, 1)
