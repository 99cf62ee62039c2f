"""Dates in text: which pattern a column uses. Where two fit, the user is asked."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from functools import lru_cache

from klantenapp.services.errors.imports import DatePatternInvalid, DatesAmbiguous

#: Patterns that are tried, in the order that names them in questions.
PATTERNS = (
    "%d-%m-%Y",
    "%m-%d-%Y",
    "%Y-%m-%d",
    "%d/%m/%Y",
    "%m/%d/%Y",
    "%Y/%m/%d",
    "%d.%m.%Y",
    "%Y.%m.%d",
    "%Y%m%d",
    "%d%m%Y",
    "%d-%m-%y",
    "%m-%d-%y",
    "%d/%m/%y",
    "%m/%d/%y",
    "%d.%m.%y",
    "%d %b %Y",
    "%d-%b-%Y",
    "%d-%b-%y",
    "%b %d, %Y",
)
_TIGHT = ("%Y%m%d", "%d%m%Y")
_TIME = re.compile(r"[T ]\s*(\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?)\s*(Z|[+-]\d{2}:?\d{2})?$")
#: Month names by their first letters, Dutch and English; strptime knows only the system's.
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan januari january",
            "feb februari february",
            "mrt maart mar march",
            "apr april",
            "mei may",
            "jun juni june",
            "jul juli july",
            "aug augustus august",
            "sep sept september",
            "okt oktober oct october",
            "nov november",
            "dec december",
        ),
        start=1,
    )
    for name in names.split()
}
_WORD = re.compile(r"[A-Za-z]+\.?")
_EARLIEST, _LATEST = 1900, 2199
_LONGEST = 40
_COMPACT = 8  # digits of a date without separators: fewer would be read in pieces


def _named_months(text: str) -> str:
    """Replace a month's name by its number."""
    return _WORD.sub(lambda word: _month(word[0]), text)


def _month(word: str) -> str:
    number = _MONTHS.get(word.rstrip(".").lower())
    return f"{number:02d}" if number else word


@lru_cache(maxsize=65_536)  # a file of a million rows has some thousands of different days
def read(text: str, pattern: str) -> dt.date | None:
    """Read a day by a strptime pattern; a time of day after it is dropped. None: no such day.

    Only the years 1900 to 2199 are taken: others are typing errors.
    """
    text = text.strip()
    if len(text) > _LONGEST:
        return None
    for candidate in dict.fromkeys((text, _TIME.sub("", text))):
        if pattern in _TIGHT and len(candidate) != _COMPACT:
            continue
        wanted, given = pattern, candidate
        if "%b" in pattern or "%B" in pattern:
            given = _named_months(candidate)
            wanted = pattern.replace("%b", "%m").replace("%B", "%m")
            if given == candidate:
                continue
        try:
            day = dt.datetime.strptime(given, wanted).date()  # noqa: DTZ007 - a calendar day
        except ValueError:
            continue
        if _EARLIEST <= day.year <= _LATEST:
            return day
    return None


def checked(pattern: str) -> str:
    """A strptime pattern that the user states.

    Raises:
        DatePatternInvalid: it does not read back one whole day.
    """
    day = dt.date(2026, 11, 23)
    try:
        known = dt.datetime.strptime(day.strftime(pattern), pattern).date()  # noqa: DTZ007 - a day
    except (ValueError, re.error) as problem:
        raise DatePatternInvalid(pattern) from problem
    if known != day:
        raise DatePatternInvalid(pattern)
    return pattern


def _possible(text: str) -> tuple[str, ...]:
    """The patterns with the separators of this text: trying all takes five times as long."""
    bare = _TIME.sub("", text)
    if _WORD.search(bare):
        return tuple(pattern for pattern in PATTERNS if "%b" in pattern)
    for separator in "-/.":
        if separator in bare:
            return tuple(pattern for pattern in PATTERNS if separator in pattern)
    return _TIGHT


@dataclass
class DateVote:
    """What the cells of one column say about its pattern.

    Attributes:
        column: name of the column, for messages.
    """

    column: str
    _fits: dict[str, int] = field(default_factory=lambda: dict.fromkeys(PATTERNS, 0))
    _differs: dict[tuple[str, str], str] = field(default_factory=dict)

    def count(self, text: str) -> None:
        """Look at one cell."""
        read_as = {pattern: read(text, pattern) for pattern in _possible(text.strip())}
        found = {pattern: day for pattern, day in read_as.items() if day is not None}
        for pattern in found:
            self._fits[pattern] += 1
        names = list(found)
        for position, first in enumerate(names):
            for second in names[position + 1 :]:
                if found[first] != found[second]:
                    self._differs.setdefault((first, second), text.strip())

    def decide(self) -> str | None:
        """The pattern that reads most cells; None where none reads any.

        Raises:
            DatesAmbiguous: two read as many, and mean different days.
        """
        best = max(self._fits.values())
        if best == 0:
            return None
        winners = [pattern for pattern, count in self._fits.items() if count == best]
        for second in winners[1:]:
            example = self._differs.get((winners[0], second))
            if example is not None:
                raise DatesAmbiguous(self.column, example, winners[0], second)
        return winners[0]
