"""Mail from files onto the timelines: with progress, to be stopped, and told in one sentence."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QFileDialog

from klantenapp.i18n import _, ngettext
from klantenapp.sentences.speak import sentence
from klantenapp.services.errors.base import Refusal
from klantenapp.services.imports import mail as mails
from klantenapp.services.imports.source import Source

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QMimeData
    from sqlalchemy.orm import Session

    from klantenapp.services.imports.result import ImportResult
    from klantenapp.ui.progress import Progress
    from klantenapp.ui.widgets.page import Page

_MAILS: Final = (".eml", ".mbox")
_BANNER: Final = "mail_import"


def paths_of(dropped: QMimeData) -> list[Path]:
    """The files of mail in what is dragged here."""
    names = [url.toLocalFile() for url in dropped.urls()]
    return [Path(name) for name in names if name.lower().endswith(_MAILS)]


def choose(page: Page, customer_id: int | None = None) -> None:
    """Let the user choose files, and take their mails."""
    names, _kind = QFileDialog.getOpenFileNames(
        page.window(), _("Import mail"), "", _("Mail") + " (*.eml *.mbox)"
    )
    take(page, [Path(name) for name in names], customer_id)


def take(page: Page, paths: Sequence[Path], customer_id: int | None = None) -> None:
    """Put the mails of files where they belong.

    Args:
        customer_id: of mail in which nobody is recognised; None lets it wait to be assigned.
    """
    if paths:
        page.shell.banners.hide_banner(_BANNER)
        MailImport(page, paths, customer_id).next()


class MailImport:
    """Files one after the other: each is one step to undo, whole or absent."""

    def __init__(self, page: Page, paths: Sequence[Path], customer_id: int | None) -> None:
        self._page = page
        self._paths = list(paths)
        self._customer_id = customer_id
        self._created = self._skipped = 0
        self._refused: list[Exception] = []

    def next(self) -> None:
        """Read the next file; after the last one, say what came of it."""
        if not self._paths:
            self._tell()
            return
        path = self._paths.pop(0)
        try:
            source = Source.of(path)
        except Refusal as failure:
            self._refuse(failure)
            return

        def work(session: Session, progress: Progress) -> ImportResult:
            return mails.run(
                session,
                source,
                otherwise=self._customer_id,
                skip_refused=True,
                step=progress,
            )

        label = _("Reading {file}").format(file=path.name)
        self._page.ops.long_write(mails.IMPORT, label, work, self._took, self._refuse)

    def _took(self, result: ImportResult) -> None:
        self._created += result.created
        self._skipped += result.skipped
        self._refused += [one.failure for one in result.refused]
        self.next()

    def _refuse(self, failure: Exception) -> None:
        self._refused.append(failure)
        self.next()

    def _tell(self) -> None:
        if self._refused:
            words = [*dict.fromkeys(sentence(failure) for failure in self._refused)]
            more = len(words) - 3
            told = " ".join(words[:3])
            if more > 0:
                said = ngettext("And {count} more.", "And {count} more.", more)
                told += " " + said.format(count=more)
            self._page.shell.banners.show_banner(_BANNER, "danger", told, closable=True)
        if self._created:
            said = ngettext("{count} mail added", "{count} mails added", self._created)
            self._page.toast(said.format(count=self._created), undo=True)
        elif self._skipped:
            self._page.toast(_("This mail was there already"))


def opened(page: Page, dropped: QMimeData, customer_id: int | None = None) -> None:
    """Take the mails that were dropped."""
    take(page, paths_of(dropped), customer_id)
