"""Quotes: made, shown, answered, turned into invoices."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from klantenapp import i18n
from klantenapp.cli import document_text, lines, shell
from klantenapp.cli.shell import Json
from klantenapp.i18n import N_, _
from klantenapp.services.catalogue import choosing
from klantenapp.services.customers import customers
from klantenapp.services.sales import documents, drafts, issuing, quotes, view
from klantenapp.services.sales.inputs import DraftInput
from klantenapp.services.store import audit, clock

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

_QUOTES = documents.Filter(kinds=("quote",))


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(help=N_("Quotes."), no_args_is_help=True)
    group.command("new", help=N_("Make a quote."))(new)
    group.command("list", help=N_("List quotes."))(list_)
    group.command("show", help=N_("Show one quote."))(show)
    group.command("accept", help=N_("The customer accepted a quote."))(accept)
    group.command("decline", help=N_("The customer declined a quote."))(decline)
    group.command("invoice", help=N_("Make a draft invoice of a quote."))(invoice)
    app.add_typer(group, name="quote")


def new(
    *,
    customer: Annotated[str, typer.Option("--customer", help=N_("Customer number."))],
    line: Annotated[
        list[str] | None,
        typer.Option("--line", help=N_("ITEM;quantity[;price[;discount%]], once per line.")),
    ] = None,
    date: Annotated[str | None, typer.Option("--date", help=N_("Date of the quote."))] = None,
    valid_until: Annotated[
        str | None, typer.Option("--valid-until", help=N_("Last day of the quote."))
    ] = None,
    price_list: Annotated[
        str | None, typer.Option("--price-list", help=N_("Name of the price list."))
    ] = None,
    issue: Annotated[bool, typer.Option("--issue", help=N_("Make it final at once."))] = False,
    as_json: Json = False,
) -> None:
    """Make a draft, or an issued quote with --issue."""
    typed = [lines.parsed(text) for text in line or []]
    day = shell.day(date) if date is not None else None
    last = shell.day(valid_until) if valid_until is not None else None

    def make(session: Session) -> int:
        draft = DraftInput(
            customer_id=customers.find(session, customer),
            date=day,
            valid_until=last or quotes.default_validity(session, day or clock.today()),
            price_list_id=choosing.price_list(session, price_list) if price_list else None,
            lines=tuple(lines.line_input(session, fields) for fields in typed),
        )
        document_id = drafts.add(session, "quote", draft)
        if issue:
            issuing.issue(session, document_id)
        return document_id

    _write(issuing.ISSUE if issue else drafts.ADD, make, as_json=as_json)


def list_(*, as_json: Json = False) -> None:
    """Every quote, newest first."""
    today = clock.today()

    def read(session: Session) -> list[view.DocumentView]:
        ids = documents.list_ids(session, _QUOTES, ("date", True), today)
        return [view.view(session, document_id, today) for document_id in ids]

    with shell.opened() as administration:
        found = administration.read(read)
    rows = [
        (
            each.number or "–",
            each.customer_number or "",
            i18n.date(each.date) if each.date else "",
            _(document_text.STATUS[each.status]),
            i18n.amount(each.total.cents),
        )
        for each in found
    ]
    headers = (_("Number"), _("Customer"), _("Date"), _("Status"), _("Total €"))
    shell.show(found, as_json=as_json, text=lambda: shell.table(headers, rows, right=(4,)))


def show(number: str, *, as_json: Json = False) -> None:
    """One quote by its number."""
    with shell.opened() as administration:
        document_id = administration.read(partial(_find, number=number))
        document_text.print_document(administration, document_id, as_json=as_json)


def accept(
    number: str,
    *,
    date: Annotated[str | None, typer.Option("--date", help=N_("Day of the answer."))] = None,
    note: Annotated[str | None, typer.Option("--note", help=N_("What was said."))] = None,
    as_json: Json = False,
) -> None:
    """The customer said yes."""
    _answer(quotes.ACCEPT, quotes.accept, number, date, note, as_json=as_json)


def decline(
    number: str,
    *,
    date: Annotated[str | None, typer.Option("--date", help=N_("Day of the answer."))] = None,
    note: Annotated[str | None, typer.Option("--note", help=N_("What was said."))] = None,
    as_json: Json = False,
) -> None:
    """The customer said no."""
    _answer(quotes.DECLINE, quotes.decline, number, date, note, as_json=as_json)


def invoice(
    number: str,
    *,
    deposit: Annotated[
        str | None,
        typer.Option("--deposit", help=N_("Percentage in advance; else the whole, less deposits.")),
    ] = None,
    issue: Annotated[bool, typer.Option("--issue", help=N_("Make it final at once."))] = False,
    as_json: Json = False,
) -> None:
    """A draft at the quoted prices; with --deposit a part in advance."""
    percent = shell.percentage(deposit.rstrip("%")) if deposit is not None else None

    def make(session: Session) -> int:
        quote = _find(session, number)
        if percent is None:
            made = quotes.to_invoice(session, quote)
        else:
            made = quotes.to_deposit(session, quote, percent)
        if issue:
            issuing.issue(session, made)
        return made

    _write(issuing.ISSUE if issue else quotes.TO_INVOICE, make, as_json=as_json)


def _find(session: Session, number: str) -> int:
    return documents.find(session, number, ("quote",))


def _answer(
    operation: str,
    run: Callable[..., None],
    number: str,
    date: str | None,
    note: str | None,
    *,
    as_json: bool,
) -> None:
    day = shell.day(date) if date is not None else None

    def work(session: Session) -> int:
        document_id = _find(session, number)
        run(session, document_id, day, note)
        return document_id

    _write(operation, work, as_json=as_json)


def _write(operation: str, work: Callable[[Session], int], *, as_json: bool) -> None:
    with shell.opened() as administration:
        document_id, _changes = administration.write(audit.Act(operation, origin="cli"), work)
        document_text.print_document(administration, document_id, as_json=as_json)
