"""Customers: added, listed, shown, merged."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from klantenapp import i18n
from klantenapp.cli import shell
from klantenapp.cli.shell import Json
from klantenapp.i18n import N_, _
from klantenapp.models.values import ZERO
from klantenapp.sentences.speak import sentence
from klantenapp.services.catalogue import choosing
from klantenapp.services.customers import customers, listing, merging, numbers, view
from klantenapp.services.customers.customers import AddressData, ContactData, CustomerData
from klantenapp.services.ledger import balances
from klantenapp.services.store import audit, clock

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from klantenapp.services.store.administration import Administration

_KINDS = ("business", "consumer", "government")
_TREATMENTS = (
    "domestic",
    "reverse_charge",
    "intra_eu",
    "export",
    "exempt",
    "outside_scope",
)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(help=N_("Customers."), no_args_is_help=True)
    group.command("add", help=N_("Add a customer."))(add)
    group.command("list", help=N_("List customers with what they owe."))(list_)
    group.command("show", help=N_("Show one customer."))(show)
    group.command("merge", help=N_("Merge a customer into another one."))(merge)
    app.add_typer(group, name="customer")


def add(
    *,
    name: Annotated[str, typer.Option("--name", help=N_("Name."))],
    number: Annotated[str | None, typer.Option("--number", help=N_("Customer number."))] = None,
    kind: Annotated[
        str, typer.Option("--kind", help=N_("business, consumer or government."))
    ] = "business",
    contact: Annotated[str | None, typer.Option("--contact", help=N_("Contact person."))] = None,
    email: Annotated[str | None, typer.Option("--email", help=N_("E-mail address."))] = None,
    phone: Annotated[str | None, typer.Option("--phone", help=N_("Phone number."))] = None,
    street: Annotated[str | None, typer.Option("--street", help=N_("Street and number."))] = None,
    postal_code: Annotated[
        str | None, typer.Option("--postal-code", help=N_("Postal code."))
    ] = None,
    city: Annotated[str | None, typer.Option("--city", help=N_("City."))] = None,
    country: Annotated[
        str, typer.Option("--country", help=N_("Country code of two letters."))
    ] = "NL",
    vat_id: Annotated[str | None, typer.Option("--vat-id", help=N_("VAT id."))] = None,
    kvk: Annotated[
        str | None, typer.Option("--kvk", help=N_("Chamber of Commerce number."))
    ] = None,
    iban: Annotated[str | None, typer.Option("--iban", help=N_("Bank account."))] = None,
    terms: Annotated[
        int | None, typer.Option("--terms", min=0, max=365, help=N_("Payment term in days."))
    ] = None,
    method: Annotated[
        str | None,
        typer.Option("--method", help=N_("transfer, direct_debit, cash, card or other.")),
    ] = None,
    price_list: Annotated[
        str | None, typer.Option("--price-list", help=N_("Name of the price list."))
    ] = None,
    language: Annotated[
        str | None, typer.Option("--language", help=N_("Language of documents: nl or en."))
    ] = None,
    tax_treatment: Annotated[
        str | None,
        typer.Option(
            "--tax-treatment",
            help=N_("domestic, reverse_charge, intra_eu, export, exempt or outside_scope."),
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Add a customer; numbers that look wrong are named and kept."""
    _one_of("--kind", kind, _KINDS)
    _one_of("--language", language, i18n.LANGUAGES)
    _one_of("--tax-treatment", tax_treatment, _TREATMENTS)
    address = AddressData(
        street=street, postal_code=postal_code, city=city, country=_country(country)
    )
    data = CustomerData(
        name=name,
        number=number,
        kind=kind,
        email=email,
        phone=phone,
        vat_id=vat_id,
        kvk=kvk,
        iban=iban,
        language=language,
        tax_treatment=tax_treatment,
        addresses=(address,) if street or postal_code or city or country != "NL" else (),
        contacts=(ContactData(name=contact, receives="all"),) if contact else (),
    )
    for problem in _doubts(data):
        shell.warn(problem)
    words = _Words(terms, method, price_list)
    with shell.opened() as administration:
        act = audit.Act(customers.ADD, origin="cli")
        customer_id, _changes = administration.write(act, partial(_add, data=data, words=words))
        _print(administration, customer_id, as_json=as_json)


