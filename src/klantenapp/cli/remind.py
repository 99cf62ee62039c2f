"""Reminders of a day: who gets which letter, what it claims, and the letters themselves."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from klantenapp import i18n
from klantenapp.cli import shell
from klantenapp.cli.shell import Json
from klantenapp.i18n import N_, _, ngettext, translator
from klantenapp.sentences import reminders as words
from klantenapp.services.messages import accounts
from klantenapp.services.reminders import letters, sending, worklist
from klantenapp.services.store import clock

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from klantenapp.services.reminders.worklist import Row
    from klantenapp.services.store.administration import Administration


@dataclass(frozen=True)
class _Read:
    """The rows, one per customer, and the letters of those that are ready: name and bytes."""

    rows: list[Row]
    letters: list[tuple[str, bytes]]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("remind", help=N_("Show who is to be reminded, write the letters, record them."))(
        remind
    )


def remind(
    *,
    as_of: Annotated[
        dt.date | None,
        typer.Option("--as-of", parser=shell.day, help=N_("The day; today where left out.")),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", help=N_("A folder for the letters as PDF."))
    ] = None,
    record: Annotated[
        bool, typer.Option("--record", help=N_("Record them as sent; mails go to the outbox."))
    ] = False,
    as_json: Json = False,
) -> None:
    """The worklist of a day."""
    day = as_of or clock.today()
    with shell.opened() as administration:
        found = administration.read(partial(_read, day=day, with_letters=output is not None))
        if record:
            chosen = [sending.wanted_of(row) for row in found.rows if row.is_ready]
            if chosen:
                work = partial(sending.send, wanted=chosen, day=day)
                _warn_of_waiting(administration, administration.write(sending.SEND, work)[0])
    if output is not None:
        output.mkdir(parents=True, exist_ok=True)
        for name, content in found.letters:
            (output / name).write_bytes(content)
    shell.show(
        {"as_of": day, "rows": [_fields(row) for row in found.rows]},
        as_json=as_json,
        text=lambda: _text(found.rows),
    )


def _warn_of_waiting(administration: Administration, sent: list[sending.Sent]) -> None:
    """Mails go nowhere while no server is set up: that is said, not found out later."""
    mails = sum(one.channel == "mail" for one in sent)
    if mails and not administration.read(accounts.read).is_ready:
        shell.warn(_("No e-mail is set up."))
        said = ngettext(
            "{count} reminder will wait in the outbox.",
            "{count} reminders will wait in the outbox.",
            mails,
        )
        shell.warn(said.format(count=mails))


def _read(session: Session, day: dt.date, *, with_letters: bool) -> _Read:
    rows = worklist.main_rows(worklist.read(session, day))
    drawn = []
    for row in rows if with_letters else ():
        if row.is_ready:
            letter, content = letters.preview(session, row)
            drawn.append((letters.file_name(translator(letter.language), row, day), content))
    return _Read(rows, drawn)


def _fields(row: Row) -> dict[str, Any]:
    return {
        "customer_number": row.debtor.number,
        "step": row.step.kind,
        "invoices": [item.number for item in row.items],
        "principal": row.claim.principal,
        "costs": row.claim.costs,
        "interest": row.claim.interest,
        "announced_costs": row.claim.announced,
        "total": row.claim.total,
        "locked_until": row.locked_until,
        "reason": row.reason or None,
    }


def _text(rows: list[Row]) -> str:
    if not rows:
        return _("Nobody is to be reminded.")
    lines = [
        (
            row.debtor.name,
            _(words.STEPS[row.step.kind]),
            ", ".join(item.number for item in row.items),
            i18n.money(row.claim.principal.cents),
            _costs(row),
            i18n.money(row.claim.interest.cents),
            _reason(row),
        )
        for row in rows
    ]
    heads = (
        _("Customer"),
        _("Step"),
        _("Invoice"),
        _("Principal"),
        _("Costs"),
        _("Interest"),
        _("Not today"),
    )
    ready = sum(row.is_ready for row in rows)
    said = ngettext("{count} letter is ready.", "{count} letters are ready.", ready)
    return f"{shell.table(heads, lines, right=(3, 4, 5))}\n{said.format(count=ready)}"


def _costs(row: Row) -> str:
    """Announced costs stand in brackets: nobody owes them yet."""
    if row.claim.announced:
        return f"({i18n.money(row.claim.announced.cents)})"
    return i18n.money(row.claim.costs.cents)


def _reason(row: Row) -> str:
    if row.is_ready:
        return ""
    day = i18n.date(row.locked_until) if row.locked_until else ""
    return _(words.REASONS[row.reason]).format(day=day)
