"""The outbox: what waits to be sent, and sending it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from klantenapp.cli import shell
from klantenapp.cli.shell import Json
from klantenapp.i18n import N_, _
from klantenapp.sentences import timeline as words
from klantenapp.sentences.speak import sentence
from klantenapp.services.messages import accounts, outbox_list, passwords, problems, sender

if TYPE_CHECKING:
    from klantenapp.services.messages.outbox_list import OutboxRow

#: How many of the mails that went are listed.
_SENT = 20


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(help=N_("Mail on its way."), no_args_is_help=True)
    group.command("list", help=N_("List what waits, failed or went lately."))(list_)
    group.command("send", help=N_("Send what waits."))(send)
    app.add_typer(group, name="outbox")


def list_(*, as_json: Json = False) -> None:
    """What waits or failed, oldest first, and then what went last."""
    with shell.opened() as administration:
        rows = administration.read(lambda s: outbox_list.rows(s, with_sent=_SENT))
    headers = (_("Status"), _("Customer"), _("To"), _("Subject"), _("Reason"))
    shell.show(
        [_fields(row) for row in rows],
        as_json=as_json,
        text=lambda: (
            shell.table(headers, [_cells(row) for row in rows])
            if rows
            else _("The outbox is empty.")
        ),
    )


def send(
    *,
    password_stdin: Annotated[
        bool,
        typer.Option("--password-stdin", help=N_("Read the password from the first line given.")),
    ] = False,
    as_json: Json = False,
) -> None:
    """Send what is due; exit 1 where the way to the server is closed."""
    with shell.opened() as administration:
        if password_stdin:
            account = administration.read(accounts.read)
            passwords.remember(account, sys.stdin.readline().rstrip("\r\n"), keep=False)
        summary = sender.send_due(administration, everything=True)
    counts = {
        "sent": summary.sent,
        "waiting": summary.waiting,
        "failed": summary.failed,
        "unknown": summary.unknown,
    }
    reason = sentence(summary.problem) if summary.problem else None
    shell.show(
        counts | {"problem": reason},
        as_json=as_json,
        text=lambda: _(
            "Sent: {sent}. Waiting: {waiting}. Failed: {failed}. Perhaps sent: {unknown}."
        ).format(**counts),
    )
    if reason:
        shell.warn(reason)
    if summary.problem or summary.failed:
        raise typer.Exit(1)


def _fields(row: OutboxRow) -> dict[str, object]:
    return {
        "id": row.id,
        "status": row.state,
        "customer": row.customer,
        "invoice": row.document_number or None,
        "to": row.to,
        "subject": row.subject,
        "queued_at": row.queued_at,
        "sent_at": row.sent_at,
        "attempts": row.attempts,
        "problem": _reason(row) or None,
    }


def _cells(row: OutboxRow) -> tuple[str, ...]:
    return words.status_name(row.state), row.customer, row.to, row.subject, _reason(row)


def _reason(row: OutboxRow) -> str:
    return sentence(problems.load(row.problem)) if row.problem else ""
