"""Statements from the CSV files of ING, Rabobank, ABN AMRO, Knab, bunq, ASN/SNS and Triodos.

These have no opening and closing balance, but most have the balance after each line; the chain of
those gives both, and tells whether the newest line stands first.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
from dataclasses import dataclass, replace
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Final

from klantenapp.i18n import N_
from klantenapp.models.values import Money
from klantenapp.services.errors.bank_files import (
    NotABankFile,
    OtherBanksColumns,
    StatementFieldBroken,
)
from klantenapp.services.errors.base import Refusal, Word
from klantenapp.services.errors.imports import QuotesBroken
from klantenapp.services.imports import bank_layouts, csv_file, days, mt940_text, numerals
from klantenapp.services.imports.bank_model import (
    EURO,
    BankFile,
    BankLine,
    BankStatement,
    Details,
    identified,
    meant,
)
from klantenapp.services.imports.fields import folded
from klantenapp.services.imports.numerals import DecimalVote
from klantenapp.services.imports.source import encoding_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from klantenapp.services.imports.bank_layouts import Layout
    from klantenapp.services.imports.numerals import Decimals
    from klantenapp.services.imports.source import Source

_FIRST = 3
#: What ING writes in one cell: "Naam: … Omschrijving: … IBAN: … Kenmerk: …".
_NOTES = re.compile(
    r"(?:^|\s)(Naam|Name|Omschrijving|Description|IBAN|Kenmerk|Reference|Machtiging ID|Mandate ID|"
    r"Incassant ID|Creditor ID|Valutadatum|Value date|Datum/Tijd|Date/time|Pasvolgnr|"
    r"Card sequence no\.?|Transactie|Transaction|Term): ",
)
_NOTE_DATES = ("%d-%m-%Y", "%d/%m/%Y")


#: What a column is called where it cannot be read.
_ROLES: Final = {
    "booked": N_("Date"),
    "amount": N_("Amount"),
    "balance_before": N_("Balance before"),
    "balance_after": N_("Balance after"),
}


@dataclass(frozen=True, slots=True)
class Movement:
    """One row, with the balances beside it, before it becomes a line of a statement."""

    account: str
    line: BankLine
    before: Money | None
    after: Money | None


def layout_of(source: Source) -> tuple[Layout, str, str] | None:
    """The bank's layout with encoding and separator; None where no bank's columns fit.

    Raises:
        EncodingsMixed, EncodingUnknown, LineTooLong, QuotesBroken: the text itself.
    """
    encoding = encoding_of(source)
    try:
        found = csv_file.separator_of(source, encoding)
    except Refusal:
        found = ";"
    for separator in dict.fromkeys((found, *csv_file.SEPARATORS)):
        try:
            rows = list(islice(_rows(source, encoding, separator), _FIRST))
        except QuotesBroken:
            if separator == found:
                raise
            continue  # quotes look broken where it is not the separator of the file
        layout = bank_layouts.recognise([cells for _line, cells in rows])
        if layout:
            return layout, encoding, separator
    return None


def read(source: Source) -> BankFile:
    """Read all rows; one statement per account.

    Raises:
        NotABankFile: no bank's columns.
        OtherBanksColumns: a row that does not have the columns of the first one.
        StatementFieldBroken: an amount or direction that cannot be read.
        EncodingsMixed, EncodingUnknown, LineTooLong, QuotesBroken: the text itself.
    """
    found = layout_of(source)
    if found is None:
        raise NotABankFile(source.name)
    layout, encoding, separator = found
    decimals = layout.decimals or _decimals(source, layout, encoding, separator)
    rows = islice(_rows(source, encoding, separator), layout.skip, None)
    movements = (_movement(source, layout, line, cells, decimals) for line, cells in rows)
    statements = statements_of(movements)
    return BankFile(source.name, f"CSV {layout.bank}", identified(statements))


def _rows(source: Source, encoding: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Rows as text; a row that is wrapped in quotes as a whole is unwrapped."""
    for row in csv_file.rows_of(source, encoding, separator):
        cells = [str(cell) for cell in row.cells]
        filled = [cell for cell in cells if cell.strip()]
        if len(filled) == 1 and len(filled[0]) > 2 and "," in filled[0] and cells[0] == filled[0]:  # noqa: PLR2004 - more than the comma
            cells = next(csv.reader([filled[0]]), cells)
        yield row.line, cells


def _decimals(source: Source, layout: Layout, encoding: str, separator: str) -> Decimals:
    vote = DecimalVote(layout.bank)
    place = layout.columns["amount"][0]
    for line, cells in islice(_rows(source, encoding, separator), layout.skip, None):
        if place < len(cells):
            vote.count(line, cells[place])
    return vote.decide()


