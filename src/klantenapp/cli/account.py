"""What is booked on a customer's account besides a payment on one invoice."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from klantenapp import i18n
from klantenapp.cli import shell
from klantenapp.cli.payment import account, account_text
from klantenapp.cli.shell import Json
from klantenapp.i18n import N_, _
from klantenapp.services.customers import customers
from klantenapp.services.errors.payments import NoCredit, NoSuchRow
from klantenapp.services.ledger import balances
from klantenapp.services.receivables import credit_use, payments, taking_back, ways, write_offs
from klantenapp.services.sales import documents, view
from klantenapp.services.store import audit, clock

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from klantenapp.models.values import Money

_Amount = Annotated[str, typer.Option("--amount", help=N_("Amount, like 1234.56."))]
_Day = Annotated[str | None, typer.Option("--date", help=N_("Day of the payment."))]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("receive", help=N_("Record money of a customer over several invoices."))(receive)
    app.command("opening", help=N_("Book what a customer owed before this program."))(opening)
    app.command("recover", help=N_("Record money on an invoice that was written off."))(recover)
    app.command("use-credit", help=N_("Settle an invoice with the customer's credit."))(use_credit)
    app.command("take-back", help=N_("Take a movement of a customer back."))(take_back)


def receive(
    customer: str,
    *,
    amount: _Amount,
    on: Annotated[
        list[str] | None,
        typer.Option("--on", help=N_("Invoice and amount, NUMBER;AMOUNT; may be repeated.")),
    ] = None,
    keep: Annotated[
        bool, typer.Option("--keep", help=N_("Keep all of it as credit; settle nothing."))
    ] = False,
    date: _Day = None,
    as_json: Json = False,
) -> None:
    """Record money; the oldest invoices first, unless it is said which ones."""
    paid, day = shell.money(amount), _day(date)
    parts = [part(each) for each in on or ()]

    def work(session: Session) -> int:
        customer_id = customers.find(session, customer)
        chosen = {documents.find(session, number): part for number, part in parts}
        receipt = payments.Receipt(customer_id=customer_id, amount=paid, date=day)
        payments.receive(session, receipt, chosen if chosen or keep else None)
        return customer_id

    _write(payments.RECEIVE, work, customer, as_json=as_json)


def opening(
    customer: str,
    *,
    amount: Annotated[
        str, typer.Option("--amount", help=N_("What is owed; negative is a credit."))
    ],
    date: Annotated[str | None, typer.Option("--date", help=N_("Day of the balance."))] = None,
    due: Annotated[str | None, typer.Option("--due", help=N_("Day it was due."))] = None,
    reference: Annotated[
        str | None, typer.Option("--reference", help=N_("Number or description."))
    ] = None,
    as_json: Json = False,
) -> None:
    """Book an opening balance; it has no revenue and no tax."""
    owed, day = shell.money(amount), _day(date)
    due_day = shell.day(due) if due is not None else None

    def work(session: Session) -> int:
        customer_id = customers.find(session, customer)
        write_offs.open_balance(session, customer_id, owed, day, reference, due_day)
        return customer_id

    _write(write_offs.OPENING, work, customer, as_json=as_json)


def recover(number: str, *, amount: _Amount, date: _Day = None, as_json: Json = False) -> None:
    """Record what came in after all on an invoice that was written off."""
    paid = shell.money(amount)
    day = shell.day(date) if date is not None else None

    def work(session: Session) -> int:
        document_id = documents.find(session, number)
        write_offs.recover(session, document_id, paid, day)
        return document_id

    _on_invoice(write_offs.RECOVER, work, number, as_json=as_json)


def use_credit(
    number: str,
    *,
    amount: Annotated[
        str | None, typer.Option("--amount", help=N_("At most this; all that fits by default."))
    ] = None,
    as_json: Json = False,
) -> None:
    """Settle an invoice with credit, the oldest first."""
    most = shell.money(amount) if amount is not None else None

    def work(session: Session) -> int:
        document_id = documents.find(session, number)
        payments.payable(session, document_id)
        if not ways.use_credits(session, document_id, most):
            raise NoCredit
        return document_id

    _on_invoice(credit_use.USE_CREDIT, work, number, as_json=as_json)


def take_back(
    customer: str,
    row: Annotated[int, typer.Argument(help=N_("Row of the history, 1 is the oldest."))],
    *,
    number: Annotated[
        str | None,
        typer.Option("--from", help=N_("Only what ties it to this invoice; both stay.")),
    ] = None,
    reason: Annotated[str | None, typer.Option("--reason", help=N_("Why; it is kept."))] = None,
    as_json: Json = False,
) -> None:
    """Take a row of `history` back, or only its link to one invoice."""

    def work(session: Session) -> int:
        customer_id = customers.find(session, customer)
        moved = balances.history(session, customer_id)
        if not 1 <= row <= len(moved):
            raise NoSuchRow(row, len(moved))
        entry_id = moved[row - 1].entry_id
        if number is None:
            taking_back.take_back(session, entry_id, reason)
        else:
            taking_back.unlink(session, entry_id, number, reason)
        return customer_id

    operation = taking_back.TAKE_BACK if number is None else payments.RELEASE
    _write(operation, work, customer, as_json=as_json)


# --- below ---------------------------------------------------------------------------------------


def _day(text: str | None) -> dt.date:
    return shell.day(text) if text is not None else clock.today()


def part(text: str) -> tuple[str, Money]:
    """The invoice and what it gets, of "2026-0012;121.00"; a usage error otherwise."""
    number, separator, amount = text.rpartition(";")
    if not separator:
        raise typer.BadParameter(
            _("“{text}” is no invoice with an amount. Write it like 2026-0012;121.00.").format(
                text=text
            )
        )
    return number, shell.money(amount)


def _write(operation: str, work: Callable[[Session], int], number: str, *, as_json: bool) -> None:
    """Do it, and show the customer's account."""
    with shell.opened() as administration:
        customer_id, _changes = administration.write(audit.Act(operation, origin="cli"), work)
        found = administration.read(partial(account, customer_id=customer_id, number=number))
    shell.show(found, as_json=as_json, text=lambda: account_text(found))


def _on_invoice(
    operation: str, work: Callable[[Session], int], number: str, *, as_json: bool
) -> None:
    """Do it, and show the invoice."""
    today = clock.today()
    with shell.opened() as administration:
        document_id, _changes = administration.write(audit.Act(operation, origin="cli"), work)
        found = administration.read(partial(view.view, document_id=document_id, today=today))
    shell.show(
        found,
        as_json=as_json,
        text=lambda: _("Recorded on {number}; open: {open}.").format(
            number=number, open=i18n.money(found.open.cents)
        ),
    )
