"""Records from a file of any kind, with what the user says about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from klantenapp.services.errors.imports import FieldMissing
from klantenapp.services.imports import contact_list, mapping, tabular, vcard
from klantenapp.services.imports.cards import customer_of
from klantenapp.services.imports.fields import CUSTOMER_FIELDS, INVOICE_FIELDS
from klantenapp.services.imports.table import open_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from klantenapp.services.errors.base import Refusal
    from klantenapp.services.imports.fields import Field
    from klantenapp.services.imports.mapping import ColumnMapping
    from klantenapp.services.imports.numerals import Decimals
    from klantenapp.services.imports.source import Source
    from klantenapp.services.imports.table import Table
    from klantenapp.services.imports.tabular import Record


@dataclass(frozen=True, slots=True)
class Stated:
    """What the user says about a file; everything left out is found out.

    Attributes:
        maps: "field=column" texts.
        date_pattern: strptime pattern of all dates.
        decimals: decimal sign of all numbers.
        sheet, encoding, separator, has_header: how the table is opened.
    """

    maps: tuple[str, ...] = ()
    date_pattern: str | None = None
    decimals: Decimals | None = None
    sheet: str | None = None
    encoding: str | None = None
    separator: str | None = None
    has_header: bool | None = None


def customer_records(source: Source, stated: Stated) -> Iterator[Record]:
    """Customers from cards, a contact list or a table.

    Raises:
        Refusal: the file, its columns or their formats, see `services.errors.imports`.
    """
    if vcard.is_vcard(source.head()):
        return (customer_of(card) for card in vcard.cards_of(source))
    if not stated.maps:
        table = _open(source, stated)
        if contact_list.is_contact_list(table):
            return (customer_of(card) for card in contact_list.cards_of(table))
    return table_records(source, CUSTOMER_FIELDS, stated)


def invoice_records(
    source: Source, stated: Stated, unknown_customer: str | None
) -> Iterator[Record]:
    """Rows of history.

    Args:
        source: the file.
        stated: by the user.
        unknown_customer: of the import; with one the file needs no customers.

    Raises:
        FieldMissing: no customer, or neither total nor prices.
        Refusal: the file, its columns or their formats, see `services.errors.imports`.
    """
    table = _open(source, stated)
    links = _links(table, INVOICE_FIELDS, stated)
    for _field, problem in missing_in_history(links, unknown_customer):
        raise problem
    return _records(table, links, INVOICE_FIELDS, stated)


def missing_in_history(
    links: ColumnMapping, unknown_customer: str | None
) -> list[tuple[str | None, Refusal]]:
    """What history cannot do without beside its required fields, as (field, failure)."""
    there = {link.field for link in links.links}
    found: list[tuple[str | None, Refusal]] = []
    if not there & {"customer", "customer_name"} and unknown_customer is None:
        found.append(("customer", FieldMissing("customer")))
    if not there & {"amount", "unit_price"}:
        found.append(("amount", FieldMissing("amount")))
    return found


def table_records(source: Source, fields: Sequence[Field], stated: Stated) -> Iterator[Record]:
    """Records of a table.

    Args:
        source: the file.
        fields: of the import.
        stated: by the user.

    Raises:
        Refusal: the file, its columns or their formats, see `services.errors.imports`.
    """
    table = _open(source, stated)
    return _records(table, _links(table, fields, stated), fields, stated)


def _links(table: Table, fields: Sequence[Field], stated: Stated) -> ColumnMapping:
    links = mapping.propose(table, fields, mapping.stated(stated.maps, table, fields))
    links.verify()
    return links


def _records(
    table: Table, links: ColumnMapping, fields: Sequence[Field], stated: Stated
) -> Iterator[Record]:
    formats = tabular.formats_of(
        table, links, fields, decimals=stated.decimals, date_pattern=stated.date_pattern
    )
    return tabular.records(table, links, fields, formats)


def _open(source: Source, stated: Stated) -> Table:
    return open_table(
        source,
        sheet=stated.sheet,
        encoding=stated.encoding,
        separator=stated.separator,
        has_header=stated.has_header,
    )
