"""Icons: Lucide drawings in the colour of the text beside them, sharp at every pixel ratio."""

from __future__ import annotations

import re
from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from klantenapp.ui.theme.tokens import RESOURCES, load

_SPACE = re.compile(r"\s*\n\s*")


@cache
def _source(name: str) -> str:
    """Return the drawing as published.

    Raises:
        FileNotFoundError: no such icon in `resources/icons`.
    """
    file = load().icons.get(name, name)
    path = RESOURCES / "icons" / f"{file}.svg"
    return _SPACE.sub(" ", path.read_text(encoding="utf-8"))


def svg(name: str, color: str, stroke: float | None = None) -> str:
    """Return an icon's drawing in one colour.

    Args:
        name: a Lucide name ("house"), or a role from tokens.json ("overview").
        color: "#RRGGBB".
        stroke: width of the lines on the 24-unit grid; the set's own when None.
    """
    width = load().stroke if stroke is None else stroke
    return (
        _source(name)
        .replace("currentColor", color)
        .replace('stroke-width="2"', f'stroke-width="{width}"')
    )


@cache
def pixmap(name: str, color: str, px: int, ratio: float, stroke: float | None = None) -> QPixmap:
    """Draw an icon of px by px logical pixels; kept, because the same few come back always."""
    side = round(px * ratio)
    image = QPixmap(side, side)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer = QSvgRenderer(QByteArray(svg(name, color, stroke).encode()))
    renderer.render(painter, QRectF(0, 0, side, side))
    painter.end()
    image.setDevicePixelRatio(ratio)
    return image


def ratio() -> float:
    """Pixel ratio of the sharpest screen."""
    return max((screen.devicePixelRatio() for screen in QGuiApplication.screens()), default=1.0)


def icon(name: str, px: int, normal: str, disabled: str, gap: int = 0) -> QIcon:
    """Build an icon for a button, enabled and disabled, with room at its right."""
    result = QIcon()
    for color, mode in ((normal, QIcon.Mode.Normal), (disabled, QIcon.Mode.Disabled)):
        result.addPixmap(_spaced(pixmap(name, color, px, ratio()), gap), mode)
    return result


def _spaced(image: QPixmap, gap: int) -> QPixmap:
    """An image with room at its right: the style of Qt leaves too little before the words."""
    if not gap:
        return image
    sharp = image.devicePixelRatio()
    wide = QPixmap(image.width() + round(gap * sharp), image.height())
    wide.setDevicePixelRatio(sharp)
    wide.fill(Qt.GlobalColor.transparent)
    painter = QPainter(wide)
    painter.drawPixmap(0, 0, image)
    painter.end()
    return wide
