"""The one clock of the program: the day and the moment, which tests can set."""

from __future__ import annotations

import contextlib
import datetime as dt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_fixed: list[dt.datetime] = []


def now() -> dt.datetime:
    """The moment, in UTC."""
    return _fixed[-1] if _fixed else dt.datetime.now(dt.UTC)


def today() -> dt.date:
    """The calendar day where the user is."""
    return now().astimezone().date()


@contextlib.contextmanager
def stopped(at: dt.date | dt.datetime) -> Iterator[None]:
    """Stop the clock inside the block, at noon where only a day is given."""
    if not isinstance(at, dt.datetime):
        at = dt.datetime.combine(at, dt.time(12)).astimezone()
    _fixed.append(at.astimezone(dt.UTC))
    try:
        yield
    finally:
        _fixed.pop()
