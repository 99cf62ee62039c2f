"""Languages and formats: the catalogues, and how numbers and dates are written and read.

`_("...")` translates at use, `N_("...")` marks at import. The functions of this module speak the
language of the interface; `translator(code)` gives the same ones in another language, for a
document that follows its customer.

Numbers follow their own setting, Dutch by default in both languages (€ 1.234,56). How they are
written stands in `klantenapp.translator`, how typed text is read in `klantenapp.typed`.
"""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING

from klantenapp import typed
from klantenapp.translator import (
    LANGUAGES,
    N_,
    NN_,
    NUMBER_FORMATS,
    SCALE,
    Language,
    NumberFormat,
    Translator,
    country_names,
    month_names,
    translator,
)
from klantenapp.typed import NotADate, NotANumber

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

__all__ = [
    "LANGUAGES",
    "NN_",
    "NUMBER_FORMATS",
    "N_",
    "Language",
    "NotADate",
    "NotANumber",
    "NumberFormat",
    "Translator",
    "_",
    "amount",
    "choose_language",
    "count",
    "country_names",
    "date",
    "euros",
    "language",
    "long_date",
    "money",
    "month",
    "ngettext",
    "number_format",
    "parse_date",
    "parse_money",
    "parse_percent",
    "parse_price",
    "parse_quantity",
    "percent",
    "pgettext",
    "price",
    "quantity",
    "relative",
    "set_language",
    "set_number_format",
    "short_date",
    "short_month",
    "system_language",
    "translator",
]

#: Largest amount in cents and largest integer of 1/10,000: the limits of `models.values`.
_MAX_CENTS, _MAX_UNITS = 10**13, 10**17


@cache
def _month_numbers() -> dict[str, int]:
    """Month names and abbreviations of every language we speak, in lower case."""
    numbers = {"mrt": 3, "sept": 9}
    for code in LANGUAGES:
        for width in ("wide", "abbreviated"):
            for number, name in enumerate(month_names(code, width), start=1):
                numbers[name.lower()] = number
    return numbers


class _Interface:
    """The translator that the functions below use; replaced whole, so threads see one or other."""

    current = Translator("nl")


def set_language(code: str) -> None:
    """Let the interface speak a language from now on.

    Raises:
        ValueError: no such language.
    """
    _Interface.current = translator(code, _Interface.current.numbers)


def language() -> Language:
    """The language of the interface."""
    return _Interface.current.code


def set_number_format(code: str) -> None:
    """Write and read numbers of the interface the Dutch ("nl") or the English ("en") way.

    Raises:
        ValueError: no such format.
    """
    _Interface.current = translator(_Interface.current.code, code)


def number_format() -> NumberFormat:
    """The number format of the interface."""
    return _Interface.current.numbers


def choose_language(preferred: Iterable[str]) -> Language:
    """The first that we speak of some language tags ("en-GB", "nl_NL.UTF-8"); Dutch for none."""
    for tag in preferred:
        code = tag.replace("_", "-").split("-")[0].lower()
        if code in LANGUAGES:
            return code
    return "nl"


def system_language() -> Language:
    """The language that the environment asks for."""
    names = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
    return choose_language(tag for name in names for tag in os.environ.get(name, "").split(":"))


def _(message: str) -> str:
    """`Translator.gettext` in the language of the interface."""
    return _Interface.current.gettext(message)


def ngettext(singular: str, plural: str, number: int) -> str:
    """`Translator.ngettext` in the language of the interface."""
    return _Interface.current.ngettext(singular, plural, number)


def pgettext(context: str, message: str) -> str:
    """`Translator.pgettext` in the language of the interface."""
    return _Interface.current.pgettext(context, message)


def money(cents: int, *, symbol: bool = True) -> str:
    """`Translator.money` as the interface writes it."""
    return _Interface.current.money(cents, symbol=symbol)


def amount(cents: int) -> str:
    """`Translator.amount` as the interface writes it."""
    return _Interface.current.amount(cents)


def euros(cents: int, *, symbol: bool = True) -> str:
    """`Translator.euros` as the interface writes it."""
    return _Interface.current.euros(cents, symbol=symbol)


def count(number: int) -> str:
    """`Translator.count` as the interface writes it."""
    return _Interface.current.count(number)


def quantity(units: int) -> str:
    """`Translator.quantity` as the interface writes it."""
    return _Interface.current.quantity(units)


def price(units: int) -> str:
    """`Translator.price` as the interface writes it."""
    return _Interface.current.price(units)


def percent(points: int, decimals: int | None = None) -> str:
    """`Translator.percent` as the interface writes it."""
    return _Interface.current.percent(points, decimals)


def date(day: dt.date) -> str:
    """`Translator.date` as the interface writes it."""
    return _Interface.current.date(day)


def long_date(day: dt.date) -> str:
    """`Translator.long_date` as the interface writes it."""
    return _Interface.current.long_date(day)


def month(day: dt.date) -> str:
    """`Translator.month` as the interface writes it."""
    return _Interface.current.month(day)


def short_month(day: dt.date) -> str:
    """`Translator.short_month` as the interface writes it."""
    return _Interface.current.short_month(day)


def weekday(day: dt.date) -> str:
    """`Translator.weekday` as the interface writes it."""
    return _Interface.current.weekday(day)


def short_date(day: dt.date, today: dt.date) -> str:
    """`Translator.short_date` as the interface writes it."""
    return _Interface.current.short_date(day, today)


def relative(day: dt.date, today: dt.date) -> str:
    """`Translator.relative` as the interface writes it."""
    return _Interface.current.relative(day, today)


def _read(text: str, scale: int, largest: int) -> int:
    decimal = "," if number_format() == "nl" else "."
    return typed.number(text, scale=scale, decimal=decimal, largest=largest)


def _without(text: str, *units: str) -> str:
    """Typed text without a unit before or after it; a minus may stand before the unit."""
    plain = text.strip()
    sign = plain[:1] if plain[:1] in {"-", "−", "–"} else ""
    plain = plain[len(sign) :].strip()
    for unit in units:
        plain = plain.removeprefix(unit).removesuffix(unit).strip()
    return sign + plain


def parse_money(text: str) -> int:
    """Read an amount or a sum into cents: "€ 1.234,56", "3*12,50"; raises NotANumber."""
    return _read(_without(text, "€", "EUR", "eur"), 100, _MAX_CENTS)


def parse_quantity(text: str) -> int:
    """Read a quantity or a sum into 1/10,000; raises NotANumber."""
    return _read(text, SCALE, _MAX_UNITS)


def parse_price(text: str) -> int:
    """Read a unit price or a sum into 1/10,000 euro; raises NotANumber."""
    return _read(_without(text, "€", "EUR", "eur"), SCALE, _MAX_UNITS)


def parse_percent(text: str) -> int:
    """Read a percentage, with or without its sign, into basis points; raises NotANumber."""
    return _read(_without(text, "%"), 100, _MAX_CENTS)


def parse_date(text: str, today: dt.date | None = None) -> dt.date:
    """Read a date in either language; `today` allows "23-11"; raises NotADate."""
    return typed.date(text, months=_month_numbers(), today=today)
