import bisect
import datetime as dt

import pytest

from klantenapp.services.reminders.holidays import public_holidays
from klantenapp.services.reminders.waiting import waiting

#: Written down from a calendar, not computed: the public holidays of 2026, 2027 and early 2028.
HOLIDAYS = frozenset(
    dt.date.fromisoformat(day)
    for day in [
        "2026-01-01",
        "2026-04-03",
        "2026-04-05",
        "2026-04-06",
        "2026-04-27",
        "2026-05-05",
        "2026-05-14",
        "2026-05-24",
        "2026-05-25",
        "2026-12-25",
        "2026-12-26",
        "2027-01-01",
        "2027-03-26",
        "2027-03-28",
        "2027-03-29",
        "2027-04-27",
        "2027-05-05",
        "2027-05-06",
        "2027-05-16",
        "2027-05-17",
        "2027-12-25",
        "2027-12-26",
        "2028-01-01",
    ]
)


def calendar():
    """All days on which post is delivered, as a sorted list: Tuesdays to Saturdays, no holidays."""
    first_tuesday = dt.date(2025, 12, 2)
    weeks = (first_tuesday + dt.timedelta(weeks=week) for week in range(115))
    days = (week + dt.timedelta(days=day) for week in weeks for day in range(5))
    return [day for day in days if day not in HOLIDAYS]


@pytest.mark.parametrize(
    ("posted", "delivered", "pay_through", "costs_from"),
    [
        ("2026-11-23", "2026-11-25", "2026-12-09", "2026-12-10"),  # Monday, the example
        ("2026-11-24", "2026-11-26", "2026-12-10", "2026-12-11"),
        ("2026-11-26", "2026-11-28", "2026-12-12", "2026-12-13"),  # Thursday: Friday, Saturday
        ("2026-11-27", "2026-12-01", "2026-12-15", "2026-12-16"),  # Friday: Saturday, Tuesday
        ("2026-11-28", "2026-12-02", "2026-12-16", "2026-12-17"),  # Saturday: Tuesday, Wednesday
        ("2026-11-29", "2026-12-02", "2026-12-16", "2026-12-17"),  # Sunday
        ("2026-12-24", "2026-12-30", "2027-01-13", "2027-01-14"),  # over Christmas
        ("2026-12-31", "2027-01-05", "2027-01-19", "2027-01-20"),  # over New Year
        ("2026-04-02", "2026-04-07", "2026-04-21", "2026-04-22"),  # over Easter: Saturday, Tuesday
    ],
)
def test_the_waiting_time_of_a_letter(posted, delivered, pay_through, costs_from):
    found = waiting(dt.date.fromisoformat(posted), HOLIDAYS)
    assert (
        found.delivered.isoformat(),
        found.pay_through.isoformat(),
        found.costs_from.isoformat(),
    ) == (delivered, pay_through, costs_from)


def test_every_posting_day_of_two_years_agrees_with_an_independent_calendar():
    delivery_days = calendar()
    posted = dt.date(2026, 1, 1)
    while posted <= dt.date(2027, 12, 31):
        second = delivery_days[bisect.bisect_right(delivery_days, posted) + 1]
        found = waiting(posted, public_holidays(2026, 2028))
        assert found.delivered == second, posted
        assert found.costs_from.toordinal() == second.toordinal() + 15
        assert found.pay_through.toordinal() == second.toordinal() + 14
        posted += dt.timedelta(days=1)


def test_the_holidays_are_those_written_down():
    known = {day for day in public_holidays(2026, 2027) if day.year < 2028}
    assert known == {day for day in HOLIDAYS if day.year < 2028}
