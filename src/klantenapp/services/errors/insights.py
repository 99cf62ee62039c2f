"""What can be refused about reports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from klantenapp.services.errors.base import Refusal

if TYPE_CHECKING:
    import datetime as dt

    from klantenapp.models.values import Money


@dataclass(eq=False)
class ReportUnknown(Refusal):
    """There is no report of that name.

    Attributes:
        name: asked for. known: the reports there are.
    """

    name: str
    known: tuple[str, ...]


@dataclass(eq=False)
class DayInFuture(Refusal):
    """A report that looks back is asked for a day that is still to come."""

    day: dt.date
    field: ClassVar[str | None] = "as_of"


@dataclass(eq=False)
class GroupUnknown(Refusal):
    """No customer carries a label of that name.

    Attributes:
        name: asked for. known: the labels there are.
    """

    name: str
    known: tuple[str, ...]


@dataclass(eq=False)
class NoGroups(Refusal):
    """A report is asked for those with a label, and there are no labels yet."""


@dataclass(eq=False)
class NotCompared(Refusal):
    """A report that has no period before to compare with.

    Attributes:
        name: asked for. known: the reports that can be compared.
    """

    name: str
    known: tuple[str, ...]


@dataclass(eq=False)
class DecisionWithoutNote(Refusal):
    """A decision about credit says why, for later."""

    field: ClassVar[str | None] = "note"


@dataclass(eq=False)
class LimitNegative(Refusal):
    """A credit limit is nothing or more."""

    limit: Money
    field: ClassVar[str | None] = "limit"
