"""A place to drop a picture, or choose one: the logo of the business, the mark of a customer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QFileDialog, QFrame
from typing_extensions import override

from klantenapp.i18n import _
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.buttons import Button
from klantenapp.ui.widgets.dressing import column, row
from klantenapp.ui.widgets.labels import Label, Tile

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent, QDropEvent

#: Larger files are refused by the size alone, before they are read.
LARGEST = 40_000_000


class ImageDrop(QFrame):
    """Shows a picture, and takes another one.

    Attributes:
        chosen: a file was chosen (its bytes).
        refused: the file cannot be read (sentence).
        cleared: the picture is to go.
    """

    chosen = Signal(bytes)
    refused = Signal(str)
    cleared = Signal()

    def __init__(self, text: str, note: str) -> None:
        super().__init__()
        self.setProperty("role", "drop")
        self.setAcceptDrops(True)
        box = row(self, 18, 14, 18, 14, gap=16)
        self._tile = Tile("image", "neutral", 48)
        box.addWidget(self._tile)
        self._picture = Label()
        self._picture.hide()
        box.addWidget(self._picture)
        words = column(gap=2)
        line = row(gap=6)
        line.addWidget(Label(text))
        choose = Button(_("choose a file"), kind="link", small=True)
        choose.clicked.connect(self.choose)
        line.addWidget(choose)
        line.addStretch(1)
        words.addLayout(line)
        words.addWidget(Label(note, "caption", "muted"))
        box.addLayout(words, 1)
        self.remove = Button(_("Remove"), "x", "ghost", small=True)
        self.remove.clicked.connect(self._clear)
        self.remove.hide()
        box.addWidget(self.remove)

    def show_image(self, content: bytes | None) -> None:
        """Show a picture; None shows the empty place."""
        image = QImage.fromData(content) if content else QImage()
        shown = not image.isNull()
        self._tile.setVisible(not shown)
        self._picture.setVisible(shown)
        self.remove.setVisible(shown)
        if shown:
            side = theme().px(48)
            pixmap = QPixmap.fromImage(image).scaledToHeight(
                side, Qt.TransformationMode.SmoothTransformation
            )
            self._picture.setPixmap(pixmap)

    def choose(self) -> None:
        """Ask for a file."""
        kinds = _("Pictures") + " (*.png *.jpg *.jpeg)"
        name, _kind = QFileDialog.getOpenFileName(self.window(), _("Choose a picture"), "", kinds)
        if name:
            self.take(Path(name))

    def take(self, path: Path) -> None:
        """Take a file."""
        try:
            if path.stat().st_size > LARGEST:
                self.refused.emit(_("This file is too large. Choose a picture of at most 40 MB."))
                return
            content = path.read_bytes()
        except OSError:
            self.refused.emit(_("This file cannot be read. Choose another one."))
            return
        self.chosen.emit(content)

    def _clear(self) -> None:
        self.show_image(None)
        self.cleared.emit()

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            self.take(Path(files[0]))
