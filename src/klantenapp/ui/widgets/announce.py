"""Say something to a screen reader, politely."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6 import QtGui

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_gui: Any = QtGui


def announce(widget: QWidget, text: str, *, at_once: bool = False) -> None:
    """Announce a result or a toast; errors at once."""
    if not _gui.QAccessible.isActive():
        return
    event = _gui.QAccessibleAnnouncementEvent(widget, text)
    if at_once:
        event.setPoliteness(_gui.QAccessible.AnnouncementPoliteness.Assertive)
    _gui.QAccessible.updateAccessibility(event)
