"""The columns of an unknown bank are linked once; the next file needs no asking."""

from __future__ import annotations

from functools import partial

import pytest
from sqlalchemy import select
from tests.factories.statements import OWN

from klantenapp.models.bank import BankLine
from klantenapp.models.values import Money
from klantenapp.services.errors.bank_files import BankRowRefused, NotABankFile
from klantenapp.services.imports import bank, bank_columns, saved_mappings
from klantenapp.services.imports.source import Source

ROWS = "Wanneer;Hoeveel;Wie;Waarover\n16-11-2026;121,00;Jansen;Factuur 1\n"
CHOSEN = {"date": 0, "amount": 1, "counterparty": 2, "text": 3}


def source(text=ROWS):
    return Source.of_bytes("vreemd.csv", text.encode())


def test_unknown_columns_are_linked_and_remembered(administration):
    with pytest.raises(NotABankFile):
        administration.read(partial(bank_columns.read_any, source=source()))
    assert [name for _index, name in bank_columns.look(source()).columns] == [
        "Wanneer",
        "Hoeveel",
        "Wie",
        "Waarover",
    ]
    file = bank_columns.read(source(), CHOSEN, OWN)
    work = partial(bank_columns.remember, source=source(), chosen=CHOSEN, account=OWN)
    administration.write(saved_mappings.SAVE, work)
    work = partial(bank.run, file=file, digest=source().digest())
    assert administration.write(bank.IMPORT, work)[0].result.created == 1
    later = source(ROWS + "17-11-2026;-5,00;Winkel;Brood\n")
    file = administration.read(partial(bank_columns.read_any, source=later))
    told = administration.write(bank.IMPORT, partial(bank.run, file=file, digest=later.digest()))[0]
    assert (told.result.created, told.known) == (1, 1)
    query = select(BankLine.amount, BankLine.counterparty).order_by(BankLine.id)
    rows = administration.read(lambda s: [tuple(row) for row in s.execute(query)])
    assert rows == [(Money(12100), "Jansen"), (Money(-500), "Winkel")]


def test_a_row_that_cannot_be_read_is_named(administration):
    broken = source(ROWS + "17-11-2026;geen bedrag;Winkel;Brood\n")
    with pytest.raises(BankRowRefused) as caught:
        bank_columns.read(broken, CHOSEN, OWN)
    assert caught.value.line == 3
    assert administration.read(lambda s: s.scalars(select(BankLine.id)).all()) == []
