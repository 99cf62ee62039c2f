"""Sizes of files in words."""

from __future__ import annotations

from klantenapp import i18n

_KILO, _MEGA = 1_000, 1_000_000


def size_words(size: int) -> str:
    """84 kB, 3,2 MB: what people compare, rounded up."""
    if size < _MEGA:
        return f"{i18n.count(max(1, -(-size // _KILO)))} kB" if size else "0 kB"
    return f"{i18n.quantity(-(-size // (_MEGA // 10)) * 1_000)} MB"
