"""The period in the description of a recurring line: "{month} {year}" becomes "november 2026"."""

from __future__ import annotations

import datetime as dt
import string
from typing import TYPE_CHECKING

from klantenapp.i18n import translator
from klantenapp.services.errors.sales import UnknownPlaceholder

if TYPE_CHECKING:
    from collections.abc import Callable

    from klantenapp.i18n import Translator
    from klantenapp.models.values import Period

DAY = dt.timedelta(days=1)
MONTHS = 12


def period_text(template: str, period: Period, language: str) -> str:
    """Fill in a template in the customer's language.

    Args:
        template: text with {month}, {year}, {quarter}, {week}, {from}, {to} or {period}; the Dutch
            words for them are understood too. {month} and the others speak of the first day.
        period: of the supply, with both a start and an end.
        language: of the customer.

    Raises:
        UnknownPlaceholder: the template names something else.
        ValueError: the period is open.
    """
    if period.start is None or period.end is None:
        raise ValueError(period)
    speaker = translator(language)
    filled = []
    for text, name in _pieces(template):
        filled.append(text)
        if name is not None:
            filled.append(_PLACEHOLDERS[name](speaker, period.start, period.end))
    return "".join(filled)


def check_template(template: str) -> None:
    """Refuse a template that could not be filled in.

    Raises:
        UnknownPlaceholder: naming what is not known.
    """
    _pieces(template)


def _pieces(template: str) -> list[tuple[str, str | None]]:
    """Literal texts, each with the placeholder behind it."""
    try:
        parsed = [(text, name) for text, name, _, _ in string.Formatter().parse(template)]
    except ValueError as problem:
        raise UnknownPlaceholder(template) from problem
    for _, name in parsed:
        if name is not None and name not in _PLACEHOLDERS:
            raise UnknownPlaceholder(name)
    return parsed


def _month_name(speaker: Translator, day: dt.date) -> str:
    """The month without its year."""
    return speaker.month(day).removesuffix(f" {day.year}")


def _quarter(_speaker: Translator, start: dt.date, _end: dt.date) -> str:
    return str((start.month + 2) // 3)


def _whole(speaker: Translator, start: dt.date, end: dt.date) -> str:
    """A year, a month or several months where they are whole; else the first and last day."""
    after = end + DAY
    if start.day != 1 or after.day != 1:
        return f"{speaker.date(start)} – {speaker.date(end)}"
    months = (after.year - start.year) * MONTHS + after.month - start.month
    if months == 1:
        return speaker.month(start)
    if months == MONTHS and start.month == 1:
        return str(start.year)
    first = _month_name(speaker, start) if start.year == end.year else speaker.month(start)
    return f"{first} – {speaker.month(end)}"


_BY_NAME: tuple[
    tuple[tuple[str, ...], Callable[[Translator, dt.date, dt.date], str]],
    ...,
] = (
    (("month", "maand"), lambda speaker, start, _end: _month_name(speaker, start)),
    (("year", "jaar"), lambda _speaker, start, _end: str(start.year)),
    (("quarter", "kwartaal"), _quarter),
    (("week",), lambda _speaker, start, _end: str(start.isocalendar().week)),
    (("from", "van"), lambda speaker, start, _end: speaker.date(start)),
    (("to", "tot"), lambda speaker, _start, end: speaker.date(end)),
    (("period", "periode"), _whole),
)
_PLACEHOLDERS = {name: fill for names, fill in _BY_NAME for name in names}
