import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klantenapp.models.values import Money, Percent
from klantenapp.services.errors.reminders import NoInterestRate
from klantenapp.services.reminders.interest import Kind, Payment, RateRow, interest
from klantenapp.services.reminders.rates import INTEREST_RATES

CONSUMER, COMMERCIAL = Kind.CONSUMER, Kind.COMMERCIAL


def run(kind, principal, since, through, *payments):
    return interest(
        Money.parse(principal),
        dt.date.fromisoformat(since),
        dt.date.fromisoformat(through),
        INTEREST_RATES[kind],
        [
            Payment(dt.date.fromisoformat(day), Money.parse(amount), first == ["interest"])
            for day, amount, *first in payments
        ],
    )


# Worked out with a pocket calculator: days and rate of each stretch in the comment.
TABLE = [
    # 31 d 4 %: 3.397260
    (CONSUMER, "1000", "2026-08-01", "2026-08-31", [], "3.40"),
    # A leap year has 366 days of 1/365. 366 d 7 %: 70.191781
    (CONSUMER, "1000", "2024-01-01", "2024-12-31", [], "70.19"),
    # 184 d 6 %: 30.246575, 181 d 4 %: 19.835616
    (CONSUMER, "1000", "2025-07-01", "2026-06-30", [], "50.08"),
    # 30 d 11.15 %: 45.821918, 62 d 10.15 %: 86.205479
    (COMMERCIAL, "5000", "2025-06-01", "2025-08-31", [], "132.03"),
    # 107 d 10.15 %: 74.401864, 92 d 10.40 %: 65.547353
    (COMMERCIAL, "2500.50", "2026-03-16", "2026-09-30", [], "139.95"),
    # Two years: 306 d 7 % + 59 d 6 % = 68.383562;
    # on 1,068.38: 306 d 6 %: 53.740978, 59 d 4 %: 6.907882
    (CONSUMER, "1000", "2024-03-01", "2026-02-28", [], "129.03"),
    # From 29 February: 307 d 7 %: 70.652055, 59 d 6 %: 11.638356; on 1,282.29: 10 d 6 %: 2.107874
    (CONSUMER, "1200", "2024-02-29", "2025-03-10", [], "84.40"),
    # 46 d 12.5 %: 157.534247; on 6,000: 15 d 12.5 %: 30.821918, 62 d 12.25 %: 124.849315
    (COMMERCIAL, "10000", "2024-05-01", "2024-08-31", [("2024-06-15", "4000")], "313.21"),
    # A payment on the last day of a rate. 31 d 6 %: 4.076712; on 500: 31 d 4 %: 1.698630
    (CONSUMER, "800", "2025-12-01", "2026-01-31", [("2025-12-31", "300")], "5.78"),
    # Interest first: 90 d 10.15 %: 25.03 paid; on 525.03: 91 d 10.15 %: 13.286136
    (
        COMMERCIAL,
        "1000",
        "2026-01-01",
        "2026-06-30",
        [("2026-03-31", "500", "interest")],
        "38.32",
    ),
    # Paid in full: 40 d 4 %: 0.438356, and then nothing
    (CONSUMER, "100", "2026-01-01", "2026-12-31", [("2026-02-09", "100")], "0.44"),
    # A payment before default lowers the principal at once. 31 d 4 % on 400: 1.358904
    (CONSUMER, "1000", "2026-08-01", "2026-08-31", [("2026-07-15", "600")], "1.36"),
    # A payment after the last day is not there yet. 31 d 4 %: 3.397260
    (CONSUMER, "1000", "2026-08-01", "2026-08-31", [("2026-09-01", "600")], "3.40"),
    # Three years. 141 d 10.5 %, 184 d 12 %, 40 d 12.5 %: 860.650685; on 8,360.65: 142 d 12.5 %,
    # 184 d 12.25 %, 40 d 11.15 %: 1,025.038596;
    # on 9,385.69: 141 d 11.15 %, 224 d 10.15 %: 988.904584
    (COMMERCIAL, "7500", "2023-02-10", "2026-02-09", [], "2874.59"),
    # One day: 71.232877
    (COMMERCIAL, "250000", "2026-07-01", "2026-07-01", [], "71.23"),
    # No day.
    (CONSUMER, "1000", "2026-08-01", "2026-07-31", [], "0.00"),
    # Interest of past years is paid first: 68.38 after a year; 92 d 6 % on 1,068.38: 16.157418;
    # 100 pays 68.38 + 16.16 and 15.46 of the principal; 214 d 6 % on 984.54: 34.634229
    (
        CONSUMER,
        "1000",
        "2024-03-01",
        "2025-12-31",
        [("2025-05-31", "100", "interest")],
        "119.17",
    ),
]


@pytest.mark.parametrize(("kind", "principal", "since", "through", "payments", "total"), TABLE)
def test_interest_worked_out_by_hand(kind, principal, since, through, payments, total):
    found = run(kind, principal, since, through, *payments)
    assert str(found.total) == total
    assert sum(line.amount.cents for line in found.lines) == found.total.cents


def test_the_table_has_the_periods_that_the_issue_asks_for():
    assert len(TABLE) >= 12


