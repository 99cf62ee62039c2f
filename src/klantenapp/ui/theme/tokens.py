"""The design tokens: colours, sizes and letters, as `resources/theme/tokens.json` holds them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

from klantenapp.paths import resource

RESOURCES = resource("")

#: What `Theme.color` answers in a high-contrast system theme: the palette role of each token.
#: Tokens that are missing here are text.
CONTRAST_ROLES = {
    "window": "Window",
    "surface": "Base",
    "sunken": "Base",
    "hover": "Base",
    "pressed": "Button",
    "selected": "Highlight",
    "navsel": "Highlight",
    "accent": "Highlight",
    "accentHover": "Highlight",
    "accentPressed": "Highlight",
    "accentTint": "Base",
    "onAccent": "HighlightedText",
    "accentText": "Link",
    "focus": "Highlight",
    "disabled": "PlaceholderText",
    "okTint": "Base",
    "warnTint": "Base",
    "dangerTint": "Base",
    "violetTint": "Base",
    "neutralTint": "Base",
    "infoTint": "Base",
    "grid": "Mid",
    "paper": "Base",
    "desk": "Window",
}


@dataclass(frozen=True, slots=True)
class TypeRole:
    """How one kind of text is set.

    Attributes:
        px: height of the letters at 100 %.
        line: height of a line at 100 %.
        weight: 400, 500, 600 or 700.
        tracking: extra space between letters, in ems (negative is tighter).
    """

    px: float
    line: float
    weight: int
    tracking: float


@dataclass(frozen=True, slots=True)
class Tokens:
    """Everything in tokens.json that the program reads."""

    light: dict[str, str]
    dark: dict[str, str]
    size: dict[str, int]
    radius: dict[str, int]
    motion: dict[str, int]
    type: dict[str, TypeRole]
    icons: dict[str, str]
    stroke: float
    families: list[str]


@cache
def load() -> Tokens:
    """Read the tokens once."""
    raw: dict[str, Any] = json.loads(
        (RESOURCES / "theme" / "tokens.json").read_text(encoding="utf-8")
    )
    return Tokens(
        light=raw["color"]["light"],
        dark=raw["color"]["dark"],
        size=raw["size"],
        radius=raw["radius"],
        motion=raw["motion"],
        type={name: TypeRole(**role) for name, role in raw["type"].items()},
        icons=raw["icons"]["map"],
        stroke=raw["icons"]["stroke"],
        families=[raw["font"]["family"], *raw["font"]["fallback"]],
    )
