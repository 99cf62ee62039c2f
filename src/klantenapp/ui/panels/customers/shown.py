"""What the list of customers shows, shared by the list and the page beside which it stands."""

from __future__ import annotations

import weakref
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from klantenapp.services.customers.listing import Filter

if TYPE_CHECKING:
    from klantenapp.ui.shell import Shell, Way
    from klantenapp.ui.tables.columns import Sort


@dataclass
class Shown:
    """Filter and order of the list; None is its own order."""

    filter: Filter = field(default_factory=Filter)
    order: Sort | None = None


_shown: weakref.WeakKeyDictionary[Way, Shown] = weakref.WeakKeyDictionary()


def shown(shell: Shell) -> Shown:
    """What this window shows."""
    return _shown.setdefault(shell.navigation, Shown())
