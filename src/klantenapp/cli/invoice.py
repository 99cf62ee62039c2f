"""Invoices and credit notes: made, shown, made final, credited, exported."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from klantenapp import i18n
from klantenapp.cli import document_text, lines, shell
from klantenapp.cli.shell import Json
from klantenapp.i18n import N_, _
from klantenapp.sentences.speak import sentence
from klantenapp.services.catalogue import choosing
from klantenapp.services.customers import customers
from klantenapp.services.errors.base import NotFound
from klantenapp.services.errors.sales import StillADraft
from klantenapp.services.exports import report_file
from klantenapp.services.sales import cautions, documents, drafts, issuing, view
from klantenapp.services.sales import credits as crediting
from klantenapp.services.sales.inputs import DraftInput
from klantenapp.services.store import audit, clock, files

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from klantenapp.models.values import Quantity
    from klantenapp.services.store.administration import Administration


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(help=N_("Invoices and credit notes."), no_args_is_help=True)
    group.command("new", help=N_("Make an invoice."))(new)
    group.command("list", help=N_("List invoices and credit notes."))(list_)
    group.command("show", help=N_("Show one invoice."))(show)
    group.command("issue", help=N_("Make a draft final."))(issue)
    group.command("credit", help=N_("Credit an invoice, in full or in part."))(credit)
    group.command("export", help=N_("Write an invoice to a file."))(export)
    app.add_typer(group, name="invoice")


def new(
    *,
    customer: Annotated[str, typer.Option("--customer", help=N_("Customer number."))],
    line: Annotated[
        list[str] | None,
        typer.Option("--line", help=N_("ITEM;quantity[;price[;discount%]], once per line.")),
    ] = None,
    date: Annotated[str | None, typer.Option("--date", help=N_("Invoice date."))] = None,
    price_list: Annotated[
        str | None, typer.Option("--price-list", help=N_("Name of the price list."))
    ] = None,
    terms: Annotated[
        int | None, typer.Option("--terms", min=0, max=365, help=N_("Payment term in days."))
    ] = None,
    method: Annotated[
        str | None,
        typer.Option("--method", help=N_("transfer, direct_debit, cash, card or other.")),
    ] = None,
    issue: Annotated[bool, typer.Option("--issue", help=N_("Make it final at once."))] = False,
    as_json: Json = False,
) -> None:
    """Make a draft, or an issued invoice with --issue."""
    typed = [lines.parsed(text) for text in line or []]
    day = shell.day(date) if date is not None else None

    found: list[str] = []

    def make(session: Session) -> int:
        draft = DraftInput(
            customer_id=customers.find(session, customer),
            date=day,
            price_list_id=choosing.price_list(session, price_list) if price_list else None,
            payment_term_id=choosing.payment_term(session, terms) if terms is not None else None,
            payment_method_id=choosing.payment_method(session, method) if method else None,
            lines=tuple(lines.line_input(session, fields) for fields in typed),
        )
        document_id = drafts.add(session, "invoice", draft)
        found.extend(cautioned(session, document_id))
        if issue:
            issuing.issue(session, document_id)
        return document_id

    operation = issuing.ISSUE if issue else drafts.ADD
    with shell.opened() as administration:
        document_id, _changes = administration.write(audit.Act(operation, origin="cli"), make)
        for words in found:
            shell.warn(words)
        document_text.print_document(administration, document_id, as_json=as_json)


def list_(*, as_json: Json = False) -> None:
    """Every invoice and credit note, newest first."""
    today = clock.today()

    def read(session: Session) -> list[view.DocumentView]:
        ids = documents.list_ids(session, documents.Filter(), ("date", True), today)
        return [view.view(session, document_id, today) for document_id in ids]

    with shell.opened() as administration:
        found = administration.read(read)
    rows = [
        (
            each.number or "–",
            each.customer_number or "",
            i18n.date(each.date) if each.date else "",
            _(document_text.STATUS[documents.shown_status(each.kind, each.status)]),
            i18n.amount(each.total.cents),
            i18n.amount(each.open.cents),
        )
        for each in found
    ]
    headers = (_("Number"), _("Customer"), _("Date"), _("Status"), _("Total €"), _("Open €"))
    shell.show(found, as_json=as_json, text=lambda: shell.table(headers, rows, right=(4, 5)))


def show(number: str, *, as_json: Json = False) -> None:
    """One invoice or credit note by its number, or a draft by its id."""
    with shell.opened() as administration:
        document_text.print_document(
            administration, _id_of(administration, number), as_json=as_json
        )


def issue(
    document_id: Annotated[int, typer.Argument(metavar="ID")], *, as_json: Json = False
) -> None:
    """Make a draft final: it gets its number and does not change any more."""
    with shell.opened() as administration:
        act = audit.Act(issuing.ISSUE, origin="cli")
        found = administration.read(lambda session: cautioned(session, document_id))
        administration.write(act, partial(issuing.issue, document_id=document_id))
        for words in found:
            shell.warn(words)
        document_text.print_document(administration, document_id, as_json=as_json)


def credit(
    number: str,
    *,
    line: Annotated[
        list[str] | None,
        typer.Option("--line", help=N_("N;quantity: line number of the invoice and how many.")),
    ] = None,
    amount: Annotated[
        str | None, typer.Option("--amount", help=N_("Amount to credit, with tax."))
    ] = None,
    date: Annotated[str | None, typer.Option("--date", help=N_("Date of the credit note."))] = None,
    reason: Annotated[
        str | None, typer.Option("--reason", help=N_("Reason, printed on the credit note."))
    ] = None,
    as_json: Json = False,
) -> None:
    """Make the credit note final at once; it settles the original."""
    if line and amount is not None:
        raise typer.BadParameter(_("Give lines or an amount, not both."), param_hint="--amount")
    typed = [_credited(text) for text in line or []]
    money = shell.money(amount) if amount is not None else None
    day = shell.day(date) if date is not None else None

    def work(session: Session) -> int:
        document_id = documents.find(session, number, ("invoice",))
        wanted = crediting.Wanted(
            quantities=_quantities(session, document_id, typed) if typed else None,
            amount=money,
            date=day,
            reason=reason,
        )
        return crediting.credit(session, document_id, wanted).document_id

    with shell.opened() as administration:
        act = audit.Act(crediting.CREDIT, origin="cli")
        document_id, _changes = administration.write(act, work)
        document_text.print_document(administration, document_id, as_json=as_json)


def export(
    number: str,
    *,
    format_: Annotated[str, typer.Option("--format", help=N_("pdf."))] = "pdf",
    output: Annotated[Path, typer.Option("--output", help=N_("File to write."))],
    as_json: Json = False,
) -> None:
    """Write the stored PDF of an issued document: exactly the bytes that were made then."""
    if format_ != "pdf":
        raise typer.BadParameter(_("The format is pdf."), param_hint="--format")

    def read(session: Session) -> bytes:
        document_id = documents.find(session, number)
        return files.content(session, issuing.pdf_of(session, document_id))

    with shell.opened() as administration:
        content = administration.read(read)
    report_file.write_bytes(content, output)
    shell.show(
        {"number": number, "file": output, "size": len(content)},
        as_json=as_json,
        text=lambda: _("Wrote {file}.").format(file=output),
    )


def cautioned(session: Session, document_id: int) -> list[str]:
    """What deserves a look before a draft is final, in sentences."""
    return [sentence(problem) for _field, problem in cautions.of_document(session, document_id)]


def _credited(text: str) -> tuple[int, Quantity]:
    number, _sign, quantity = text.partition(";")
    if not number.strip().isdigit() or not quantity:
        raise typer.BadParameter(
            _("“{text}” is no line. Write N;quantity, like 1;2.").format(text=text),
            param_hint="--line",
        )
    return int(number), shell.quantity(quantity.strip())


def _quantities(
    session: Session, document_id: int, typed: list[tuple[int, Quantity]]
) -> dict[int, Quantity]:
    by_position = {
        left.position: left.line_id for left in crediting.lines_left(session, document_id)
    }
    found = {}
    for position, quantity in typed:
        if position not in by_position:
            raise NotFound("document_line", str(position))
        found[by_position[position]] = quantity
    return found


def _id_of(administration: Administration, number: str) -> int:
    def read(session: Session) -> int:
        try:
            return documents.find(session, number)
        except StillADraft:
            return documents.draft_id(session, int(number))

    return administration.read(read)
