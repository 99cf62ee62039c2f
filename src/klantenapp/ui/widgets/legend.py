"""The legend of a chart: a small square or line in its colour, and words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.dressing import row
from klantenapp.ui.widgets.labels import Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent


class Swatch(QWidget):
    """A square in a colour; "line" is the short line of the year before."""

    def __init__(self, token: str) -> None:
        super().__init__()
        self._token = token
        self.setFixedSize(self.sizeHint())
        theme().changed.connect(self.update)

    @override
    def sizeHint(self) -> QSize:
        px = theme().px
        return QSize(px(14) if self._token == "line" else px(10), px(10))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if self._token == "line":
            high = theme().px(3)
            middle = (self.height() - high) / 2
            painter.fillRect(QRectF(0, middle, self.width(), high), theme().color("chartPrev"))
            return
        painter.setBrush(theme().color(self._token))
        painter.drawRoundedRect(self.rect(), theme().px(2), theme().px(2))


class Legend(QWidget):
    """Colours and what they stand for, beside each other."""

    def __init__(self, parts: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        box = row(self, gap=6)
        for at, (token, text) in enumerate(parts):
            if at:
                box.addSpacing(theme().px(8))
            box.addWidget(Swatch(token))
            box.addWidget(Label(text, "caption", "muted"))
