"""A story: what is to happen to an example, act by act, each on its own moment."""

from __future__ import annotations

import datetime as dt
import heapq
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING

from klantenapp.services.store import clock

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterator

    from klantenapp.services.store.administration import Administration


@dataclass
class Story:
    """What is to happen, in order of its moment; acts may add later ones.

    Attributes:
        until: nothing happens after this moment.
    """

    administration: Administration
    random: random.Random
    until: dt.datetime
    _acts: list[tuple[dt.datetime, int, Callable[[], object]]] = field(default_factory=list)
    _order: Iterator[int] = field(default_factory=count)

    def plan(self, day: dt.date, act: Callable[[], object], hour: int = 9) -> None:
        """Let something happen on a day, in the order of the hours; later than `until` never."""
        at = dt.datetime.combine(day, dt.time(hour)).astimezone()
        if at <= self.until:
            heapq.heappush(self._acts, (at, next(self._order), act))

    def live(self, progress: Callable[[float], None] | None = None) -> None:
        """Let everything happen, each with the clock stopped at its moment."""
        done = 0
        while self._acts:
            at, _, act = heapq.heappop(self._acts)
            with clock.stopped(at):
                act()
            done += 1
            if progress is not None:
                progress(done / (done + len(self._acts)))
