import contextlib
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantenapp import i18n
from klantenapp.typed import NotADate, NotANumber

cents = st.integers(-(10**13), 10**13)
units = st.integers(-(10**17), 10**17)
days = st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31))
formats = st.sampled_from(i18n.NUMBER_FORMATS)
languages = st.sampled_from(i18n.LANGUAGES)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.234,56", 123456),
        ("1234.56", 123456),
        ("1,234.56", 123456),
        ("1234,56", 123456),
        ("1.234.567,89", 123456789),
        ("1.234.567", 123456700),
        ("1,234,567", 123456700),
        ("1 234,56", 123456),
        ("1\u00a0234\u00a0567,8", 123456780),
        ("1.234", 123400),
        ("1234.5", 123450),
        (",50", 50),
        ("12,", 1200),
        ("0", 0),
        ("€ 25,-", 2500),
        ("€ 1.250,--", 125000),
        ("25 €", 2500),
        ("EUR 25", 2500),
        ("-12,50", -1250),
        ("€ −12,50", -1250),
        ("−€12.50", -1250),
        ("3*12,50", 3750),
        ("3 x 12,50", 3750),
        ("3×12,50 + 7,95", 4545),
        ("100-2,5*4", 9000),
        ("100/3", 3333),
        ("200/3", 6667),
        ("3*12,505", 3752),
        ("2*-3", -600),
        ("10 - -5", 1500),
    ],
)
def test_an_amount_is_read_the_way_people_type_it(text, expected):
    assert i18n.parse_money(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "abc",
        "1.23.4",
        "12.34,56",
        "1,2,3",
        "1..2",
        "1,2.3,4",
        "--",
        "3*",
        "*3",
        "1/0",
        "1e5",
        "12,345",
        "0,001",
        "1_000",
        "12:30",
        "٣",
        "1 2",
        "99999999999999",
        "9" * 101,
        "NaN",
        "=1+1",
        "3**2",
        "1 + ",
        "12 euro's",
    ],
)
def test_what_is_no_amount_is_refused_and_named(text):
    with pytest.raises(NotANumber) as caught:
        i18n.parse_money(text)
    assert isinstance(caught.value.text, str)


def test_one_separator_with_three_digits_follows_the_number_format():
    assert i18n.parse_quantity("1.234") == 12_340_000
    assert i18n.parse_quantity("1,234") == 12_340
    i18n.set_number_format("en")
    assert i18n.parse_quantity("1.234") == 12_340
    assert i18n.parse_quantity("1,234") == 12_340_000


@pytest.mark.parametrize("text", ["0.125", "0,125"])
def test_nothing_before_a_thousand_makes_it_a_fraction(text):
    assert i18n.parse_price(text) == 1250
    i18n.set_number_format("en")
    assert i18n.parse_price(text) == 1250


def test_four_digits_before_a_separator_are_no_thousands():
    assert i18n.parse_price("1234.567") == 12_345_670


def test_percentages_take_their_sign_or_leave_it():
    assert i18n.parse_percent("21%") == i18n.parse_percent("21") == 2100
    assert i18n.parse_percent("12,5 %") == 1250
    assert i18n.parse_percent("-5%") == -500


@given(cents, formats, st.booleans())
def test_every_written_amount_is_read_back(value, numbers, symbol):
    i18n.set_number_format(numbers)
    assert i18n.parse_money(i18n.money(value, symbol=symbol)) == value


@given(units, formats)
def test_every_written_quantity_and_price_is_read_back(value, numbers):
    i18n.set_number_format(numbers)
    assert i18n.parse_price(i18n.price(value)) == value
    written = i18n.quantity(value)
    assert i18n.parse_quantity(written) == value


@given(st.integers(-(10**9), 10**9), formats)
def test_every_written_percentage_is_read_back(points, numbers):
    i18n.set_number_format(numbers)
    assert i18n.parse_percent(i18n.percent(points)) == points


@given(days, languages)
def test_every_written_date_is_read_back_in_any_language(day, code):
    i18n.set_language(code)
    assert i18n.parse_date(i18n.date(day)) == day
    assert i18n.parse_date(i18n.long_date(day)) == day
    assert i18n.parse_date(day.isoformat()) == day


@given(st.text(max_size=20))
def test_any_text_gives_an_integer_or_the_one_failure(text):
    with contextlib.suppress(NotANumber):
        assert isinstance(i18n.parse_money(text), int)
    with contextlib.suppress(NotADate):
        assert isinstance(i18n.parse_date(text), dt.date)


@pytest.mark.parametrize(
    "text",
    [
        "23-11-2026",
        "23/11/2026",
        "23.11.2026",
        "23 11 2026",
        "23-11-26",
        "23112026",
        "20261123",
        "2026-11-23",
        " 23 november 2026",
        "23 nov 2026",
        "23 nov. 2026",
        "23NOV2026",
        "23 November 2026",
    ],
)
def test_a_date_is_read_day_first_or_iso(text):
    assert i18n.parse_date(text) == dt.date(2026, 11, 23)


def test_dutch_short_names_of_march_both_work():
    assert i18n.parse_date("1 mrt 2026") == i18n.parse_date("1 maart 2026") == dt.date(2026, 3, 1)


def test_a_day_that_starts_like_a_year_is_still_a_day():
    assert i18n.parse_date("20122026") == dt.date(2026, 12, 20)
    assert i18n.parse_date("19011999") == dt.date(1999, 1, 19)


def test_the_year_of_today_completes_a_date():
    today = dt.date(2026, 11, 23)
    assert i18n.parse_date("3-12", today) == dt.date(2026, 12, 3)
    assert i18n.parse_date("3 december", today) == dt.date(2026, 12, 3)


@pytest.mark.parametrize(
    "text",
    ["", "31-02-2026", "11/23/2026", "3-12", "23-11-0206", "99999999", "23 foo 2026", "2026"],
)
def test_what_is_no_date_is_refused(text):
    with pytest.raises(NotADate):
        i18n.parse_date(text)
