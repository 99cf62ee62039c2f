"""The palette for native parts (dialogs of the system, menus), from the same tokens."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication, QPalette

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QColor

ROLES = {
    "Window": "window",
    "WindowText": "text",
    "Base": "surface",
    "AlternateBase": "sunken",
    "Text": "text",
    "PlaceholderText": "subtle",
    "Button": "surface",
    "ButtonText": "text",
    "BrightText": "danger",
    "Highlight": "selected",
    "HighlightedText": "text",
    "Accent": "accent",
    "Link": "accentText",
    "LinkVisited": "accentText",
    "Light": "surface",
    "Midlight": "border",
    "Mid": "border",
    "Dark": "borderStrong",
    "Shadow": "borderStrong",
    "ToolTipBase": "text",
    "ToolTipText": "surface",
}


@cache
def system() -> QPalette:
    """Return the palette that the system gave, before ours replaced it."""
    return QPalette(QGuiApplication.palette())


def build(color: Callable[[str], QColor]) -> QPalette:
    """Build the palette of a theme."""
    result = QPalette()
    for role, token in ROLES.items():
        result.setColor(QPalette.ColorRole[role], color(token))
    for role in ("WindowText", "Text", "ButtonText", "HighlightedText"):
        result.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole[role], color("disabled"))
    return result
