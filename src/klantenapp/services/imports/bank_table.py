"""Statements from any table, with the columns linked by the user."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from klantenapp.models.values import Money
from klantenapp.services.errors.imports import FieldMissing
from klantenapp.services.imports import tabular
from klantenapp.services.imports.bank_csv import Movement, statements_of
from klantenapp.services.imports.bank_layouts import SIGNS
from klantenapp.services.imports.bank_model import (
    EURO,
    BankFile,
    BankLine,
    Details,
    identified,
    meant,
)
from klantenapp.services.imports.fields import Field, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from klantenapp.services.imports.mapping import ColumnMapping
    from klantenapp.services.imports.result import RefusedLine
    from klantenapp.services.imports.table import Table
    from klantenapp.services.imports.tabular import Formats, Record

_DIRECTIONS = tuple((word, "paid" if sign < 0 else "received") for word, sign in SIGNS.items())

#: Fields of a bank line. Without `account` the user says whose file it is.
BANK_FIELDS = (
    Field("date", Kind.DATE, ("date", "datum", "boekdatum", "transactiedatum"), required=True),
    Field("amount", Kind.AMOUNT, ("amount", "bedrag", "bedrageur", "amounteur"), required=True),
    Field(
        "direction",
        Kind.CHOICE,
        ("direction", "afbij", "debitcredit", "creditdebet", "debetcredit", "dc"),
        choices=_DIRECTIONS,
    ),
    Field("account", Kind.IBAN, ("account", "rekening", "rekeningnummer", "iban", "ibanbban")),
    Field("value_date", Kind.DATE, ("valuedate", "valutadatum", "rentedatum", "interestdate")),
    Field(
        "counterparty",
        Kind.TEXT,
        ("counterparty", "naam", "name", "naamtegenpartij", "tegenpartij", "naamomschrijving"),
    ),
    Field(
        "counterparty_iban",
        Kind.IBAN,
        ("counterpartyiban", "tegenrekening", "tegenrekeningnummer", "tegenrekeningibanbban"),
        longest=50,
    ),
    Field(
        "text",
        Kind.TEXT,
        ("text", "omschrijving", "description", "mededelingen", "notifications", "reference"),
        longest=2_000,
    ),
    Field("reference", Kind.TEXT, ("reference", "kenmerk", "transactiereferentie", "endtoendid")),
    Field("currency", Kind.CODE, ("currency", "munt", "valuta", "valutacode"), longest=3),
    Field("balance_after", Kind.AMOUNT, ("balanceafter", "saldo", "saldonamutatie", "saldonatrn")),
)


def read(
    table: Table, mapping: ColumnMapping, formats: Formats, account: str | None = None
) -> tuple[BankFile, tuple[RefusedLine, ...]]:
    """Read the rows of a table.

    Args:
        table: the open file.
        mapping: verified, over `BANK_FIELDS`.
        formats: of its columns.
        account: the user's own account, where no column has it.

    Returns:
        the statements, and the rows that could not be read; with any of those nothing is imported.

    Raises:
        FieldMissing: neither a column nor a given account.
    """
    if account is None and mapping.column_of("account") is None:
        raise FieldMissing("account")
    refused: list[RefusedLine] = []

    def movements() -> Iterator[Movement]:
        for record in tabular.records(table, mapping, BANK_FIELDS, formats):
            refused.extend(record.refused)
            if not record.refused:
                yield _movement(record, account)

    statements = identified(statements_of(movements()))
    return BankFile(table.source.name, "CSV", statements), tuple(refused)


def _movement(record: Record, account: str | None) -> Movement:
    amount, booked = record.values["amount"], record.values["date"]
    after, value_date = record.values.get("balance_after"), record.values.get("value_date")
    if not (isinstance(amount, Money) and isinstance(booked, dt.date)):
        raise TypeError(record)
    direction = record.text("direction")
    if direction:  # the amount has no sign of its own
        amount = -abs(amount) if direction == "paid" else abs(amount)
    line = BankLine(
        position=0,
        line=record.line,
        booked=booked,
        value_date=value_date if isinstance(value_date, dt.date) else None,
        amount=amount,
        currency=(record.text("currency") or EURO).upper(),
        details=Details(
            counterparty=record.text("counterparty"),
            iban=record.text("counterparty_iban"),
            text=record.text("text") or "",
            end_to_end_id=meant(record.text("reference")),
        ),
    )
    own = record.text("account") or account or ""
    return Movement(own, line, None, after if isinstance(after, Money) else None)
