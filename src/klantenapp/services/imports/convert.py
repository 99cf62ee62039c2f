"""A cell becomes a value of its field, or a failure that says why not."""

from __future__ import annotations

import datetime as dt
import unicodedata
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

from klantenapp.models.values import Money, Percent, Quantity, UnitPrice
from klantenapp.services.errors.imports import (
    CellHasError,
    CellTooLong,
    FormulaWithoutResult,
    NotAChoice,
    NotADay,
    NotAnAmount,
    NotWhole,
)
from klantenapp.services.imports import countries, days, numerals
from klantenapp.services.imports.fields import Kind, folded
from klantenapp.services.imports.rows import Broken
from klantenapp.services.imports.table import as_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from klantenapp.services.imports.fields import Field
    from klantenapp.services.imports.numerals import Decimals
    from klantenapp.services.imports.rows import Cell

Value: TypeAlias = str | int | dt.date | Money | UnitPrice | Quantity | Percent | tuple[str, ...]

#: Kinds whose text needs a decimal sign.
NUMERIC = frozenset({Kind.AMOUNT, Kind.PRICE, Kind.QUANTITY, Kind.PERCENT, Kind.WHOLE})
_PLACES = {Kind.AMOUNT: 2, Kind.PRICE: 4, Kind.QUANTITY: 4, Kind.PERCENT: 2, Kind.WHOLE: 0}
_KVK_DIGITS = 8
_DAYS_WORDS = ("dagen", "dag", "days", "day", "d")


def value_of(cell: Cell, field: Field, decimals: Decimals, pattern: str | None) -> Value | None:
    """Convert one cell.

    Args:
        cell: from the file.
        field: where it goes.
        decimals: decimal sign of its column.
        pattern: strptime pattern of its column, or None where no text of it is a day.

    Returns:
        the value, or None for an empty cell.

    Raises:
        CellHasError, FormulaWithoutResult, CellTooLong, NotAnAmount, TooManyDecimals,
        NumberTooLarge, NotWhole, NotADay, NotAChoice: what is wrong with it.
    """
    if isinstance(cell, Broken):
        raise CellHasError(cell.error) if cell.error else FormulaWithoutResult
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return None
    if field.kind in NUMERIC:
        return _number(cell, field, decimals)
    if field.kind is Kind.DATE:
        return _day(cell, pattern)
    text = clean(as_text(cell), lines=field.kind is Kind.LONG_TEXT)
    if field.kind is Kind.KVK and isinstance(cell, Decimal):
        text = text.zfill(_KVK_DIGITS)  # a spreadsheet drops the zero in front
    if len(text) > field.longest:
        raise CellTooLong(field.longest)
    return _text(text, field) if text else None


def clean(text: str, *, lines: bool = False) -> str:
    """Text without control and invisible formatting characters, spaces at its ends cut off.

    Args:
        text: anything.
        lines: whether line breaks stay; otherwise they become spaces.
    """
    kept = (
        letter if unicodedata.category(letter) not in {"Cc", "Cf", "Cs", "Co"} else _instead(letter)
        for letter in text.replace("\r\n", "\n").replace("\r", "\n")
    )
    joined = "".join(kept)
    if lines:
        return "\n".join(line.rstrip() for line in joined.split("\n")).strip()
    return " ".join(joined.split())


def _instead(letter: str) -> str:
    if letter in "\n\t":
        return letter
    return letter if letter == "\u200d" else ""  # joins emoji


def _number(cell: Cell, field: Field, decimals: Decimals) -> Value:
    shown = as_text(cell).strip()
    if isinstance(cell, Decimal):
        number: Decimal | None = cell
    elif isinstance(cell, str):
        number = numerals.read(_without_unit(cell, field.kind), decimals)
    else:
        number = None
    if number is None:
        raise NotWhole(shown) if field.kind is Kind.WHOLE else NotAnAmount(shown)
    if field.kind is Kind.WHOLE:
        if number < 0 or number != number.to_integral_value() or number > 10**6:
            raise NotWhole(shown)
        return int(number)
    units = numerals.scaled(number, _PLACES[field.kind], shown)
    return _MAKE[field.kind](units)


_MAKE: dict[Kind, Callable[[int], Value]] = {
    Kind.AMOUNT: Money,
    Kind.PRICE: UnitPrice,
    Kind.QUANTITY: Quantity,
    Kind.PERCENT: Percent,
}


def _without_unit(text: str, kind: Kind) -> str:
    text = text.strip()
    if kind is Kind.PERCENT:
        return text.removesuffix("%").strip()
    if kind is Kind.WHOLE:
        number, _, unit = text.partition(" ")
        return number if unit.casefold() in _DAYS_WORDS else text
    return text


def text_of_number(cell: Cell, kind: Kind) -> str | None:
    """The text of a cell that has a say in the decimal sign of its column, else None."""
    return _without_unit(cell, kind) if isinstance(cell, str) and cell.strip() else None


def _day(cell: Cell, pattern: str | None) -> dt.date:
    if isinstance(cell, dt.datetime):
        return cell.date()
    if isinstance(cell, dt.date):
        return cell
    text = as_text(cell).strip()
    day = days.read(text, pattern) if pattern else None
    if day is None:
        raise NotADay(text)
    return day


def _text(text: str, field: Field) -> Value:
    if field.kind is Kind.CHOICE:
        return _choice(text, field)
    if field.kind is Kind.LABELS:
        words = (word.strip() for word in text.replace(";", ",").split(","))
        return tuple(dict.fromkeys(word for word in words if word))
    if field.kind is Kind.COUNTRY:
        code = countries.code_of(text)
        if code is None:
            raise NotAChoice(text, "NL, BE, DE, FR, GB, US …")
        return code
    if field.kind is Kind.EMAIL:
        return text.removeprefix("mailto:")
    if field.kind in {Kind.IBAN, Kind.VAT_ID}:
        return "".join(text.split()).upper()
    return text


def _choice(text: str, field: Field) -> str:
    words = dict(field.choices)
    plain = folded(text.removesuffix("%").removesuffix(",00").removesuffix(".00"))
    meaning = words.get(plain) or (words.get(plain.lstrip("0") or "0") if plain else None)
    if meaning is None:
        known = ", ".join(dict.fromkeys(words.values()))
        raise NotAChoice(text, known)
    return meaning
