"""Which column goes to which field: proposed by name and by content, stated by the user."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from klantenapp.services.errors.base import Invalid
from klantenapp.services.errors.imports import (
    ColumnMappedTwice,
    ColumnUnknown,
    FieldMappedTwice,
    FieldMissing,
    FieldUnknown,
    HeaderTwice,
    MappingUnclear,
)
from klantenapp.services.imports.fields import Kind, folded
from klantenapp.services.imports.rows import column_index
from klantenapp.services.imports.table import as_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from klantenapp.services.errors.base import Refusal
    from klantenapp.services.imports.fields import Field
    from klantenapp.services.imports.table import Column, Table

#: What a column holds, by its values; only kinds that cannot be mistaken for another.
_CONTENT = {
    Kind.EMAIL: re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+"),
    Kind.IBAN: re.compile(r"[A-Z]{2}\d{2}\s?(?:[A-Z0-9]{4}\s?){2,7}[A-Z0-9]{0,4}"),
    Kind.POSTAL_CODE: re.compile(r"[1-9]\d{3}\s?[A-Za-z]{2}"),
    Kind.VAT_ID: re.compile(r"NL\s?\d{3}\.?\d{3}\.?\d{3}\.?B\.?\d{2}", re.IGNORECASE),
}
#: A column counts as a kind when so many in a hundred of its values are.
_AGREEING = 80


@dataclass(frozen=True, slots=True)
class Link:
    """One column that goes to one field.

    Attributes:
        column: index of the column.
        field: key of the field.
        by: "user", "name" or "content".
    """

    column: int
    field: str
    by: str


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """All links of a file, with what is wrong with them.

    Attributes:
        links: in the order of the columns.
        problems: (field, failure); the import cannot start before they are gone.
    """

    links: tuple[Link, ...]
    problems: tuple[tuple[str | None, Refusal], ...] = ()

    def column_of(self, field: str) -> int | None:
        """Index of the column of a field."""
        return next((link.column for link in self.links if link.field == field), None)

    def verify(self) -> None:
        """Go on only when nothing is wrong.

        Raises:
            Invalid: every problem at its field; a single one is raised as itself.
        """
        if len(self.problems) == 1:
            raise self.problems[0][1]
        if self.problems:
            raise Invalid(self.problems)


def stated(pairs: Iterable[str], table: Table, fields: Sequence[Field]) -> dict[int, list[str]]:
    """Read "field=column" texts; a column is named by its header or its letter.

    Returns:
        per column index the fields that were asked for it.

    Raises:
        MappingUnclear: not of that form.
        FieldUnknown: no such field.
        ColumnUnknown: no such column.
        HeaderTwice: two columns of that name.
    """
    known = {folded(field.key): field.key for field in fields}
    found: dict[int, list[str]] = {}
    for pair in pairs:
        name, equals, column = pair.partition("=")
        if not equals or not name.strip() or not column.strip():
            raise MappingUnclear(pair)
        key = known.get(folded(name))
        if key is None:
            raise FieldUnknown(name.strip(), ", ".join(field.key for field in fields))
        found.setdefault(_find(column.strip(), table), []).append(key)
    return found


def _find(name: str, table: Table) -> int:
    same = [column for column in table.columns if column.header == name]
    same = same or [
        column
        for column in table.columns
        if column.header and folded(column.header) == folded(name)
    ]
    if len(same) > 1:
        raise HeaderTwice(name, same[0].letter, same[1].letter)
    if same:
        return same[0].index
    index = column_index(name)
    if index is not None and index < len(table.columns):
        return index
    known = ", ".join(column.label for column in table.columns)
    raise ColumnUnknown(name, known)


def propose(
    table: Table,
    fields: Sequence[Field],
    chosen: dict[int, list[str]] | None = None,
) -> ColumnMapping:
    """Map the columns: what the user chose first, then names, then content.

    Args:
        table: the open file.
        fields: of this import.
        chosen: from `stated`, or from the window; an empty list skips that column.
    """
    chosen = chosen or {}
    links = [
        Link(column, field, "user") for column, keys in sorted(chosen.items()) for field in keys
    ]
    free = [column for column in table.columns if column.index not in chosen]
    links += _by_name(free, fields, {link.field for link in links})
    used = {link.column for link in links} | set(chosen)
    rest = [column for column in table.columns if column.index not in used]
    links += _by_content(rest, table, fields, {link.field for link in links})
    links.sort(key=lambda link: link.column)
    return ColumnMapping(tuple(links), tuple(_problems(links, table, fields)))


def _by_name(columns: list[Column], fields: Sequence[Field], taken: set[str]) -> list[Link]:
    """The best column of each field; a field's own key wins over its other names."""
    candidates = sorted(
        (field.names.index(name), column.index, position, field.key)
        for position, field in enumerate(fields)
        for column in columns
        if (name := folded(column.header)) and name in field.names and field.key not in taken
    )
    links: list[Link] = []
    done_fields: set[str] = set()
    done_columns: set[int] = set()
    for _rank, index, _position, key in candidates:
        if key not in done_fields and index not in done_columns:
            done_fields.add(key)
            done_columns.add(index)
            links.append(Link(index, key, "name"))
    return links + _same_names(columns, links)


def _same_names(columns: list[Column], links: list[Link]) -> list[Link]:
    """A second column with the very same name is linked too, so that the choice is the user's."""
    headers = {column.index: folded(column.header) for column in columns}
    linked = {link.column for link in links}
    return [
        Link(index, link.field, "name")
        for link in links
        for index, header in headers.items()
        if index not in linked and header == headers[link.column]
    ]


def _by_content(
    columns: list[Column], table: Table, fields: Sequence[Field], taken: set[str]
) -> list[Link]:
    links: list[Link] = []
    for kind, pattern in _CONTENT.items():
        field = next((f for f in fields if f.kind is kind and f.key not in taken), None)
        if field is None:
            continue
        for column in columns:
            if any(link.column == column.index for link in links):
                continue
            if _agrees(column, table, pattern):
                links.append(Link(column.index, field.key, "content"))
                break
    return links


def _agrees(column: Column, table: Table, pattern: re.Pattern[str]) -> bool:
    values = [
        text
        for row in table.sample
        if column.index < len(row.cells) and (text := as_text(row.cells[column.index]).strip())
    ]
    hits = sum(1 for text in values if pattern.fullmatch(text))
    return bool(values) and hits * 100 >= len(values) * _AGREEING


def _problems(
    links: list[Link], table: Table, fields: Sequence[Field]
) -> Iterable[tuple[str | None, Refusal]]:
    by_field: dict[str, list[Link]] = {}
    by_column: dict[int, list[Link]] = {}
    for link in links:
        by_field.setdefault(link.field, []).append(link)
        by_column.setdefault(link.column, []).append(link)
    for key, several in by_field.items():
        if len(several) > 1:
            first, second = (table.columns[link.column] for link in several[:2])
            yield key, _twice(key, first, second)
    for index, several in by_column.items():
        if len(several) > 1:
            column = table.columns[index]
            yield (
                several[0].field,
                ColumnMappedTwice(column.label, several[0].field, several[1].field),
            )
    for field in fields:
        if field.required and field.key not in by_field:
            yield field.key, FieldMissing(field.key)


def _twice(key: str, first: Column, second: Column) -> Refusal:
    if first.header and first.header == second.header:
        return HeaderTwice(first.header, first.letter, second.letter)
    return FieldMappedTwice(key, first.label, second.label)
