"""Contracts: added from a file, and listed."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from klantenapp import i18n
from klantenapp.cli import shell
from klantenapp.cli.shell import Json
from klantenapp.i18n import N_, _, ngettext
from klantenapp.sentences.agreements import contract_state
from klantenapp.sentences.speak import sentence
from klantenapp.services.catalogue import contract_view, contracts
from klantenapp.services.customers import customers
from klantenapp.services.imports import contract_file
from klantenapp.services.sales import contract_example
from klantenapp.services.store import audit, clock

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from klantenapp.services.catalogue.contract_data import ContractData
    from klantenapp.services.catalogue.contract_view import ContractRow


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(help=N_("Contracts with customers."), no_args_is_help=True)
    group.command("add", help=N_("Add a contract from a JSON file."))(add)
    group.command("list", help=N_("List contracts, of one customer or of all."))(list_)
    app.add_typer(group, name="contract")


def add(
    file: Annotated[Path, typer.Argument(help=N_("The file, as described in the manual."))],
    *,
    as_json: Json = False,
) -> None:
    """Add a contract; what its tax treatment still lacks is told, and does not stop it."""
    values = shell.read_json(file)

    def work(session: Session) -> tuple[int, ContractData]:
        data = contract_file.read(session, values)
        return contracts.add(session, data), data

    with shell.opened() as administration:
        act = audit.Act(contracts.ADD, origin="cli")
        (contract_id, data), _changes = administration.write(act, work)
        found = administration.read(partial(_object, contract_id=contract_id))
        missing = administration.read(partial(contract_example.warnings, data=data))
    for failure in missing:
        shell.warn(sentence(failure))
    shell.show(
        found,
        as_json=as_json,
        text=lambda: _("Added contract {name} of {customer}.").format(
            name=found["name"], customer=found["customer"]
        ),
    )


def list_(
    customer: Annotated[
        str | None, typer.Argument(help=N_("Customer number; everybody where it is left out."))
    ] = None,
    *,
    as_json: Json = False,
) -> None:
    """Contracts, the latest of each customer first."""

    def read(session: Session) -> list[dict[str, Any]]:
        customer_id = customers.find(session, customer) if customer is not None else None
        rows = contract_view.rows(session, clock.today(), customer_id)
        return [_described(session, row) for row in rows]

    with shell.opened() as administration:
        found = administration.read(read)
    shell.show(found, as_json=as_json, text=lambda: _table(found))


def _object(session: Session, contract_id: int) -> dict[str, Any]:
    customer_id = contracts.get(session, contract_id).customer_id
    rows = contract_view.rows(session, clock.today(), customer_id)
    return _described(session, next(row for row in rows if row.id == contract_id))


def _described(session: Session, row: ContractRow) -> dict[str, Any]:
    """A contract with the keys of its file, and what became of it."""
    data = contracts.read(session, row.id)
    words = contract_view.item_words(session, {price.item_id for price in data.prices})
    groups = contract_view.groups(session)
    return {
        "id": row.id,
        "customer_number": row.customer_number,
        "customer": row.customer,
        "name": row.name,
        "reference": row.reference,
        "status": row.state,
        "valid_from": row.valid_from,
        "valid_to": row.valid_to,
        "ended_on": row.ended_on,
        "prices": [
            {
                "item": words[price.item_id].code,
                "price": price.price,
                "min_quantity": price.min_quantity,
            }
            for price in data.prices
        ],
        "discount_percent": data.discount,
        "group_discounts": [
            {"group": groups[discount.group_id], "percent": discount.percent}
            for discount in data.group_discounts
        ],
        "total_discount_percent": data.total_discount,
        "at_end": data.at_end,
        "remind_days": data.remind_days,
        "tax_treatment": data.tax_treatment,
        "fixed_tax_percent": data.fixed_tax_percent,
        "exemption_reason": data.exemption_reason,
    }


def _table(rows: list[dict[str, Any]]) -> str:
    if not rows:
        return _("There are no contracts.")
    headers = [_("Customer"), _("Contract"), _("From"), _("Through"), _("Status"), _("Prices")]
    lines = [
        [
            f"{row['customer_number']} {row['customer']}",
            row["name"],
            i18n.date(row["valid_from"]),
            i18n.date(row["ended_on"] or row["valid_to"])
            if row["ended_on"] or row["valid_to"]
            else "–",
            contract_state(row["status"]),
            str(len(row["prices"])),
        ]
        for row in rows
    ]
    counted = ngettext("{count} contract", "{count} contracts", len(rows)).format(count=len(rows))
    return f"{shell.table(headers, lines, right=[5])}\n{counted}"
