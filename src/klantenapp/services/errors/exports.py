"""What can be refused about files that go out."""

from __future__ import annotations

from dataclasses import dataclass

from klantenapp.services.errors.base import Refusal


@dataclass(eq=False)
class FormatUnknown(Refusal):
    """A file is asked for in a format that is not written.

    Attributes:
        name: of the file. known: endings that can be used.
    """

    name: str
    known: tuple[str, ...]
