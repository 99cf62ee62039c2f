"""Opening and saving stored files: only what cannot do harm is handed to another program."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from klantenapp.i18n import _
from klantenapp.sentences.speak import sentence
from klantenapp.services.errors.messages import NotOpened
from klantenapp.services.store import file_names, files
from klantenapp.ui.contact.mail_out import save_bytes
from klantenapp.ui.widgets.dialogs import confirm

if TYPE_CHECKING:
    from klantenapp.ui.widgets.page import Page

#: Folders of copies that other programs look at; they go with the program.
_folders: list[tempfile.TemporaryDirectory[str]] = []


def open_file(page: Page, file_id: int, name: str) -> None:
    """Show a stored file with the program of the system for it, or offer to save it."""
    if not file_names.can_open(name):
        confirm(
            page,
            _("Save this file?"),
            sentence(NotOpened(name)),
            _("Save"),
            lambda: save_file(page, file_id, name),
        )
        return
    page.ops.read(page, partial(files.content, file_id=file_id), partial(_show, name))


def save_file(page: Page, file_id: int, name: str) -> None:
    """Ask for a place and keep a copy there."""

    def save(content: bytes) -> None:
        path = save_bytes(page, name, content)
        if path is not None:
            page.toast(_("Saved as {name}").format(name=path.name))

    page.ops.read(page, partial(files.content, file_id=file_id), save)


def _show(name: str, content: bytes) -> None:
    folder = tempfile.TemporaryDirectory(prefix="klantenapp-", ignore_cleanup_errors=True)
    _folders.append(folder)
    path = Path(folder.name) / file_names.safe(name)
    path.write_bytes(content)
    # A copy: what the other program changes does not come back.
    path.chmod(0o400)
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
