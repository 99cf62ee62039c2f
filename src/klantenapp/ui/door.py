"""Reads and writes for work that has a thread of its own, because it waits for the network."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sqlalchemy.orm import Session

    from klantenapp.services.store.changes import Changes
    from klantenapp.ui.administration import Administration

T = TypeVar("T")


class Door:
    """One open administration; made by `Ops.post`.

    Args:
        administration: the open one; it lets one writer in at a time.
        gone: whether the window closes, or has opened another file instead of this one.
        tell: hears what every write changed.
    """

    def __init__(
        self,
        administration: Administration,
        gone: Callable[[Administration], bool],
        tell: Callable[[Changes], object],
    ) -> None:
        self._administration = administration
        self._gone = gone
        self._tell = tell

    @property
    def path(self) -> Path:
        """The file."""
        return self._administration.path

    @property
    def is_closing(self) -> bool:
        """Whether the work should end."""
        return self._gone(self._administration)

    def read(self, query: Callable[[Session], T]) -> T:
        """Run a query."""
        return self._administration.read(query)

    def write(self, operation: str, work: Callable[[Session], T]) -> tuple[T, Changes]:
        """Run an operation; every page hears of it."""
        result, changes = self._administration.write(operation, work)
        if not self.is_closing:
            self._tell(changes)
        return result, changes
