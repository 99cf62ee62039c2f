"""Money that comes in and goes back, and the history of a customer."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from klantenapp import i18n
from klantenapp.cli import shell
from klantenapp.cli.shell import Json
from klantenapp.i18n import N_, _
from klantenapp.models.values import Money
from klantenapp.services.customers import customers
from klantenapp.services.ledger import balances
from klantenapp.services.receivables import payments, refunds_due, write_offs
from klantenapp.services.reminders import booking
from klantenapp.services.sales import documents, view
from klantenapp.services.store import audit, clock

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy.orm import Session

#: What people read for each kind of movement; the codes are those of the JSON.
KINDS = {
    "opening": N_("Opening balance"),
    "invoice": N_("Invoice"),
    "credit_note": N_("Credit note"),
    "payment": N_("Payment"),
    "refund": N_("Refund"),
    "write_off": N_("Write-off"),
    "recovery": N_("Recovered"),
    "discount": N_("Payment discount"),
    "costs": N_("Collection costs"),
    "interest": N_("Interest"),
    "void": N_("Taken back"),
}


@dataclass(frozen=True)
class HistoryEntry:
    """One movement, signed as in the ledger."""

    date: dt.date
    kind: str
    reference: str | None
    amount: Money
    open: Money
    balance: Money


@dataclass(frozen=True)
class History:
    """A customer's account."""

    customer_number: str
    balance: Money
    entries: tuple[HistoryEntry, ...]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("pay", help=N_("Record a payment on an invoice."))(pay)
    app.command("refund", help=N_("Record money paid back to a customer."))(refund)
    app.command("write-off", help=N_("Write off what will not be paid."))(write_off)
    app.command("history", help=N_("Show every movement of a customer with the balance."))(history)


def pay(
    number: str,
    *,
    amount: Annotated[
        str | None, typer.Option("--amount", help=N_("What was paid; all that is open by default."))
    ] = None,
    date: Annotated[str | None, typer.Option("--date", help=N_("Day of the payment."))] = None,
    discount: Annotated[
        bool, typer.Option("--discount", help=N_("Paid less the early-payment discount."))
    ] = False,
    costs_first: Annotated[
        bool,
        typer.Option(
            "--costs-first",
            help=N_("Pays costs and interest of the last letter first, then the invoice."),
        ),
    ] = False,
    as_json: Json = False,
) -> None:
    """Record a payment; more than was open stays as the customer's credit."""
    if discount and (amount is not None or costs_first):
        raise typer.BadParameter(_("Give --discount alone, without --amount or --costs-first."))
    money = shell.money(amount) if amount is not None else None
    day = shell.day(date) if date is not None else None

    def work(session: Session) -> int:
        document_id = documents.find(session, number)
        if discount:
            write_offs.pay_with_discount(session, document_id, day)
        elif costs_first:
            booking.pay(session, document_id, amount=money, date=day or today)
        else:
            payments.pay(session, document_id, amount=money, date=day)
        return document_id

    today = clock.today()
    with shell.opened() as administration:
        name = write_offs.DISCOUNT if discount else payments.MARK_PAID
        name = booking.PAY if costs_first else name
        act = audit.Act(name, origin="cli")
        document_id, _changes = administration.write(act, work)
        found = administration.read(partial(view.view, document_id=document_id, today=today))
    shell.show(
        found,
        as_json=as_json,
        text=lambda: _("Recorded on {number}; open: {open}.").format(
            number=number, open=i18n.money(found.open.cents)
        ),
    )


def refund(
    customer: str,
    *,
    amount: Annotated[str | None, typer.Option("--amount", help=N_("What was paid back."))] = None,
    date: Annotated[str | None, typer.Option("--date", help=N_("Day of the payment."))] = None,
    later: Annotated[
        bool, typer.Option("--later", help=N_("Not paid yet: put all credit on the list."))
    ] = False,
    as_json: Json = False,
) -> None:
    """Record money paid back out of the customer's credit, oldest credit first."""
    if later is (amount is not None):
        raise typer.BadParameter(_("Give --amount, or --later."))
    money = shell.money(amount) if amount is not None else Money(0)
    day = shell.day(date) if date is not None else clock.today()

    def work(session: Session) -> int:
        customer_id = customers.find(session, customer)
        if later:
            refunds_due.mark_customer(session, customer_id)
        else:
            receipt = payments.Receipt(customer_id=customer_id, amount=money, date=day)
            payments.refund(session, receipt)
        return customer_id

    with shell.opened() as administration:
        act = audit.Act(refunds_due.MARK if later else payments.REFUND, origin="cli")
        customer_id, _changes = administration.write(act, work)
        found = administration.read(partial(account, customer_id=customer_id, number=customer))
    shell.show(found, as_json=as_json, text=lambda: account_text(found))


def write_off(
    number: str,
    *,
    reason: Annotated[
        str | None, typer.Option("--reason", help=N_("Why it will not be paid."))
    ] = None,
    difference: Annotated[
        bool,
        typer.Option("--difference", help=N_("A small difference, within the limit of settings.")),
    ] = False,
    date: Annotated[str | None, typer.Option("--date", help=N_("Day of the write-off."))] = None,
    as_json: Json = False,
) -> None:
    """Write off what is open on an invoice: a loss with its reason, or a small difference."""
    if difference is (reason is not None):
        raise typer.BadParameter(_("Give --reason, or --difference."))
    day = shell.day(date) if date is not None else None

    def work(session: Session) -> int:
        document_id = documents.find(session, number)
        if difference:
            write_offs.write_off_difference(session, document_id, day)
        else:
            write_offs.write_off(session, document_id, reason or "", day)
        return document_id

    today = clock.today()
    with shell.opened() as administration:
        act = audit.Act(write_offs.WRITE_OFF, origin="cli")
        document_id, _changes = administration.write(act, work)
        found = administration.read(partial(view.view, document_id=document_id, today=today))
    shell.show(
        found, as_json=as_json, text=lambda: _("{number} is written off.").format(number=number)
    )


def history(customer: str, *, as_json: Json = False) -> None:
    """Every movement of a customer, oldest first, with the balance after it."""
    with shell.opened() as administration:
        found = administration.read(
            lambda session: account(session, customers.find(session, customer), customer)
        )
    shell.show(found, as_json=as_json, text=lambda: account_text(found))


def account(session: Session, customer_id: int, number: str) -> History:
    """Every movement of a customer, oldest first."""
    entries = tuple(
        HistoryEntry(
            movement.date,
            movement.kind,
            movement.reference,
            movement.amount,
            movement.open_amount,
            movement.balance,
        )
        for movement in balances.history(session, customer_id)
    )
    return History(number, entries[-1].balance if entries else Money(0), entries)


def account_text(found: History) -> str:
    """The account as a table; the first column is what `take-back` wants."""
    rows = [
        (
            str(at),
            i18n.date(entry.date),
            _(KINDS[entry.kind]),
            entry.reference or "",
            i18n.amount(entry.amount.cents),
            i18n.amount(entry.open.cents),
            i18n.amount(entry.balance.cents),
        )
        for at, entry in enumerate(found.entries, start=1)
    ]
    headers = (
        _("Row"),
        _("Date"),
        _("Kind"),
        _("Reference"),
        _("Amount €"),
        _("Open €"),
        _("Balance €"),
    )
    return shell.table(headers, rows, right=(0, 4, 5, 6))
