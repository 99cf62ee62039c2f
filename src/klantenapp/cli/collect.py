"""Direct debit from the command line: mandates, collections and their files."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from klantenapp import i18n
from klantenapp.cli import shell
from klantenapp.cli.shell import Json
from klantenapp.i18n import N_, _
from klantenapp.services.customers import customers
from klantenapp.services.errors.base import NotFound
from klantenapp.services.exports import report_file
from klantenapp.services.receivables import announcing, collections, direct_debit, mandates
from klantenapp.services.sales import documents
from klantenapp.services.store import audit, clock

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from klantenapp.services.receivables.collections import BatchRow
    from klantenapp.services.receivables.mandates import MandateRow

_Batch = Annotated[str, typer.Argument(help=N_("Reference of the collection."))]
_Mandate = Annotated[str, typer.Argument(help=N_("Reference of the mandate."))]
_Customer = Annotated[str, typer.Argument(help=N_("Number of the customer."))]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    mandate = typer.Typer(help=N_("Mandates for direct debit."), no_args_is_help=True)
    mandate.command("add", help=N_("Keep a customer's mandate."))(add)
    mandate.command("list", help=N_("List a customer's mandates."))(listed)
    mandate.command("sign", help=N_("Record that a mandate was signed."))(sign)
    mandate.command("end", help=N_("End a mandate."))(end)
    app.add_typer(mandate, name="mandate")
    group = typer.Typer(help=N_("Collect by direct debit."), no_args_is_help=True)
    group.command("list", help=N_("List what can be collected, and what was."))(overview)
    group.command("make", help=N_("Make a collection of invoices and its file."))(make)
    group.command("announce", help=N_("Mail customers what is collected, and when."))(announce)
    group.command("sent", help=N_("Record that the file was handed to the bank."))(sent)
    group.command("cancel", help=N_("Cancel a collection."))(cancel)
    app.add_typer(group, name="collect")


# --- mandates ------------------------------------------------------------------------------------


def add(
    customer: _Customer,
    *,
    iban: Annotated[str, typer.Option("--iban", help=N_("Account to collect from."))],
    name: Annotated[str, typer.Option("--name", help=N_("Name on the account."))],
    signed: Annotated[
        str | None, typer.Option("--signed", help=N_("Day of signing; absent while it waits."))
    ] = None,
    reference: Annotated[
        str | None, typer.Option("--reference", help=N_("Reference; made by itself."))
    ] = None,
    b2b: Annotated[bool, typer.Option("--b2b", help=N_("Between companies."))] = False,
    once: Annotated[bool, typer.Option("--once", help=N_("For one collection."))] = False,
    as_json: Json = False,
) -> None:
    """Keep a mandate; one that held before is ended once the new one is signed."""
    day = shell.day(signed) if signed is not None else None

    def work(session: Session) -> int:
        customer_id = customers.find(session, customer)
        data = mandates.MandateData(
            customer_id=customer_id,
            iban=iban,
            account_name=name,
            signed_on=day,
            reference=reference,
            scheme="B2B" if b2b else "CORE",
            once=once,
        )
        mandates.add(session, data)
        return customer_id

    _change(mandates.ADD, work, as_json=as_json)


def listed(customer: _Customer, *, as_json: Json = False) -> None:
    """A customer's mandates, the one that holds first."""
    with shell.opened() as administration:
        found = administration.read(
            lambda session: mandates.of_customer(session, customers.find(session, customer))
        )
    _show(found, as_json=as_json)


def sign(
    reference: _Mandate,
    *,
    date: Annotated[str | None, typer.Option("--date", help=N_("Day of signing."))] = None,
    as_json: Json = False,
) -> None:
    """Record the day of signing; today where it is left out."""
    day = shell.day(date) if date is not None else clock.today()

    def work(session: Session) -> int:
        mandate_id, customer_id = mandates.named(session, reference)
        mandates.sign(session, mandate_id, day)
        return customer_id

    _change(mandates.SIGN, work, as_json=as_json)


def end(reference: _Mandate, *, as_json: Json = False) -> None:
    """End a mandate; nothing is collected under it any more."""

    def work(session: Session) -> int:
        mandate_id, customer_id = mandates.named(session, reference)
        mandates.end(session, mandate_id)
        return customer_id

    _change(mandates.END, work, as_json=as_json)


def _change(operation: str, work: Callable[[Session], int], *, as_json: bool) -> None:
    with shell.opened() as administration:
        customer_id, _changes = administration.write(audit.Act(operation, origin="cli"), work)
        found = administration.read(partial(mandates.of_customer, customer_id=customer_id))
    _show(found, as_json=as_json)


