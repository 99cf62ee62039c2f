"""Failures of customers, contacts and addresses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from klantenapp.services.errors.base import Refusal


@dataclass(eq=False)
class NameMissing(Refusal):
    """A customer needs a name."""

    field: ClassVar[str | None] = "name"


@dataclass(eq=False)
class CustomerNumberTaken(Refusal):
    """Another customer has, or had, this number.

    Attributes:
        number: asked for. name: of that customer.
    """

    number: str
    name: str
    field: ClassVar[str | None] = "number"


@dataclass(eq=False)
class FieldTooLong(Refusal):
    """Longer than a field may be.

    Attributes:
        limit: in characters.
    """

    limit: int


@dataclass(eq=False)
class CustomerInUse(Refusal):
    """The customer has documents or payments; it can be archived, not deleted.

    Attributes:
        name: of the customer.
    """

    name: str


@dataclass(eq=False)
class MergeWithItself(Refusal):
    """A customer cannot be merged into itself, or into one that was merged."""

    number: str


@dataclass(eq=False)
class LabelEmpty(Refusal):
    """A label is a word."""

    field: ClassVar[str | None] = "labels"
