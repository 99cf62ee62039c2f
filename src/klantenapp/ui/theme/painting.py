"""What painters share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics

from klantenapp.ui.theme.theme import theme

if TYPE_CHECKING:
    from PySide6.QtCore import QRect
    from PySide6.QtGui import QPainter

_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


def draw_text(
    painter: QPainter, box: QRect, text: str, token: str, role: str, *, right: bool = False
) -> None:
    """Write one line, ending in … where it does not fit."""
    font = theme().font(role)
    painter.setFont(font)
    painter.setPen(theme().color(token))
    fitting = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, _RIGHT if right else _LEFT, fitting)
