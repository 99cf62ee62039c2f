"""Failures of the command line itself: its files and what stands in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from klantenapp.services.errors.base import Refusal

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(eq=False)
class CannotRead(Refusal):
    """A file that was named cannot be read.

    Attributes:
        reason: in the words of the system.
    """

    path: Path
    reason: str


@dataclass(eq=False)
class CannotWrite(Refusal):
    """A file that was named cannot be written; nothing half is left.

    Attributes:
        reason: in the words of the system.
    """

    path: Path
    reason: str


@dataclass(eq=False)
class NotJson(Refusal):
    """The file is no JSON object.

    Attributes:
        line: where reading stopped.
    """

    path: Path
    line: int


@dataclass(eq=False)
class UnknownField(Refusal):
    """A field of a JSON file that nothing knows.

    Attributes:
        known: the fields that can be used.
    """

    name: str
    known: tuple[str, ...]


@dataclass(eq=False)
class WrongValue(Refusal):
    """A field of a JSON file holds something else than it should."""

    name: str


@dataclass(eq=False)
class NoAdministration(Refusal):
    """No file was named, and the user has none yet."""

    path: Path
