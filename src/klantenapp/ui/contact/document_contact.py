"""Messages about one document, below its payments: a short timeline that leads further."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from klantenapp.i18n import _
from klantenapp.sentences import timeline as words
from klantenapp.services.messages import timeline
from klantenapp.services.messages.timeline import Filter
from klantenapp.ui.contact.mail_viewer import show_mail
from klantenapp.ui.contact.timeline_delegate import preview, tile
from klantenapp.ui.contact.timeline_model import moment
from klantenapp.ui.qt import clear
from klantenapp.ui.widgets.buttons import Button
from klantenapp.ui.widgets.chips import Chip
from klantenapp.ui.widgets.dressing import column, row
from klantenapp.ui.widgets.labels import ElidedLabel, Label, Tile

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent

    from klantenapp.services.messages.timeline import Entry
    from klantenapp.services.store.changes import Changes
    from klantenapp.ui.widgets.page import Page

_SHOWN = 6
_WAITING = {"queued": "info", "failed": "danger", "unknown": "warn", "draft": "neutral"}


class MessageLine(QWidget):
    """One message; Enter or a click opens it."""

    def __init__(self, owner: DocumentContact, entry: Entry) -> None:
        super().__init__()
        self._owner, self.entry = owner, entry
        box = row(self, 0, 3, 0, 3, gap=12)
        icon, tone = tile(entry)
        box.addWidget(Tile(icon, tone, 30))
        text = column(gap=0)
        text.addWidget(ElidedLabel(words.title(entry), "bodyStrong"))
        below = preview(entry).split("\n", 1)[0]
        if below:
            small = ElidedLabel(below, "body")
            small.set_tone("muted")
            text.addWidget(small)
        box.addLayout(text, 1)
        if entry.status in _WAITING:
            box.addWidget(Chip(words.status_name(entry.status), _WAITING[entry.status]))
        box.addWidget(Label(moment(entry), "body", "muted"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(f"{words.title(entry)}, {moment(entry)}")

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._owner.open(self.entry)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._owner.open(self.entry)
            return
        super().keyPressEvent(event)


class DocumentContact(QWidget):
    """What was said and sent about a document."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self._id, self._whole = 0, False
        outer = column(self, gap=6)
        self.heading = Label(_("Messages about this document"), "heading")
        outer.addWidget(self.heading)
        self._list = column(gap=2)
        outer.addLayout(self._list)
        self.lines: list[MessageLine] = []
        self.hide()

    def show_document(self, document_id: int) -> None:
        """Show the messages about another document, or the same one again."""
        if document_id != self._id:
            self._id, self._whole = document_id, False
        query = partial(
            timeline.page,
            document_id=document_id,
            shown=Filter(with_events=False),
            size=1_000_000 if self._whole else _SHOWN + 1,
        )
        self._page.ops.read(self, query, self._show, key="messages")

    def refresh(self, changes: Changes) -> None:
        """Read again when something was said or sent."""
        if self._id and changes.touches("message", "outbox", "reminder"):
            self.show_document(self._id)

    def _show(self, entries: list[Entry]) -> None:
        clear(self._list)
        shown = entries if self._whole else entries[:_SHOWN]
        self.lines = [MessageLine(self, entry) for entry in shown]
        for line in self.lines:
            self._list.addWidget(line)
        if len(shown) < len(entries):
            more = Button(_("Show all messages"), kind="link", small=True)
            more.clicked.connect(self._show_whole)
            self._list.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)
        self.setVisible(bool(entries))

    def _show_whole(self) -> None:
        self._whole = True
        self.show_document(self._id)

    def open(self, entry: Entry) -> None:
        """Show the whole message."""
        if entry.status == "draft":
            self._page.go("email", draft=entry.id)
        else:
            show_mail(self._page, entry)
