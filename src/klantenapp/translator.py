"""One language: its catalogue, and how it writes numbers and dates.

Amounts arrive as plain integers (cents, 1/10,000, basis points), so nothing here rounds except
where a name says so. Babel is imported for the first month name, and in a checkout whose
catalogues are not compiled; the window starts without it.
"""

from __future__ import annotations

import gettext as _catalogues
import io
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Literal, get_args

from klantenapp import paths

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

Language = Literal["nl", "en"]
NumberFormat = Literal["nl", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
NUMBER_FORMATS: tuple[NumberFormat, ...] = get_args(NumberFormat)
DOMAIN = "klantenapp"

_SPACE = "\u00a0"
_MINUS = "−"
#: Units of a quantity or a unit price in one whole.
SCALE = 10_000
#: Days on either side of today that are told in words.
_NEAR = 30


#: Codes of CLDR that are no country.
_NO_COUNTRIES = frozenset({"EU", "UN", "EZ", "ZZ", "XA", "XB", "QO"})


def N_(message: str) -> str:  # noqa: N802 - gettext's name for it
    """Mark a message for the catalogues; it is translated where it is used."""
    return message


def NN_(singular: str, plural: str) -> tuple[str, str]:  # noqa: N802 - N_ for a plural
    """Mark a singular and its plural for the catalogues; `ngettext` translates them at use."""
    return singular, plural


@dataclass(frozen=True)
class Translator:
    """Everything that depends on a language, for one language.

    Attributes:
        code: the language of words and dates.
        numbers: the format of numbers.
    """

    code: Language
    numbers: NumberFormat = "nl"

    @cached_property
    def _messages(self) -> _catalogues.NullTranslations:
        return _load(self.code)

    def gettext(self, message: str) -> str:
        """The message in this language; the empty message stays empty."""
        return self._messages.gettext(message) if message else ""

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        """The form that fits the number, which the caller fills in."""
        return self._messages.ngettext(singular, plural, number)

    def pgettext(self, context: str, message: str) -> str:
        """The message as it reads in a context that tells equal English words apart."""
        return self._messages.pgettext(context, message)

    def money(self, cents: int, *, symbol: bool = True) -> str:
        """An amount in euro: "€ 1.234,56", negative "€ −1.234,56"."""
        digits = self._digits(abs(cents), 100, 2)
        if not symbol:
            return f"{_sign(cents)}{digits}"
        if self.numbers == "en":
            return f"{_sign(cents)}€{digits}"
        return f"€{_SPACE}{_sign(cents)}{digits}"

    def amount(self, cents: int) -> str:
        """An amount without its sign of currency: "1.234,56"."""
        return self.money(cents, symbol=False)

    def euros(self, cents: int, *, symbol: bool = True) -> str:
        """An amount rounded half up to whole euro, where cents would be noise: "€ 1.235"."""
        whole = (abs(cents) + 50) // 100 * (1 if cents > 0 else -1)
        space = _SPACE if self.numbers == "nl" else ""
        if symbol and self.numbers == "en":
            return f"{_sign(whole)}€{self._digits(abs(whole), 1, 0)}"
        return f"€{space}{self.count(whole)}" if symbol else self.count(whole)

    def count(self, number: int) -> str:
        """A whole number with its thousands: "10.000"."""
        return f"{_sign(number)}{self._digits(abs(number), 1, 0)}"

    def quantity(self, units: int) -> str:
        """A quantity in 1/10,000, with the decimals that it has: "2,5"."""
        return f"{_sign(units)}{self._digits(abs(units), SCALE, 0)}"

    def price(self, units: int) -> str:
        """A unit price in 1/10,000 euro, with two to four decimals: "0,125", "12,50"."""
        return f"{_sign(units)}{self._digits(abs(units), SCALE, 2)}"

    def percent(self, points: int, decimals: int | None = None) -> str:
        """A percentage in basis points: "21%", "12,5%".

        Args:
            points: 1/100 of a percent.
            decimals: 0, 1 or 2 to round half up to exactly that many; None for those it has.
        """
        if decimals is None:
            return f"{_sign(points)}{self._digits(abs(points), 100, 0)}%"
        step = 10 ** (2 - decimals)
        rounded = (abs(points) * 2 + step) // (2 * step)
        return f"{_sign(points) if rounded else ''}{self._digits(rounded, 10**decimals, decimals)}%"

    def date(self, day: dt.date) -> str:
        """A date in a table: "23-11-2026"."""
        return f"{day.day:02d}-{day.month:02d}-{day.year:04d}"

    def long_date(self, day: dt.date) -> str:
        """A date in text: "23 november 2026"."""
        return f"{day.day} {self.month(day)}"

    def month(self, day: dt.date) -> str:
        """The month of a day: "november 2026"."""
        return f"{month_names(self.code, 'wide')[day.month - 1]} {day.year}"

    def short_month(self, day: dt.date) -> str:
        """The month of a day on an axis: "nov"."""
        return month_names(self.code, "abbreviated")[day.month - 1]

    def weekday(self, day: dt.date) -> str:
        """The day of the week, short: "ma"."""
        return weekday_names(self.code)[day.weekday()]

    def short_date(self, day: dt.date, today: dt.date) -> str:
        """A day that is mostly recent: "20 nov"; with its year where that is another one."""
        year = f" {day.year}" if day.year != today.year else ""
        return f"{day.day} {self.short_month(day)}{year}"

    def relative(self, day: dt.date, today: dt.date) -> str:
        """A day in words as seen from today, up to thirty days away; then its date."""
        away = (day - today).days
        if abs(away) > _NEAR:
            return self.date(day)
        near = {0: N_("today"), 1: N_("tomorrow"), -1: N_("yesterday")}.get(away)
        if near:
            return self.gettext(near)
        if away > 0:
            return self.ngettext("in {days} day", "in {days} days", away).format(days=away)
        return self.ngettext("{days} day ago", "{days} days ago", -away).format(days=-away)

    def _digits(self, number: int, scale: int, least: int) -> str:
        """Write a non-negative integer of 1/scale with at least so many decimals."""
        whole, rest = divmod(number, scale)
        grouped = f"{whole:,}"
        decimals = str(rest).zfill(len(str(scale)) - 1) if scale > 1 else ""
        decimals = decimals.rstrip("0").ljust(least, "0")
        if self.numbers == "nl":
            grouped = grouped.replace(",", ".")
        sign = "," if self.numbers == "nl" else "."
        return f"{grouped}{sign}{decimals}" if decimals else grouped


def _sign(number: int) -> str:
    return _MINUS if number < 0 else ""


@cache
def _load(code: Language) -> _catalogues.NullTranslations:
    """The catalogue of a language: compiled, or in a checkout built from its newer source."""
    folder = paths.translations() / code / "LC_MESSAGES"
    source, compiled = folder / f"{DOMAIN}.po", folder / f"{DOMAIN}.mo"
    if source.exists() and not _is_newer(compiled, source):
        return _built(source)
    with compiled.open("rb") as file:
        return _catalogues.GNUTranslations(file)


def _is_newer(built: Path, source: Path) -> bool:
    return built.exists() and built.stat().st_mtime_ns >= source.stat().st_mtime_ns


def _built(source: Path) -> _catalogues.NullTranslations:
    """Compile a catalogue in memory: what somebody develops is never shown stale."""
    from babel.messages import mofile, pofile

    with source.open("rb") as file:
        catalogue = pofile.read_po(file)
    compiled = io.BytesIO()
    mofile.write_mo(compiled, catalogue)
    compiled.seek(0)
    return _catalogues.GNUTranslations(compiled)


@cache
def month_names(code: Language, width: Literal["wide", "abbreviated"]) -> tuple[str, ...]:
    """Names of January through December, as CLDR has them; abbreviations without their point."""
    from babel.dates import get_month_names

    names = get_month_names(width, context="format", locale=code)
    return tuple(names[number].rstrip(".") for number in range(1, 13))


@cache
def weekday_names(code: Language) -> tuple[str, ...]:
    """Short names of Monday through Sunday, as CLDR has them."""
    from babel.dates import get_day_names

    names = get_day_names("abbreviated", context="format", locale=code)
    return tuple(names[number].rstrip(".") for number in range(7))


@cache
def country_names(code: Language) -> dict[str, str]:
    """Names of the countries by their code of two letters, as CLDR has them."""
    from babel import Locale

    names = Locale(code).territories
    return {
        country: str(name)
        for country, name in names.items()
        if country.isalpha() and len(country) == 2 and country not in _NO_COUNTRIES  # noqa: PLR2004 - ISO 3166 codes have two letters
    }


@cache
def translator(code: str, numbers: str = "nl") -> Translator:
    """The functions of one language; the same object every time.

    Raises:
        ValueError: no such language or number format.
    """
    return Translator(_known(code), _known(numbers))


def _known(code: str) -> Language:
    if code not in LANGUAGES:
        raise ValueError(code)
    return code
