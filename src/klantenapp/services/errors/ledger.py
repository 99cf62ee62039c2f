"""Failures of the receivables ledger."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from klantenapp.services.errors.base import Refusal

if TYPE_CHECKING:
    import datetime as dt

    from klantenapp.models.values import Money


@dataclass(eq=False)
class PeriodLocked(Refusal):
    """The day lies in a period that was closed (a filed return or year).

    Attributes:
        day: the day asked for.
        through: last closed day.
    """

    day: dt.date
    through: dt.date
    field: ClassVar[str | None] = "date"


@dataclass(eq=False)
class SettlesTooMuch(Refusal):
    """More would be settled than is open on one of the two sides.

    Attributes:
        amount: asked for. open_amount: what is open.
    """

    amount: Money
    open_amount: Money
    field: ClassVar[str | None] = "amount"


@dataclass(eq=False)
class AlreadyVoid(Refusal):
    """The entry was voided before."""

    reference: str


@dataclass(eq=False)
class AlreadyReleased(Refusal):
    """The settlement was taken back before."""


@dataclass(eq=False)
class CloseInFuture(Refusal):
    """The books are to be closed through a day that is still to come."""

    day: dt.date
    field: ClassVar[str | None] = "through"


@dataclass(eq=False)
class ClosedFurther(Refusal):
    """The books are closed through a later day already."""

    through: dt.date
    field: ClassVar[str | None] = "through"


@dataclass(eq=False)
class NothingClosed(Refusal):
    """There is nothing to open again after that day."""

    field: ClassVar[str | None] = "through"


@dataclass(eq=False)
class ReopenWithoutReason(Refusal):
    """Opening closed days again says why."""

    field: ClassVar[str | None] = "reason"
