"""What goes along with a mail: stored files with a tick, and others from the disk."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QGridLayout, QWidget

from klantenapp.i18n import _
from klantenapp.services.errors import system
from klantenapp.services.messages.attachments import NewFile
from klantenapp.ui.contact.sizes import size_words
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.buttons import Button
from klantenapp.ui.widgets.dressing import column, row
from klantenapp.ui.widgets.inputs import CheckInput
from klantenapp.ui.widgets.labels import Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from klantenapp.services.messages.compose import Attached
    from klantenapp.services.messages.drafting import FileChoice

#: Bytes of files from the disk together; stored ones do not count.
EXTRA_LIMIT = 10_000_000
_ACROSS = 2


class _Card(QFrame):
    def __init__(self, name: str, size: int, *, chosen: bool) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setFixedHeight(theme().px(40))
        box = row(self, 12, 0, 12, 0, gap=8)
        self.tick = CheckInput(name)
        self.tick.set_value(chosen)
        self.tick.setFont(theme().font("bodyStrong"))
        box.addWidget(self.tick, 1)
        box.addWidget(Label(size_words(size), "label", "muted"))


class FileChoices(QWidget):
    """Cards with a tick, and a button for more.

    Attributes:
        edited: another choice.
        refused: files from the disk do not fit (sentence).
    """

    edited = Signal()
    refused = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        outer = column(self, gap=8)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme().px(8))
        outer.addLayout(self._grid)
        self._more = Button(_("File"), "paperclip")
        self._more.clicked.connect(self.ask)
        self._stored: list[tuple[FileChoice, _Card]] = []
        self._extra: list[tuple[NewFile, _Card]] = []
        self._lay_out()

    def show_files(self, files: Sequence[FileChoice]) -> None:
        """Offer stored files; those from the disk are forgotten."""
        for _one, card in (*self._stored, *self._extra):
            card.hide()
            card.deleteLater()
        self._stored = [
            (one, self._card(one.attached.name, one.size, chosen=one.chosen)) for one in files
        ]
        self._extra = []
        self._lay_out()

    def chosen(self) -> tuple[Attached, ...]:
        """Stored files that are ticked."""
        return tuple(one.attached for one, card in self._stored if card.tick.value())

    def extra(self) -> tuple[NewFile, ...]:
        """Files from the disk that are ticked."""
        return tuple(one for one, card in self._extra if card.tick.value())

    def add(self, new: NewFile) -> None:
        """Add a file from the disk."""
        together = sum(len(one.content) for one in self.extra()) + len(new.content)
        if together > EXTRA_LIMIT:
            words = _("“{name}” does not fit: files from the disk are {limit} together at most.")
            self.refused.emit(words.format(name=new.name, limit=size_words(EXTRA_LIMIT)))
            return
        self._extra.append((new, self._card(new.name, len(new.content), chosen=True)))
        self._lay_out()
        self.edited.emit()

    def total(self) -> int:
        """Bytes of everything that goes along."""
        stored = sum(one.size for one, card in self._stored if card.tick.value())
        return stored + sum(len(one.content) for one in self.extra())

    def ask(self) -> None:
        """Let the user choose files."""
        names, _kind = QFileDialog.getOpenFileNames(self.window(), _("Add file"))
        for name in names:
            self.add_path(Path(name))

    def add_path(self, path: Path) -> None:
        """Add a file by its place."""
        try:
            size = path.stat().st_size
            content = b"\x00" * (EXTRA_LIMIT + 1) if size > EXTRA_LIMIT else path.read_bytes()
        except OSError as problem:
            words = _("“{name}” cannot be read: {reason}.")
            self.refused.emit(words.format(name=path.name, reason=_(system.reason(problem))))
            return
        self.add(NewFile(path.name, content))

    def _card(self, name: str, size: int, *, chosen: bool) -> _Card:
        made = _Card(name, size, chosen=chosen)
        made.tick.edited.connect(self.edited)
        return made

    def _lay_out(self) -> None:
        while self._grid.count():
            self._grid.takeAt(0)
        cards: list[QWidget] = [card for _one, card in (*self._stored, *self._extra)]
        for at, card in enumerate((*cards, self._more)):
            left = Qt.AlignmentFlag.AlignLeft if card is self._more else Qt.AlignmentFlag(0)
            self._grid.addWidget(card, at // _ACROSS, at % _ACROSS, left)
        for at in range(_ACROSS):
            self._grid.setColumnStretch(at, 1)
