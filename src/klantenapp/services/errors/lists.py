"""Failures of the lists that the user edits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from klantenapp.services.errors.base import Refusal


@dataclass(eq=False)
class ChoiceNameMissing(Refusal):
    """A choice needs a name."""

    field: ClassVar[str | None] = "name"


@dataclass(eq=False)
class ChoiceNameTaken(Refusal):
    """Another choice in the list has this name."""

    name: str
    field: ClassVar[str | None] = "name"


@dataclass(eq=False)
class ChoiceInUse(Refusal):
    """It is chosen somewhere, and cannot be deleted.

    Attributes:
        name: of the choice. count: records that chose it.
    """

    name: str
    count: int


@dataclass(eq=False)
class ChoiceIsDefault(Refusal):
    """The business has it as its default.

    Attributes:
        name: of the choice.
    """

    name: str


@dataclass(eq=False)
class TermDaysWrong(Refusal):
    """A term is between 0 and so many days.

    Attributes:
        most: days.
    """

    most: int
    field: ClassVar[str | None] = "days"


@dataclass(eq=False)
class TermDiscountIncomplete(Refusal):
    """An early-payment discount is a percentage below 100 within days that the term has."""

    field: ClassVar[str | None] = "discount"


@dataclass(eq=False)
class TermTaken(Refusal):
    """There is such a term already.

    Attributes:
        name: of that term.
    """

    name: str
    field: ClassVar[str | None] = "days"
