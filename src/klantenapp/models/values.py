"""Money, quantities, prices, percentages and periods: frozen, exact, and nothing but integers.

Every amount in the program is one of these types. Amounts are integer cents, quantities and unit
prices integers of 1/10,000, percentages basis points (1/100 of a percent). Rounding happens in
one way only: half away from zero, at the moment that a function says so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Self

from typing_extensions import override

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

#: Units of a quantity or a unit price in one whole.
SCALE = 10_000
#: Basis points in the whole (100 %).
WHOLE = 10_000
#: The largest amount the program accepts, in cents; sums of a million of these still fit 64 bits.
MAX_CENTS = 10**13


def divide_half_up(numerator: int, denominator: int) -> int:
    """Divide integers and round half away from zero.

    Source of the rule: Wet OB, art. 5a Uitvoeringsbesluit (20.125 becomes 20.13).
    """
    if denominator < 0:
        numerator, denominator = -numerator, -denominator
    quotient, remainder = divmod(abs(numerator), denominator)
    if remainder * 2 >= denominator:
        quotient += 1
    return quotient if numerator >= 0 else -quotient


#: Digits with at most one point: no exponent, no underscores, no digits of other scripts.
_NUMBER = re.compile(r"([+-]?)([0-9]{1,20})(?:\.([0-9]{0,20}))?", re.ASCII)


def _scaled(text: str | int | Decimal, scale: int) -> int:
    """Read a plain decimal number with a point into an integer of 1/scale.

    Raises:
        ValueError: the text is no plain number, or has more decimals than fit.
    """
    written = format(text, "f") if isinstance(text, Decimal) else str(text)
    match = _NUMBER.fullmatch(written)
    if match is None:
        raise ValueError(text)
    sign, whole, decimals = match[1], match[2], (match[3] or "").rstrip("0")
    places = len(str(scale)) - 1
    if len(decimals) > places:
        raise ValueError(text)
    scaled = int(whole) * scale + int(decimals.ljust(places, "0") or "0")
    if scaled > MAX_CENTS * SCALE:
        raise ValueError(text)
    return -scaled if sign == "-" else scaled


def _plain(number: int, scale: int, least: int) -> str:
    """Write an integer of 1/scale with a point and at least so many decimals."""
    sign = "-" if number < 0 else ""
    whole, rest = divmod(abs(number), scale)
    digits = str(rest).zfill(len(str(scale)) - 1).rstrip("0").ljust(least, "0")
    return f"{sign}{whole}.{digits}" if digits else f"{sign}{whole}"


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount in euro, in whole cents; negative where the ledger says so."""

    cents: int

    @classmethod
    def parse(cls, text: str | int | Decimal) -> Self:
        """Read "1234.56" (a point, at most two decimals).

        Raises:
            ValueError: no plain amount, or larger than the program accepts.
        """
        cents = _scaled(text, 100)
        if abs(cents) > MAX_CENTS:
            raise ValueError(text)
        return cls(cents)

    def __add__(self, other: Money) -> Money:
        return Money(self.cents + other.cents)

    def __sub__(self, other: Money) -> Money:
        return Money(self.cents - other.cents)

    def __neg__(self) -> Money:
        return Money(-self.cents)

    def __abs__(self) -> Money:
        return Money(abs(self.cents))

    def __bool__(self) -> bool:
        return self.cents != 0

    @override
    def __str__(self) -> str:
        """The machine form, "1234.56"; people get `i18n`'s."""
        return _plain(self.cents, 100, 2)

    def share(self, percent: Percent) -> Money:
        """That percentage of this amount, half up to the cent."""
        return Money(divide_half_up(self.cents * percent.points, WHOLE))


ZERO = Money(0)


def total(amounts: Iterable[Money]) -> Money:
    """Sum of amounts; nothing is 0.00."""
    return Money(sum(amount.cents for amount in amounts))


@dataclass(frozen=True, slots=True, order=True)
class Quantity:
    """How many, in 1/10,000 of the unit."""

    units: int

    @classmethod
    def parse(cls, text: str | int | Decimal) -> Self:
        """Read "2.5" (a point, at most four decimals); ValueError otherwise."""
        return cls(_scaled(text, SCALE))

    def __bool__(self) -> bool:
        return self.units != 0

    def __neg__(self) -> Quantity:
        return Quantity(-self.units)

    @override
    def __str__(self) -> str:
        return _plain(self.units, SCALE, 0)


