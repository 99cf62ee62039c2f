"""A schedule in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from klantenapp import i18n
from klantenapp.i18n import _, ngettext
from klantenapp.services.sales.schedule import Shift
from klantenapp.ui.tables.columns import Due

if TYPE_CHECKING:
    import datetime as dt

    from klantenapp.services.sales.schedule import Occurrence


def rule_words(every: int, unit: str, day: int | None) -> str:
    """Every month on day 16; every 3 months on day 28; every 2 weeks."""
    if unit == "week":
        return ngettext("Every week", "Every {count} weeks", every).format(count=every)
    if unit == "year":
        return ngettext("Every year", "Every {count} years", every).format(count=every)
    words = ngettext("Every month, day {day}", "Every {count} months, day {day}", every)
    return words.format(count=every, day=day or 1)


def next_words(day: dt.date | None, today: dt.date) -> tuple[str, str]:
    """The next date, and how far away it is."""
    if day is None:
        return "–", ""
    return i18n.date(day), Due.of(day, today).text if day >= today else _("missed")


def shift_words(found: Occurrence) -> str:
    """Why a date is not the day of the rule."""
    words = {
        Shift.SHORT_MONTH: _("last day of a short month"),
        Shift.SATURDAY: _("the day falls on a Saturday"),
        Shift.SUNDAY: _("the day falls on a Sunday"),
    }
    return ", ".join(words[shift] for shift in found.shifts)
