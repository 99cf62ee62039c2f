"""Text with bold parts that wraps, without markup: QTextLayout with format ranges."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QFont, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from klantenapp.ui.theme.theme import theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent

Span = tuple[int, int]


def lay_out(text: str, bold: Sequence[Span], role: str, width: float) -> QTextLayout:
    """Break text over lines of a width; bold are (start, length) of parts that stand out."""
    layout = QTextLayout(text, theme().font(role))
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    ranges = []
    for start, length in bold:
        part = QTextLayout.FormatRange()
        part.start, part.length = start, length
        part.format = QTextCharFormat()
        part.format.setFontWeight(QFont.Weight.DemiBold)
        ranges.append(part)
    layout.setFormats(ranges)
    height, line_height = 0.0, theme().line(role)
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        line.setPosition(QPointF(0, height + (line_height - line.height()) / 2))
        height += line_height
    layout.endLayout()
    return layout


class LeadText(QWidget):
    """A sentence that begins in bold: "**No internet.** E-mails wait."."""

    def __init__(self, strong: str = "", text: str = "", tone: str = "text") -> None:
        super().__init__()
        self._tone = tone
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_text(strong, text)

    def set_text(self, strong: str, text: str = "") -> None:
        """Say something else."""
        self._text = f"{strong} {text}".strip()
        self._bold = [(0, len(strong))] if strong else []
        self.setAccessibleName(self._text)
        self.updateGeometry()
        self.update()

    def set_tone(self, tone: str) -> None:
        """Change the colour."""
        self._tone = tone
        self.update()

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        lines = lay_out(self._text, self._bold, "body", width).lineCount()
        return max(1, lines) * theme().px(18)

    @override
    def sizeHint(self) -> QSize:
        width = min(theme().px(420), self._natural_width())
        return QSize(width, self.heightForWidth(width))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(80), theme().px(18))

    def _natural_width(self) -> int:
        layout = lay_out(self._text, self._bold, "body", 100_000)
        return round(layout.lineAt(0).naturalTextWidth()) + 2 if layout.lineCount() else 0

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(theme().color(self._tone))
        lay_out(self._text, self._bold, "body", self.width()).draw(painter, QPointF(0, 0))
