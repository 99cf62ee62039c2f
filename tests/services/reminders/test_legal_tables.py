"""Rate tables that the user extends: in order, without a hole."""

from __future__ import annotations

import datetime as dt
from functools import partial

import pytest

from klantenapp.models.values import Percent
from klantenapp.services.errors import reminders as refused
from klantenapp.services.reminders import legal_tables
from klantenapp.services.reminders.interest import Kind

D = dt.date


def add(administration, day, percent="4.00"):
    work = partial(
        legal_tables.add_rate,
        kind=Kind.CONSUMER,
        valid_from=day,
        percent=Percent.parse(percent),
    )
    administration.write(legal_tables.ADD_RATE, work)


def test_the_next_half_year_is_added(administration):
    add(administration, D(2027, 1, 1), "5.00")
    last = administration.read(partial(legal_tables.rates, kind=Kind.CONSUMER))[-1]
    assert (last.valid_from, last.percent) == (D(2027, 1, 1), Percent(500))


@pytest.mark.parametrize(
    ("day", "percent", "failure"),
    [
        (D(2027, 7, 1), "4.00", refused.RateLeavesHole),
        (D(2011, 1, 1), "4.00", refused.RateLeavesHole),
        (D(2026, 7, 1), "4.00", refused.RateAlreadyThere),
        (D(2027, 1, 1), "101.00", refused.RateOutOfRange),
    ],
)
def test_a_hole_or_a_second_rate_for_a_day_is_refused(administration, day, percent, failure):
    with pytest.raises(failure):
        add(administration, day, percent)


def test_only_the_last_row_goes_away(administration):
    remove = partial(legal_tables.remove_rate, kind=Kind.CONSUMER)
    with pytest.raises(refused.RateLeavesHole):
        administration.write(legal_tables.REMOVE_RATE, partial(remove, valid_from=D(2026, 1, 1)))
    administration.write(legal_tables.REMOVE_RATE, partial(remove, valid_from=D(2026, 7, 1)))
