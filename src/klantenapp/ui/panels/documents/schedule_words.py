"""A schedule in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from klantenapp import i18n
from klantenapp.i18n import _, ngettext
from klantenapp.services.sales.schedule import Shift
from klantenapp.ui.tables.columns import Due

if TYPE_CHECKING:
    import datetime as dt

    from klantenapp.services.sales.recurring_data import RecurringData
    from klantenapp.services.sales.recurring_list import ScheduleRow
    from klantenapp.services.sales.schedule import Occurrence


def rule_words(every: int, unit: str, day: int | None) -> str:
    """Every month on day 16; every 3 months on day 28; every 2 weeks."""
    if unit == "week":
        return ngettext("Every week", "Every {count} weeks", every).format(count=every)
    if unit == "year":
        return ngettext("Every year", "Every {count} years", every).format(count=every)
    words = ngettext("Every month, day {day}", "Every {count} months, day {day}", every)
    return words.format(count=every, day=day or 1)


def next_words(found: ScheduleRow, today: dt.date) -> tuple[str, str]:
    """The next date, and how far away it is; or why there is none."""
    day = found.next_date
    if found.state == "paused":
        until = found.paused_until
        return "–", _("until {day}").format(day=i18n.date(until)) if until else ""
    if day is None:
        return "–", ""
    return i18n.date(day), Due.of(day, today).text if day >= today else _("missed")


def shift_words(found: Occurrence) -> str:
    """Why a date is not the day of the rule."""
    words = {
        Shift.SHORT_MONTH: _("short month"),
        Shift.SATURDAY: _("falls on a Saturday"),
        Shift.SUNDAY: _("falls on a Sunday"),
    }
    return ", ".join(words[shift] for shift in found.shifts)


def facts(data: RecurringData, found: ScheduleRow) -> list[tuple[str, str]]:
    """How a schedule runs, as pairs of words."""
    weekend = {
        "keep": _("Keep"),
        "before": _("Working day before"),
        "after": _("Next working day"),
    }[data.weekend]
    period = {
        "none": _("None"),
        "this": _("This period"),
        "next": _("Next period"),
        "previous": _("Previous period"),
    }[data.period]
    made = {
        "draft": _("As a draft"),
        "issue": _("Final at once"),
        "send": _("Final and sent"),
    }[data.mode]
    if data.days_ahead:
        ahead = ngettext("{count} day ahead", "{count} days ahead", data.days_ahead)
        made = f"{made}, {ahead.format(count=data.days_ahead)}"
    return [
        (_("In a weekend"), weekend),
        (_("Runs"), _span(data)),
        (_("Supply period"), period),
        *([(_("Period text"), data.period_text)] if data.period_text else []),
        (_("Made"), made),
        (_("Prices"), _("Of the invoice date")),
        (_("Last time"), i18n.date(found.last_date) if found.last_date else "–"),
    ]


def _span(data: RecurringData) -> str:
    start = i18n.date(data.first_date)
    if data.end_date is not None:
        return _("{start} through {end}").format(start=start, end=i18n.date(data.end_date))
    if data.count is not None:
        words = ngettext("{start}, {count} time", "{start}, {count} times", data.count)
        return words.format(start=start, count=data.count)
    return _("{start} until stopped").format(start=start)
