"""The focus ring: two pixels, two pixels outside; for buttons, and only when keys moved the focus.

Inputs draw their own ring as their border. This is no QFocusFrame: that one cuts the widget out of
itself by a mask, which breaks round corners.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget
from typing_extensions import override

from klantenapp.ui.qt import alive
from klantenapp.ui.theme.theme import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QApplication

#: Width of the ring, and room between it and the button.
_WIDTH, _OFFSET = 2, 2
_MOVES = {QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show}
_GOES = {QEvent.Type.Hide, QEvent.Type.Destroy, QEvent.Type.ParentChange}


class _Ring(QWidget):
    """The painted ring, beside the button in the same parent so that it scrolls along."""

    def __init__(self, target: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self.target = target
        self._beside = parent
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.place()
        self.show()
        self.raise_()

    def place(self) -> None:
        """Stand around the button."""
        grown = _WIDTH + _OFFSET
        at = self.target.mapTo(self._beside, QPoint(0, 0))
        self.setGeometry(QRect(at, self.target.size()).adjusted(-grown, -grown, grown, grown))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme().color("focus"), _WIDTH))
        painter.drawRoundedRect(
            self.rect().toRectF().adjusted(1, 1, -1, -1), theme().px(9), theme().px(9)
        )


def _roomy_parent(target: QWidget) -> QWidget | None:
    """The nearest parent that does not cut the ring off."""
    grown = _WIDTH + _OFFSET
    parent = target.parentWidget()
    while parent is not None and not parent.isWindow():
        at = target.mapTo(parent, QPoint(0, 0))
        box = QRect(at, target.size()).adjusted(-grown, -grown, grown, grown)
        if parent.rect().contains(box):
            break
        parent = parent.parentWidget()
    return parent


class FocusRing(QObject):
    """Follows the focus of an application from button to button."""

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._by_keys = False
        self._ring: _Ring | None = None
        application.focusChanged.connect(self._follow)
        application.installEventFilter(self)

    @property
    def ring(self) -> QWidget | None:
        """The ring that is shown."""
        return self._ring if self._ring is not None and alive(self._ring) else None

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.KeyPress:
            self._by_keys = True
        elif kind == QEvent.Type.MouseButtonPress:
            self._by_keys = False
            self._drop()
        elif self._ring is not None and (kind in _MOVES or kind in _GOES):
            self._target_changed(watched, gone=kind in _GOES)
        return False

    def _target_changed(self, watched: QObject, *, gone: bool) -> None:
        ring = self._ring
        if ring is None or not alive(ring):
            self._ring = None
        elif watched is ring.target:
            if gone:
                self._drop()
            else:
                ring.place()

    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        self._drop()
        if self._by_keys and isinstance(new, QAbstractButton):
            parent = _roomy_parent(new)
            if parent is not None:
                self._ring = _Ring(new, parent)

    def _drop(self) -> None:
        ring, self._ring = self._ring, None
        if ring is not None and alive(ring):
            ring.hide()
            ring.deleteLater()
