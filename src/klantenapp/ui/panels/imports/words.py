"""What the import of each kind is called, and how its values are written."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from klantenapp import i18n
from klantenapp.i18n import _, ngettext
from klantenapp.models.values import Money, Percent, Quantity, UnitPrice
from klantenapp.sentences.imports import FIELD_TITLES
from klantenapp.sentences.speak import sentence
from klantenapp.services.errors.imports import FieldMappedTwice, FieldMissing

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from klantenapp.services.imports.tabular import Record


@dataclass(frozen=True, slots=True)
class Words:
    """Words of one kind of import.

    Attributes:
        title: of the screen.
        list_name: screen that it comes from and goes back to.
        list_title: its name.
        names: file name filter for the dialog.
        act: text of the button for a number of rows.
        done: what is said afterwards.
        shown: fields of the small table, the first of each group that is linked.
    """

    title: str
    list_name: str
    list_title: str
    names: str
    act: Callable[[int], str]
    done: Callable[[int], str]
    shown: tuple[tuple[str, ...], ...]


def words(kind: str) -> Words:
    """Words of a kind: customers, items, invoices or prices."""
    kinds = {
        "customers": _customers,
        "items": _items,
        "invoices": _invoices,
        "prices": _prices,
    }
    return kinds[kind]()


_TABLES = "(*.csv *.txt *.tsv *.xlsx *.ods)"
_CARDS = "(*.csv *.txt *.tsv *.xlsx *.ods *.vcf)"


def _filter(kinds: str, endings: str) -> str:
    return f"{kinds} {endings}"


def _customers() -> Words:
    return Words(
        _("Import customers"),
        "customers",
        _("Customers"),
        _filter(_("Tables and contact cards"), _CARDS),
        lambda count: ngettext("Import {count} customer", "Import {count} customers", count).format(
            count=i18n.count(count)
        ),
        lambda count: ngettext(
            "{count} customer imported", "{count} customers imported", count
        ).format(count=i18n.count(count)),
        (("name",), ("city", "email", "phone"), ("payment_terms_days", "number", "email", "phone")),
    )


def _items() -> Words:
    return Words(
        _("Import items"),
        "items",
        _("Items and prices"),
        _filter(_("Tables"), _TABLES),
        lambda count: ngettext("Import {count} item", "Import {count} items", count).format(
            count=i18n.count(count)
        ),
        lambda count: ngettext("{count} item imported", "{count} items imported", count).format(
            count=i18n.count(count)
        ),
        (("code",), ("name",), ("price", "unit")),
    )


def _invoices() -> Words:
    return Words(
        _("Import invoices of before"),
        "invoices",
        _("Invoices"),
        _filter(_("Tables"), _TABLES),
        lambda count: ngettext("Import {count} invoice", "Import {count} invoices", count).format(
            count=i18n.count(count)
        ),
        lambda count: ngettext(
            "{count} invoice imported", "{count} invoices imported", count
        ).format(count=i18n.count(count)),
        (("number",), ("customer_name", "customer"), ("amount", "unit_price")),
    )


def _prices() -> Words:
    return Words(
        _("Import prices"),
        "price_lists",
        _("Price lists"),
        _filter(_("Tables"), _TABLES),
        lambda count: ngettext("Import {count} price", "Import {count} prices", count).format(
            count=i18n.count(count)
        ),
        lambda count: ngettext("{count} price imported", "{count} prices imported", count).format(
            count=i18n.count(count)
        ),
        (("code",), ("min_quantity",), ("price",)),
    )


def field_title(kind: str, key: str | None) -> str:
    """Name of a field of an import."""
    if kind == "customers" and key == "number":
        key = "customer"
    if kind == "invoices" and key == "number":
        return _("Invoice number")
    title = FIELD_TITLES.get(key or "")
    return _(title) if title else _("Line")


def told(kind: str, failure: Exception) -> str:
    """What is in the way, with fields and columns by the names that the screen has for them."""
    if isinstance(failure, FieldMissing):
        return _("No column goes to {field} yet. Choose it at its column.").format(
            field=field_title(kind, failure.name)
        )
    if isinstance(failure, FieldMappedTwice):
        return _("{field} is chosen for two columns: {first} and {second}. Choose one.").format(
            field=field_title(kind, failure.name), first=failure.first, second=failure.second
        )
    return sentence(failure)


def written(value: Any) -> str:
    """A value of a record as it will be shown everywhere."""
    if value is None:
        return "–"
    for kind, write in _WRITERS.items():
        if isinstance(value, kind):
            return write(value)
    return str(value)


_WRITERS: Mapping[type, Callable[[Any], str]] = {
    Money: lambda value: i18n.amount(value.cents),
    UnitPrice: lambda value: i18n.price(value.units),
    Quantity: lambda value: i18n.quantity(value.units),
    Percent: lambda value: i18n.percent(value.points),
    dt.date: i18n.date,
    tuple: lambda value: ", ".join(value),
}


def picked(record: Record, groups: tuple[tuple[str, ...], ...]) -> list[str]:
    """Per group the first value that there is."""
    found = []
    for group in groups:
        value = next((record.values[key] for key in group if key in record.values), None)
        found.append(written(value))
    return found
