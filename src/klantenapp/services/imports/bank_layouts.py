"""The columns of each bank's CSV, by their names or, without names, by their places."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from klantenapp.services.imports.fields import folded
from klantenapp.services.imports.numerals import Decimals

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Words for the direction of an amount without sign.
SIGNS = {
    "af": -1,
    "bij": 1,
    "debit": -1,
    "credit": 1,
    "debet": -1,
    "d": -1,
    "c": 1,
}


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a bank's CSV has what.

    Attributes:
        bank: its name, for messages.
        columns: role -> places; several places of a text are joined.
        date: strptime pattern of every date.
        decimals: decimal sign, None where the bank has used both.
        widths: numbers of cells that a row may have.
        skip: rows before the data.
        apostrophes: text stands between apostrophes, and may have separators inside.
    """

    bank: str
    columns: dict[str, tuple[int, ...]] = field(hash=False)
    date: str
    decimals: Decimals | None
    widths: frozenset[int]
    skip: int
    apostrophes: bool = False


@dataclass(frozen=True, slots=True)
class _Named:
    """A layout whose first row names the columns; each role with the names it has had."""

    bank: str
    date: str
    decimals: Decimals | None
    roles: dict[str, str] = field(hash=False)
    needed: tuple[str, ...] = ("account", "booked", "amount")


_NAMED = (
    _Named(
        "ING",
        "%Y%m%d",
        Decimals.COMMA,
        {
            "booked": "datum date",
            "name": "naamomschrijving namedescription",
            "account": "rekening account",
            "iban": "tegenrekening counterparty",
            "direction": "afbij debitcredit",
            "amount": "bedrageur amounteur",
            "notes": "mededelingen notifications",
            "balance_after": "saldonamutatie resultingbalance",
        },
        ("account", "booked", "amount", "direction", "name"),
    ),
    _Named(
        "ING",
        "%Y-%m-%d",
        Decimals.COMMA,
        {
            "booked": "datum date",
            "text": "omschrijving description",
            "account": "rekening account",
            "iban": "tegenrekening counterparty",
            "direction": "afbij debitcredit",
            "amount": "bedrag amount",
            "currency": "valuta currency",
            "notes": "mededelingen notifications",
            "balance_after": "saldonamutatie resultingbalance",
        },
        ("account", "booked", "amount", "direction", "balance_after"),
    ),
    _Named(
        "Rabobank",
        "%Y-%m-%d",
        Decimals.COMMA,
        {
            "account": "ibanbban",
            "currency": "munt",
            "number": "volgnr",
            "booked": "datum",
            "value_date": "rentedatum",
            "amount": "bedrag",
            "balance_after": "saldonatrn",
            "iban": "tegenrekeningibanbban",
            "name": "naamtegenpartij",
            "reference": "transactiereferentie",
            "mandate": "machtigingskenmerk",
            "structured": "betalingskenmerk",
            "text": "omschrijving1 omschrijving2 omschrijving3",
            "return": "redenretour",
        },
        ("account", "booked", "amount", "number", "name"),
    ),
    _Named(
        "Knab",
        "%d-%m-%Y",
        Decimals.COMMA,
        {
            "account": "rekeningnummer",
            "booked": "boekdatum transactiedatum",
            "currency": "valutacode",
            "direction": "creditdebet",
            "amount": "bedrag",
            "iban": "tegenrekeningnummer",
            "name": "tegenrekeninghouder",
            "value_date": "valutadatum",
            "text": "omschrijving",
            "mandate": "machtigingsnummer",
            "reference": "referentie",
        },
        ("account", "booked", "amount", "direction", "name"),
    ),
    _Named(
        "bunq",
        "%Y-%m-%d",
        None,
        {
            "booked": "date datum",
            "value_date": "interestdate rentedatum",
            "amount": "amount bedrag",
            "account": "account rekening",
            "iban": "counterparty tegenrekening",
            "name": "name naam",
            "text": "description omschrijving",
        },
        ("account", "booked", "amount", "iban", "name", "text"),
    ),
)

