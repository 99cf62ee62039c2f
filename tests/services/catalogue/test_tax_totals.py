from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klantenapp.models.values import Money, Percent
from klantenapp.services.catalogue.tax import Category
from klantenapp.services.catalogue.tax_totals import TaxedAmount, totals
from klantenapp.services.errors.catalogue import DiscountAboveTotal

CENT = Decimal("0.01")
KINDS = {
    "21": (Category.STANDARD, Percent(2100)),
    "9": (Category.STANDARD, Percent(900)),
    "13": (Category.STANDARD, Percent(1300)),
    "0": (Category.ZERO, Percent(0)),
    "E": (Category.EXEMPT, Percent(0)),
    "O": (Category.OUTSIDE_SCOPE, None),
}


def line(amount, kind):
    return TaxedAmount(Money.parse(amount), *KINDS[kind])


def half_up(value):
    return value.quantize(CENT, ROUND_HALF_UP)


def figures(result):
    return (
        [f"{rate.base} {rate.tax}" for rate in result.rates],
        str(result.net),
        str(result.tax),
        str(result.total),
    )


# Worked out by hand: lines, discount, prices include tax -> (base tax per rate), net, tax, total.
@pytest.mark.parametrize(
    ("lines", "discount", "gross", "expected"),
    [
        # The vector of the tax office: total method.
        (
            [("37.50", "21"), ("12.50", "21")],
            "0",
            False,
            (["50.00 10.50"], "50.00", "10.50", "60.50"),
        ),
        (
            [("100.00", "21"), ("100.00", "9"), ("50.00", "0")],
            "0",
            False,
            (["100.00 21.00", "100.00 9.00", "50.00 0.00"], "250.00", "30.00", "280.00"),
        ),
        # Discount 10.00 over 200/100: 6.67 and 3.33; 193.33 x 21 % = 40.5993, 96.67 x 9 % = 8.7003.
        (
            [("200.00", "21"), ("100.00", "9")],
            "10.00",
            False,
            (["193.33 40.60", "96.67 8.70"], "290.00", "49.30", "339.30"),
        ),
        # 10 % of 300.00 is 30.00: 20.00 and 10.00.
        (
            [("200.00", "21"), ("100.00", "9")],
            "10%",
            False,
            (["180.00 37.80", "90.00 8.10"], "270.00", "45.90", "315.90"),
        ),
        # 0.125 is rounded up: 0.50 x 21 % = 0.105 -> 0.11.
        ([("0.50", "21")], "0", False, (["0.50 0.11"], "0.50", "0.11", "0.61")),
        # Gross leads: 121.00 / 1.21 = 100.00.
        ([("121.00", "21")], "0", True, (["100.00 21.00"], "100.00", "21.00", "121.00")),
        # 10.00 / 1.21 = 8.2645 -> 8.26; tax 1.74.
        ([("10.00", "21")], "0", True, (["8.26 1.74"], "8.26", "1.74", "10.00")),
        # 0.03 / 1.21 = 0.0248 -> 0.02.
        ([("0.03", "21")], "0", True, (["0.02 0.01"], "0.02", "0.01", "0.03")),
        # Gross with discount 10.00 of 300.00: 200 -> 193.33, 100 -> 96.67.
        # 193.33 / 1.21 = 159.7769 -> 159.78; 96.67 / 1.09 = 88.688 -> 88.69.
        (
            [("200.00", "21"), ("100.00", "9")],
            "10.00",
            True,
            (["159.78 33.55", "88.69 7.98"], "248.47", "41.53", "290.00"),
        ),
        # The same rate under two categories is not added up.
        (
            [("10.00", "0"), ("20.00", "E")],
            "0",
            False,
            (["10.00 0.00", "20.00 0.00"], "30.00", "0.00", "30.00"),
        ),
        ([("75.00", "O")], "5.00", False, (["70.00 0.00"], "70.00", "0.00", "70.00")),
        # A line back on the same invoice lowers its own rate; the discount stays with the other.
        (
            [("100.00", "21"), ("-20.00", "9")],
            "8.00",
            False,
            (["92.00 19.32", "-20.00 -1.80"], "72.00", "17.52", "89.52"),
        ),
        ([], "0", False, ([], "0.00", "0.00", "0.00")),
        # 100 % discount.
        ([("80.00", "21")], "80.00", False, (["0.00 0.00"], "0.00", "0.00", "0.00")),
    ],
)
def test_totals_worked_out_by_hand(lines, discount, gross, expected):
    off = Percent.parse(discount[:-1]) if discount.endswith("%") else Money.parse(discount)
    result = totals([line(*each) for each in lines], off, prices_include_tax=gross)
    assert figures(result) == expected


