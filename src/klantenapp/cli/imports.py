"""Files that come in: each kind is a command of `import`."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from klantenapp import i18n
from klantenapp.cli import shell
from klantenapp.cli.shell import Json
from klantenapp.i18n import N_, _, ngettext
from klantenapp.sentences.imports import FIELD_TITLES
from klantenapp.sentences.speak import sentence
from klantenapp.services.imports import bank as banks
from klantenapp.services.imports import bank_columns, customers, invoices, items, reading
from klantenapp.services.imports import mail as mails
from klantenapp.services.imports.fields import ITEM_FIELDS
from klantenapp.services.imports.numerals import Decimals
from klantenapp.services.imports.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterable

    from klantenapp.services.imports.result import ImportResult, RefusedLine

File = Annotated[Path, typer.Argument(help=N_("The file."))]
SkipRefused = Annotated[
    bool, typer.Option("--skip-refused", help=N_("Leave out what is refused, take the rest."))
]
DryRun = Annotated[bool, typer.Option("--dry-run", help=N_("Read and tell; store nothing."))]


Maps = Annotated[
    list[str] | None,
    typer.Option("--map", metavar="FIELD=COLUMN", help=N_("Which column goes to a field.")),
]
DateFormat = Annotated[
    str | None, typer.Option("--date-format", help=N_("Pattern of the dates, like %d-%m-%Y."))
]
Decimal = Annotated[
    Decimals | None, typer.Option("--decimal", help=N_("Decimal sign: comma or point."))
]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(help=N_("Bring in a file."), no_args_is_help=True)
    group.command("customers", help=N_("Add or update customers (CSV, XLSX, ODS, vCard)."))(
        customers_
    )
    group.command("items", help=N_("Add or update items (CSV, XLSX, ODS)."))(items_)
    group.command("invoices", help=N_("Bring in invoices of another program (CSV, XLSX, ODS)."))(
        invoices_
    )
    group.command("mail", help=N_("Put mails (.eml, .mbox) with their customers."))(mail)
    group.command("bank", help=N_("Bring in a bank statement (CAMT.053, MT940, CSV or a zip)."))(
        bank
    )
    app.add_typer(group, name="import")


def customers_(
    file: File,
    *,
    maps: Maps = None,
    date_format: DateFormat = None,
    decimal: Decimal = None,
    skip_refused: SkipRefused = False,
    dry_run: DryRun = False,
    as_json: Json = False,
) -> None:
    """Add customers; those that are there already are found again and updated."""
    source = Source.of(file)
    records = reading.customer_records(source, _stated(maps, date_format, decimal))
    with shell.opened() as administration:
        if dry_run:
            planned = administration.read(partial(customers.plan, records=records))
            result = planned.result
        else:
            work = partial(
                customers.run,
                records=records,
                file_name=source.name,
                file_digest=source.digest(),
                skip_refused=skip_refused,
            )
            result, _changes = administration.write(customers.IMPORT, work)
    report(result, as_json=as_json, skip_refused=skip_refused or dry_run)


def items_(
    file: File,
    *,
    maps: Maps = None,
    date_format: DateFormat = None,
    decimal: Decimal = None,
    skip_refused: SkipRefused = False,
    dry_run: DryRun = False,
    as_json: Json = False,
) -> None:
    """Add items; those that are there already are known by their code and updated."""
    source = Source.of(file)
    stated = _stated(maps, date_format, decimal)
    records = reading.table_records(source, ITEM_FIELDS, stated)
    with shell.opened() as administration:
        if dry_run:
            result = administration.read(partial(items.plan, records=records)).result
        else:
            work = partial(
                items.run,
                records=records,
                file_name=source.name,
                file_digest=source.digest(),
                skip_refused=skip_refused,
            )
            result, _changes = administration.write(items.IMPORT, work)
    report(result, as_json=as_json, skip_refused=skip_refused or dry_run)


def invoices_(
    file: File,
    *,
    maps: Maps = None,
    date_format: DateFormat = None,
    decimal: Decimal = None,
    credit_prefix: Annotated[
        str | None,
        typer.Option("--credit-prefix", help=N_("With it the numbers of credit notes start.")),
    ] = None,
    unknown_customer: Annotated[
        str | None,
        typer.Option("--unknown-customer", help=N_("Customer for the rows without one.")),
    ] = None,
    skip_refused: SkipRefused = False,
    dry_run: DryRun = False,
    as_json: Json = False,
) -> None:
    """Bring in history: it counts in reports, and never in the tax return."""
    source = Source.of(file)
    choices = invoices.Choices(credit_prefix, unknown_customer, skip_refused)
    stated = _stated(maps, date_format, decimal)
    records = reading.invoice_records(source, stated, unknown_customer)
    with shell.opened() as administration:
        if dry_run:
            work = partial(invoices.plan, records=records, choices=choices)
            result = administration.read(work).result
        else:
            result, _changes = administration.write(
                invoices.IMPORT,
                partial(
                    invoices.run,
                    records=records,
                    file_name=source.name,
                    file_digest=source.digest(),
                    choices=choices,
                ),
            )
    report(result, as_json=as_json, skip_refused=skip_refused or dry_run)
    for name, lines in _grouped(result.aside).items():
        shell.warn(
            ngettext(
                "{count} line left aside, line {line}: {reason}",
                "{count} lines left aside, from line {line}: {reason}",
                len(lines),
            ).format(count=len(lines), line=lines[0], reason=name)
        )


def _grouped(aside: Iterable[RefusedLine]) -> dict[str, list[int]]:
    """Lines per reason: ten thousand of them are one sentence."""
    found: dict[str, list[int]] = {}
    for one in aside:
        found.setdefault(sentence(one.failure), []).append(one.line)
    return found


def _stated(
    maps: list[str] | None, date_format: str | None, decimal: Decimals | None
) -> reading.Stated:
    return reading.Stated(tuple(maps or ()), date_format, decimal)


def mail(
    file: File, *, skip_refused: SkipRefused = False, dry_run: DryRun = False, as_json: Json = False
) -> None:
    """Put mails with the customers that they come from or answer."""
    source = Source.of(file)
    work = partial(mails.run, source=source, skip_refused=skip_refused, dry_run=dry_run)
    with shell.opened() as administration:
        if dry_run:
            result = administration.read(work)
        else:
            result, _changes = administration.write(mails.IMPORT, work)
    report(result, as_json=as_json, skip_refused=skip_refused or dry_run)


def _line(refused: dict[str, Any]) -> str:
    """A refused line with the name of its field, where it has one."""
    title = FIELD_TITLES.get(refused["field"] or "")
    if title is None:
        return _("Line {line}: {reason}").format(**refused)
    return _("Line {line}, {title}: {reason}").format(title=_(title), **refused)


def bank(
    file: File,
    *,
    add_account: Annotated[
        bool, typer.Option("--add-account", help=N_("An account not known yet is your own."))
    ] = False,
    dry_run: DryRun = False,
    as_json: Json = False,
) -> None:
    """Bring the lines of a statement in; those that were there already are left aside."""
    source = Source.of(file)
    with shell.opened() as administration:
        read = administration.read(partial(bank_columns.read_any, source=source))
        if dry_run:
            told = administration.read(partial(banks.look, file=read))
        else:
            digest = source.digest()
            work = partial(banks.run, file=read, digest=digest, add_account=add_account)
            told, _changes = administration.write(banks.IMPORT, work)
    report(told.result, as_json=as_json, skip_refused=True)
    for one in told.aside:
        reason = sentence(one.failure)
        shell.warn(_("Line {line}: {reason}").format(line=one.line, reason=reason))
    _say_balances(told)


def _say_balances(told: banks.BankImport) -> None:
    """Say what does not add up; the statement came in all the same."""
    for account in told.result.accounts:
        if account.difference:
            shell.warn(
                _("{iban}: the closing balance differs by {amount} from opening and lines.").format(
                    iban=account.iban, amount=i18n.money(account.difference.cents)
                )
            )
    for gap in told.gaps:
        shell.warn(
            _("{iban}: {amount} is missing between this statement and the one before it.").format(
                iban=gap.iban, amount=i18n.money(gap.gap.cents)
            )
        )


def report(result: ImportResult, *, as_json: bool, skip_refused: bool) -> None:
    """Print what came in; exit 1 where refused lines kept everything out."""
    refused = [
        {"line": one.line, "field": one.field, "reason": sentence(one.failure)}
        for one in result.refused
    ]
    shell.show(
        {
            "read": result.read,
            "created": result.created,
            "updated": result.updated,
            "skipped": result.skipped,
            "refused": refused,
            "balanced": result.balanced,
            "accounts": result.accounts,
        },
        as_json=as_json,
        text=lambda: _(
            "Read: {read}. New: {created}. Changed: {updated}. Left aside: {skipped}."
            " Refused: {refused}."
        ).format(
            read=result.read,
            created=result.created,
            updated=result.updated,
            skipped=result.skipped,
            refused=len(result.refused),
        ),
    )
    for one in refused:
        shell.warn(_line(one))
    if refused and not skip_refused:
        raise typer.Exit(1)
