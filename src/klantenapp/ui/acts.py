"""What a user can do on a screen, told to key help and command palette."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Act:
    """Something the user can do on a screen: for the key help and the command palette.

    Attributes:
        text: verb and object.
        keys: "Ctrl+N", "F", or "".
        run: does it.
        icon: icon name.
    """

    text: str
    keys: str
    run: Callable[[], object]
    icon: str = ""
