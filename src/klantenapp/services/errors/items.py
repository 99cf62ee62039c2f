"""Failures of items."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from klantenapp.services.errors.base import Refusal


@dataclass(eq=False)
class ItemCodeMissing(Refusal):
    """An item needs a code."""

    field: ClassVar[str | None] = "code"


@dataclass(eq=False)
class ItemNameMissing(Refusal):
    """An item needs a Dutch name."""

    field: ClassVar[str | None] = "name"


@dataclass(eq=False)
class ItemCodeTaken(Refusal):
    """Another item has this code.

    Attributes:
        code: asked for. name: of that item.
    """

    code: str
    name: str
    field: ClassVar[str | None] = "code"


@dataclass(eq=False)
class ItemPriceNegative(Refusal):
    """A price is zero or more."""

    field: ClassVar[str | None] = "price"


@dataclass(eq=False)
class ItemInUse(Refusal):
    """The item is on a document, a list or a contract; it can be archived, not deleted."""

    name: str
