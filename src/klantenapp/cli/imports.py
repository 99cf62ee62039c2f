"""Files that come in: each kind is a command of `import`."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from klantenapp.cli import shell
from klantenapp.cli.shell import Json
from klantenapp.i18n import N_, _
from klantenapp.sentences.speak import sentence
from klantenapp.services.imports import mail as mails
from klantenapp.services.imports.source import Source

if TYPE_CHECKING:
    from klantenapp.services.imports.result import ImportResult

File = Annotated[Path, typer.Argument(help=N_("The file."))]
SkipRefused = Annotated[
    bool, typer.Option("--skip-refused", help=N_("Leave out what is refused, take the rest."))
]
DryRun = Annotated[bool, typer.Option("--dry-run", help=N_("Read and tell; store nothing."))]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(help=N_("Bring in a file."), no_args_is_help=True)
    group.command("mail", help=N_("Put mails (.eml, .mbox) with their customers."))(mail)
    app.add_typer(group, name="import")


def mail(
    file: File, *, skip_refused: SkipRefused = False, dry_run: DryRun = False, as_json: Json = False
) -> None:
    """Put mails with the customers that they come from or answer."""
    source = Source.of(file)
    work = partial(mails.run, source=source, skip_refused=skip_refused, dry_run=dry_run)
    with shell.opened() as administration:
        if dry_run:
            result = administration.read(work)
        else:
            result, _changes = administration.write(mails.IMPORT, work)
    report(result, as_json=as_json, skip_refused=skip_refused or dry_run)


def report(result: ImportResult, *, as_json: bool, skip_refused: bool) -> None:
    """Print what came in; exit 1 where refused lines kept everything out."""
    refused = [
        {"line": one.line, "field": one.field, "reason": sentence(one.failure)}
        for one in result.refused
    ]
    shell.show(
        {
            "read": result.read,
            "created": result.created,
            "updated": result.updated,
            "skipped": result.skipped,
            "refused": refused,
            "balanced": result.balanced,
            "accounts": result.accounts,
        },
        as_json=as_json,
        text=lambda: _(
            "Read: {read}. New: {created}. Changed: {updated}. Left aside: {skipped}."
            " Refused: {refused}."
        ).format(
            read=result.read,
            created=result.created,
            updated=result.updated,
            skipped=result.skipped,
            refused=len(result.refused),
        ),
    )
    for one in refused:
        shell.warn(_("Line {line}: {reason}").format(line=one["line"], reason=one["reason"]))
    if refused and not skip_refused:
        raise typer.Exit(1)