class _Words:
    """Terms as words, which become ids inside the transaction."""

    def __init__(self, terms: int | None, method: str | None, price_list: str | None) -> None:
        self.terms = terms
        self.method = method
        self.price_list = price_list


def _add(session: Session, data: CustomerData, words: _Words) -> int:
    customer_id = customers.add(session, data)
    chosen: dict[str, int] = {}
    if words.terms is not None:
        chosen["payment_term_id"] = choosing.payment_term(session, words.terms)
    if words.method is not None:
        chosen["payment_method_id"] = choosing.payment_method(session, words.method)
    if words.price_list is not None:
        chosen["price_list_id"] = choosing.price_list(session, words.price_list)
    if chosen:
        customers.change(session, customer_id, chosen)
    return customer_id


def list_(*, as_json: Json = False) -> None:
    """Every customer that is not archived, by name."""

    def read(session: Session) -> list[view.CustomerView]:
        today = clock.today()
        ids = listing.list_ids(session, listing.Filter(), ("name", False), today)
        owed = balances.balances(session, today)
        nothing = balances.Balance(ZERO, ZERO, ZERO)
        return [
            view.effective(
                session,
                customer_id,
                owed.get(customer_id, nothing).balance,
                owed.get(customer_id, nothing).overdue,
            )
            for customer_id in ids
        ]

    with shell.opened() as administration:
        found = administration.read(read)
    rows = [
        (
            each.number,
            each.name,
            each.address.city or "",
            i18n.amount(each.balance.cents),
            i18n.amount(each.overdue.cents),
        )
        for each in found
    ]
    headers = (_("Number"), _("Name"), _("City"), _("Open €"), _("Overdue €"))
    shell.show(found, as_json=as_json, text=lambda: shell.table(headers, rows, right=(3, 4)))


def show(number: str, *, as_json: Json = False) -> None:
    """One customer by number; the number of a merged one finds who took over."""
    with shell.opened() as administration:
        customer_id = administration.read(partial(customers.find, number=number))
        _print(administration, customer_id, as_json=as_json)


def merge(
    from_: Annotated[str, typer.Argument(metavar="FROM", help=N_("Number that goes."))],
    into: Annotated[str, typer.Argument(metavar="INTO", help=N_("Number that stays."))],
    *,
    as_json: Json = False,
) -> None:
    """Move everything of one customer to another; its number stays findable."""

    def work(session: Session) -> int:
        into_id = customers.find(session, into)
        merging.merge(session, customers.find(session, from_), into_id)
        return into_id

    with shell.opened() as administration:
        act = audit.Act(merging.MERGE, origin="cli")
        customer_id, _changes = administration.write(act, work)
        _print(administration, customer_id, as_json=as_json)


def _one_of(option: str, value: str | None, words: tuple[str, ...]) -> None:
    if value is not None and value not in words:
        raise typer.BadParameter(
            _("Choose one of {words}.").format(words=", ".join(words)), param_hint=option
        )


def _country(code: str) -> str:
    if len(code) != 2 or not code.isalpha():  # noqa: PLR2004 - ISO 3166 codes have two letters
        raise typer.BadParameter(_("Write a country code, like NL."), param_hint="--country")
    return code.upper()


def _doubts(data: CustomerData) -> list[str]:
    found = (
        numbers.vat_id_problem(data.vat_id),
        numbers.kvk_problem(data.kvk),
        numbers.iban_problem(data.iban),
        numbers.email_problem(data.email),
    )
    return [sentence(problem) for problem in found if problem is not None]


def _print(administration: Administration, customer_id: int, *, as_json: bool) -> None:
    def read(session: Session) -> view.CustomerView:
        owed = balances.balance(session, customer_id, clock.today())
        return view.effective(session, customer_id, owed.balance, owed.overdue)

    found = administration.read(read)
    shell.show(
        found,
        as_json=as_json,
        text=lambda: _("{number} {name}, open {balance}, overdue {overdue}").format(
            number=found.number,
            name=found.name,
            balance=i18n.money(found.balance.cents),
            overdue=i18n.money(found.overdue.cents),
        ),
    )