_DASHED = re.compile(r"\d{2}-\d{2}-\d{4}")
_SOLID = re.compile(r"\d{8}")
_ACCOUNT = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{8,30}|\d{7,12}")
_CURRENCY = re.compile(r"[A-Z]{3}")
_SNS_WIDTHS = frozenset(range(17, 21))

_ABN = Layout(
    "ABN AMRO",
    {
        "account": (0,),
        "currency": (1,),
        "booked": (2,),
        "balance_before": (3,),
        "balance_after": (4,),
        "value_date": (5,),
        "amount": (6,),
        "tagged": (7,),
    },
    "%Y%m%d",
    Decimals.COMMA,
    frozenset({8}),
    0,
)
_ASN = Layout(
    "ASN, SNS",
    {
        "booked": (0,),
        "account": (1,),
        "iban": (2,),
        "name": (3,),
        "balance_before": (8,),
        "currency": (9,),
        "amount": (10,),
        "value_date": (12,),
        "structured": (16,),
        "text": (17,),
    },
    "%d-%m-%Y",
    Decimals.POINT,
    _SNS_WIDTHS,
    0,
    apostrophes=True,
)
_TRIODOS = Layout(
    "Triodos",
    {
        "booked": (0,),
        "account": (1,),
        "amount": (2,),
        "direction": (3,),
        "name": (4,),
        "iban": (5,),
        "text": (7,),
        "balance_after": (8,),
    },
    "%d-%m-%Y",
    Decimals.COMMA,
    frozenset({9}),
    0,
)


def recognise(rows: Sequence[Sequence[str]]) -> Layout | None:
    """The layout of a file by its first rows; None where no bank's fits."""
    for skip, row in enumerate(rows[:2]):
        for named in _NAMED:
            layout = _by_names(named, row, skip + 1)
            if layout:
                return layout
    return _by_places(rows[0]) if rows else None


def _by_names(named: _Named, row: Sequence[str], skip: int) -> Layout | None:
    places: dict[str, list[int]] = {}
    for index, cell in enumerate(row):
        places.setdefault(folded(cell), []).append(index)
    columns = {
        role: tuple(places[name][0] for name in names.split() if name in places)
        for role, names in named.roles.items()
    }
    columns = {role: found for role, found in columns.items() if found}
    if any(role not in columns for role in named.needed):
        return None
    last = max(index for index, cell in enumerate(row) if cell.strip()) + 1
    widths = frozenset(range(last, len(row) + 1))
    return Layout(named.bank, columns, named.date, named.decimals, widths, skip)


def rejoined(row: Sequence[str]) -> list[str]:
    """Cells in which a text between apostrophes is one cell again."""
    cells: list[str] = []
    inside = False
    for cell in row:
        if inside:
            cells[-1] = f"{cells[-1]},{cell}"
        else:
            cells.append(cell)
            inside = cell.strip().startswith("'")
        ends = cell.rstrip().endswith("'") and len(cells[-1].strip()) > 1
        inside = inside and not ends
    return cells


def _by_places(row: Sequence[str]) -> Layout | None:
    checks: tuple[tuple[Layout, dict[int, re.Pattern[str]]], ...] = (
        (_ABN, {0: _ACCOUNT, 1: _CURRENCY, 2: _SOLID, 5: _SOLID}),
        (_ASN, {0: _DASHED, 1: _ACCOUNT, 9: _CURRENCY, 11: _DASHED, 12: _DASHED}),
        (_TRIODOS, {0: _DASHED, 1: _ACCOUNT, 3: re.compile(r"Credit|Debet", re.IGNORECASE)}),
    )
    for layout, patterns in checks:
        cells = [cell.strip() for cell in (rejoined(row) if layout.apostrophes else row)]
        if len(cells) in layout.widths and all(
            pattern.fullmatch(cells[index].replace(" ", "")) for index, pattern in patterns.items()
        ):
            return layout
    return None