def test_the_calculation_can_be_printed():
    found = run(CONSUMER, "1000", "2024-03-01", "2025-12-31", ("2025-05-31", "100", "interest"))
    assert [
        (
            line.since.isoformat(),
            line.through.isoformat(),
            line.days,
            str(line.principal),
            str(line.percent),
            str(line.amount),
        )
        for line in found.lines
    ] == [
        ("2024-03-01", "2024-12-31", 306, "1000.00", "7", "58.68"),
        ("2025-01-01", "2025-02-28", 59, "1000.00", "6", "9.70"),
        ("2025-03-01", "2025-05-31", 92, "1068.38", "6", "16.16"),
        ("2025-06-01", "2025-12-31", 214, "984.54", "6", "34.63"),
    ]
    assert (str(found.paid), str(found.open), str(found.principal)) == (
        "84.54",
        "34.63",
        "984.54",
    )


def test_a_half_year_without_a_known_rate_is_marked_as_assumed():
    found = run(COMMERCIAL, "1000", "2026-12-01", "2027-01-31")
    assert [(line.through.isoformat(), line.assumed) for line in found.lines] == [
        ("2026-12-31", False),
        ("2027-01-31", True),
    ]
    added = (*INTEREST_RATES[COMMERCIAL], RateRow(dt.date(2027, 1, 1), Percent(1050)))
    again = interest(Money(100_000), dt.date(2026, 12, 1), dt.date(2027, 1, 31), added)
    assert [line.assumed for line in again.lines] == [False, False]


def test_a_day_before_the_table_is_refused():
    with pytest.raises(NoInterestRate) as caught:
        run(CONSUMER, "1000", "2011-12-31", "2012-01-31")
    assert caught.value.day == dt.date(2011, 12, 31)
    with pytest.raises(NoInterestRate):
        interest(Money(1), dt.date(2026, 1, 1), dt.date(2026, 1, 2), ())


def test_the_table_of_rates_is_the_one_of_the_fact_sheet():
    consumer = {row.valid_from: row for row in INTEREST_RATES[CONSUMER]}
    commercial = {row.valid_from: row for row in INTEREST_RATES[COMMERCIAL]}
    assert consumer[dt.date(2026, 7, 1)].percent == Percent(400)
    assert commercial[dt.date(2026, 7, 1)].percent == Percent(1040)
    assert commercial[dt.date(2026, 7, 1)].certainty == "B-"
    assert commercial[dt.date(2025, 7, 1)].percent == Percent(1015)
    assert consumer[dt.date(2024, 1, 1)].percent == Percent(700)


YEAR = 10_000 * 365


def half_up(accrued):
    """Of parts of a cent, counted in 1/YEAR."""
    return (accrued * 2 + YEAR) // (YEAR * 2)


def day_by_day(principal, since, through, rows, payments):
    """The same by brute force: one day at a time."""
    owed, added, accrued, settled, total = principal, 0, 0, 0, 0
    year, day = 1, since
    for at, amount, _first in payments:
        if at < since:
            owed -= min(owed, amount)
    while day <= through:
        percent = [row.percent.points for row in rows if row.valid_from <= day][-1]
        accrued += (owed + added) * percent
        for at, paid, first in payments:
            if at != day:
                continue
            amount = paid
            if first:
                settled += half_up(accrued)
                total += half_up(accrued)
                accrued = 0
                old = min(amount, added)
                new = min(amount - old, settled)
                added, settled, amount = added - old, settled - new, amount - old - new
            owed -= min(owed, amount)
        tomorrow = day + dt.timedelta(days=1)
        try:
            anniversary = since.replace(year=since.year + year)
        except ValueError:
            anniversary = dt.date(since.year + year, 3, 1)
        if tomorrow == anniversary:
            total += half_up(accrued)
            added += settled + half_up(accrued)
            accrued, settled, year = 0, 0, year + 1
        day = tomorrow
    return total + half_up(accrued), owed


claims = st.tuples(
    st.sampled_from([CONSUMER, COMMERCIAL]),
    st.integers(1, 5_000_000),
    st.dates(dt.date(2022, 11, 1), dt.date(2025, 3, 31)) | st.just(dt.date(2024, 2, 29)),
    st.integers(-1, 900),
    st.lists(
        st.tuples(st.integers(-20, 900), st.integers(1, 2_000_000), st.booleans()), max_size=4
    ),
)


def check_interest(claim):
    kind, principal, since, days, parts = claim
    through = since + dt.timedelta(days=days)
    payments = sorted(
        (since + dt.timedelta(days=offset), amount, first) for offset, amount, first in parts
    )
    found = interest(
        Money(principal),
        since,
        through,
        INTEREST_RATES[kind],
        [Payment(day, Money(amount), first) for day, amount, first in payments],
    )
    total, left = day_by_day(principal, since, through, INTEREST_RATES[kind], payments)
    if days >= 0:
        assert (found.total.cents, found.principal.cents) == (total, left)
    assert sum(line.days for line in found.lines) == max(0, days + 1)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(claims)
def test_interest_equals_counting_day_by_day(claim):
    check_interest(claim)


@pytest.mark.full
@settings(max_examples=10_000, deadline=None)
@given(claims)
def test_interest_equals_counting_day_by_day_ten_thousand_times(claim):
    check_interest(claim)
