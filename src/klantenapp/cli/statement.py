"""Statements of account of one or many customers: in a file, or in the outbox."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from klantenapp.cli import shell
from klantenapp.cli.shell import Json
from klantenapp.i18n import N_, _, ngettext
from klantenapp.services.customers import business, customers
from klantenapp.services.exports import report_file, statement_mail, statement_pdf, statement_table
from klantenapp.services.receivables import statements
from klantenapp.services.receivables.statements import Wanted
from klantenapp.services.store import audit, clock

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from klantenapp.services.store.administration import Administration


@dataclass(frozen=True)
class Made:
    """What was made of how many statements."""

    statements: int
    file: Path | None
    mails: int
    without: tuple[str, ...]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("statement", help=N_("Write or mail statements of account."))(statement)


def statement(
    numbers: Annotated[
        list[str] | None,
        typer.Argument(help=N_("Customers; everybody with a balance by default.")),
    ] = None,
    *,
    start: Annotated[str | None, typer.Option("--from", help=N_("First day."))] = None,
    end: Annotated[str | None, typer.Option("--to", help=N_("Last day."))] = None,
    movements: Annotated[
        bool, typer.Option("--movements", help=N_("Every movement, not only what is open."))
    ] = False,
    output: Annotated[
        Path | None, typer.Option("--output", help=N_("File: .pdf, .xlsx, .ods or .csv."))
    ] = None,
    mail: Annotated[
        bool, typer.Option("--mail", help=N_("Put a mail with the statement in the outbox."))
    ] = False,
    as_json: Json = False,
) -> None:
    """What is open, or every movement over a period, per customer."""
    if output is None and not mail:
        raise typer.BadParameter(_("Give --output, --mail, or both."))
    is_moving = movements or start is not None or end is not None
    wanted = Wanted(
        "movements" if is_moving else "open_items",
        clock.today(),
        shell.day(start) if start is not None else None,
        shell.day(end) if end is not None else None,
    )
    with shell.opened() as administration:
        chosen = administration.read(partial(_chosen, numbers=numbers or [], wanted=wanted))
        if output is not None:
            _write(administration, chosen, wanted, output)
        done = statement_mail.Queued(0, ())
        if mail:
            work = partial(statement_mail.queue, customer_ids=chosen, wanted=wanted)
            act = audit.Act(statement_mail.MAIL, origin="cli")
            done = administration.write(act, work)[0]
    made = Made(len(chosen), output, done.mails, done.without)
    shell.show(made, as_json=as_json, text=lambda: _told(made))


def _chosen(session: Session, numbers: list[str], wanted: Wanted) -> list[int]:
    if not numbers:
        return statements.with_balance(session, wanted.end or wanted.as_of)
    return [customers.find(session, number) for number in numbers]


def _write(administration: Administration, chosen: list[int], wanted: Wanted, output: Path) -> None:
    if output.suffix.lower() == ".pdf":
        content = administration.read(lambda session: statement_pdf.pdf(session, chosen, wanted))
        report_file.write_bytes(content, output)
        return
    owner = administration.read(business.find)
    table = administration.read(lambda session: statement_table.table(session, chosen, wanted))
    report_file.write(table, output, owner.legal_name if owner else "")


def _told(made: Made) -> str:
    parts = []
    if made.file is not None:
        parts.append(_("Wrote {file}.").format(file=made.file))
    if made.mails:
        text = ngettext("{count} mail in the outbox.", "{count} mails in the outbox.", made.mails)
        parts.append(text.format(count=made.mails))
    if made.without:
        names = ", ".join(made.without)
        parts.append(_("Without an e-mail address: {names}.").format(names=names))
    return "\n".join(parts) or _("Nobody has a balance.")
