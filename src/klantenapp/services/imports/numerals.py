"""Numbers in text: which decimal sign a column uses, and exact integers from its cells.

`1.234` is one thing with a decimal point and another with a decimal comma. One cell cannot tell;
a column mostly can. Where it cannot, the user is asked, never guessed for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from klantenapp.models.values import MAX_CENTS
from klantenapp.services.errors.imports import (
    DecimalsAmbiguous,
    DecimalsMixed,
    NotAnAmount,
    NumberTooLarge,
    TooManyDecimals,
)


class Decimals(StrEnum):
    """The decimal sign of a column."""

    COMMA = "comma"
    POINT = "point"


_COMMA = re.compile(r"(\d{1,3}(?:\.\d{3})+|\d+)?(?:,(\d+))?")
_POINT = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)?(?:\.(\d+))?")
_CURRENCY = re.compile(r"^(?:€|EUR)\s*|\s*(?:€|EUR)$", re.IGNORECASE)
_DASH_CENTS = re.compile(r"([.,])[-–—]{1,2}$")  # 12,- and 12,--
_SPACED = re.compile(r"(?<=\d)[ \u00a0\u202f'’](?=\d{3})")
_MINUS = str.maketrans({"−": "-", "–": "-"})
_LONGEST = 40


def _stripped(text: str) -> tuple[int, str] | None:
    """Sign and digits with separators: currency, spaces between thousands and brackets gone."""
    text = text.strip().translate(_MINUS)
    if not text or len(text) > _LONGEST:
        return None
    sign = 1
    if text.startswith("(") and text.endswith(")"):
        sign, text = -1, text[1:-1].strip()
    text = _CURRENCY.sub("", text)
    if text.startswith(("-", "+")):
        sign, text = (-sign if text[0] == "-" else sign), text[1:].strip()
    text = _DASH_CENTS.sub(r"\g<1>00", text)
    if text.endswith("-"):
        sign, text = -sign, text[:-1].strip()
    text = _SPACED.sub("", _CURRENCY.sub("", text))
    return sign, text


def read(text: str, decimals: Decimals) -> Decimal | None:
    """Read a number with that decimal sign; None where it is none."""
    found = _stripped(text)
    if found is None:
        return None
    sign, digits = found
    match = (_COMMA if decimals is Decimals.COMMA else _POINT).fullmatch(digits)
    if not match or not digits.isascii() or not (match[1] or match[2]):
        return None
    whole = (match[1] or "0").replace(".", "").replace(",", "")
    return sign * Decimal(f"{whole}.{match[2] or '0'}")


@dataclass
class DecimalVote:
    """What the cells of one column say about its decimal sign.

    Attributes:
        column: name of the column, for messages.
    """

    column: str
    _comma: tuple[int, str] | None = None
    _point: tuple[int, str] | None = None
    _either: str | None = None

    def count(self, line: int, text: str) -> None:
        """Look at one cell."""
        comma, point = read(text, Decimals.COMMA), read(text, Decimals.POINT)
        if comma is not None and point is None:
            self._comma = self._comma or (line, text.strip())
        elif point is not None and comma is None:
            self._point = self._point or (line, text.strip())
        elif comma != point:
            self._either = self._either or text.strip()

    def decide(self) -> Decimals:
        """The decimal sign of the column; a point where no cell has one.

        Raises:
            DecimalsMixed: a number that needs a comma, and one that needs a point.
            DecimalsAmbiguous: both fit every number, and mean different things.
        """
        if self._comma and self._point:
            raise DecimalsMixed(self.column, *self._comma, *self._point)
        if self._comma:
            return Decimals.COMMA
        if self._point:
            return Decimals.POINT
        if self._either:
            raise DecimalsAmbiguous(self.column, self._either)
        return Decimals.POINT


def scaled(value: Decimal, places: int, shown: str) -> int:
    """Turn a number into an integer of that many decimals, exactly.

    Args:
        value: the number.
        places: decimals that the field keeps (2 for cents).
        shown: the cell as the user sees it, for messages.

    Raises:
        TooManyDecimals: it would have to be rounded.
        NumberTooLarge: beyond what the program accepts.
        NotAnAmount: not finite.
    """
    if not value.is_finite():
        raise NotAnAmount(shown)
    if abs(value) > MAX_CENTS:
        raise NumberTooLarge(shown)
    whole = value.scaleb(places)
    if whole != whole.to_integral_value():
        raise TooManyDecimals(shown, places)
    if abs(whole) > MAX_CENTS * 10 ** (places - 2 if places > 2 else 0):  # noqa: PLR2004 - cents
        raise NumberTooLarge(shown)
    return int(whole)
