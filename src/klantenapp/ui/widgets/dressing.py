"""Small helpers that every widget shares: dynamic properties, accessible names, lines, boxes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMargins
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from klantenapp.ui.theme.theme import theme

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLayout, QWidget


def mark(widget: QWidget, **properties: object) -> None:
    """Set dynamic properties of the style sheet and let the widget follow them.

    Args:
        widget: what to dress.
        properties: kind, size, tone, state, role, override, place ...; None takes one away.
    """
    changed = False
    for name, value in properties.items():
        if widget.property(name) != value:
            widget.setProperty(name, value)
            changed = True
    if changed:
        style = widget.style()
        style.unpolish(widget)
        style.polish(widget)
        widget.update()


def name(widget: QWidget, text: str, description: str = "") -> None:
    """Say to a screen reader what a widget is."""
    widget.setAccessibleName(text)
    if description:
        widget.setAccessibleDescription(description)


def line(*, strong: bool = False) -> QFrame:
    """A horizontal line of one pixel."""
    made = QFrame()
    made.setProperty("role", "lineStrong" if strong else "line")
    made.setFixedHeight(1)
    return made


def frame(role: str) -> QFrame:
    """A frame with a role of the style sheet: card, popup, footer, sunken, side, master, desk."""
    made = QFrame()
    made.setProperty("role", role)
    return made


def margins(*sides: int) -> QMargins:
    """Scaled margins.

    Args:
        sides: one number for all; two for vertical and horizontal; four for left, top, right,
            bottom.
    """
    px = theme().px
    if len(sides) == 1:
        left = top = right = bottom = sides[0]
    elif len(sides) == len(("vertical", "horizontal")):
        top = bottom = sides[0]
        left = right = sides[1]
    else:
        left, top, right, bottom = sides
    return QMargins(px(left), px(top), px(right), px(bottom))


def _prepare(box: QLayout, gap: int, sides: tuple[int, ...]) -> None:
    box.setSpacing(theme().px(gap))
    box.setContentsMargins(margins(*sides) if sides else QMargins())


def column(parent: QWidget | None = None, *sides: int, gap: int = 0) -> QVBoxLayout:
    """A vertical layout; sides as in `margins`, none by default, gap in pixels at 100 %."""
    box = QVBoxLayout(parent) if parent else QVBoxLayout()
    _prepare(box, gap, sides)
    return box


def row(parent: QWidget | None = None, *sides: int, gap: int = 8) -> QHBoxLayout:
    """A horizontal layout; sides as in `margins`, none by default, gap in pixels at 100 %."""
    box = QHBoxLayout(parent) if parent else QHBoxLayout()
    _prepare(box, gap, sides)
    return box
