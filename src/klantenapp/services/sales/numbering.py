"""Numbers of documents: gapless per series and year, in order of date, never used twice.

The number is taken in the transaction that issues the document, so a failure takes it back.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import select, update

from klantenapp.models.document import Document, NumberCounter, NumberSeries
from klantenapp.services.errors.sales import (
    DateBeforeLast,
    FirstTooSmall,
    NumberTaken,
    PatternWithoutNumber,
    SeriesStarted,
)
from klantenapp.services.store import settings
from klantenapp.services.store.operations import REVERSIBLE, register

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy.orm import Session

CHANGE_PATTERN: Final = register("numbering.change_pattern", REVERSIBLE)
SET_FIRST: Final = register("numbering.set_first", REVERSIBLE)

#: Credit notes take their numbers from the series of the invoices.
SHARED_SERIES: Final = settings.Key("numbering.credit_notes_share_series", default=False)

_FIELD: Final = re.compile(r"\{(year|number)(?::(\d{1,2}))?\}")
_ALLOWED: Final = re.compile(r"[\w\-./ ]*")


@dataclass(frozen=True)
class Number:
    """A number that was given out.

    Attributes:
        year: 0 where the pattern has no year.
        number: counted from the first.
        text: as printed.
    """

    series_id: int
    year: int
    number: int
    text: str


def printed(pattern: str, year: int, number: int) -> str:
    """The number as the pattern prints it: "{year}-{number:4}" gives "2026-0189".

    Raises:
        PatternWithoutNumber: the pattern does not hold {number} once, or holds anything odd.
    """
    fields = [match.group(1) for match in _FIELD.finditer(pattern)]
    rest = _FIELD.sub("", pattern)
    if fields.count("number") != 1 or fields.count("year") > 1 or not _ALLOWED.fullmatch(rest):
        raise PatternWithoutNumber(pattern)

    def fill(match: re.Match[str]) -> str:
        value = year if match.group(1) == "year" else number
        return str(value).zfill(int(match.group(2) or 0))

    return _FIELD.sub(fill, pattern)


def _has_year(pattern: str) -> bool:
    return any(match.group(1) == "year" for match in _FIELD.finditer(pattern))


def series_of(session: Session, kind: str) -> NumberSeries:
    """The series that a kind of document takes its numbers from."""
    if kind == "credit_note" and settings.read(session, SHARED_SERIES):
        kind = "invoice"
    return session.scalars(
        select(NumberSeries).where(NumberSeries.kind == kind, NumberSeries.is_own)
    ).one()


def _counter(
    session: Session, series: NumberSeries, date: dt.date, pattern: str | None = None
) -> NumberCounter | None:
    year = date.year if _has_year(pattern or series.pattern) else 0
    return session.scalar(
        select(NumberCounter).where(
            NumberCounter.series_id == series.id, NumberCounter.year == year
        )
    )


def preview(session: Session, kind: str, date: dt.date, pattern: str | None = None) -> str:
    """The number that the next document of this kind would get on that day.

    Args:
        pattern: as if the series had this one; refused where it could not be chosen.

    Raises:
        PatternWithoutNumber: the pattern is not usable.
        NumberTaken: the next number under it exists.
    """
    series = series_of(session, kind)
    counter = _counter(session, series, date, pattern)
    text = printed(pattern or series.pattern, date.year, counter.last + 1 if counter else 1)
    if pattern is not None:
        _require_free(session, text)
    return text


def first_of(session: Session, kind: str, date: dt.date) -> int | None:
    """The number that the series begins with; None once one was given out."""
    counter = _counter(session, series_of(session, kind), date)
    if counter is None:
        return 1
    return counter.first if counter.last < counter.first else None


def require_in_order(session: Session, kind: str, date: dt.date) -> None:
    """Refuse a date before that of the last number: numbers and dates run together.

    Raises:
        DateBeforeLast: with the last date and number.
    """
    series = series_of(session, kind)
    last = session.execute(
        select(NumberCounter.last_date, NumberCounter.last, NumberCounter.year)
        .where(NumberCounter.series_id == series.id, NumberCounter.last_date.is_not(None))
        .order_by(NumberCounter.last_date.desc())
        .limit(1)
    ).one_or_none()
    if last is not None and last.last_date is not None and date < last.last_date:
        number = printed(series.pattern, last.year or last.last_date.year, last.last)
        raise DateBeforeLast(date, last.last_date, number)


def take(session: Session, kind: str, date: dt.date) -> Number:
    """Give out the next number; part of the transaction that issues the document.

    Raises:
        DateBeforeLast: the date lies before that of the last number.
        NumberTaken: the number exists (it was imported).
    """
    require_in_order(session, kind, date)
    series = series_of(session, kind)
    counter = _counter(session, series, date)
    if counter is None:
        year = date.year if _has_year(series.pattern) else 0
        counter = NumberCounter(series_id=series.id, year=year, first=1, last=0)
        session.add(counter)
        session.flush()
    number = session.scalars(
        update(NumberCounter)
        .where(NumberCounter.id == counter.id)
        .values(last=NumberCounter.last + 1, last_date=date)
        .returning(NumberCounter.last)
        .execution_options(synchronize_session=False)
    ).one()
    session.expire(counter)
    text = printed(series.pattern, date.year, number)
    _require_free(session, text)
    return Number(series.id, counter.year, number, text)


def _require_free(session: Session, text: str) -> None:
    if session.scalar(select(Document.id).where(Document.number == text).limit(1)) is not None:
        raise NumberTaken(text)


def change_pattern(session: Session, kind: str, pattern: str, today: dt.date) -> str:
    """Print numbers differently from the next one on; what was given out stays as it is.

    Returns:
        The next number under the new pattern.

    Raises:
        PatternWithoutNumber: the pattern is not usable.
        NumberTaken: the next number would be one that exists.
    """
    printed(pattern, today.year, 1)
    series = series_of(session, kind)
    series.pattern = pattern
    session.flush()
    upcoming = preview(session, kind, today)
    _require_free(session, upcoming)
    return upcoming


def set_first(session: Session, kind: str, first: int, today: dt.date) -> str:
    """Begin at a number other than 1; for who comes from another program.

    Returns:
        The next number.

    Raises:
        FirstTooSmall: below 1.
        SeriesStarted: numbers were given out already.
        NumberTaken: that number exists (it was imported).
    """
    if first < 1:
        raise FirstTooSmall
    series = series_of(session, kind)
    counter = _counter(session, series, today)
    if counter is not None and counter.last >= counter.first:
        raise SeriesStarted(printed(series.pattern, today.year, counter.last))
    if counter is None:
        year = today.year if _has_year(series.pattern) else 0
        session.add(NumberCounter(series_id=series.id, year=year, first=first, last=first - 1))
    else:
        counter.first, counter.last = first, first - 1
    session.flush()
    upcoming = preview(session, kind, today)
    _require_free(session, upcoming)
    return upcoming
