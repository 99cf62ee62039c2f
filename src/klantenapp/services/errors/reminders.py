"""What can be refused about reminders, collection costs and interest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from klantenapp.services.errors.base import Refusal

if TYPE_CHECKING:
    import datetime as dt


@dataclass(eq=False)
class NoInterestRate(Refusal):
    """The table of statutory interest has no rate for a day on which interest runs.

    Attributes:
        day: the first such day.
    """

    day: dt.date


@dataclass(eq=False)
class NoCostScale(Refusal):
    """The table of collection costs has no scale for a day.

    Attributes:
        day: the day on which costs are claimed.
    """

    day: dt.date
