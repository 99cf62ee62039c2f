"""The field on top of a timeline: a note in one line, Enter keeps it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QPlainTextEdit
from typing_extensions import override

from klantenapp.i18n import _
from klantenapp.services.messages.notes import LIMIT
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.dressing import mark, row
from klantenapp.ui.widgets.labels import IconLabel, Keys

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtGui import QResizeEvent

_MOST_LINES = 6


class NoteField(QFrame):
    """One line that grows with what is written.

    Attributes:
        written: Enter was pressed (the text).
    """

    written = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "entry")
        box = row(self, 12, 5, 8, 5, gap=10)
        box.addWidget(IconLabel("sticky-note", "muted"), 0, Qt.AlignmentFlag.AlignVCenter)
        self.edit = QPlainTextEdit()
        self.edit.setProperty("kind", "bare")
        self.edit.setFont(theme().font("body"))
        self.edit.setFrameShape(QFrame.Shape.NoFrame)
        self.edit.setPlaceholderText(
            _("Write a note. Enter keeps it, Shift+Enter starts a new line.")
        )
        self.edit.setAccessibleName(_("New note"))
        self.edit.setTabChangesFocus(True)
        self.edit.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.edit.document().setDocumentMargin(2)
        self.edit.installEventFilter(self)
        self.edit.textChanged.connect(self._grow)
        box.addWidget(self.edit, 1)
        box.addWidget(Keys("Return"), 0, Qt.AlignmentFlag.AlignVCenter)
        self.setFocusProxy(self.edit)
        self._grow()

    def text(self) -> str:
        """What is written."""
        return self.edit.toPlainText().strip()

    def clear(self) -> None:
        """Begin anew."""
        self.edit.clear()

    def _grow(self) -> None:
        lines = max(1, min(_MOST_LINES, round(self.edit.document().size().height())))
        self.edit.setFixedHeight(self.edit.fontMetrics().lineSpacing() * lines + theme().px(8))
        self.setFixedHeight(self.edit.height() + theme().px(12))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._grow()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            mark(self, state="focus")
        elif event.type() == QEvent.Type.FocusOut:
            mark(self, state=None)
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
            if enter and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                if self.text():
                    self.written.emit(self.text()[: LIMIT + 1])
                return True
            if event.key() == Qt.Key.Key_Escape and self.text():
                self.clear()
                return True
        return False
