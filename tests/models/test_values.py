"""Amounts are exact, and nothing that only looks like a number becomes one."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantenapp.models.values import (
    MAX_CENTS,
    Money,
    Percent,
    Period,
    Quantity,
    UnitPrice,
    divide_half_up,
    spread,
)


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("1234.56", 123456),
        ("-0.05", -5),
        ("+7", 700),
        ("0", 0),
        ("12.", 1200),
        ("1.10", 110),
        ("1.1000", 110),
        (12, 1200),
        (Decimal("1.5"), 150),
        (Decimal("1E+2"), 10000),
    ],
)
def test_a_plain_number_is_read_to_the_cent(text, cents):
    assert Money.parse(text) == Money(cents)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "x",
        "1,5",
        "1.234,56",
        "1 000",
        " 1",
        "1\n",
        "1_000",
        "1e2",
        "1E999999999",
        "nan",
        "inf",
        "-",
        ".",
        ".5",
        "1.005",
        "--1",
        "٣",
        "0x1",
        "1" * 40,
        "99999999999999.99",
        Decimal("NaN"),
        Decimal("Infinity"),
        "1.00000000000000000000000000000000000001",
    ],
)
def test_anything_else_is_refused(text):
    with pytest.raises(ValueError, match=r".*"):
        Money.parse(text)


def test_the_largest_amount_is_the_largest():
    assert Money.parse(str(Money(MAX_CENTS))) == Money(MAX_CENTS)
    with pytest.raises(ValueError, match=r".*"):
        Money.parse(str(Money(MAX_CENTS + 1)))


@given(st.integers(-MAX_CENTS, MAX_CENTS))
def test_what_is_written_is_read_back(cents):
    assert Money.parse(str(Money(cents))) == Money(cents)
    assert Percent.parse(str(Percent(cents))) == Percent(cents)
    assert Quantity.parse(str(Quantity(cents))) == Quantity(cents)
    assert UnitPrice.parse(str(UnitPrice(cents))) == UnitPrice(cents)


@given(st.integers(-(10**15), 10**15), st.integers(1, 10**6))
def test_halves_go_away_from_zero(numerator, denominator):
    exact = Decimal(numerator) / Decimal(denominator)
    assert abs(Decimal(divide_half_up(numerator, denominator)) - exact) <= Decimal("0.5")
    assert divide_half_up(-numerator, denominator) == -divide_half_up(numerator, denominator)
    assert divide_half_up(numerator, -denominator) == divide_half_up(-numerator, denominator)


@pytest.mark.parametrize(("cents", "rounded"), [(2012, 20), (2050, 21), (-2050, -21), (2049, 20)])
def test_the_rule_of_the_decree(cents, rounded):
    assert divide_half_up(cents, 100) == rounded


@given(st.integers(-(10**9), 10**9), st.lists(st.integers(0, 10**6), min_size=1, max_size=12))
def test_parts_add_up_to_the_whole(cents, weights):
    parts = spread(Money(cents), weights)
    assert sum(part.cents for part in parts) == cents
    whole = sum(weights)
    if whole:
        for part, weight in zip(parts, weights, strict=True):
            assert abs(part.cents * whole - cents * weight) < whole


def test_nothing_is_spread_over_nobody():
    assert spread(Money(100), []) == []
    assert spread(Money(100), [0, 0]) == [Money(100), Money(0)]


def test_a_period_ends_after_it_starts():
    one, two = dt.date(2026, 1, 1), dt.date(2026, 1, 2)
    with pytest.raises(ValueError, match=r".*"):
        Period(two, one)
    assert one in Period(one, one)
    assert Period(None, one).overlaps(Period(one, None))
    assert not Period(None, one).overlaps(Period(two, None))
