"""A price list written to a file, off the main thread."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from klantenapp.i18n import _
from klantenapp.services.customers import business
from klantenapp.services.exports import price_list, report_file

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from klantenapp.services.catalogue.price_list_view import PriceListPage
    from klantenapp.ui.progress import Progress
    from klantenapp.ui.widgets.page import Page

_FILTERS = "Excel (*.xlsx);;OpenDocument (*.ods);;CSV (*.csv);;PDF (*.pdf)"


def export(page: Page, found: PriceListPage) -> None:
    """Ask where, and write what is on screen there."""
    name = "".join(" " if letter in '<>:"/\\|?*' else letter for letter in found.data.name)
    chosen, kind = QFileDialog.getSaveFileName(
        page.window(), _("Export price list"), f"{name}.xlsx", _FILTERS
    )
    if not chosen:
        return
    path = Path(chosen)
    if path.suffix.lower().lstrip(".") not in report_file.FORMATS:
        path = path.with_name(path.name + kind.rpartition("*")[2].rstrip(")"))
    write(page, found, path)


def write(page: Page, found: PriceListPage, path: Path) -> None:
    """Write the list to a file; plain where it can be read back."""
    table = price_list.table(found)

    def author(session: Session) -> str:
        owner = business.find(session)
        return (owner.trade_name or owner.legal_name) if owner else ""

    def go(name: str) -> None:
        def work(_progress: Progress) -> None:
            report_file.write(table, path, name, plain=path.suffix.lower() != ".pdf")

        said = _("{name} written").format(name=path.name)
        page.ops.task(page, _("Writing…"), work, lambda _none: page.toast(said))

    page.ops.read(page, author, go)
