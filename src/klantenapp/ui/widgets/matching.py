"""Text in which what was typed stands out."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFontMetrics

from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.lead_text import lay_out

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QRect
    from PySide6.QtGui import QPainter

    from klantenapp.ui.widgets.lead_text import Span

_WIDE = 100_000


def _folded(text: str) -> str:
    """Lower case without accents, letter for letter."""
    return "".join(unicodedata.normalize("NFD", letter)[0].lower() for letter in text)


def bold_spans(text: str, sought: str) -> list[Span]:
    """Where the words that were typed stand in a text."""
    plain = _folded(text)
    spans = []
    for word in _folded(sought).split():
        at = plain.find(word)
        if at >= 0:
            spans.append((at, len(word)))
    return spans


def draw_matched(
    painter: QPainter, box: QRect, text: str, bold: Sequence[Span], token: str = "text"
) -> int:
    """Write one line with bold parts in the middle of a box; returns the width used."""
    metrics = QFontMetrics(theme().font("bodyStrong"))
    fitting = metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    spans = [(start, length) for start, length in bold if start + length <= len(fitting)]
    layout = lay_out(fitting, spans, "body", _WIDE)
    if not layout.lineCount():
        return 0
    drawn = layout.lineAt(0)
    painter.setPen(theme().color(token))
    top = box.top() + (box.height() - drawn.height()) / 2 - drawn.position().y()
    layout.draw(painter, QPointF(box.left(), top))
    return round(drawn.naturalTextWidth())
