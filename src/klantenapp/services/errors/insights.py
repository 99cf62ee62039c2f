"""What can be refused about reports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from klantenapp.services.errors.base import Refusal

if TYPE_CHECKING:
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
class DecisionWithoutNote(Refusal):
    """A decision about credit says why, for later."""

    field: ClassVar[str | None] = "note"


@dataclass(eq=False)
class LimitNegative(Refusal):
    """A credit limit is nothing or more."""

    limit: Money
    field: ClassVar[str | None] = "limit"
