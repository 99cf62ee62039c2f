"""The example business, to look around in before anything of one's own is filled in."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from klantenapp.cli import shell
from klantenapp.cli.shell import Json
from klantenapp.i18n import N_, _
from klantenapp.services.care import demo, demo_output, opening
from klantenapp.services.care.example_names import BUSINESS
from klantenapp.services.exports import report_file
from klantenapp.services.insights import reports
from klantenapp.services.insights.wanted import Wanted
from klantenapp.services.store import clock

if TYPE_CHECKING:
    from klantenapp.services.store.administration import Administration


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("demo", help=N_("Make an example administration with files to look at."))(make)


def make(
    folder: Annotated[Path, typer.Argument(help=N_("Folder to write in."))],
    *,
    seed: Annotated[int, typer.Option("--seed", help=N_("Another number, another story."))] = 1,
    customers: Annotated[
        int, typer.Option("--customers", min=1, help=N_("How many customers."))
    ] = demo.CUSTOMERS,
    invoices: Annotated[
        int, typer.Option("--invoices", min=0, help=N_("How many invoices."))
    ] = demo.INVOICES,
    as_json: Json = False,
) -> None:
    """Make the example and write what it shows."""
    path = folder / demo.FILE
    demo.make(path, demo.Wanted(customers, invoices, seed), _progress())
    administration = opening.open_file(path)
    try:
        found = _described(administration, folder)
    finally:
        administration.close()
    shell.show(
        {"file": path} | found,
        as_json=as_json,
        text=lambda: "\n".join(
            (_("The example is in {file}").format(file=path), *map(str, found["written"]))
        ),
    )


def _described(administration: Administration, folder: Path) -> dict[str, Any]:
    written = [*demo_output.write(administration, folder), *_reports(administration, folder)]
    return administration.read(demo.counted) | {"written": written}


def _reports(administration: Administration, folder: Path) -> list[Path]:
    """Every report as a spreadsheet, and each in one more kind of file by turns."""
    wanted = Wanted(as_of=clock.today())
    written = []
    for index, name in enumerate(reports.REPORTS):
        table = administration.read(partial(reports.make, name=name, wanted=wanted))
        for suffix in (".xlsx", (".pdf", ".ods", ".csv")[index % 3]):
            path = folder / f"{name}{suffix}"
            report_file.write(table, path, BUSINESS.name)
            written.append(path)
    return written


def _progress() -> Any:
    """A line that counts up, where somebody looks."""
    if not sys.stderr.isatty():
        return None

    def tell(share: float) -> None:
        sys.stderr.write(f"\r{share:4.0%}" if share < 1 else "\r    \r")

    return tell
