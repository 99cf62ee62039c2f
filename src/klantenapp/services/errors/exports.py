"""What can be refused about files that go out."""

from __future__ import annotations

from dataclasses import dataclass

from klantenapp.services.errors.base import Refusal


@dataclass(eq=False)
class OpenElsewhere(Refusal):
    """A file that is to be replaced is open in another program."""

    name: str


@dataclass(eq=False)
class MayNotChange(Refusal):
    """A file that is to be replaced is write-protected."""

    name: str


@dataclass(eq=False)
class TooLongForSheet(Refusal):
    """More rows than a sheet holds.

    Attributes:
        rows: of the report. most: that a sheet holds.
    """

    rows: int
    most: int


@dataclass(eq=False)
class FormatUnknown(Refusal):
    """A file is asked for in a format that is not written.

    Attributes:
        name: of the file. known: endings that can be used.
    """

    name: str
    known: tuple[str, ...]
