"""Everything that is held about one customer, as a ZIP that the user can hand over."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog

from klantenapp.i18n import _
from klantenapp.sentences import timeline as words
from klantenapp.services.exports import one_customer
from klantenapp.services.store import file_names

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from klantenapp.services.exports.everything import Exported
    from klantenapp.ui.progress import Progress
    from klantenapp.ui.widgets.page import Page


def save_data(page: Page, name: str, *, customer_id: int) -> None:
    """Ask for a place, and write the ZIP there."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    title = _("Data of {name}").format(name=name)
    start = Path(folder) / file_names.safe(f"{title}.zip")
    chosen, _kind = QFileDialog.getSaveFileName(
        page.window(), _("Export data"), str(start), "ZIP (*.zip)"
    )
    if not chosen:
        return
    path = Path(chosen).with_suffix(".zip")

    def query(session: Session, progress: Progress) -> Exported:
        return one_customer.export(
            session,
            customer_id,
            path,
            titles=words.title,
            statuses=words.status_name,
            tell=progress,
        )

    def done(_found: Exported) -> None:
        page.toast(_("Saved as {name}").format(name=path.name))

    page.ops.long_read(page, _("Writing…"), query, done)
