"""The list of invoices written to a file: what its filter shows, off the main thread."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtWidgets import QFileDialog

from klantenapp.i18n import _
from klantenapp.services.customers import business
from klantenapp.services.exports import document_list, report_file
from klantenapp.services.store import clock
from klantenapp.services.store.file_names import safe

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from klantenapp.services.insights.table import ReportTable
    from klantenapp.services.sales.documents import Filter
    from klantenapp.ui.progress import Progress
    from klantenapp.ui.widgets.page import Page

_FILTERS = "Excel (*.xlsx);;OpenDocument (*.ods);;CSV (*.csv);;PDF (*.pdf)"


class Asked(NamedTuple):
    """What is in the list: filter, order, and the chosen status in words."""

    wanted: Filter
    sort: tuple[str, bool]
    status: str


def export(page: Page, asked: Asked) -> None:
    """Ask where, and write the list there."""
    name = safe(_("Invoices") + f" {clock.today().isoformat()}.xlsx")
    chosen, kind = QFileDialog.getSaveFileName(page.window(), _("Export invoices"), name, _FILTERS)
    if not chosen:
        return
    path = Path(chosen)
    if path.suffix.lower().lstrip(".") not in report_file.FORMATS:
        path = path.with_name(path.name + kind.rpartition("*")[2].rstrip(")"))
    write(page, asked, path)


def write(page: Page, asked: Asked, path: Path) -> None:
    """Write the list to a file, in the format of its name."""

    def read(session: Session) -> tuple[ReportTable, str]:
        owner = business.find(session)
        author = (owner.trade_name or owner.legal_name) if owner else ""
        wanted, sort, status = asked
        return document_list.table(session, wanted, sort, clock.today(), status), author

    def go(found: tuple[ReportTable, str]) -> None:
        table, author = found

        def work(_progress: Progress) -> None:
            report_file.write(table, path, author)

        said = _("{name} written").format(name=path.name)
        page.ops.task(page, _("Writing…"), work, lambda _none: page.toast(said))

    page.ops.read(page, read, go)