ONE = Quantity(SCALE)


@dataclass(frozen=True, slots=True, order=True)
class UnitPrice:
    """Price of one unit, in 1/10,000 euro."""

    units: int

    @classmethod
    def parse(cls, text: str | int | Decimal) -> Self:
        """Read "12.345" (a point, at most four decimals); ValueError otherwise."""
        return cls(_scaled(text, SCALE))

    @classmethod
    def of(cls, amount: Money) -> Self:
        """The price that equals an amount in cents."""
        return cls(amount.cents * (SCALE // 100))

    @override
    def __str__(self) -> str:
        return _plain(self.units, SCALE, 2)

    def rounded(self) -> UnitPrice:
        """This price, half up to the cent."""
        step = SCALE // 100
        return UnitPrice(divide_half_up(self.units, step) * step)

    def changed(self, percent: Percent) -> UnitPrice:
        """This price plus that percentage of it (negative lowers), half up to 1/10,000."""
        return UnitPrice(divide_half_up(self.units * (WHOLE + percent.points), WHOLE))

    def times(self, quantity: Quantity, discount: Percent | None = None) -> Money:
        """Amount of a line: quantity × price − discount, half up to the cent, rounded once."""
        points = WHOLE - (discount.points if discount else 0)
        return Money(
            divide_half_up(
                self.units * quantity.units * points,
                SCALE * SCALE * WHOLE // 100,
            )
        )


@dataclass(frozen=True, slots=True, order=True)
class Percent:
    """A percentage, in basis points: 21 % is 2100."""

    points: int

    @classmethod
    def parse(cls, text: str | int | Decimal) -> Self:
        """Read "21" or "12.5" (a point, at most two decimals); ValueError otherwise."""
        return cls(_scaled(text, 100))

    def __bool__(self) -> bool:
        return self.points != 0

    def __neg__(self) -> Percent:
        return Percent(-self.points)

    @override
    def __str__(self) -> str:
        return _plain(self.points, 100, 0)


NO_PERCENT = Percent(0)


@dataclass(frozen=True, slots=True, order=True)
class Days:
    """A mean of whole days, in hundredths of a day: of statistics, never of an amount."""

    hundredths: int

    @classmethod
    def mean(cls, days: Sequence[int]) -> Self:
        """The mean of at least one number of days, half up to 1/100."""
        return cls(divide_half_up(sum(days) * 100, len(days)))

    @override
    def __str__(self) -> str:
        return _plain(self.hundredths, 100, 0)


@dataclass(frozen=True, slots=True)
class Period:
    """Days from start through end, both included; None is open on that side.

    Raises:
        ValueError: the end lies before the start.
    """

    start: dt.date | None = None
    end: dt.date | None = None

    def __post_init__(self) -> None:
        """Refuse a period that ends before it starts."""
        if self.start and self.end and self.end < self.start:
            raise ValueError(self.start, self.end)

    def __contains__(self, day: dt.date) -> bool:
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)

    def overlaps(self, other: Period) -> bool:
        """Whether any day is in both."""
        return not (
            (self.end is not None and other.start is not None and self.end < other.start)
            or (other.end is not None and self.start is not None and other.end < self.start)
        )


def spread(amount: Money, weights: list[int]) -> list[Money]:
    """Divide an amount over weights by largest remainder: the parts sum to it exactly.

    Args:
        amount: what to divide; may be negative.
        weights: non-negative; where all are zero the first part gets everything.
    """
    whole = sum(weights)
    if not weights:
        return []
    if whole == 0:
        return [amount] + [ZERO] * (len(weights) - 1)
    sign = -1 if amount.cents < 0 else 1
    parts = [divmod(abs(amount.cents) * weight, whole) for weight in weights]
    cents = [quotient for quotient, _ in parts]
    left = abs(amount.cents) - sum(cents)
    by_remainder = sorted(range(len(parts)), key=lambda index: (-parts[index][1], index))
    for index in by_remainder[:left]:
        cents[index] += 1
    return [Money(sign * value) for value in cents]
