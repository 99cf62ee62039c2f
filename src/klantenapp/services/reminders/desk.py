"""What the worklist window shows of a day, in one read; and the same counted, for elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from klantenapp.models.values import total
from klantenapp.services.errors.reminders import NoCostScale, NoInterestRate
from klantenapp.services.reminders import bank_check, worklist

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy.orm import Session

    from klantenapp.models.values import Money
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


@dataclass(frozen=True)
class Waiting:
    """Letters that may go today: how many, over how much, to whom."""

    count: int
    amount: Money
    names: tuple[str, ...]


def read(session: Session, day: dt.date) -> Desk:
    """The worklist with its warnings."""
    rows = tuple(worklist.read(session, day))
    return Desk(day, rows, bank_check.maybe_paid(session, rows))


def waiting(session: Session, day: dt.date) -> Waiting:
    """Letters of a day, counted; none where a legal table is missing: the window says so."""
    try:
        rows = [row for row in worklist.read(session, day) if row.is_ready]
    except (NoInterestRate, NoCostScale):
        rows = []
    return Waiting(
        len(rows),
        total(row.claim.principal for row in rows),
        tuple(row.debtor.name for row in rows[:3]),
    )
