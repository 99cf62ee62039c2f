"""Closing the books through a day, and opening them again."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Annotated

import typer

from klantenapp import i18n
from klantenapp.cli import shell
from klantenapp.cli.shell import Json
from klantenapp.i18n import N_, _
from klantenapp.services.ledger import closing


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(help=N_("Close the books through a day."), no_args_is_help=True)
    group.command("close", help=N_("Nothing is dated on or before the day any more."))(close)
    group.command("reopen", help=N_("Open closed days again, with the reason."))(reopen)
    group.command("show", help=N_("Through which day the books are closed, and since when."))(show)
    app.add_typer(group, name="period")


def close(
    *,
    through: Annotated[
        dt.date, typer.Option("--through", parser=shell.day, help=N_("Last closed day."))
    ],
    as_json: Json = False,
) -> None:
    """Close through a day."""
    with shell.opened() as administration:
        administration.write(closing.CLOSE, partial(closing.close, through=through))
    words = _("Closed through {day}.").format(day=i18n.date(through))
    shell.show({"closed_through": through}, as_json=as_json, text=words)


def reopen(
    *,
    reason: Annotated[str, typer.Option("--reason", help=N_("Why; it is kept."))],
    through: Annotated[
        dt.date | None,
        typer.Option("--through", parser=shell.day, help=N_("What stays closed; else nothing.")),
    ] = None,
    as_json: Json = False,
) -> None:
    """Open again."""
    work = partial(closing.reopen, reason=reason, through=through)
    with shell.opened() as administration:
        administration.write(closing.REOPEN, work)
    words = _("All days are open again.")
    if through is not None:
        words = _("Closed through {day}.").format(day=i18n.date(through))
    shell.show({"closed_through": through}, as_json=as_json, text=words)


def show(*, as_json: Json = False) -> None:
    """What is closed, and how that came."""
    with shell.opened() as administration:
        through = administration.read(closing.closed_through)
        history = administration.read(closing.history)
    told = {"closed_through": through, "history": history}
    rows = [
        [
            f"{each.at.astimezone():%Y-%m-%d %H:%M}",
            _("Reopened") if each.opened else _("Closed"),
            i18n.date(each.through) if each.through is not None else "–",
            each.reason,
        ]
        for each in history
    ]
    heads = [_("Moment"), _("What"), _("Closed through"), _("Why")]
    text = shell.table(heads, rows) if rows else _("Nothing was ever closed.")
    shell.show(told, as_json=as_json, text=text)
