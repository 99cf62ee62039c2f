import calendar
import datetime as dt
from itertools import islice, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klantenapp.models.values import Period
from klantenapp.services.sales.schedule import (
    Rule,
    Shift,
    Supply,
    Unit,
    Weekend,
    after,
    between,
    occurrences,
    supply_period,
)


def day(text):
    return dt.date.fromisoformat(text)


def first(rule, count):
    return [each.date.isoformat() for each in islice(occurrences(rule), count)]


# Written down from a calendar.
@pytest.mark.parametrize(
    ("rule", "dates"),
    [
        (Rule(day("2026-01-16")), ["2026-01-16", "2026-02-16", "2026-03-16", "2026-04-16"]),
        (
            Rule(day("2026-01-31")),
            ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31"],
        ),
        (Rule(day("2027-12-31")), ["2027-12-31", "2028-01-31", "2028-02-29", "2028-03-31"]),
        (Rule(day("2026-01-10"), day_of_month=31), ["2026-01-31", "2026-02-28", "2026-03-31"]),
        (Rule(day("2026-01-10"), day_of_month=5), ["2026-02-05", "2026-03-05"]),
        (Rule(day("2026-01-28"), every=3), ["2026-01-28", "2026-04-28", "2026-07-28"]),
        (Rule(day("2026-08-31"), every=6), ["2026-08-31", "2027-02-28", "2027-08-31"]),
        (
            Rule(day("2024-02-29"), unit=Unit.YEAR),
            ["2024-02-29", "2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29"],
        ),
        (
            Rule(day("2026-11-24"), every=2, unit=Unit.WEEK),
            ["2026-11-24", "2026-12-08", "2026-12-22", "2027-01-05"],
        ),
        # The weekend rule of the picture: 16 January 2027 is a Saturday.
        (
            Rule(day("2026-12-16"), weekend=Weekend.AFTER),
            ["2026-12-16", "2027-01-18", "2027-02-16", "2027-03-16", "2027-04-16"],
        ),
        (
            Rule(day("2026-12-16"), weekend=Weekend.BEFORE),
            ["2026-12-16", "2027-01-15", "2027-02-16"],
        ),
        # 31 January 2027 is a Sunday: before is the 29th, after is in February.
        (Rule(day("2027-01-31"), weekend=Weekend.BEFORE), ["2027-01-29", "2027-02-26"]),
        (Rule(day("2027-01-31"), weekend=Weekend.AFTER), ["2027-02-01", "2027-03-01"]),
        (
            Rule(day("2026-01-16"), end=day("2026-03-16")),
            ["2026-01-16", "2026-02-16", "2026-03-16"],
        ),
        (Rule(day("2026-01-16"), end=day("2026-03-15")), ["2026-01-16", "2026-02-16"]),
        (Rule(day("2026-01-16"), count=2), ["2026-01-16", "2026-02-16"]),
        (Rule(day("2026-01-16"), count=5, end=day("2026-02-20")), ["2026-01-16", "2026-02-16"]),
    ],
)
def test_the_dates_are_those_of_the_calendar(rule, dates):
    assert first(rule, len(dates) if rule.end is None and rule.count is None else 99) == dates


def test_the_reason_of_a_shift_is_told_and_the_planned_date_kept():
    rule = Rule(day("2027-01-31"), weekend=Weekend.AFTER)
    january, february, march = islice(occurrences(rule), 3)
    assert (january.planned, january.shifts) == (day("2027-01-31"), (Shift.SUNDAY,))
    assert (february.planned, february.shifts) == (
        day("2027-02-28"),
        (Shift.SHORT_MONTH, Shift.SUNDAY),
    )
    assert (march.planned, march.shifts, march.number) == (day("2027-03-31"), (), 3)


def test_the_dates_of_a_period_and_the_next_ones():
    rule = Rule(day("2026-12-16"), weekend=Weekend.AFTER)
    found = between(rule, day("2027-01-17"), day("2027-02-16"))
    assert [each.date.isoformat() for each in found] == ["2027-01-18", "2027-02-16"]
    assert [each.number for each in after(rule, day("2026-12-16"), 2)] == [2, 3]
    assert after(Rule(day("2026-12-16"), count=1), day("2026-12-16"), 5) == []


def test_a_rule_that_stands_still_is_refused():
    with pytest.raises(ValueError, match="0"):
        next(occurrences(Rule(day("2026-12-16"), every=0)))


