"""Bank lines that wait, and what they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from klantenapp import i18n
from klantenapp.cli import bank_link, shell
from klantenapp.cli.shell import Json
from klantenapp.i18n import N_, _
from klantenapp.sentences import reasons
from klantenapp.services.receivables import accepting, bank_lines, matched
from klantenapp.services.receivables.proposals import Certainty

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from klantenapp.models.values import Money
    from klantenapp.services.receivables.bank_lines import Suggested
    from klantenapp.services.receivables.proposals import Proposal


@dataclass(frozen=True)
class ProposedInvoice:
    """One invoice of a proposal."""

    invoice: str
    amount: Money
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class MatchedLine:
    """A bank line with what it could be."""

    date: dt.date
    amount: Money
    counterparty: str
    text: str
    certainty: str
    proposals: tuple[ProposedInvoice, ...]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(help=N_("Match bank lines to invoices."), no_args_is_help=True)
    group.callback()(_group)
    group.command("match", help=N_("Show what the open bank lines could be."))(match)
    bank_link.add_to(group)
    app.add_typer(group, name="bank")


def _group() -> None:
    """A group of its own, although it has one command."""


def match(
    *,
    accept: Annotated[
        str | None, typer.Option("--accept", help=N_("Book the certain ones: certain."))
    ] = None,
    as_json: Json = False,
) -> None:
    """Show the open lines with their proposals; with `--accept certain` book the certain ones."""
    if accept not in (None, Certainty.CERTAIN.value):
        raise typer.BadParameter(_("Only certain ones are accepted: certain."))
    with shell.opened() as administration:
        lines = administration.read(_lines)
        booked = 0
        if accept:
            done, _changes = administration.write(
                accepting.ACCEPT_CERTAIN, accepting.accept_certain
            )
            booked = len(done)
    shell.show({"lines": lines}, as_json=as_json, text=lambda: _table(lines))
    if accept and not as_json:
        shell.out(
            i18n.ngettext("{count} line booked.", "{count} lines booked.", booked).format(
                count=booked
            )
        )


def _lines(session: Session) -> list[MatchedLine]:
    found = bank_lines.suggestions(session)
    numbers = matched.numbers(session, found)
    return [_line(each, numbers) for each in found]


def _line(each: Suggested, numbers: Mapping[int, str]) -> MatchedLine:
    certainty = each.match.certainty
    shown = each.match.proposals[:1] if certainty is Certainty.CERTAIN else each.match.proposals
    return MatchedLine(
        each.row.date,
        each.row.amount,
        each.row.counterparty,
        each.row.text,
        certainty.value if certainty else "none",
        tuple(one for proposal in shown for one in _invoices(proposal, numbers)),
    )


def _invoices(proposal: Proposal, numbers: Mapping[int, str]) -> list[ProposedInvoice]:
    why = (*proposal.reasons, *proposal.doubts)
    words = tuple(reason.value for reason in why)
    return [
        ProposedInvoice(numbers.get(part.item_id, ""), part.amount, words)
        for part in proposal.parts
    ]


def _table(lines: list[MatchedLine]) -> str:
    rows = [
        (
            i18n.date(line.date),
            i18n.amount(line.amount.cents),
            line.counterparty[:30],
            reasons.certainty(Certainty(line.certainty)) if line.certainty != "none" else "",
            ", ".join(dict.fromkeys(each.invoice for each in line.proposals)),
        )
        for line in lines
    ]
    headers = (_("Date"), _("Amount €"), _("Name"), _("Certainty"), _("Invoice"))
    return shell.table(headers, rows, right=(1,))
