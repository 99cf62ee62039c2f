"""The focus ring: two pixels, two pixels outside; for buttons only when keys moved the focus."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QApplication, QFocusFrame, QWidget
from typing_extensions import override

from klantenapp.ui.theme.theme import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtWidgets import QApplication, QWidget


class FocusRing(QFocusFrame):
    """Follows the focus from button to button; inputs draw their own ring as a border."""

    def __init__(self, application: QApplication) -> None:
        super().__init__()
        self._by_keys = False
        application.focusChanged.connect(self._follow)
        application.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.KeyPress:
            self._by_keys = True
        elif kind == QEvent.Type.MouseButtonPress:
            self._by_keys = False
            self._surround(None)
        return super().eventFilter(watched, event)

    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        shows = self._by_keys and isinstance(new, QAbstractButton)
        self._surround(new if shows else None)

    def _surround(self, widget: Any) -> None:
        """Stand around a widget, or (None) around nothing, which Qt allows and its types do not."""
        if self.widget() is not widget:
            self.setWidget(widget)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme().color("focus"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        box = self.rect().toRectF().adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(box, theme().px(8), theme().px(8))
