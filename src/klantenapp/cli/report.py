"""Reports by name: on screen, as JSON, or in a file."""

from __future__ import annotations

import datetime as dt
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from klantenapp.cli import shell
from klantenapp.cli.shell import Json
from klantenapp.i18n import N_, _
from klantenapp.services.customers import business, customers
from klantenapp.services.exports import report_file, statement_pdf
from klantenapp.services.insights import reports
from klantenapp.services.insights.table import shown
from klantenapp.services.store import clock

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from klantenapp.services.insights.reports import Wanted
    from klantenapp.services.insights.table import ReportTable

#: The keys of JSON for what a report goes by.
_DATES = {"from": "start", "to": "end", "as_of": "as_of"}


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("report", help=N_("Make a report."))(report)


def report(
    name: Annotated[str, typer.Argument(help=N_("Name of the report."))],
    *,
    start: Annotated[
        dt.date | None, typer.Option("--from", parser=shell.day, help=N_("First day."))
    ] = None,
    end: Annotated[
        dt.date | None, typer.Option("--to", parser=shell.day, help=N_("Last day."))
    ] = None,
    as_of: Annotated[
        dt.date | None,
        typer.Option("--as-of", parser=shell.day, help=N_("Day to look from; today if left out.")),
    ] = None,
    customer: Annotated[
        str | None, typer.Option("--customer", help=N_("Number of one customer."))
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", help=N_("File: .xlsx, .ods, .csv or .pdf."))
    ] = None,
    as_json: Json = False,
) -> None:
    """Make a report; without --output it is printed."""

    def work(session: Session) -> tuple[ReportTable, Wanted, str, bytes | None]:
        wanted = reports.Wanted(
            as_of=as_of or clock.today(),
            start=start,
            end=end,
            customer_id=customers.find(session, customer) if customer is not None else None,
        )
        owner = business.find(session)
        table = reports.make(session, name, wanted)
        return table, wanted, owner.legal_name if owner else "", _letter(session, wanted)

    def _letter(session: Session, wanted: Wanted) -> bytes | None:
        """A statement on paper is the letter that customers get, not a table."""
        if name != "statement" or output is None or output.suffix.lower() != ".pdf":
            return None
        return statement_pdf.report_pdf(session, wanted)

    with shell.opened() as administration:
        table, wanted, author, letter = administration.read(work)
    if output is not None:
        if letter is not None:
            report_file.write_bytes(letter, output)
        else:
            report_file.write(table, output, author)
        told = {"report": name, "file": output, "rows": len(table.rows)}
        written = partial(_("Wrote {file}.").format, file=output)
        shell.show(told, as_json=as_json, text=written)
        return
    shell.show(_object(name, table, wanted), as_json=as_json, text=lambda: _printed(table))


def _object(name: str, table: ReportTable, wanted: Wanted) -> dict[str, Any]:
    keys = [column.key for column in table.columns]
    found: dict[str, Any] = {
        key: getattr(wanted, _DATES[key]) for key in reports.REPORTS[name].dates
    }
    found["rows"] = [dict(zip(keys, row, strict=True)) for row in table.rows]
    if table.totals is not None:
        found["total"] = {
            key: cell for key, cell in zip(keys, table.totals, strict=True) if cell is not None
        }
    return found


def _printed(table: ReportTable) -> str:
    heads = [column.title for column in table.columns]
    right = [at for at, column in enumerate(table.columns) if column.kind not in {"text", "date"}]
    lines = [[shown(cell) for cell in row] for row in table.rows]
    if table.totals is not None:
        lines.append([shown(cell) for cell in table.totals])
    filters = [f"{label}: {value}" for label, value in table.filters]
    body = shell.table(heads, lines, right) if table.rows else _("Nothing to report.")
    return "\n".join([table.title, table.basis, *filters, "", body])
