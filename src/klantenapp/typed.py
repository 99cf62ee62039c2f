"""Reading what people type: amounts, sums, percentages and dates. Pure; nothing is guessed.

Numbers. Both signs are understood, whatever the number format of the interface:

- two different separators: the last one is the decimal sign (`1.234,56`, `1,234.56`);
- the same separator twice or more: thousands (`1.234.567`);
- a single separator followed by anything but three digits: the decimal sign (`1234.56`, `12,5`);
- a single separator followed by exactly three digits is ambiguous, so the number format of the
  interface decides: in Dutch `1.234` is 1234 and `1,234` is 1.234; in English the other way
  round. Where it cannot be thousands (`0.125`, `1234.567`) it is the decimal sign;
- groups of thousands have three digits, or the text is refused (`12.34,56`);
- spaces between thousands, a euro sign, and a closing `,-` as in `€ 25,-` are allowed.

Sums. `+`, `-`, `*` (also `×` and `x`) and `/` with the usual precedence: `3*12,50 + 7,95`. The
result of a sum is rounded half up to what the field can hold; a plain number that has more
decimals than that is refused, because rounding it would be a guess.

Dates. Day, month, year in any of `23-11-2026`, `23/11/26`, `23.11.2026`, `23112026`,
`23 november 2026`, `23 nov`; and ISO `2026-11-23`, `20261123`. Never month before day.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

#: What is longer is no number that a person typed.
LONGEST = 100
#: Years that a business writes down; others are slips of the finger (0206).
FIRST_YEAR, LAST_YEAR = 1900, 2199

_SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f']+")
_SIGNS = str.maketrans({"−": "-", "–": "-", "×": "*", "x": "*", "X": "*"})
_TOKEN = re.compile(r"[0-9][0-9.,]*|[.,][0-9]+|[-+*/]")
_WHOLE_EURO = re.compile(r"(?<=[0-9]),-{1,2}$")
_SPACED_THOUSANDS = re.compile(
    r"(?<![0-9.,])[0-9]{1,3}(?:[\s\u00a0\u2007\u2009\u202f'][0-9]{3})+(?![0-9])"
)


class NotANumber(ValueError):  # noqa: N818 - it says what the text is
    """The text is no number that the field can hold.

    Attributes:
        text: what was typed.
    """

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


class NotADate(ValueError):  # noqa: N818 - it says what the text is
    """The text is no date.

    Attributes:
        text: what was typed.
    """

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


def number(text: str, *, scale: int, decimal: str, largest: int) -> int:
    """Read a number or a sum as an integer of 1/scale.

    Args:
        text: what was typed, without a unit.
        scale: how many of the result make one whole: a power of ten.
        decimal: the decimal sign of the interface, "," or ".".
        largest: the largest absolute result.

    Raises:
        NotANumber: it is none, it has more decimals than fit, or it is too large.
    """
    tokens = _tokens(text)
    numerator, denominator = _sum(tokens, text, decimal)
    if denominator < 0:
        numerator, denominator = -numerator, -denominator
    whole, rest = divmod(abs(numerator) * scale, denominator)
    is_sum = any(part in "+-*/" for part in tokens[1:])
    if rest and not is_sum:
        raise NotANumber(text)
    if rest * 2 >= denominator:
        whole += 1
    if whole > largest:
        raise NotANumber(text)
    return whole if numerator >= 0 else -whole


def _tokens(text: str) -> list[str]:
    """Cut into numbers and signs; anything else refuses the whole."""
    if len(text) > LONGEST:
        raise NotANumber(text)
    plain = text.translate(_SIGNS).strip()
    plain = _WHOLE_EURO.sub("", plain)
    plain = _SPACED_THOUSANDS.sub(lambda match: _SPACES.sub("", match[0]), plain)
    tokens = _TOKEN.findall(plain)
    if not tokens or "".join(tokens) != _SPACES.sub("", plain):
        raise NotANumber(text)
    return tokens


def _sum(tokens: list[str], text: str, decimal: str) -> tuple[int, int]:
    """Value of a sum of products, as a fraction.

    Args:
        tokens: numbers and signs in turn; the first number of a product may carry a minus.
        text: the whole, for the failure.
        decimal: the decimal sign of the interface.
    """
    total, over = 0, 1
    rest = list(reversed(tokens))
    sign = 1
    while True:
        while rest and rest[-1] in "+-":
            sign = -sign if rest.pop() == "-" else sign
        numerator, denominator = _product(rest, text, decimal)
        total, over = total * denominator + sign * numerator * over, over * denominator
        if not rest:
            return total, over
        sign = -1 if rest.pop() == "-" else 1


def _product(rest: list[str], text: str, decimal: str) -> tuple[int, int]:
    """Take one product from the end of the reversed tokens."""
    numerator, denominator = _operand(rest, text, decimal)
    while rest and rest[-1] in "*/":
        sign = rest.pop()
        factor, over = _operand(rest, text, decimal)
        if sign == "/":
            factor, over = over, factor
        if over == 0:
            raise NotANumber(text)
        numerator, denominator = numerator * factor, denominator * over
    return numerator, denominator


def _operand(rest: list[str], text: str, decimal: str) -> tuple[int, int]:
    """Take one number from the end of the reversed tokens, as a fraction; it may be negative."""
    negative = bool(rest) and rest[-1] == "-"
    if negative:
        rest.pop()
    if not rest or rest[-1] in "+-*/":
        raise NotANumber(text)
    whole, fraction = _split(rest.pop(), text, decimal)
    number = int(f"0{whole}{fraction}")
    return -number if negative else number, int(10 ** len(fraction))


def _split(token: str, text: str, decimal: str) -> tuple[str, str]:
    """Tell the digits before the decimal sign from those after it; rules in the module's text."""
    marks = [mark for mark in token if mark in ".,"]
    if not marks:
        return token, ""
    last = marks[-1]
    before, after = token.rsplit(last, 1)
    if len(set(marks)) == len(marks) == 1:
        could_be_thousands = len(after) == 3 and re.fullmatch(r"[1-9][0-9]{0,2}", before)  # noqa: PLR2004 - a thousand has three zeros
        return (before + after, "") if could_be_thousands and last != decimal else (before, after)
    if len(set(marks)) == 1:
        return _ungrouped(token, last, text), ""
    other = "," if last == "." else "."
    if last in before:
        raise NotANumber(text)
    return _ungrouped(before, other, text), after


