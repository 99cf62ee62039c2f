"""A customer's account written to a spreadsheet, CSV or PDF, off the main thread."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from klantenapp.i18n import _
from klantenapp.services.customers import business
from klantenapp.services.exports import report_file
from klantenapp.services.insights import statement
from klantenapp.services.insights.wanted import Wanted as Asked
from klantenapp.services.store import clock

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy.orm import Session

    from klantenapp.services.customers.profile import Own
    from klantenapp.services.insights.table import ReportTable
    from klantenapp.ui.progress import Progress
    from klantenapp.ui.widgets.page import Page

_FILTERS = "Excel (*.xlsx);;OpenDocument (*.ods);;CSV (*.csv);;PDF (*.pdf)"
_UNFIT = '<>:"/\\|?*'
Period = tuple["dt.date | None", "dt.date | None"]


def export(page: Page, own: Own, period: Period) -> None:
    """Ask where, and write the account there."""
    name = "".join(" " if letter in _UNFIT else letter for letter in own.name)
    chosen, kind = QFileDialog.getSaveFileName(
        page.window(), _("Export transactions"), f"{name}.xlsx", _FILTERS
    )
    if not chosen:
        return
    path = Path(chosen)
    if path.suffix.lower().lstrip(".") not in report_file.FORMATS:
        path = path.with_name(path.name + kind.rpartition("*")[2].rstrip(")"))
    write(page, own.id, period, path)


def write(page: Page, customer_id: int, period: Period, path: Path) -> None:
    """Write the account of a customer to a file, in the format of its name.

    Args:
        period: days, both included; None is open.
    """

    def read(session: Session) -> tuple[ReportTable, str]:
        owner = business.find(session)
        author = (owner.trade_name or owner.legal_name) if owner else ""
        start, end = period
        asked = Asked(as_of=clock.today(), start=start, end=end, customer_id=customer_id)
        return statement.report(session, asked), author

    def go(found: tuple[ReportTable, str]) -> None:
        table, author = found

        def work(_progress: Progress) -> None:
            report_file.write(table, path, author)

        said = _("{name} written").format(name=path.name)
        page.ops.task(page, _("Writing…"), work, lambda _none: page.toast(said))

    page.ops.read(page, read, go)
