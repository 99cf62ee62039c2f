"""Names of keys as they stand on caps and in help, in the user's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from klantenapp.i18n import N_, _

if TYPE_CHECKING:
    from collections.abc import Mapping

_CAPS: Mapping[str, str] = {
    "Return": N_("Enter"),
    "Enter": N_("Enter"),
    "Escape": N_("Esc"),
    "Esc": N_("Esc"),
    "Space": N_("Space"),
    "Del": N_("Delete"),
    "Delete": N_("Delete"),
    "Ins": N_("Insert"),
    "Insert": N_("Insert"),
    "PgUp": N_("Page Up"),
    "PgDown": N_("Page Down"),
    "Up": "↑",
    "Down": "↓",
    "Left": "←",
    "Right": "→",
    "Comma": ",",
    "Plus": "+",
    "Minus": "−",
}


def cap(key: str) -> str:
    """Return what stands on the cap of one key ("Return" is Enter)."""
    return _(_CAPS[key]) if key in _CAPS else key