@pytest.mark.parametrize(
    ("rule", "planned", "supply", "start", "end"),
    [
        (Rule(day("2026-01-16")), "2026-11-16", "this", "2026-11-01", "2026-11-30"),
        (Rule(day("2026-01-16")), "2026-11-16", "previous", "2026-10-01", "2026-10-31"),
        (Rule(day("2026-01-16")), "2026-01-16", "previous", "2025-12-01", "2025-12-31"),
        (Rule(day("2026-01-31")), "2026-01-31", "next", "2026-02-01", "2026-02-28"),
        (Rule(day("2026-01-28"), 3), "2026-10-28", "this", "2026-10-01", "2026-12-31"),
        (Rule(day("2026-01-28"), 3), "2026-10-28", "next", "2027-01-01", "2027-03-31"),
        (Rule(day("2026-03-15"), 1, Unit.YEAR), "2026-03-15", "this", "2026-03-15", "2027-03-14"),
        (Rule(day("2024-02-29"), 1, Unit.YEAR), "2027-02-28", "this", "2027-02-28", "2028-02-28"),
        (Rule(day("2024-02-29"), 1, Unit.YEAR), "2028-02-29", "this", "2028-02-29", "2029-02-27"),
        (Rule(day("2026-11-24"), 2, Unit.WEEK), "2026-11-24", "this", "2026-11-24", "2026-12-07"),
        (
            Rule(day("2026-11-24"), 2, Unit.WEEK),
            "2026-11-24",
            "previous",
            "2026-11-10",
            "2026-11-23",
        ),
    ],
)
def test_the_period_of_an_occurrence(rule, planned, supply, start, end):
    assert supply_period(rule, day(planned), Supply(supply)) == Period(day(start), day(end))


def test_an_occurrence_can_be_for_no_period():
    assert supply_period(Rule(day("2026-01-16")), day("2026-01-16"), Supply.NONE) is None


def is_planned(rule, at):
    """Whether a day is one of the rule, looked at by itself."""
    if at < rule.first:
        return False
    if rule.unit is Unit.WEEK:
        return (at.toordinal() - rule.first.toordinal()) % (7 * rule.every) == 0
    wanted = rule.day_of_month or rule.first.day
    if at.day != min(wanted, calendar.monthrange(at.year, at.month)[1]):
        return False
    begin = rule.first.year * 12 + rule.first.month
    if min(wanted, calendar.monthrange(rule.first.year, rule.first.month)[1]) < rule.first.day:
        begin += 1
    months = at.year * 12 + at.month - begin
    return months % (rule.every * (12 if rule.unit is Unit.YEAR else 1)) == 0


rules = st.builds(
    Rule,
    st.dates(dt.date(2024, 1, 1), dt.date(2028, 12, 31)),
    st.integers(1, 13),
    st.sampled_from(list(Unit)),
    st.none() | st.integers(1, 31),
    st.sampled_from(list(Weekend)),
)


def every_day(rule):
    return (rule.first + dt.timedelta(days=offset) for offset in range(3_654))


def likely_days(rule):
    """Days of the week of the first day, or the wanted day of each month: quicker to look at."""
    if rule.unit is Unit.WEEK:
        return (rule.first + dt.timedelta(days=offset) for offset in range(0, 3_654, 7))
    wanted = rule.day_of_month or rule.first.day
    return (
        dt.date(year, month, min(wanted, calendar.monthrange(year, month)[1]))
        for year in range(rule.first.year, rule.first.year + 12)
        for month in range(1, 13)
    )


def check_rule(rule, days):
    last = rule.first + dt.timedelta(days=3_653)
    expected = [at for at in days(rule) if at <= last and is_planned(rule, at)]
    found = []
    for each in occurrences(rule):
        if each.planned > last:
            break
        found.append(each)
        moved = (each.date - each.planned).days
        if rule.weekend is Weekend.KEEP or each.planned.isoweekday() < 6:
            assert moved == 0
        else:
            assert each.date.isoweekday() == (5 if rule.weekend is Weekend.BEFORE else 1)
            assert abs(moved) <= 2
    assert [each.planned for each in found] == expected
    for supply in (Supply.PREVIOUS, Supply.THIS, Supply.NEXT):
        periods = [supply_period(rule, each.planned, supply) for each in found]
        for one, following in pairwise(periods):
            assert one.end + dt.timedelta(days=1) == following.start


@settings(max_examples=20, deadline=None, derandomize=True)
@given(rules)
def test_ten_years_of_dates_equal_looking_at_every_day(rule):
    check_rule(rule, every_day)


@pytest.mark.full
@settings(max_examples=10_000, deadline=None)
@given(rules)
def test_ten_years_of_dates_ten_thousand_times(rule):
    check_rule(rule, likely_days)
