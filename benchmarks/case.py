"""What a benchmark measures: work of the program beside the least that the work could cost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Case:
    """One measurement. The ratio is what counts: it is about the same on every machine.

    Attributes:
        work: what the program does, once.
        limit: the bare thing, once: the same result from the parts alone.
        rounds: how often each is run; work and limit take turns.
        memory: measure once more what the most memory was that Python held at one moment.
        close: puts away what was made for it.
    """

    work: Callable[[], object]
    limit: Callable[[], object]
    rounds: int = 20
    close: Callable[[], object] = lambda: None
    memory: bool = False
