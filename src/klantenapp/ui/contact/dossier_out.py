"""What is known about a customer or an invoice, out of the program: contact, collection dossier."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtWidgets import QFileDialog

from klantenapp.i18n import _
from klantenapp.sentences import timeline as words_of
from klantenapp.services.exports import report_file
from klantenapp.services.reminders import contact_sheet, dossier
from klantenapp.services.store import clock
from klantenapp.ui.contact.mail_out import save_bytes
from klantenapp.ui.widgets.printing import print_pdfs

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from klantenapp.services.reminders.dossier import Dossier
    from klantenapp.ui.progress import Progress
    from klantenapp.ui.widgets.page import Page

T = TypeVar("T")


def save_sheet(
    page: Page, name: str, *, customer_id: int | None = None, document_id: int | None = None
) -> None:
    """All contact with a customer, or about an invoice, as a PDF."""

    def save(content: bytes) -> None:
        path = save_bytes(page, f"{name}.pdf", content)
        if path is not None:
            page.toast(_("Saved as {name}").format(name=path.name))

    _read_sheet(page, save, customer_id, document_id)


def print_sheet(
    page: Page, name: str, *, customer_id: int | None = None, document_id: int | None = None
) -> None:
    """All contact with a customer, or about an invoice, on paper."""
    _read_sheet(page, lambda content: print_pdfs(page, [content], name), customer_id, document_id)


def _read_sheet(
    page: Page,
    done: Callable[[bytes], object],
    customer_id: int | None,
    document_id: int | None,
) -> None:
    def query(session: Session, _progress: Progress) -> bytes:
        return contact_sheet.pdf(
            session,
            customer_id=customer_id,
            document_id=document_id,
            titles=words_of.title,
            statuses=words_of.status_name,
        )

    def read(content: bytes) -> None:
        done(content)

    page.ops.long_read(page, _("Writing…"), query, read)


def save_dossier(page: Page, customer_id: int, document_id: int | None = None) -> None:
    """Ask for a folder, and write a collection dossier there as PDF and ZIP.

    Args:
        document_id: only about this invoice.
    """
    folder = QFileDialog.getExistingDirectory(page.window(), _("Collection dossier"))
    if not folder:
        return

    def query(session: Session, progress: Progress) -> str:
        made = dossier.make(
            session,
            customer_id,
            clock.today(),
            dossier.Names(words_of.title, words_of.status_name),
            document_id=document_id,
            step=progress,
        )
        _write(Path(folder), made)
        return made.name

    def done(name: str) -> None:
        page.toast(_("Saved as {name}").format(name=f"{name}.pdf"))

    page.ops.long_read(page, _("Collecting the dossier…"), query, done)


def _write(folder: Path, made: Dossier) -> None:
    for ending, content in (("pdf", made.pdf), ("zip", made.zip)):
        report_file.write_bytes(content, folder / f"{made.name}.{ending}")
