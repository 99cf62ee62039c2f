"""Items: added and listed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer

from klantenapp import i18n
from klantenapp.cli import shell
from klantenapp.cli.shell import Json
from klantenapp.i18n import N_, _
from klantenapp.services.catalogue import items
from klantenapp.services.store import audit, clock

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

#: What people write for a tax code, and the code.
TAX = {"21": "high", "9": "low", "0": "zero", "exempt": "exempt"}


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(help=N_("Items."), no_args_is_help=True)
    group.command("add", help=N_("Add an item."))(add)
    group.command("list", help=N_("List items."))(list_)
    app.add_typer(group, name="item")


def add(
    *,
    code: Annotated[str, typer.Option("--code", help=N_("Code."))],
    name: Annotated[str, typer.Option("--name", help=N_("Dutch name."))],
    name_en: Annotated[str | None, typer.Option("--name-en", help=N_("English name."))] = None,
    unit: Annotated[str | None, typer.Option("--unit", help=N_("Unit, such as uur."))] = None,
    price: Annotated[
        str | None, typer.Option("--price", help=N_("Price of one unit, without tax."))
    ] = None,
    tax: Annotated[str, typer.Option("--tax", help=N_("21, 9, 0 or exempt."))] = "21",
    nature: Annotated[str, typer.Option("--nature", help=N_("goods or service."))] = "service",
    as_json: Json = False,
) -> None:
    """Add an item; its price is without tax."""
    if tax not in TAX:
        raise typer.BadParameter(_("Choose 21, 9, 0 or exempt."), param_hint="--tax")
    if nature not in {"goods", "service"}:
        raise typer.BadParameter(_("Choose goods or service."), param_hint="--nature")
    data = items.ItemData(
        code=code,
        name=name,
        name_en=name_en,
        unit=unit,
        tax=TAX[tax],
        nature=nature,
        price=shell.unit_price(price) if price is not None else None,
    )
    with shell.opened() as administration:
        act = audit.Act(items.ADD, origin="cli")
        item_id, _changes = administration.write(act, partial(items.add, data=data))
        found = administration.read(partial(items.list_rows, ids=[item_id], today=clock.today()))
    shell.show(
        _object(found[0]),
        as_json=as_json,
        text=lambda: _("Added {code}, {name}.").format(code=data.code, name=data.name),
    )


def list_(*, as_json: Json = False) -> None:
    """Every item that is not archived, by code."""

    def read(session: Session) -> list[items.ItemRow]:
        ids = items.list_ids(session, items.Filter(), ("code", False))
        order = {item_id: place for place, item_id in enumerate(ids)}
        rows = items.list_rows(session, ids, clock.today())
        return sorted(rows, key=lambda row: order[row.id])

    with shell.opened() as administration:
        found = administration.read(read)
    rows = [
        (
            row.code,
            row.name,
            row.unit or "",
            i18n.percent(row.tax_percent.points) if row.tax_percent is not None else "–",
            i18n.price(row.price.units) if row.price is not None else "–",
        )
        for row in found
    ]
    headers = (_("Code"), _("Name"), _("Unit"), _("Tax"), _("Price €"))
    shell.show(
        [_object(row) for row in found],
        as_json=as_json,
        text=lambda: shell.table(headers, rows, right=(3, 4)),
    )


def _object(row: items.ItemRow) -> dict[str, Any]:
    return {
        "code": row.code,
        "name": row.name,
        "name_en": row.name_en,
        "unit": row.unit,
        "group": row.group,
        "price": row.price,
        "tax": row.tax,
        "tax_percent": row.tax_percent,
        "nature": row.nature,
    }
