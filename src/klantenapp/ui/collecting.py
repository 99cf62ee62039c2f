"""Python's collection of cycles, on the main thread alone.

Left to itself it runs on whichever thread allocates, and there takes apart widgets that nobody uses
any more; Qt does not allow that ("Timers cannot be stopped from another thread") and may crash.
"""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, Final

from klantenapp.ui.qt import timer

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

_EVERY_MS: Final = 1000
_users: list[Collector] = []


class Collector:
    """While one of them is at work nothing is collected on another thread.

    Args:
        parent: whose life it shares.
    """

    def __init__(self, parent: QObject) -> None:
        self._timer = timer(parent, _EVERY_MS, collect, once=False)
        self._timer.start()
        _users.append(self)
        gc.disable()

    def stop(self) -> None:
        """Leave collecting to Python again, when no window needs it otherwise."""
        if self not in _users:
            return
        _users.remove(self)
        self._timer.stop()
        if not _users:
            gc.collect()
            gc.enable()


def collect() -> None:
    """Collect as much as Python would have by now; the oldest objects only when there are many."""
    counts, limits = gc.get_count(), gc.get_threshold()
    for generation in (2, 1, 0):
        if counts[generation] > limits[generation]:
            gc.collect(generation)
            return