def _movement(
    source: Source, layout: Layout, line: int, cells: list[str], decimals: Decimals
) -> Movement:
    other_bank = OtherBanksColumns(source.name, line, layout.bank)
    cells = bank_layouts.rejoined(cells) if layout.apostrophes else cells
    if len(cells) not in layout.widths:
        raise other_bank

    def cell(role: str) -> str:
        words = (
            cells[place].strip() for place in layout.columns.get(role, ()) if place < len(cells)
        )
        if role == "text":
            return " ".join(word for word in words if word)
        return next((word for word in words if word), "")

    def money(role: str) -> Money | None:
        text = cell(role)
        return _money(source, line, role, text, decimals) if text else None

    booked = days.read(cell("booked"), layout.date)
    account = cell("account").replace(" ", "")
    if not any(letter.isdigit() for letter in account):
        raise other_bank
    if booked is None:
        if not _is_like_the_date(cell("booked"), layout.date):
            raise other_bank
        raise StatementFieldBroken(source.name, line, Word(_ROLES["booked"]), cell("booked")[:40])
    amount = _money(source, line, "amount", cell("amount"), decimals)
    if "direction" in layout.columns:
        sign = bank_layouts.SIGNS.get(folded(cell("direction")))
        if sign is None:
            raise StatementFieldBroken(source.name, line, "+/-", cell("direction")[:40])
        amount = amount if sign > 0 else -amount
    details, noted = _details(cell)
    bank_line = BankLine(
        position=0,
        line=line,
        booked=booked,
        value_date=days.read(cell("value_date"), layout.date) or noted,
        amount=amount,
        currency=cell("currency").upper() or EURO,
        details=details,
    )
    return Movement(account, bank_line, money("balance_before"), money("balance_after"))


def _is_like_the_date(text: str, pattern: str) -> bool:
    """Whether it is written as this bank writes days, although there is no such day."""
    return re.sub(r"\d", "9", text) == re.sub(r"\d", "9", dt.date(2000, 11, 22).strftime(pattern))


def _money(source: Source, line: int, role: str, text: str, decimals: Decimals) -> Money:
    number = numerals.read(text, decimals)
    try:
        if number is not None:
            return Money(numerals.scaled(number, 2, text))
    except Refusal:
        pass
    raise StatementFieldBroken(source.name, line, Word(_ROLES[role]), text[:40])


def _details(cell: Callable[[str], str]) -> tuple[Details, dt.date | None]:
    """Who and what, and the value date that ING writes among the words."""
    if cell("tagged"):
        return mt940_text.details_of("", [cell("tagged")]), None
    notes = _NOTES.split(cell("notes"))
    named: dict[str, str] = {}
    for name, value in zip(notes[1::2], notes[2::2], strict=True):
        named.setdefault(name, value.strip())

    def note(*names: str) -> str:
        return next((named[name] for name in names if name in named), "")

    words = [cell("text").strip("'"), note("Omschrijving", "Description") or notes[0].strip()]
    if not any(words):
        words = [cell("notes")]
    structured = cell("structured").strip("'")
    noted = note("Valutadatum", "Value date")
    details = Details(
        counterparty=meant(cell("name")),
        iban=cell("iban").replace(" ", "") or note("IBAN") or None,
        text=" ".join(" ".join(words).split()),
        end_to_end_id=meant(cell("reference") or note("Kenmerk", "Reference")),
        mandate=meant(cell("mandate") or note("Machtiging ID", "Mandate ID")),
        structured_reference=meant(structured),
        return_reason=meant(cell("return")),
    )
    return details, next((day for p in _NOTE_DATES if (day := days.read(noted, p))), None)


def statements_of(movements: Iterable[Movement]) -> list[BankStatement]:
    """One statement per account and currency of it, oldest line first."""
    by_account: dict[str, list[Movement]] = {}
    for movement in movements:
        by_account.setdefault(movement.account, []).append(movement)
    return [_statement(account, found) for account, found in by_account.items()]


def _statement(account: str, movements: list[Movement]) -> BankStatement:
    ordered = _oldest_first(movements)
    lines = tuple(
        replace(movement.line, position=position)
        for position, movement in enumerate(ordered, start=1)
    )
    first, last = ordered[0], ordered[-1]
    currencies = {line.currency for line in lines}
    opening = first.before
    if opening is None and first.after is not None:
        opening = first.after - first.line.amount
    closing = last.after
    if closing is None and last.before is not None:
        closing = last.before + last.line.amount
    single = len(currencies) == 1
    return BankStatement(
        account=account,
        currency=lines[0].currency,
        number=None,
        opening=opening if single else None,
        closing=closing if single else None,
        from_date=min(line.booked for line in lines),
        to_date=max(line.booked for line in lines),
        lines=lines,
    )


def _oldest_first(movements: list[Movement]) -> list[Movement]:
    """Turn a file round that has its newest line first: the balances tell, or else the dates."""
    turned = movements[::-1]
    kept, reverse = _links(movements), _links(turned)
    if kept != reverse:
        return movements if kept > reverse else turned
    return turned if movements[0].line.booked > movements[-1].line.booked else movements


def _links(movements: list[Movement]) -> int:
    """How many lines start from the balance at which the line before ended."""
    count = 0
    for one, other in pairwise(movements):
        ended = one.after or (one.before + one.line.amount if one.before is not None else None)
        starts = other.before or (
            other.after - other.line.amount if other.after is not None else None
        )
        count += ended is not None and ended == starts
    return count
