"""What the worklist window shows of a day, in one read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from klantenapp.services.reminders import bank_check, worklist

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy.orm import Session

    from klantenapp.services.reminders.worklist import Row


@dataclass(frozen=True)
class Desk:
    """The worklist of a day.

    Attributes:
        maybe_paid: customers with a bank line that nobody matched yet.
    """

    day: dt.date
    rows: tuple[Row, ...]
    maybe_paid: frozenset[int]

    @property
    def ready(self) -> tuple[Row, ...]:
        """Letters that may go."""
        return tuple(row for row in self.rows if row.is_ready)


def read(session: Session, day: dt.date) -> Desk:
    """The worklist with its warnings."""
    rows = tuple(worklist.read(session, day))
    return Desk(day, rows, bank_check.maybe_paid(session, rows))
