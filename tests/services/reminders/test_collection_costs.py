import datetime as dt
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klantenapp.models.values import Money, Percent
from klantenapp.services.errors.reminders import NoCostScale
from klantenapp.services.reminders.collection_costs import collection_costs, scale_on
from klantenapp.services.reminders.rates import COST_SCALES

(SCALE,) = COST_SCALES


@pytest.mark.parametrize(
    ("principal", "costs"),
    [
        ("0.01", "40.00"),
        ("100", "40.00"),
        ("266.66", "40.00"),
        ("266.67", "40.00"),
        ("266.70", "40.01"),  # 40.005
        ("1000", "150.00"),
        ("2500", "375.00"),
        ("2500.10", "375.01"),
        ("5000", "625.00"),
        ("10000", "875.00"),
        ("200000", "2775.00"),
        ("1000000", "6775.00"),
        ("2000000", "6775.00"),
        ("1234.56", "185.18"),  # 185.184
        ("3333.33", "458.33"),  # 375 + 83.333
        ("7500", "750.00"),  # 375 + 250 + 125
    ],
)
def test_costs_by_the_scale(principal, costs):
    assert str(collection_costs(Money.parse(principal), SCALE).costs) == costs


def test_nothing_owed_costs_nothing():
    assert collection_costs(Money(0), SCALE).total == Money(0)
    assert collection_costs(Money(-1), SCALE).total == Money(0)


def test_tax_comes_on_top_only_where_the_seller_cannot_deduct_it():
    with_tax = collection_costs(Money.parse("1000"), SCALE, Percent(2100))
    assert (str(with_tax.costs), str(with_tax.tax), str(with_tax.total)) == (
        "150.00",
        "31.50",
        "181.50",
    )
    smallest = collection_costs(Money.parse("100"), SCALE, Percent(2100))
    assert str(smallest.total) == "48.40"
    largest = collection_costs(Money.parse("2000000"), SCALE, Percent(2100))
    assert str(largest.total) == "8197.75"


def test_the_calculation_can_be_printed():
    found = collection_costs(Money.parse("6000"), SCALE)
    assert [(str(line.part), str(line.percent), str(line.amount)) for line in found.lines] == [
        ("2500.00", "15", "375.00"),
        ("2500.00", "10", "250.00"),
        ("1000.00", "5", "50.00"),
    ]
    assert (str(found.by_scale), str(found.costs)) == ("675.00", "675.00")
    least = collection_costs(Money.parse("100"), SCALE)
    assert (str(least.by_scale), str(least.costs)) == ("15.00", "40.00")


def test_before_the_law_there_is_no_scale():
    with pytest.raises(NoCostScale):
        scale_on(dt.date(2012, 6, 30), COST_SCALES)
    assert scale_on(dt.date(2026, 11, 24), COST_SCALES) is SCALE


@settings(max_examples=500, deadline=None, derandomize=True)
@given(st.integers(1, 10**10))
def test_costs_equal_the_formula_of_the_law(cents):
    euro = Decimal(cents) / 100
    exact = (
        min(euro, Decimal(2500)) * Decimal("0.15")
        + max(Decimal(0), min(euro, Decimal(5000)) - 2500) * Decimal("0.10")
        + max(Decimal(0), min(euro, Decimal(10000)) - 5000) * Decimal("0.05")
        + max(Decimal(0), min(euro, Decimal(200000)) - 10000) * Decimal("0.01")
        + max(Decimal(0), euro - 200000) * Decimal("0.005")
    ).quantize(Decimal("0.01"), ROUND_HALF_UP)
    expected = min(max(exact, Decimal(40)), Decimal(6775))
    assert Decimal(str(collection_costs(Money(cents), SCALE).costs)) == expected
