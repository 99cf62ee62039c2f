"""After sending: the letters on paper, as one print job or as files."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from klantenapp.i18n import _, ngettext
from klantenapp.services.exports import report_file
from klantenapp.services.reminders import dossier
from klantenapp.services.store import clock, files
from klantenapp.ui.widgets.buttons import Button
from klantenapp.ui.widgets.dialogs import Dialog
from klantenapp.ui.widgets.printing import print_pdfs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from klantenapp.services.reminders.sending import Sent
    from klantenapp.ui.widgets.page import Page


def read_letters(session: Session, sent: Sequence[Sent]) -> list[tuple[str, bytes]]:
    """Name and bytes of each letter."""
    return [
        (f"{one.step}-{one.customer}-{one.reminder_id}", files.content(session, one.file_id))
        for one in sent
    ]


def read_together(session: Session, sent: Sequence[Sent]) -> bytes:
    """All letters as one PDF."""
    return dossier.joined([content for _name, content in read_letters(session, sent)])


class SentDialog(Dialog):
    """Offers to print what went on paper, or to save it."""

    def __init__(self, page: Page, sent: Sequence[Sent]) -> None:
        title = ngettext("{count} letter to post", "{count} letters to post", len(sent))
        super().__init__(page, title.format(count=len(sent)), 520)
        self._page = page
        self._sent = list(sent)
        self.say(", ".join(one.customer for one in sent))
        self.say(_("They are kept with the customer, so you can also print them later."))
        save = Button(_("Save as PDF"), "download")
        save.clicked.connect(self._save)
        self.add_left(save)
        self.cancel.setText(_("Later"))
        self.set_act(_("Print"), self._print, "printer")

    def _print(self) -> None:
        def done(found: list[tuple[str, bytes]]) -> None:
            if print_pdfs(self, [content for _name, content in found], _("Reminders")):
                self.accept()

        self._page.ops.read(self, partial(read_letters, sent=self._sent), done)

    def _save(self) -> None:
        name = _("Letters") + f" {clock.today().isoformat()}.pdf"
        chosen, _kind = QFileDialog.getSaveFileName(
            self.window(), _("Save as PDF"), name, "PDF (*.pdf)"
        )
        if not chosen:
            return
        path = Path(chosen).with_suffix(".pdf")

        def query(session: Session, _progress: object) -> None:
            report_file.write_bytes(read_together(session, self._sent), path)

        def done(_none: None) -> None:
            self.accept()
            self._page.toast(_("Saved as {name}").format(name=path.name))

        self._page.ops.long_read(self, _("Save as PDF"), query, done)
