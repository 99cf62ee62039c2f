"""What can be wrong with documents of another program."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from klantenapp.services.errors.base import Refusal

if TYPE_CHECKING:
    import datetime as dt

    from klantenapp.models.values import Money


@dataclass(eq=False)
class CustomerAbsent(Refusal):
    """A row of history without a customer: set aside, unless one customer takes them all."""


@dataclass(eq=False)
class DocumentNumberTaken(Refusal):
    """A document with this number is there already."""

    number: str


@dataclass(eq=False)
class DocumentRowsDiffer(Refusal):
    """Rows of one document that say different things about the whole of it."""

    number: str
    first: str
    other: str


@dataclass(eq=False)
class DocumentTotalDiffers(Refusal):
    """The stated total is not what the lines make, with or without tax."""

    number: str
    stated: Money
    computed: Money


@dataclass(eq=False)
class DayInFuture(Refusal):
    """History lies in the past."""

    day: dt.date


@dataclass(eq=False)
class DueBeforeDate(Refusal):
    """Due before the document was made."""

    due: dt.date
    date: dt.date
