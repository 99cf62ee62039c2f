"""The collection dossier of a customer, as one PDF and a ZIP."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from klantenapp.cli import shell
from klantenapp.cli.shell import Json
from klantenapp.i18n import N_
from klantenapp.sentences import timeline as words
from klantenapp.services.customers import customers
from klantenapp.services.reminders import dossier
from klantenapp.services.reminders.dossier import Dossier
from klantenapp.services.sales import documents
from klantenapp.services.store import clock

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("dossier", help=N_("Collect everything about what a customer owes."))(make)


def make(
    customer: Annotated[str, typer.Argument(help=N_("Customer number."))],
    *,
    output: Annotated[Path, typer.Option("--output", help=N_("A folder for PDF and ZIP."))],
    invoice: Annotated[
        str | None, typer.Option("--invoice", help=N_("Only what is about this invoice."))
    ] = None,
    as_json: Json = False,
) -> None:
    """Write the dossier."""
    with shell.opened() as administration:
        found = administration.read(partial(_make, number=customer, invoice=invoice))
    output.mkdir(parents=True, exist_ok=True)
    for ending, content in (("pdf", found.pdf), ("zip", found.zip)):
        (output / f"{found.name}.{ending}").write_bytes(content)
    shell.show(
        {"customer_number": customer, "name": found.name, "pieces": list(found.pieces)},
        as_json=as_json,
        text="\n".join(found.pieces),
    )


def _make(session: Session, number: str, invoice: str | None) -> Dossier:
    names = dossier.Names(words.title, words.status_name)
    customer_id = customers.find(session, number)
    about = documents.find(session, invoice) if invoice is not None else None
    return dossier.make(session, customer_id, clock.today(), names, document_id=about)
