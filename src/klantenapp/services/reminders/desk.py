"""What the worklist window shows of a day, in one read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from klantenapp.services.messages import accounts
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
        can_mail: a mail server is set up; without one a mail waits in the outbox.
    """

    day: dt.date
    rows: tuple[Row, ...]
    maybe_paid: frozenset[int]
    can_mail: bool = True

    @property
    def ready(self) -> tuple[Row, ...]:
        """Letters that may go."""
        return tuple(row for row in self.rows if row.is_ready)


def read(session: Session, day: dt.date) -> Desk:
    """The worklist with its warnings."""
    rows = tuple(worklist.read(session, day))
    can_mail = accounts.read(session).is_ready
    return Desk(day, rows, bank_check.maybe_paid(session, rows), can_mail)
