"""Files with a customer, a contract or a document: dropped in, opened, saved, removed with undo."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QInputDialog, QMenu, QWidget
from typing_extensions import override

from klantenapp import i18n
from klantenapp.i18n import _, ngettext
from klantenapp.sentences.speak import sentence
from klantenapp.services.errors import system
from klantenapp.services.errors.cli import CannotRead
from klantenapp.services.errors.messages import FileTooBig
from klantenapp.services.messages import attachments
from klantenapp.services.messages.attachments import LIMIT_MEGABYTES, NewFile
from klantenapp.ui.contact.opening import open_file, save_file
from klantenapp.ui.contact.sizes import size_words
from klantenapp.ui.qt import clear
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.buttons import Button, IconButton
from klantenapp.ui.widgets.cards import Card
from klantenapp.ui.widgets.dressing import column, row
from klantenapp.ui.widgets.labels import ElidedLabel, IconLabel, Label
from klantenapp.ui.widgets.notes import Note

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QDragEnterEvent, QDropEvent, QMouseEvent

    from klantenapp.services.messages.attachments import AttachmentRow, Owner
    from klantenapp.services.store.changes import Changes
    from klantenapp.ui.widgets.page import Page

_MEGABYTE = 1_000_000


def read(paths: Sequence[Path]) -> list[NewFile]:
    """Files from the disk.

    Raises:
        FileTooBig: larger than is kept; it is not read.
        CannotRead: gone, no file, or not ours to read.
    """
    new = []
    for path in paths:
        try:
            size = path.stat().st_size
            if size > LIMIT_MEGABYTES * _MEGABYTE:
                raise FileTooBig(path.name, -(-size // _MEGABYTE), LIMIT_MEGABYTES)
            new.append(NewFile(path.name, path.read_bytes()))
        except OSError as problem:
            raise CannotRead(Path(path.name), system.reason(problem)) from problem
    return new


class FileLine(QWidget):
    """One file: icon, name, size, and what can be done."""

    def __init__(self, card: AttachmentsCard, found: AttachmentRow) -> None:
        super().__init__()
        self._card, self.found = card, found
        self.setFixedHeight(theme().px(34))
        box = row(self, gap=8)
        box.addWidget(IconLabel("file-text" if found.can_open else "file", "muted"))
        words = Button(found.name, kind="link")
        words.clicked.connect(lambda: card.open(found))
        box.addWidget(words)
        box.addStretch(1)
        day = i18n.date(found.added_at.astimezone().date())
        box.addWidget(Label(f"{size_words(found.size)}, {day}", "label", "muted"))
        more = IconButton("ellipsis", _("More for {name}").format(name=found.name))
        more.clicked.connect(lambda: self.offer(more))
        box.addWidget(more)

    def offer(self, below: QWidget) -> None:
        """What can be done with it."""
        menu = QMenu(self)
        if self.found.can_open:
            menu.addAction(_("Open")).triggered.connect(lambda: self._card.open(self.found))
        menu.addAction(_("Save as")).triggered.connect(lambda: self._card.save(self.found))
        menu.addAction(_("Rename")).triggered.connect(lambda: self._card.rename(self.found))
        menu.addSeparator()
        menu.addAction(_("Remove")).triggered.connect(lambda: self._card.remove(self.found))
        menu.popup(below.mapToGlobal(below.rect().bottomLeft()))

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._card.open(self.found)


class AttachmentsCard(Card):
    """The files of one owner.

    Args:
        page: the page around it.
    """

    def __init__(self, page: Page) -> None:
        super().__init__(_("Files"))
        self._page = page
        self._owner: Owner | None = None
        self.lines: list[FileLine] = []
        add = Button(_("Add file"), "paperclip", kind="ghost", small=True)
        add.clicked.connect(self.ask)
        self.head.addWidget(add)
        self.note = Note("danger", closable=True)
        self.note.closed.connect(self.note.hide)
        self.note.hide()
        self.body.addWidget(self.note)
        self._list = column(gap=0)
        self.body.addLayout(self._list)
        self.hint = ElidedLabel(_("Drop files here to keep them in the administration."), "body")
        self.hint.set_tone("subtle")
        self.body.addWidget(self.hint)
        self.setAcceptDrops(True)

    # -- showing ---------------------------------------------------------------------------------

    def show_owner(self, owner: Owner) -> None:
        """Show the files of another owner, or of the same one again."""
        self._owner = owner
        self.note.hide()
        self._load()

    def refresh(self, changes: Changes) -> None:
        """Read again when files came or went."""
        if self._owner is not None and changes.touches("attachment"):
            self._load()

    def _load(self) -> None:
        if self._owner is not None:
            query = partial(attachments.rows, owner=self._owner)
            self._page.ops.read(self, query, self._show, key="files")

    def _show(self, rows: list[AttachmentRow]) -> None:
        clear(self._list)
        self.lines = [FileLine(self, found) for found in rows]
        for line in self.lines:
            self._list.addWidget(line)
        self.hint.setVisible(not rows)

    # -- acting ----------------------------------------------------------------------------------

    def add(self, paths: Sequence[Path]) -> None:
        """Keep files, in one step; read off the main thread."""
        if self._owner is not None:
            keep = partial(self._keep, self._owner)
            self._page.ops.task(self, "", lambda _progress: read(paths), keep, self._refuse)

    def _keep(self, owner: Owner, new: list[NewFile]) -> None:
        def kept(ids: list[int]) -> None:
            self.note.hide()
            text = ngettext("{count} file added", "{count} files added", len(ids))
            self._page.toast(text.format(count=len(ids)), undo=True)

        work = partial(attachments.add, owner=owner, new=new)
        self._page.ops.write(attachments.ADD, work, kept, self._refuse)

    def open(self, found: AttachmentRow) -> None:
        """Show it with the program of the system, where that can do no harm."""
        open_file(self._page, found.file_id, found.name)

    def save(self, found: AttachmentRow) -> None:
        """Keep a copy on the disk."""
        save_file(self._page, found.file_id, found.name)

    def rename(self, found: AttachmentRow) -> None:
        """Ask for another name."""
        name, wanted = QInputDialog.getText(
            self.window(), _("Rename"), _("Name of the file"), text=found.name
        )
        if wanted and name.strip() and name.strip() != found.name:
            work = partial(attachments.rename, attachment_id=found.id, name=name.strip())
            self._page.ops.write(attachments.RENAME, work)

    def remove(self, found: AttachmentRow) -> None:
        """Take it off, with undo."""

        def gone(_none: None) -> None:
            self._page.toast(_("File removed"), undo=True)

        work = partial(attachments.remove, attachment_id=found.id)
        self._page.ops.write(attachments.REMOVE, work, gone)

    def ask(self) -> None:
        """Choose files from the disk."""
        names, _kind = QFileDialog.getOpenFileNames(self.window(), _("Add file"))
        if names:
            self.add([Path(name) for name in names])

    def _refuse(self, failure: Exception) -> None:
        self._say(sentence(failure))

    def _say(self, text: str) -> None:
        self.note.set_text("", text)
        self.note.show()

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        self.add([Path(u.toLocalFile()) for u in event.mimeData().urls() if u.isLocalFile()])
