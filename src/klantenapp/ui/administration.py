"""What the window asks of an administration; `services.store.administration` fulfils it.

The window is painted before the services are imported, so it knows them by this shape only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from sqlalchemy.orm import Session

    from klantenapp.services.store.changes import Changes

T = TypeVar("T")


class Step(Protocol):
    """One entry of an undo stack."""

    @property
    def operation(self) -> str:
        """Name of the operation."""


class Stack(Protocol):
    """What the window did and took back, newest last."""

    @property
    def done(self) -> Sequence[Step]:
        """What undo takes back."""

    @property
    def undone(self) -> Sequence[Step]:
        """What redo does again."""


class Administration(Protocol):
    """What the door needs of `services.store.administration.Administration`."""

    @property
    def path(self) -> Path:
        """The file."""

    @property
    def read_only(self) -> bool:
        """Whether nothing can be written."""

    @property
    def stack(self) -> Stack:
        """What this window can undo."""

    def write(self, operation: Any, work: Callable[[Session], T]) -> tuple[T, Changes]:
        """Run one operation (a name, or an `audit.Act`) in one transaction."""

    def read(self, query: Callable[[Session], T]) -> T:
        """Run one query."""

    def undo(self) -> Changes:
        """Undo the last operation of this window."""

    def redo(self) -> Changes:
        """Do again what was undone last."""

    def changed_elsewhere(self) -> bool:
        """Whether another process wrote since this was last asked."""

    def close(self) -> None:
        """Let the file go."""


def newest(steps: Sequence[Step]) -> str | None:
    """Name of the last operation of a stack."""
    return steps[-1].operation if steps else None
