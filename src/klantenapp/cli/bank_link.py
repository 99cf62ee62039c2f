"""Handling one bank line from the command line: linking, unlinking, ignoring."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from klantenapp import i18n
from klantenapp.cli import shell
from klantenapp.cli.account import part
from klantenapp.cli.shell import Json
from klantenapp.i18n import N_, _
from klantenapp.models.values import ZERO, total
from klantenapp.services.customers import customers
from klantenapp.services.ledger.open_items import document_entry
from klantenapp.services.receivables import accepting, bank_desk, bank_lines
from klantenapp.services.receivables.accepting import Acceptance
from klantenapp.services.sales import documents
from klantenapp.services.store import audit

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from klantenapp.models.values import Money
    from klantenapp.services.receivables.bank_desk import DeskLine


class Rest(StrEnum):
    """What happens with what is assigned to nothing, or stays open."""

    CREDIT = "credit"
    REFUND = "refund"
    WRITE_OFF = "write-off"


@dataclass(frozen=True)
class Line:
    """A bank line with what it is, or became."""

    id: int
    date: dt.date
    amount: Money
    counterparty: str
    text: str
    state: str
    customer: str
    invoices: str


_Line = Annotated[int, typer.Argument(help=N_("Id of the line, from bank lines."))]


def add_to(group: typer.Typer) -> None:
    """Add the commands to the group `bank`."""
    group.command("lines", help=N_("List bank lines with their ids."))(lines)
    group.command("link", help=N_("Link a bank line to invoices, also of several customers."))(link)
    group.command("unlink", help=N_("Take back what a bank line was linked to."))(unlink)
    group.command("ignore", help=N_("Leave a bank line out, or all of its account."))(ignore)
    group.command("reopen", help=N_("Handle an ignored bank line after all."))(reopen)


def lines(*, as_json: Json = False) -> None:
    """Every line that waits, and the last ones that were handled."""
    with shell.opened() as administration:
        found = [_shown(each) for each in administration.read(bank_desk.read).lines]
    shell.show({"lines": found}, as_json=as_json, text=lambda: _table(found))


def link(
    line: _Line,
    *,
    to: Annotated[
        list[str], typer.Option("--to", help=N_("Invoice and amount, NUMBER;AMOUNT; repeat it."))
    ],
    customer: Annotated[
        str | None,
        typer.Option("--customer", help=N_("Whose the rest is; of the first invoice by default.")),
    ] = None,
    rest: Annotated[
        Rest, typer.Option("--rest", help=N_("What is left, or a small difference: what of it."))
    ] = Rest.CREDIT,
    as_json: Json = False,
) -> None:
    """Link a line; each customer among the invoices gets a payment of its own."""
    parts = [part(each) for each in to]

    def work(session: Session) -> int:
        acceptance = _acceptance(session, line, parts, customer, rest)
        accepting.accept(session, acceptance)
        return line

    _write(accepting.ACCEPT, work, as_json=as_json)


def unlink(line: _Line, *, as_json: Json = False) -> None:
    """Take back what a line was linked to; it waits again."""

    def work(session: Session) -> int:
        accepting.unlink(session, line)
        return line

    _write(accepting.UNLINK, work, as_json=as_json)


def ignore(
    line: _Line,
    *,
    always: Annotated[
        bool, typer.Option("--always", help=N_("Also every other line of that account."))
    ] = False,
    as_json: Json = False,
) -> None:
    """Leave a line out of the work."""

    def work(session: Session) -> int:
        found = bank_lines.find(session, line)
        rule = bank_lines.Rule("account", found.counterparty_iban or "") if always else None
        bank_lines.ignore(session, line, rule)
        return line

    _write(bank_lines.IGNORE, work, as_json=as_json)


def reopen(line: _Line, *, as_json: Json = False) -> None:
    """Put an ignored line back among the work."""

    def work(session: Session) -> int:
        bank_lines.reopen(session, line)
        return line

    _write(bank_lines.REOPEN, work, as_json=as_json)


# --- below ---------------------------------------------------------------------------------------


def _acceptance(
    session: Session,
    line_id: int,
    parts: list[tuple[str, Money]],
    customer: str | None,
    rest: Rest,
) -> Acceptance:
    entries = [
        (document_entry(session, documents.find(session, number)), amount)
        for number, amount in parts
    ]
    owners = list(dict.fromkeys(entry.customer_id for entry, _amount in entries))
    own = customers.find(session, customer) if customer is not None else owners[0]
    signed = {
        entry.id: amount if entry.amount > ZERO else -abs(amount) for entry, amount in entries
    }
    difference = ZERO
    if rest is Rest.WRITE_OFF:
        waiting = next(iter(bank_lines.rows(session, line_ids=[line_id])), None)
        left = waiting.amount - total(signed.values()) if waiting else ZERO
        stays = total(entry.open_amount - signed[entry.id] for entry, _amount in entries)
        difference = -left if left else stays
    return Acceptance(
        line_id=line_id,
        customer_id=own,
        parts=signed,
        difference=difference,
        also=tuple(each for each in owners if each != own),
        refund=rest is Rest.REFUND,
    )


def _write(operation: str, work: Callable[[Session], int], *, as_json: bool) -> None:
    """Do it, and show what became of the line."""
    with shell.opened() as administration:
        line_id, _changes = administration.write(audit.Act(operation, origin="cli"), work)
        found = administration.read(partial(_line, line_id=line_id))
    shell.show(found, as_json=as_json, text=lambda: _table([found]))


def _line(session: Session, line_id: int) -> Line:
    return _shown(bank_desk.line(session, line_id))


def _shown(found: DeskLine) -> Line:
    row = found.row
    return Line(
        row.id,
        row.date,
        row.amount,
        row.counterparty,
        row.text,
        row.state,
        found.customer,
        found.numbers,
    )


def _table(found: list[Line]) -> str:
    states = {"open": _("Waits"), "matched": _("Linked"), "ignored": _("Ignored")}
    rows = [
        (
            str(line.id),
            i18n.date(line.date),
            i18n.amount(line.amount.cents),
            line.counterparty[:30],
            states.get(line.state, line.state),
            line.customer[:30],
            line.invoices,
        )
        for line in found
    ]
    headers = (
        _("Id"),
        _("Date"),
        _("Amount €"),
        _("Name"),
        _("State"),
        _("Customer"),
        _("Invoice"),
    )
    return shell.table(headers, rows, right=(0, 2))
