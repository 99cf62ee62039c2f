"""Reports by name: on screen, as JSON, or in a file."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from klantenapp.cli import shell
from klantenapp.cli.shell import Json
from klantenapp.i18n import N_, _
from klantenapp.sentences import speak
from klantenapp.services.customers import business, customers
from klantenapp.services.errors.insights import NotCompared
from klantenapp.services.exports import report_file, statement_pdf
from klantenapp.services.insights import choices, reports
from klantenapp.services.insights.compare import COMPARED, with_previous
from klantenapp.services.insights.table import shown, without_details
from klantenapp.services.insights.wanted import Wanted
from klantenapp.services.store import clock

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from klantenapp.services.insights.table import ReportTable

#: The keys of JSON for what a report goes by.
_DATES = {"from": "start", "to": "end", "as_of": "as_of"}


class Basis(StrEnum):
    """How the tax return counts."""

    INVOICE = "invoice"
    RECEIPT = "receipt"


@dataclass(frozen=True)
class _Made:
    """A report: as a table for people and files, and as an object for machines."""

    table: ReportTable | None
    object: dict[str, Any]
    author: str
    letter: bytes | None = None


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
    group: Annotated[
        str | None, typer.Option("--group", help=N_("Only customers who carry this label."))
    ] = None,
    compare: Annotated[
        bool, typer.Option("--compare", help=N_("Beside the period before, as long as this one."))
    ] = False,
    basis: Annotated[
        Basis | None, typer.Option("--basis", help=N_("Tax return by invoice or by receipt."))
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", help=N_("File: .xlsx, .ods, .csv or .pdf."))
    ] = None,
    as_json: Json = False,
) -> None:
    """Make a report; without --output it is printed."""

    def work(session: Session) -> _Made:
        wanted = Wanted(
            as_of=as_of or clock.today(),
            start=start,
            end=end,
            customer_id=customers.find(session, customer) if customer is not None else None,
            group_id=choices.group(session, group) if group is not None else None,
            vat_basis=basis.value if basis is not None else None,
            named=speak.operation_label,
        )
        owner = business.find(session)
        if compare and name not in COMPARED:
            raise NotCompared(name, tuple(sorted(COMPARED)))
        found = reports.known(name, wanted)
        if as_json and output is None and found.as_json is not None and not compare:
            return _Made(None, found.as_json(session, wanted), "")
        table = (with_previous if compare else reports.make)(session, name, wanted)
        author = owner.legal_name if owner else ""
        letter = None
        if name == "statement" and output is not None and output.suffix.lower() == ".pdf":
            # A statement on paper is the letter that customers get, not a table.
            letter = statement_pdf.report_pdf(session, wanted)
        return _Made(table, _object(name, table, wanted), author, letter)

    with shell.opened() as administration:
        made = administration.read(work)
    if output is not None and made.table is not None:
        if made.letter is not None:
            report_file.write_bytes(made.letter, output)
        else:
            report_file.write(made.table, output, made.author)
        told = {"report": name, "file": output, "rows": len(made.table.rows)}
        written = partial(_("Wrote {file}.").format, file=output)
        shell.show(told, as_json=as_json, text=written)
        return
    shell.show(made.object, as_json=as_json, text=lambda: _printed(made.table))


def _object(name: str, table: ReportTable, wanted: Wanted) -> dict[str, Any]:
    told = [(at, column.key) for at, column in enumerate(table.columns) if column.in_json]
    found: dict[str, Any] = {
        key: getattr(wanted, _DATES[key]) for key in reports.REPORTS[name].dates
    }
    found["rows"] = [{key: row[at] for at, key in told} for row in table.rows]
    if table.figures:
        found["figures"] = {label.code: value.code or None for label, value in table.figures}
    if table.totals is not None:
        texts = {column.key for column in table.columns if column.kind in {"text", "date"}}
        found["total"] = {key: table.totals[at] for at, key in told if key not in texts}
    return found


def _printed(table: ReportTable | None) -> str:
    if table is None:
        return ""
    table = without_details(table)
    heads = [column.title for column in table.columns]
    right = [at for at, column in enumerate(table.columns) if column.kind not in {"text", "date"}]
    lines = [[shown(cell) for cell in row] for row in table.rows]
    if table.totals is not None:
        lines.append([shown(cell) for cell in table.totals])
    filters = [f"{label}: {value}" for label, value in (*table.filters, *table.figures)]
    body = shell.table(heads, lines, right) if table.rows else _("Nothing to report.")
    return "\n".join([table.title, table.basis, *filters, "", body])