def _show(found: list[MandateRow], *, as_json: bool) -> None:
    today = clock.today()
    rows: list[dict[str, Any]] = [
        {
            "reference": row.reference,
            "state": row.state_on(today),
            "scheme": row.scheme,
            "signed_on": row.signed_on,
            "iban": row.iban,
            "account_name": row.account_name,
            "expires_on": row.expires_on,
        }
        for row in found
    ]
    states = {
        "holds": _("Holds"),
        "unsigned": _("Waits for signature"),
        "expired": _("Lapsed"),
        "ended": _("Ended"),
    }
    cells = [
        (
            row["reference"],
            states[row["state"]],
            row["scheme"],
            i18n.date(row["signed_on"]) if row["signed_on"] else "",
            row["iban"],
        )
        for row in rows
    ]
    headers = (_("Reference"), _("Status"), _("Scheme"), _("Signed on"), _("IBAN"))
    shell.show({"mandates": rows}, as_json=as_json, text=lambda: shell.table(headers, cells))


# --- collections ---------------------------------------------------------------------------------


def overview(*, as_json: Json = False) -> None:
    """Invoices that can be collected, and every collection."""
    with shell.opened() as administration:
        _tell(administration.read(_overview), as_json=as_json)


def make(
    numbers: Annotated[
        list[str] | None, typer.Argument(help=N_("Invoices; everything that can be by default."))
    ] = None,
    *,
    date: Annotated[
        str | None,
        typer.Option("--date", help=N_("Day to collect on; the first that leaves time to tell.")),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", help=N_("Folder for the files."))
    ] = None,
    as_json: Json = False,
) -> None:
    """Make one collection per scheme; its file is written to a folder."""

    def work(session: Session) -> list[int]:
        day = shell.day(date) if date else announcing.first_day(session, clock.today())
        ids = [documents.find(session, number) for number in numbers or ()]
        able = [
            each.document_id
            for each in direct_debit.collectable(session)
            if each.standing == "holds"
        ]
        return direct_debit.make(session, ids or able, day)

    with shell.opened() as administration:
        act = audit.Act(direct_debit.MAKE, origin="cli")
        batches, _changes = administration.write(act, work)
        for batch_id in batches if output is not None else ():
            name, content = administration.read(partial(collections.file_of, batch_id=batch_id))
            report_file.write_bytes(content, Path(output or ".") / name)
        _tell(administration.read(_overview), as_json=as_json)


def announce(reference: _Batch, *, as_json: Json = False) -> None:
    """Mail who was not told yet; who has no address is named."""

    def work(session: Session) -> announcing.Announced:
        return announcing.announce(session, [_batch(session, reference)])

    with shell.opened() as administration:
        act = audit.Act(announcing.ANNOUNCE, origin="cli")
        done, _changes = administration.write(act, work)
    told = i18n.ngettext(
        "{count} announcement in the outbox", "{count} announcements in the outbox", done.mails
    )
    lines = [told.format(count=done.mails)]
    if done.without:
        names = ", ".join(done.without)
        lines.append(_("Without an e-mail address: {names}.").format(names=names))
    shell.show(done, as_json=as_json, text="\n".join(lines))


def sent(reference: _Batch, *, as_json: Json = False) -> None:
    """The file was handed to the bank."""
    _move(direct_debit.SEND, direct_debit.send, reference, as_json=as_json)


def cancel(reference: _Batch, *, as_json: Json = False) -> None:
    """The file was not handed to the bank, and will not be."""
    _move(direct_debit.CANCEL, direct_debit.cancel, reference, as_json=as_json)


def _move(
    operation: str, work: Callable[[Session, int], None], reference: str, *, as_json: bool
) -> None:
    with shell.opened() as administration:
        administration.write(
            audit.Act(operation, origin="cli"),
            lambda session: work(session, _batch(session, reference)),
        )
        _tell(administration.read(_overview), as_json=as_json)


def _batch(session: Session, reference: str) -> int:
    for row in collections.batches(session):
        if row.reference == reference:
            return row.id
    raise NotFound("collection_batch", reference)


def _overview(session: Session) -> dict[str, Any]:
    able = direct_debit.collectable(session)
    return {
        "to_collect": [
            {
                "invoice": each.number,
                "customer": each.customer,
                "due_date": each.due_date,
                "open": each.open_amount,
                "mandate": each.mandate,
                "mandate_state": each.standing or "none",
            }
            for each in able
        ],
        "collections": collections.batches(session),
    }


def _tell(found: dict[str, Any], *, as_json: bool) -> None:
    able = [
        (each["invoice"], each["customer"], each["mandate"] or "", i18n.amount(each["open"].cents))
        for each in found["to_collect"]
    ]
    batches: list[BatchRow] = found["collections"]
    states = {
        "made": _("To hand in"),
        "sent": _("At the bank"),
        "booked": _("Received"),
        "cancelled": _("Cancelled"),
    }
    made = [
        (
            row.reference,
            i18n.date(row.collection_date),
            states[row.state],
            str(row.invoices),
            i18n.amount(row.amount.cents),
        )
        for row in batches
    ]
    first = (_("Invoice"), _("Customer"), _("Mandate"), _("Open €"))
    second = (_("Reference"), _("Collect on"), _("State"), _("Invoices"), _("Amount €"))
    text = "\n\n".join(
        (shell.table(first, able, right=(3,)), shell.table(second, made, right=(3, 4)))
    )
    shell.show(found, as_json=as_json, text=text)
