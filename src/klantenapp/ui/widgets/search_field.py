"""The search field of a screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from typing_extensions import override

from klantenapp.i18n import _
from klantenapp.ui.qt import timer
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.inputs import TextInput

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class SearchField(TextInput):
    """Search on this screen: `sought` 80 ms after the last key; Esc clears, ↓ goes into the list.

    Args:
        hint: what can be typed ("Name, place, phone").
        into: list that ↓ goes into.
    """

    sought = Signal(str)

    def __init__(self, hint: str, into: QWidget | None = None, *, width: int = 250) -> None:
        super().__init__(hint)
        self.into = into
        self.setFixedWidth(theme().px(width))
        self.setAccessibleName(_("Search"))
        self.set_leading("search")
        self._timer = timer(self, theme().motion("searchDebounceMs"), self._seek)
        self.textChanged.connect(lambda _text: self._timer.start())

    def _seek(self) -> None:
        self.sought.emit(self.text().strip())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            return
        goes = {Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if event.key() in goes and self.into is not None:
            self.into.setFocus(Qt.FocusReason.OtherFocusReason)
            select = getattr(self.into, "select_first", None)
            if select and getattr(self.into, "current_id", lambda: 0)() is None:
                select()
            return
        super().keyPressEvent(event)

    @override
    def event(self, event: QEvent) -> bool:
        # Esc belongs to the field while there is something to clear, not to what closes with it.
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
            and self.text()
        ):
            event.accept()
            return True
        return super().event(event)
