"""Keeps None, True and False alive on Python 3.11 under PySide6 6.12.

PySide6 6.12.0 is built for Python 3.12, where these objects are immortal: it hands out None from
each method that returns nothing, and booleans from some, without counting the reference. On Python
3.11 every such call takes one away, and after some ten thousand the interpreter aborts with
"deallocating None". Measured: `painter.setPen(color)` and `index.data()` lose one per call; 6.11.3
loses none. So their counts are raised once, far beyond what any session takes away.

`keep()` goes when the program needs Python 3.12 or a PySide6 that counts again.
"""

from __future__ import annotations

import sys
from functools import cache

#: References added; 10^15 calls into Qt take thirty years.
_MANY = 1 << 50
_IMMORTAL_SINCE = (3, 12)


@cache
def keep() -> None:
    """Raise the reference counts of the singletons, once per process."""
    if sys.version_info >= _IMMORTAL_SINCE or sys.implementation.name != "cpython":
        return
    import ctypes  # noqa: PLC0415 - newer Pythons start without it

    for thing in (None, True, False, NotImplemented, Ellipsis):
        # The count is the first field of every object in this Python.
        ctypes.c_ssize_t.from_address(id(thing)).value += _MANY
