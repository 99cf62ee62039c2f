"""Recurring invoices: schedules added, listed, and run."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer

from klantenapp import i18n
from klantenapp.cli import lines, shell
from klantenapp.cli.shell import Json
from klantenapp.i18n import N_, _
from klantenapp.models.document import Recurring
from klantenapp.sentences.speak import sentence
from klantenapp.services.customers import customers
from klantenapp.services.errors.base import Refusal
from klantenapp.services.sales import documents, recurring
from klantenapp.services.sales.recurring_data import LineData, RecurringData
from klantenapp.services.store import audit, clock

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from klantenapp.services.sales.recurring_data import Due
    from klantenapp.services.store.administration import Administration


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(help=N_("Recurring invoices."), no_args_is_help=True)
    group.command("add", help=N_("Add a schedule."))(add)
    group.command("list", help=N_("List schedules."))(list_)
    group.command("run", help=N_("Make every invoice that is due."))(run)
    group.command("pause", help=N_("Make nothing for a while."))(pause)
    group.command("resume", help=N_("Go on after a pause."))(resume)
    group.command("skip", help=N_("Pass over the next date."))(skip)
    group.command("stop", help=N_("Make nothing any more."))(stop)
    app.add_typer(group, name="recurring")


def add(
    *,
    customer: Annotated[str, typer.Option("--customer", help=N_("Customer number."))],
    name: Annotated[str, typer.Option("--name", help=N_("What it is for."))],
    first: Annotated[str, typer.Option("--first", help=N_("First date."))],
    line: Annotated[
        list[str],
        typer.Option("--line", help=N_("ITEM;quantity[;price[;discount%]], once per line.")),
    ],
    every: Annotated[int, typer.Option("--every", min=1, help=N_("How many units apart."))] = 1,
    unit: Annotated[str, typer.Option("--unit", help=N_("week, month or year."))] = "month",
    day: Annotated[
        int | None, typer.Option("--day", min=1, max=31, help=N_("Day of the month."))
    ] = None,
    end: Annotated[str | None, typer.Option("--end", help=N_("No date after this day."))] = None,
    count: Annotated[
        int | None, typer.Option("--count", min=1, help=N_("How many in all."))
    ] = None,
    mode: Annotated[str, typer.Option("--mode", help=N_("draft, issue or send."))] = "draft",
    period: Annotated[
        str, typer.Option("--period", help=N_("none, this, next or previous."))
    ] = "this",
    text: Annotated[
        str | None, typer.Option("--text", help=N_("Period text, such as {month} {year}."))
    ] = None,
    as_json: Json = False,
) -> None:
    """Add a schedule; its lines are priced anew each time unless a price is given."""
    _one_of("--unit", unit, ("week", "month", "year"))
    _one_of("--mode", mode, ("draft", "issue", "send"))
    _one_of("--period", period, ("none", "this", "next", "previous"))
    typed = [lines.parsed(each) for each in line]
    first_date = shell.day(first)
    end_date = shell.day(end) if end is not None else None

    def make(session: Session) -> int:
        data = RecurringData(
            customer_id=customers.find(session, customer),
            name=name,
            first_date=first_date,
            every=every,
            unit=unit,
            day_of_month=day,
            end_date=end_date,
            count=count,
            mode=mode,
            period=period,
            period_text=text,
            lines=tuple(_line(session, fields) for fields in typed),
        )
        return recurring.add(session, data)

    with shell.opened() as administration:
        act = audit.Act(recurring.ADD, origin="cli")
        made, _changes = administration.write(act, make)
        found = administration.read(partial(_described, recurring_id=made))
    shell.show(found, as_json=as_json, text=lambda: _text([found]))


def list_(*, as_json: Json = False) -> None:
    """Every schedule with its next dates."""

    def read(session: Session) -> list[dict[str, Any]]:
        return [_described(session, each) for each in recurring.all_ids(session)]

    with shell.opened() as administration:
        found = administration.read(read)
    shell.show(found, as_json=as_json, text=lambda: _text(found))


def run(
    *,
    as_of: Annotated[
        str | None, typer.Option("--as-of", help=N_("Make what is due by this day."))
    ] = None,
    as_json: Json = False,
) -> None:
    """Make what is due, each in its own transaction; a refused one stays and the others go on."""
    day = shell.day(as_of) if as_of is not None else clock.today()
    with shell.opened() as administration:
        due = administration.read(partial(recurring.due, as_of=day))
        made = [_make(administration, each) for each in due]
    failed = [each for each in made if each["problem"] is not None]
    shell.show(
        {"as_of": day, "made": made},
        as_json=as_json,
        text=lambda: "\n".join(_line_text(each) for each in made) or _("Nothing is due."),
    )
    for each in failed:
        shell.warn(f"{each['name']}: {each['problem']}")
    if failed:
        raise typer.Exit(1)


def pause(
    recurring_id: Annotated[int, typer.Argument(metavar="ID")],
    *,
    until: Annotated[
        str | None, typer.Option("--until", help=N_("Day on which it goes on by itself."))
    ] = None,
    catch_up: Annotated[
        bool, typer.Option("--catch-up", help=N_("Make the dates in between afterwards."))
    ] = False,
    as_json: Json = False,
) -> None:
    """Make nothing until a day, or until it is resumed."""
    day = shell.day(until) if until is not None else None
    work = partial(recurring.pause, recurring_id=recurring_id, until=day, catch_up=catch_up)
    _change(recurring.PAUSE, recurring_id, work, as_json=as_json)


def resume(
    recurring_id: Annotated[int, typer.Argument(metavar="ID")], *, as_json: Json = False
) -> None:
    """Go on; the dates in between are passed over, or made where the pause said so."""
    work = partial(recurring.resume, recurring_id=recurring_id)
    _change(recurring.RESUME, recurring_id, work, as_json=as_json)


def skip(
    recurring_id: Annotated[int, typer.Argument(metavar="ID")], *, as_json: Json = False
) -> None:
    """Pass over the next date that was not made."""

    def work(session: Session) -> None:
        for each in recurring.upcoming(session, recurring_id, clock.today(), 1):
            recurring.skip(session, recurring_id, each.planned)

    _change(recurring.SKIP, recurring_id, work, as_json=as_json)


def stop(
    recurring_id: Annotated[int, typer.Argument(metavar="ID")], *, as_json: Json = False
) -> None:
    """Make nothing any more; what was made stays."""
    work = partial(recurring.stop, recurring_id=recurring_id)
    _change(recurring.STOP, recurring_id, work, as_json=as_json)


def _change(
    operation: str, recurring_id: int, work: Callable[[Session], None], *, as_json: bool
) -> None:
    with shell.opened() as administration:
        administration.write(audit.Act(operation, origin="cli"), work)
        found = administration.read(partial(_described, recurring_id=recurring_id))
    shell.show(found, as_json=as_json, text=lambda: _text([found]))


def _make(administration: Administration, due: Due) -> dict[str, Any]:
    operation = recurring.MAKE if due.mode == "draft" else recurring.MAKE_FINAL
    work = partial(recurring.make, recurring_id=due.recurring_id, planned=due.planned)
    found: dict[str, Any] = {
        "recurring": due.recurring_id,
        "name": due.name,
        "planned": due.planned,
        "invoice": None,
        "number": None,
        "problem": None,
    }
    try:
        document_id, _changes = administration.write(audit.Act(operation, origin="cli"), work)
    except Refusal as failure:
        found["problem"] = sentence(failure)
        note = partial(
            recurring.note_failure,
            recurring_id=due.recurring_id,
            planned=due.planned,
            problem=type(failure).__name__,
        )
        administration.write(audit.Act(recurring.NOTE_FAILURE, origin="cli"), note)
        return found
    row = administration.read(partial(documents.row, document_id=document_id, today=clock.today()))
    return found | {"invoice": document_id, "number": row.number}


def _line(session: Session, fields: list[str]) -> LineData:
    typed = lines.line_input(session, fields)
    return LineData(
        item_id=typed.item_id,
        description=typed.description,
        quantity=typed.quantity,
        unit_price=typed.unit_price,
        discount=typed.discount,
    )


def _described(session: Session, recurring_id: int) -> dict[str, Any]:
    data = recurring.read(session, recurring_id)
    row: Recurring = recurring.get(session, recurring_id)
    today = clock.today()
    return {
        "id": recurring_id,
        "name": data.name,
        "customer_number": customers.get(session, data.customer_id).number,
        "every": data.every,
        "unit": data.unit,
        "state": row.state,
        "mode": data.mode,
        "amount": recurring.amount(session, recurring_id, today),
        "next": [each.date for each in recurring.upcoming(session, recurring_id, today)],
    }


def _text(found: list[dict[str, Any]]) -> str:
    rows = [
        (
            str(each["id"]),
            each["name"],
            each["customer_number"],
            i18n.amount(each["amount"].cents),
            _days(each["next"][:3]),
        )
        for each in found
    ]
    headers = (_("Id"), _("Name"), _("Customer"), _("Amount €"), _("Next dates"))
    return shell.table(headers, rows, right=(0, 3))


def _days(days: list[dt.date]) -> str:
    return ", ".join(i18n.date(day) for day in days)


def _line_text(each: dict[str, Any]) -> str:
    what = each["number"] or (
        _("draft {id}").format(id=each["invoice"]) if each["invoice"] else _("not made")
    )
    return f"{i18n.date(each['planned'])}  {each['name']}: {what}"


def _one_of(option: str, value: str, words: tuple[str, ...]) -> None:
    if value not in words:
        raise typer.BadParameter(
            _("Choose one of {words}.").format(words=", ".join(words)), param_hint=option
        )
