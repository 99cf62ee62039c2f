"""A table of a bank that nobody knows: its columns are linked once, and remembered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from klantenapp.services.errors.bank_files import BankRowRefused, NotABankFile
from klantenapp.services.imports import bank_file, bank_table, mapping, saved_mappings, tabular
from klantenapp.services.imports.bank_table import BANK_FIELDS
from klantenapp.services.imports.table import open_table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from klantenapp.services.imports.bank_model import BankFile
    from klantenapp.services.imports.mapping import ColumnMapping
    from klantenapp.services.imports.source import Source
    from klantenapp.services.imports.table import Table

KIND = "bank"


@dataclass(frozen=True)
class Columns:
    """What a table has, and what its columns seem to be.

    Attributes:
        columns: (index, name).
        proposed: field -> index of the column.
    """

    columns: tuple[tuple[int, str], ...]
    proposed: Mapping[str, int]


def look(source: Source) -> Columns:
    """The columns of a table.

    Raises:
        Refusal: it is no table, see `services.errors.imports`.
    """
    table = open_table(source)
    links = mapping.propose(table, BANK_FIELDS)
    return Columns(
        tuple((column.index, column.label) for column in table.columns),
        {link.field: link.column for link in links.links},
    )


def read(source: Source, chosen: Mapping[str, int], account: str | None) -> BankFile:
    """Read a table as the user linked it.

    Args:
        chosen: field -> index of the column; the other columns are skipped.
        account: the user's own account, where no column has it.

    Raises:
        BankRowRefused: a row that cannot be read, with its line; nothing is imported.
        Refusal: a field without column, or columns whose formats are unclear.
    """
    table = open_table(source)
    return _read(table, _links(table, chosen), account)


def remember(
    session: Session, source: Source, chosen: Mapping[str, int], account: str | None
) -> None:
    """Keep the links for files with the same columns."""
    table = open_table(source)
    options = {"account": account} if account else {}
    saved_mappings.save(session, KIND, source.name, table, _links(table, chosen), options)


def read_any(session: Session, source: Source) -> BankFile:
    """A bank file of any kind, also one whose columns were linked before.

    Raises:
        NotABankFile: it is neither.
        Refusal: see `bank_file.read`.
    """
    try:
        return bank_file.read(source)
    except NotABankFile:
        found = remembered(session, source)
        if found is None:
            raise
        return found


def remembered(session: Session, source: Source) -> BankFile | None:
    """A table whose columns were linked before; None where they were not.

    Raises:
        Refusal: it is no table at all, or a row of it cannot be read.
    """
    table = open_table(source)
    saved = saved_mappings.find(session, KIND, table)
    if saved is None:
        return None
    links = mapping.propose(table, BANK_FIELDS, saved.chosen)
    links.verify()
    return _read(table, links, saved.options.get("account"))


def _links(table: Table, chosen: Mapping[str, int]) -> ColumnMapping:
    by_column: dict[int, list[str]] = {column.index: [] for column in table.columns}
    for field, column in chosen.items():
        by_column[column].append(field)
    links = mapping.propose(table, BANK_FIELDS, by_column)
    links.verify()
    return links


def _read(table: Table, links: ColumnMapping, account: str | None) -> BankFile:
    formats = tabular.formats_of(table, links, BANK_FIELDS)
    file, refused = bank_table.read(table, links, formats, account)
    if refused:
        raise BankRowRefused(table.source.name, refused[0].line, refused[0].failure)
    return file