def test_line_nets_of_gross_prices_follow_by_largest_remainder():
    # 3 x 10.00 at 21 %: base of 30.00 is 24.79; each line is 8.2645, so one line carries the cent.
    result = totals([line("10.00", "21")] * 3, prices_include_tax=True)
    assert [str(net) for net in result.line_nets] == ["8.27", "8.26", "8.26"]
    assert str(result.lines) == "24.79"


def test_a_discount_above_the_lines_is_refused():
    with pytest.raises(DiscountAboveTotal) as caught:
        totals([line("10.00", "21")], Money.parse("10.01"))
    assert (str(caught.value.discount), str(caught.value.limit)) == ("10.01", "10.00")


@pytest.mark.parametrize(
    "step",
    [pytest.param(1, marks=pytest.mark.full), pytest.param(41, id="sample")],
)
def test_every_gross_amount_to_a_thousand_euro_is_on_the_document_to_the_cent(step):
    for kind in ("21", "9", "13", "0"):
        percent = Decimal(KINDS[kind][1].points) / 10000
        for cents in range(1, 100_001, step):
            result = totals([TaxedAmount(Money(cents), *KINDS[kind])], prices_include_tax=True)
            assert result.total.cents == cents
            base = half_up(Decimal(cents) / 100 / (1 + percent))
            assert Decimal(str(result.net)) == base


lines_of_any_kind = st.lists(
    st.tuples(st.integers(-500_000, 1_000_000), st.sampled_from(["21", "9", "13", "0", "E"])),
    max_size=12,
)


def check_totals(lines, discount, gross):
    given_lines = [TaxedAmount(Money(cents), *KINDS[kind]) for cents, kind in lines]
    whole = sum(cents for cents, _ in lines)
    off = Money(discount * max(0, whole) // 10_000)
    result = totals(given_lines, off, prices_include_tax=gross)
    # What it must hold, computed with decimals and without a look at the code.
    assert result.total == result.net + result.tax
    assert result.lines == Money(sum(net.cents for net in result.line_nets))
    assert result.net == result.lines - result.discount
    for rate in result.rates:
        assert rate.base == rate.lines - rate.discount
        percent = Decimal(rate.percent.points) / 10_000
        if not gross:
            assert Decimal(str(rate.tax)) == half_up(Decimal(str(rate.base)) * percent)
    if gross:
        assert result.total == Money(whole) - off
        for net, (cents, kind) in zip(result.line_nets, lines, strict=True):
            exact = Decimal(cents) / (1 + Decimal(KINDS[kind][1].points) / 10_000)
            assert abs(net.cents - exact) < 1
    else:
        assert list(result.line_nets) == [each.amount for each in given_lines]
        assert result.discount == off
    mirrored = totals(
        [TaxedAmount(-each.amount, each.category, each.percent) for each in given_lines],
        -off,
        prices_include_tax=gross,
    )
    if whole > 0 and all(cents >= 0 for cents, _ in lines):
        assert mirrored.total == -result.total
        assert mirrored.line_nets == tuple(-net for net in result.line_nets)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(lines_of_any_kind, st.integers(0, 10_000), st.booleans())
def test_totals_equal_lines_plus_tax_per_rate(lines, discount, gross):
    check_totals(lines, discount, gross)


@pytest.mark.full
@settings(max_examples=10_000, deadline=None)
@given(lines_of_any_kind, st.integers(0, 10_000), st.booleans())
def test_totals_equal_lines_plus_tax_per_rate_ten_thousand_times(lines, discount, gross):
    check_totals(lines, discount, gross)