def _ungrouped(token: str, mark: str, text: str) -> str:
    """Digits without their thousands signs, which must stand in the right places."""
    if not re.fullmatch(rf"[0-9]{{1,3}}(?:{re.escape(mark)}[0-9]{{3}})+", token):
        raise NotANumber(text)
    return token.replace(mark, "")


_DAY_FIRST = re.compile(r"([0-9]{1,2})[-/. ]([0-9]{1,2})(?:[-/. ]([0-9]{4}|[0-9]{2}))?")
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_NAMED = re.compile(r"([0-9]{1,2})[-. ]*([^\W\d_]{3,})\.?[-. ]*([0-9]{4}|[0-9]{2})?")
_COMPACT = re.compile(r"[0-9]{8}")


def date(text: str, *, months: Mapping[str, int], today: dt.date | None = None) -> dt.date:
    """Read a date.

    Args:
        text: what was typed.
        months: lower-case month names and abbreviations to 1..12.
        today: gives the year where none was typed; without it a year is asked.

    Raises:
        NotADate: it is none, or lies outside the years 1900 to 2199.
    """
    plain = " ".join(text.split()).lower()
    year, month, day = _date_parts(plain, months) or (None, 0, 0)
    if year is None and today is not None:
        year = today.year
    elif year is not None and year < 100:  # noqa: PLR2004 - two digits
        year += 2000
    if year is None or not FIRST_YEAR <= year <= LAST_YEAR:
        raise NotADate(text)
    try:
        return dt.date(year, month, day)
    except ValueError as problem:
        raise NotADate(text) from problem


def _date_parts(plain: str, months: Mapping[str, int]) -> tuple[int | None, int, int] | None:
    """Year as it was typed (None where it was not), month and day; None for no date."""
    if match := _ISO.fullmatch(plain):
        return int(match[1]), int(match[2]), int(match[3])
    if match := _DAY_FIRST.fullmatch(plain):
        return int(match[3]) if match[3] else None, int(match[2]), int(match[1])
    if match := _NAMED.fullmatch(plain):
        return int(match[3]) if match[3] else None, months.get(match[2], 0), int(match[1])
    if _COMPACT.fullmatch(plain):
        # 19 and 20 are no months, so a year in front cannot be read the other way round.
        if plain[:2] in {"19", "20"} and int(plain[4:6]) <= 12:  # noqa: PLR2004 - months of a year
            return int(plain[:4]), int(plain[4:6]), int(plain[6:])
        return int(plain[4:]), int(plain[2:4]), int(plain[:2])
    return None
