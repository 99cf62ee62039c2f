"""The other ways out for a mail: saved as a file, or opened in the mail program of the computer."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QProcess, QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from klantenapp.i18n import _
from klantenapp.sentences.speak import sentence
from klantenapp.services.errors.base import Refusal
from klantenapp.services.exports import report_file
from klantenapp.services.messages import compose
from klantenapp.services.store import file_names, files
from klantenapp.ui.widgets.dialogs import Dialog

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget
    from sqlalchemy.orm import Session

    from klantenapp.services.messages.attachments import NewFile
    from klantenapp.services.messages.compose import Mail


def save_bytes(parent: QWidget, name: str, content: bytes) -> Path | None:
    """Ask for a place and write a file there; None where the user thinks better of it.

    What stands in the way is said over the window, and nothing half is left.
    """
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    start = str(Path(folder) / file_names.safe(name))
    chosen, _kind = QFileDialog.getSaveFileName(parent.window(), _("Save as"), start)
    if not chosen:
        return None
    path = Path(chosen)
    try:
        report_file.write_bytes(content, path)
    except Refusal as failure:
        said = Dialog(parent, _("Not saved"))
        said.say(sentence(failure))
        said.cancel.setText(_("Close"))
        said.open()
        return None
    return path


def eml_of(session: Session, mail: Mail, new: Sequence[NewFile]) -> bytes:
    """The mail as a file that a mail program opens as a draft.

    Raises:
        Invalid: a field is wrong.
    """
    extra = [(one.name, one.content) for one in new]
    return compose.compose(session, mail, for_program=True, extra=extra).raw


def attachments_of(session: Session, mail: Mail, new: Sequence[NewFile]) -> list[tuple[str, bytes]]:
    """Names and bytes of everything that goes along."""
    stored = [(one.name, files.content(session, one.file_id)) for one in mail.files]
    return stored + [(one.name, one.content) for one in new]


def open_in_program(mail: Mail, along: Sequence[tuple[str, bytes]]) -> bool:
    """Hand the mail to the mail program; False where files could not go along.

    Linux has a helper that takes files; elsewhere, and without it, a link carries words only.
    """
    link = compose.link(mail)
    helper = QStandardPaths.findExecutable("xdg-email")
    if helper and along:
        folder = Path(tempfile.mkdtemp(prefix="klantenapp-mail-"))
        arguments = ["--utf8"]
        for name, content in along:
            path = folder / file_names.safe(name)
            path.write_bytes(content)
            arguments += ["--attach", str(path)]
        started, _pid = QProcess.startDetached(helper, [*arguments, link])
        return started
    QDesktopServices.openUrl(QUrl(link, QUrl.ParsingMode.StrictMode))
    return not along
