"""The administration file itself: begin one, and which version this is."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from klantenapp.cli import shell
from klantenapp.cli.shell import Json
from klantenapp.i18n import N_, _, ngettext
from klantenapp.sentences.care import told
from klantenapp.sentences.speak import sentence
from klantenapp.services.care import check, opening, restore
from klantenapp.services.customers import business
from klantenapp.services.customers.business import BusinessData
from klantenapp.services.errors.cli import UnknownField, WrongValue
from klantenapp.services.store import backup
from klantenapp.services.store.version import VERSION

#: Fields of business.json; the others of a business are chosen in the program.
BUSINESS_FIELDS: Final = (
    "legal_name",
    "trade_name",
    "contact_name",
    "street",
    "postal_code",
    "city",
    "country",
    "kvk",
    "vat_id",
    "iban",
    "bic",
    "email",
    "phone",
    "website",
    "language",
)

#: What `init` prints of a business.
_SHOWN: Final = tuple(field.name for field in fields(BusinessData) if field.name in BUSINESS_FIELDS)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("init", help=N_("Start a new administration."))(init)
    app.command("check", help=N_("Check the whole administration."))(check_all)
    app.command("backup", help=N_("Make a verified backup."))(back_up)
    app.command("restore", help=N_("Put a backup back."))(restore_from)
    app.command("version", help=N_("Print the version of the program."))(version)


def init(
    file: Annotated[Path, typer.Argument(help=N_("The new file."))],
    *,
    business_file: Annotated[
        Path, typer.Option("--business", help=N_("JSON file with the company details."))
    ],
    tax_scheme: Annotated[
        str,
        typer.Option("--tax-scheme", help=N_("standard, or kor for the small-business scheme.")),
    ] = "standard",
    as_json: Json = False,
) -> None:
    """Start a new administration; numbers that look wrong are named and kept."""
    if tax_scheme not in {"standard", "kor"}:
        raise typer.BadParameter(_("Choose standard or kor."), param_hint="--tax-scheme")
    data = business_data(shell.read_json(business_file), tax_scheme)
    with_numbers = business.cleaned(data)
    opening.begin(file, data).close()
    for _field, warning in business.warnings(with_numbers):
        shell.warn(sentence(warning))
    shown = {"file": file} | {name: getattr(with_numbers, name) for name in _SHOWN}
    shell.show(
        shown | {"tax_scheme": tax_scheme},
        as_json=as_json,
        text=lambda: _("Started {file} for {name}.").format(file=file, name=with_numbers.name),
    )


def business_data(found: dict[str, Any], tax_scheme: str) -> BusinessData:
    """The business of a JSON object.

    Raises:
        UnknownField: a field that nothing knows.
        WrongValue: a field that is neither text nor null.
    """
    for name, value in found.items():
        if name not in BUSINESS_FIELDS:
            raise UnknownField(name, BUSINESS_FIELDS)
        if value is not None and (not isinstance(value, str) or "\0" in value):
            raise WrongValue(name)
    given = {name: value for name, value in found.items() if value is not None}
    if given.get("language", "nl") not in {"nl", "en"}:
        raise WrongValue("language")
    return BusinessData(**{"legal_name": ""} | given, tax_scheme=tax_scheme)


def check_all(*, as_json: Json = False) -> None:
    """Prove every invariant; exit 1 where one does not hold."""
    with shell.opened() as administration:
        findings = administration.read(check.run)
    shell.show(
        {"ok": not findings, "findings": findings},
        as_json=as_json,
        text=lambda: "\n".join(map(told, findings)) or _("Everything is in order."),
    )
    if findings:
        shell.warn(
            ngettext(
                "{count} thing is not in order. Restore a backup from before.",
                "{count} things are not in order. Restore a backup from before.",
                len(findings),
            ).format(count=len(findings))
        )
        raise typer.Exit(1)


def back_up(
    target: Annotated[Path, typer.Argument(metavar="FILE", help=N_("A new file, or a folder."))],
    *,
    as_json: Json = False,
) -> None:
    """Copy the administration and verify the copy."""
    source = shell.administration_file()
    written = backup.write(source, target)
    backup.remember(source, written)
    shell.show(
        {"file": written, "verified": True},
        as_json=as_json,
        text=lambda: _("Backup written and verified: {file}").format(file=written),
    )


def restore_from(
    source: Annotated[Path, typer.Argument(metavar="FILE", help=N_("The backup."))],
    *,
    to: Annotated[Path, typer.Option("--to", help=N_("Where the administration comes."))],
    as_json: Json = False,
) -> None:
    """Put a backup back; what was there is kept."""
    restored = restore.restore(source, to)
    lines = [_("Restored: {file}").format(file=restored.path)]
    if restored.kept is not None:
        lines.append(_("What was there is kept as {file}").format(file=restored.kept))
    shell.show(
        {"file": restored.path, "kept": restored.kept, "findings": restored.findings},
        as_json=as_json,
        text="\n".join(lines),
    )
    for finding in restored.findings:
        shell.warn(told(finding))


def version(*, as_json: Json = False) -> None:
    """Print the version."""
    shell.show({"version": VERSION}, as_json=as_json, text=f"Klantenapp {VERSION}")
