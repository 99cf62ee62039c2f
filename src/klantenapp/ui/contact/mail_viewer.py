"""Reading a mail: words only, whoever wrote it; nothing in it is loaded or runs."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QTextBrowser

from klantenapp import i18n
from klantenapp.i18n import _
from klantenapp.sentences import timeline as words
from klantenapp.sentences.speak import sentence
from klantenapp.services.messages import outbox_list, problems, timeline
from klantenapp.ui.contact.mail_out import save_bytes
from klantenapp.ui.contact.mail_paper import SafeDocument
from klantenapp.ui.contact.opening import open_file
from klantenapp.ui.contact.sizes import size_words
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.buttons import Button
from klantenapp.ui.widgets.cards import Pairs
from klantenapp.ui.widgets.dialogs import Dialog
from klantenapp.ui.widgets.dressing import row
from klantenapp.ui.widgets.notes import Note

if TYPE_CHECKING:
    from klantenapp.services.messages.timeline import Entry
    from klantenapp.ui.widgets.page import Page


class MailDialog(Dialog):
    """A mail, letter or reminder, as it was sent or received."""

    def __init__(self, page: Page, entry: Entry) -> None:
        super().__init__(page, entry.subject or words.title(entry), 680)
        self._page, self._entry = page, entry
        at = entry.key.at.astimezone()
        outgoing = entry.direction == "out"
        pairs = [
            (_("To") if outgoing else _("Sender"), entry.person or "–"),
            (_("Date"), f"{i18n.long_date(at.date())}, {at:%H:%M}"),
        ]
        if entry.document_number:
            pairs.append((_("About"), entry.document_number))
        if entry.status:
            pairs.append((_("Status"), words.status_name(entry.status)))
        self.body.addWidget(Pairs(pairs, 90))
        if entry.problem:
            reason = sentence(problems.load(entry.problem))
            self.body.addWidget(Note("danger", words.status_name(entry.status) + ".", reason))
        self.text = PlainMail(entry.text)
        self.body.addWidget(self.text)
        self._offer_files()
        self.cancel.setText(_("Close"))
        if entry.kind == "email" and not outgoing and entry.id:
            self.set_act(_("Answer"), self._answer, "reply")
        if entry.kind == "email" and entry.status != "draft":
            save = Button(_("Save as .eml"), "download", "ghost")
            save.clicked.connect(self._save)
            self.add_left(save)

    def _offer_files(self) -> None:
        line = row(gap=6)
        for file in self._entry.files:
            button = Button(f"{file.name} · {size_words(file.size)}", "paperclip", small=True)
            button.clicked.connect(partial(open_file, self._page, file.file_id, file.name))
            line.addWidget(button)
        line.addStretch(1)
        if self._entry.files:
            self.body.addLayout(line)

    def _answer(self) -> None:
        self.accept()
        self._page.go("email", answers=self._entry.id)

    def _save(self) -> None:
        def save(content: bytes) -> None:
            name = self._entry.subject or _("E-mail")
            path = save_bytes(self._page, f"{name}.eml", content)
            if path is not None:
                self._page.toast(_("Saved as {name}").format(name=path.name))

        query = partial(outbox_list.eml, message_id=self._entry.id)
        self._page.ops.read(self._page, query, save)


class PlainMail(QTextBrowser):
    """Words of a mail. Links are words too: none is followed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.setDocument(SafeDocument(self))
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setFont(theme().font("body"))
        self.document().setDefaultFont(theme().font("body"))
        self.setPlainText(text)
        self.setMinimumHeight(theme().px(260))
        self.setAccessibleName(_("Text of the message"))


def show_mail(page: Page, entry: Entry) -> None:
    """Read the whole text and show it."""

    def show(whole: Entry) -> None:
        MailDialog(page, whole).open()

    page.ops.read(page, partial(timeline.entry, message_id=entry.id), show)
