"""Quotes: made, shown, answered, turned into invoices."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from klantenapp import i18n
from klantenapp.cli import document_text, lines, shell
from klantenapp.cli.shell import Json
from klantenapp.i18n import N_, _
from klantenapp.services.catalogue import choosing
from klantenapp.services.customers import customers
from klantenapp.services.errors.base import NotFound
from klantenapp.services.sales import documents, drafts, issuing, quote_lines, quotes, view
from klantenapp.services.sales.inputs import ALTERNATIVE, DraftInput, LineInput
from klantenapp.services.store import audit, clock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy.orm import Session

    from klantenapp.models.values import Quantity

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
    option: Annotated[
        list[str] | None,
        typer.Option("--option", help=N_("Like --line, but not in the total until it is chosen.")),
    ] = None,
    alternative: Annotated[
        list[str] | None,
        typer.Option(
            "--alternative", help=N_("N;ITEM;quantity...: instead of line N, not in the total.")
        ),
    ] = None,
    issue: Annotated[bool, typer.Option("--issue", help=N_("Make it final at once."))] = False,
    as_json: Json = False,
) -> None:
    """Make a draft, or an issued quote with --issue."""
    typed = [lines.parsed(text) for text in line or []]
    options = [lines.parsed(text, "--option") for text in option or []]
    others = [_instead(text, len(typed)) for text in alternative or []]
    day = shell.day(date) if date is not None else None
    last = shell.day(valid_until) if valid_until is not None else None

    def make(session: Session) -> int:
        draft = DraftInput(
            customer_id=customers.find(session, customer),
            date=day,
            valid_until=last,
            price_list_id=choosing.price_list(session, price_list) if price_list else None,
            lines=tuple(_offered(session, typed, options, others)),
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
    line: Annotated[
        list[str] | None,
        typer.Option("--line", help=N_("N or N;quantity: only these lines, options among them.")),
    ] = None,
    deposit: Annotated[
        str | None,
        typer.Option("--deposit", help=N_("Percentage in advance; else the whole, less deposits.")),
    ] = None,
    keep_deposit: Annotated[
        bool,
        typer.Option("--keep-deposit", help=N_("Leave deposits for a later invoice to take off.")),
    ] = False,
    issue: Annotated[bool, typer.Option("--issue", help=N_("Make it final at once."))] = False,
    as_json: Json = False,
) -> None:
    """A draft at the quoted prices; with --deposit a part in advance."""
    if line and deposit is not None:
        raise typer.BadParameter(_("Give lines or a deposit, not both."), param_hint="--deposit")
    percent = shell.percentage(deposit.rstrip("%")) if deposit is not None else None
    wanted = [_chosen(text) for text in line or []]

    def make(session: Session) -> int:
        quote = _find(session, number)
        if percent is None:
            chosen = _quantities(session, quote, wanted) if wanted else None
            made = quotes.to_invoice(session, quote, chosen, settle_deposits=not keep_deposit)
        else:
            made = quotes.to_deposit(session, quote, percent)
        if issue:
            issuing.issue(session, made)
        return made

    _write(issuing.ISSUE if issue else quotes.TO_INVOICE, make, as_json=as_json)


def _instead(text: str, count: int) -> tuple[int, list[str]]:
    """An alternative: the line that it replaces, and its fields."""
    place, _sign, rest = text.partition(";")
    if not place.strip().isdigit() or not 1 <= int(place) <= count:
        raise typer.BadParameter(
            _("“{text}” does not begin with the number of a --line.").format(text=text),
            param_hint="--alternative",
        )
    return int(place), lines.parsed(rest, "--alternative")


def _offered(
    session: Session,
    typed: list[list[str]],
    options: list[list[str]],
    others: list[tuple[int, list[str]]],
) -> Iterator[LineInput]:
    """Every line, each with its alternatives below it, and options at the end."""
    for place, fields in enumerate(typed, start=1):
        yield lines.line_input(session, fields)
        for replaced, alternative in others:
            if replaced == place:
                line = lines.line_input(session, alternative)
                yield replace(line, alternative=ALTERNATIVE)
    for fields in options:
        yield replace(lines.line_input(session, fields), optional=True)


def _chosen(text: str) -> tuple[int, Quantity | None]:
    place, sign, quantity = text.partition(";")
    if not place.strip().isdigit() or (sign and not quantity.strip()):
        raise typer.BadParameter(
            _("“{text}” is no line. Write N, or N;quantity, like 1;2.").format(text=text),
            param_hint="--line",
        )
    return int(place), shell.quantity(quantity.strip()) if sign else None


def _quantities(
    session: Session, quote_id: int, wanted: list[tuple[int, Quantity | None]]
) -> dict[int, Quantity]:
    by_place = {line.position: line for line in quote_lines.quote_lines(session, quote_id)}
    found = {}
    for place, quantity in wanted:
        if place not in by_place:
            raise NotFound("quote_line", str(place))
        found[by_place[place].line_id] = quantity or by_place[place].left
    return found


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
