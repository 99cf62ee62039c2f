"""Everything, or what an accountant asks for, in one ZIP."""

from __future__ import annotations

import datetime as dt
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from klantenapp.cli import shell
from klantenapp.cli.shell import Json
from klantenapp.i18n import N_, ngettext
from klantenapp.sentences import speak, timeline
from klantenapp.services.customers import customers
from klantenapp.services.exports import accountant, everything, one_customer
from klantenapp.services.insights.wanted import Wanted
from klantenapp.services.store import clock

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from klantenapp.services.exports.everything import Exported

Output = Annotated[Path, typer.Option("--output", help=N_("File that ends with .zip."))]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(
        help=N_("Write all data, or an accountant's set, into one ZIP."), no_args_is_help=True
    )
    group.command("all", help=N_("Everything: a spreadsheet per kind, and every file."))(export_all)
    group.command(
        "accountant", help=N_("Journal, receipts, open items, tax and PDFs of a period.")
    )(export_accountant)
    group.command("customer", help=N_("Everything that is held about one customer."))(
        export_customer
    )
    app.add_typer(group, name="export")


def export_all(*, output: Output, as_json: Json = False) -> None:
    """Write everything."""
    with shell.opened() as administration:
        found = administration.read(partial(everything.export, path=output))
    _told(found, as_json=as_json)


def export_customer(
    customer: Annotated[str, typer.Argument(help=N_("Customer number."))],
    *,
    output: Output,
    as_json: Json = False,
) -> None:
    """Write what is held about one customer."""

    def work(session: Session) -> Exported:
        return one_customer.export(
            session,
            customers.find(session, customer),
            output,
            titles=timeline.title,
            statuses=timeline.status_name,
        )

    with shell.opened() as administration:
        found = administration.read(work)
    _told(found, as_json=as_json)


def export_accountant(
    *,
    output: Output,
    start: Annotated[
        dt.date | None, typer.Option("--from", parser=shell.day, help=N_("First day."))
    ] = None,
    end: Annotated[
        dt.date | None, typer.Option("--to", parser=shell.day, help=N_("Last day."))
    ] = None,
    as_json: Json = False,
) -> None:
    """Write the set of a period."""
    wanted = Wanted(as_of=clock.today(), start=start, end=end, named=speak.operation_label)
    with shell.opened() as administration:
        found = administration.read(partial(accountant.export, path=output, wanted=wanted))
    _told(found, as_json=as_json)


def _told(found: Exported, *, as_json: bool) -> None:
    words = ngettext(
        "Wrote {file} with {count} file.", "Wrote {file} with {count} files.", found.files
    )
    told = {"file": found.path, "files": found.files, "rows": found.rows}
    shell.show(told, as_json=as_json, text=words.format(file=found.path, count=found.files))
