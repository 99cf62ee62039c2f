"""The dates of a recurring invoice. Pure.

A rule gives planned dates: every n weeks, months or years from a first day on. A month that is too
short uses its last day, and the next date goes back to the rule. A planned date in a weekend may
move to the Friday before or the Monday after; the planned date stays the name of the occurrence, so
that a date exists once whatever the weekend rule says later. The end of a rule looks at planned
dates.
"""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from itertools import takewhile
from typing import TYPE_CHECKING

from klantenapp.models.values import Period

if TYPE_CHECKING:
    from collections.abc import Iterator

DAY = dt.timedelta(days=1)
WEEK = 7
MONTHS = 12
SATURDAY = 5


class Unit(StrEnum):
    """What a rule counts in."""

    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


class Weekend(StrEnum):
    """What happens to a date on Saturday or Sunday."""

    KEEP = "keep"
    BEFORE = "before"
    AFTER = "after"


class Supply(StrEnum):
    """Which period an occurrence is for."""

    NONE = "none"
    THIS = "this"
    NEXT = "next"
    PREVIOUS = "previous"


class Shift(StrEnum):
    """Why a date is not the day that the rule names."""

    SHORT_MONTH = "short_month"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


@dataclass(frozen=True, slots=True)
class Rule:
    """When to invoice.

    Attributes:
        first: no date lies before it.
        every: 1 or more weeks, months or years.
        day_of_month: 1 to 31; None is the day of `first`. Weeks keep the weekday of `first`.
        end: no planned date lies after it.
        count: so many dates in all.
    """

    first: dt.date
    every: int = 1
    unit: Unit = Unit.MONTH
    day_of_month: int | None = None
    weekend: Weekend = Weekend.KEEP
    end: dt.date | None = None
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One date of a rule.

    Attributes:
        number: counted from 1.
        planned: by the rule; the key of the occurrence.
        date: after the weekend rule: the day of the invoice.
        shifts: why it is not the day that the rule names, in order.
    """

    number: int
    planned: dt.date
    date: dt.date
    shifts: tuple[Shift, ...] = ()


def occurrences(rule: Rule) -> Iterator[Occurrence]:
    """Every date of a rule in order; without an end there is no end.

    Raises:
        ValueError: less than one week, month or year between two dates.
    """
    if rule.every < 1:
        raise ValueError(rule.every)
    planned = _weeks(rule) if rule.unit is Unit.WEEK else _months(rule)
    ending = takewhile(lambda day: rule.end is None or day <= rule.end, planned)
    for number, day in enumerate(ending, start=1):
        if rule.count is not None and number > rule.count:
            return
        yield _occurrence(rule, number, day)


def between(rule: Rule, start: dt.date, end: dt.date) -> list[Occurrence]:
    """The occurrences whose invoice date lies from a day through a day."""
    near = takewhile(lambda each: each.planned <= end + WEEK * DAY, occurrences(rule))
    return [each for each in near if start <= each.date <= end]


def after(rule: Rule, day: dt.date, count: int) -> list[Occurrence]:
    """The next so many occurrences with a planned date after a day."""
    found: list[Occurrence] = []
    for each in occurrences(rule):
        if len(found) == count:
            break
        if each.planned > day:
            found.append(each)
    return found


def date_of(rule: Rule, planned: dt.date) -> dt.date:
    """The date of a planned day, after what happens in weekends."""
    near = takewhile(lambda each: each.planned <= planned, occurrences(rule))
    return next((each.date for each in near if each.planned == planned), planned)


def supply_period(rule: Rule, planned: dt.date, supply: Supply) -> Period | None:
    """The period that an occurrence is for.

    Months are whole calendar months from that of the planned date on ("the month of the invoice");
    weeks and years run from the planned date itself.
    """
    if supply is Supply.NONE:
        return None
    steps = {Supply.THIS: 0, Supply.NEXT: 1, Supply.PREVIOUS: -1}[supply]
    start = planned.replace(day=1) if rule.unit is Unit.MONTH else planned
    return Period(_stepped(rule, start, steps), _stepped(rule, start, steps + 1) - DAY)


def _stepped(rule: Rule, day: dt.date, steps: int) -> dt.date:
    if rule.unit is Unit.WEEK:
        return day + steps * rule.every * WEEK * DAY
    if rule.unit is Unit.MONTH:
        return _in_month(day, steps * rule.every, 1)
    if steps == 0:
        return day
    return _in_month(day, steps * rule.every * MONTHS, rule.day_of_month or rule.first.day)


def _weeks(rule: Rule) -> Iterator[dt.date]:
    day = rule.first
    while True:
        yield day
        day += rule.every * WEEK * DAY


def _months(rule: Rule) -> Iterator[dt.date]:
    """From the first month on in which the day does not lie before the first day."""
    day_of_month = rule.day_of_month or rule.first.day
    begin = 0 if _in_month(rule.first, 0, day_of_month) >= rule.first else 1
    step = rule.every * (MONTHS if rule.unit is Unit.YEAR else 1)
    while True:
        yield _in_month(rule.first, begin, day_of_month)
        begin += step


def _in_month(day: dt.date, months: int, day_of_month: int) -> dt.date:
    """A day in the month so many months later, or the last day of a month that is too short."""
    year, month = divmod(day.year * MONTHS + day.month - 1 + months, MONTHS)
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(day_of_month, last))


def _occurrence(rule: Rule, number: int, planned: dt.date) -> Occurrence:
    shifts: list[Shift] = []
    if rule.unit is not Unit.WEEK and planned.day < (rule.day_of_month or rule.first.day):
        shifts.append(Shift.SHORT_MONTH)
    date = planned
    if rule.weekend is not Weekend.KEEP and planned.weekday() >= SATURDAY:
        is_saturday = planned.weekday() == SATURDAY
        shifts.append(Shift.SATURDAY if is_saturday else Shift.SUNDAY)
        back = 1 if is_saturday else 2
        date = (
            planned - back * DAY if rule.weekend is Weekend.BEFORE else planned + (3 - back) * DAY
        )
    return Occurrence(number, planned, date, tuple(shifts))
