"""Contact with customers: what is on a timeline, adding to it, and mail from files."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from klantenapp import i18n
from klantenapp.cli import shell
from klantenapp.cli.shell import Json
from klantenapp.i18n import N_, _
from klantenapp.sentences import timeline as words
from klantenapp.services.customers import customers
from klantenapp.services.messages import notes, timeline
from klantenapp.services.messages.attachments import NewFile
from klantenapp.services.messages.notes import NewEntry

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from klantenapp.services.messages.notes import Direction, Kind
    from klantenapp.services.messages.timeline import Entry

_EVERYTHING = 1_000_000_000


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("messages", help=N_("Show all contact with a customer, newest first."))(messages)
    group = typer.Typer(help=N_("Contact with customers."), no_args_is_help=True)
    group.command("add", help=N_("Record a call, a meeting or a note."))(add)
    app.add_typer(group, name="message")


def messages(
    customer: Annotated[str, typer.Argument(help=N_("Customer number."))],
    *,
    as_json: Json = False,
) -> None:
    """The timeline of a customer."""

    def read(session: Session) -> list[Entry]:
        customer_id = customers.find(session, customer)
        return timeline.page(session, customer_id=customer_id, size=_EVERYTHING)

    with shell.opened() as administration:
        found = administration.read(read)
    shell.show(
        {"customer_number": customer, "messages": [_fields(entry) for entry in found]},
        as_json=as_json,
        text=lambda: _text(found),
    )


def add(
    customer: Annotated[str, typer.Argument(help=N_("Customer number."))],
    *,
    kind: Annotated[str, typer.Option("--kind", help=N_("call, note, meeting or letter."))],
    text: Annotated[str, typer.Option("--text", help=N_("What was said."))],
    person: Annotated[str | None, typer.Option("--person", help=N_("Who was spoken to."))] = None,
    direction: Annotated[
        str, typer.Option("--direction", help=N_("in: the customer called; out: you called."))
    ] = "none",
    follow_up: Annotated[
        str | None, typer.Option("--follow-up", help=N_("The day to come back to it."))
    ] = None,
    attach: Annotated[
        list[Path] | None, typer.Option("--attach", help=N_("A file that belongs to it."))
    ] = None,
    as_json: Json = False,
) -> None:
    """Record a call, a meeting, a letter or a note."""
    if kind not in notes.ADD:
        raise typer.BadParameter(_("Choose call, note, meeting or letter."), param_hint="--kind")
    if direction not in {"in", "out", "none"}:
        raise typer.BadParameter(_("Choose in, out or none."), param_hint="--direction")
    entry = NewEntry(
        cast("Kind", kind),
        text,
        direction=cast("Direction", direction),
        person=person,
        follow_up_on=shell.day(follow_up) if follow_up else None,
        files=tuple(_file(path) for path in attach or ()),
    )

    def work(session: Session) -> int:
        return notes.add(session, customers.find(session, customer), entry)

    with shell.opened() as administration:
        message_id, _changes = administration.write(notes.ADD[kind], work)
        made = administration.read(partial(timeline.entry, message_id=message_id))
    shell.show(_fields(made), as_json=as_json, text=lambda: words.title(made))


def _file(path: Path) -> NewFile:
    try:
        return NewFile(path.name, path.read_bytes())
    except OSError as problem:
        said = _("“{name}” cannot be read: {reason}.")
        told = said.format(name=path.name, reason=problem.strerror or "")
        raise typer.BadParameter(told, param_hint="--attach") from problem


def _fields(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.id if entry.key.source == "message" else None,
        "at": entry.key.at.astimezone().date() if entry.day_only else entry.key.at,
        "kind": entry.kind,
        "direction": entry.direction,
        "subject": entry.subject or words.title(entry),
        "text": entry.text,
        "person": entry.person,
        "invoice": entry.document_number or None,
        "status": entry.status,
        "follow_up": entry.follow_up_on,
    }


def _text(found: list[Entry]) -> str:
    if not found:
        return _("There has been no contact yet.")
    rows = [
        (
            i18n.date(entry.key.at.astimezone().date()),
            words.title(entry),
            entry.text.split("\n", 1)[0][:60],
            words.status_name(entry.status),
        )
        for entry in found
    ]
    headers = (_("Date"), _("What"), _("Text"), _("Status"))
    return shell.table(headers, rows)
