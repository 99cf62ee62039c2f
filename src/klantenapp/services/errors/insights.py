"""What can be refused about reports."""

from __future__ import annotations

from dataclasses import dataclass

from klantenapp.services.errors.base import Refusal


@dataclass(eq=False)
class ReportUnknown(Refusal):
    """There is no report of that name.

    Attributes:
        name: asked for. known: the reports there are.
    """

    name: str
    known: tuple[str, ...]
