"""The slot above the pages: example data, read only, errors that stay until they are solved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from klantenapp.ui.widgets.dressing import column

if TYPE_CHECKING:
    from collections.abc import Callable

    from klantenapp.ui.widgets.notes import Note


class BannerSlot(QWidget):
    """Banners below each other, each under a key."""

    def __init__(self) -> None:
        super().__init__()
        self._box = column(self, 28, 10, 28, 0, gap=6)
        self._notes: dict[str, Note] = {}
        self.hide()

    def show_banner(
        self,
        key: str,
        tone: str,
        strong: str,
        text: str = "",
        action: tuple[str, Callable[[], object]] | None = None,
        *,
        closable: bool = False,
    ) -> None:
        """Show a banner, or replace the one with this key."""
        from klantenapp.ui.widgets.notes import Note  # noqa: PLC0415 - the frame is painted without

        self.hide_banner(key)
        note = Note(tone, strong, text, action, closable=closable)
        note.closed.connect(lambda: self.hide_banner(key))
        self._notes[key] = note
        self._box.addWidget(note)
        self.show()

    def hide_banner(self, key: str) -> None:
        """Take a banner away."""
        note = self._notes.pop(key, None)
        if note is not None:
            note.hide()
            note.deleteLater()
        self.setVisible(bool(self._notes))

    @property
    def keys(self) -> list[str]:
        """Keys of the banners that are shown."""
        return list(self._notes)
