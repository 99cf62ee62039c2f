"""Days and periods that one wants most, by name."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from klantenapp.i18n import N_
from klantenapp.services.insights.revenue import later

if TYPE_CHECKING:
    from collections.abc import Callable

    Span = tuple[dt.date | None, dt.date | None]

_DAY: Final = dt.timedelta(days=1)


def _months(first: dt.date, count: int) -> Span:
    return first, later(first, count) - _DAY


def _month(day: dt.date) -> dt.date:
    return day.replace(day=1)


def _quarter(day: dt.date) -> dt.date:
    return dt.date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


#: Key -> title and the period on a day; "own" keeps what was typed.
PERIODS: Final[dict[str, tuple[str, Callable[[dt.date], Span]]]] = {
    "month": (N_("This month"), lambda day: _months(_month(day), 1)),
    "month_before": (N_("Last month"), lambda day: _months(later(_month(day), -1), 1)),
    "quarter": (N_("This quarter"), lambda day: _months(_quarter(day), 3)),
    "quarter_before": (N_("Last quarter"), lambda day: _months(later(_quarter(day), -3), 3)),
    "year": (N_("This year"), lambda day: _months(day.replace(month=1, day=1), 12)),
    "year_before": (N_("Last year"), lambda day: _months(dt.date(day.year - 1, 1, 1), 12)),
    "months_12": (N_("Last 12 months"), lambda day: _months(later(_month(day), -11), 12)),
    "all": (N_("Everything"), lambda _day: (None, None)),
}
OWN: Final = "own"

#: Key -> title and the day; the ends that are past.
DAYS: Final[dict[str, tuple[str, Callable[[dt.date], dt.date]]]] = {
    "today": (N_("Today"), lambda day: day),
    "month": (N_("End of last month"), lambda day: _month(day) - _DAY),
    "quarter": (N_("End of last quarter"), lambda day: _quarter(day) - _DAY),
}


def named(start: dt.date | None, end: dt.date | None, today: dt.date) -> str:
    """The name of a period, or "own"."""
    return next(
        (key for key, (_title, span) in PERIODS.items() if span(today) == (start, end)), OWN
    )
