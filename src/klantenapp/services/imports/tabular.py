"""From a table and a mapping to records.

The columns are read once to learn their decimal sign and date pattern, and once more to give the
values; memory stays flat.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from klantenapp.services.errors.base import Invalid, Refusal
from klantenapp.services.errors.imports import CellMissing, LineRagged
from klantenapp.services.imports import convert, days
from klantenapp.services.imports.fields import Kind
from klantenapp.services.imports.numerals import Decimals, DecimalVote
from klantenapp.services.imports.result import RefusedLine
from klantenapp.services.imports.table import as_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from klantenapp.services.imports.convert import Value
    from klantenapp.services.imports.fields import Field
    from klantenapp.services.imports.mapping import ColumnMapping
    from klantenapp.services.imports.rows import Cell, Row
    from klantenapp.services.imports.table import Table


@dataclass(frozen=True, slots=True)
class Record:
    """One row, converted.

    Attributes:
        line: number in the file, from 1.
        values: per field key; an empty cell has no entry.
        refused: cells that could not be read; where there are any the record stays out.
    """

    line: int
    values: Mapping[str, Value]
    refused: tuple[RefusedLine, ...] = ()

    def text(self, key: str) -> str | None:
        """A value that is text."""
        value = self.values.get(key)
        return value if isinstance(value, str) else None


@dataclass(frozen=True, slots=True)
class Formats:
    """What the columns turned out to use.

    Attributes:
        decimals: per numeric field.
        patterns: per date field; None where no cell of it is text.
    """

    decimals: Mapping[str, Decimals]
    patterns: Mapping[str, str | None]


def formats_of(
    table: Table,
    mapping: ColumnMapping,
    fields: Sequence[Field],
    *,
    decimals: Decimals | None = None,
    date_pattern: str | None = None,
) -> Formats:
    """Learn decimal signs and date patterns over whole columns.

    Args:
        table: the open file.
        mapping: verified.
        fields: of this import.
        decimals: stated by the user for all columns.
        date_pattern: strptime pattern stated by the user for all columns.

    Raises:
        DecimalsAmbiguous, DecimalsMixed, DatesAmbiguous, DatePatternInvalid: the user must say;
            several at once are raised as one Invalid.
    """
    linked = _linked(mapping, fields)
    numbers = {
        field.key: (column, field.kind, DecimalVote(table.columns[column].label))
        for field, column in linked
        if field.kind in convert.NUMERIC and decimals is None
    }
    dates = {
        field.key: (column, days.DateVote(table.columns[column].label))
        for field, column in linked
        if field.kind is Kind.DATE and date_pattern is None
    }
    stated = days.checked(date_pattern) if date_pattern else None
    if numbers or dates:
        for row in table.rows():
            for column, kind, vote in numbers.values():
                text = convert.text_of_number(_cell(row, column), kind)
                if text is not None:
                    vote.count(row.line, text)
            for column, date_vote in dates.values():
                cell = _cell(row, column)
                if cell is not None and not hasattr(cell, "isoformat"):
                    date_vote.count(as_text(cell))
    return _decided(linked, numbers, dates, decimals, stated)


def _decided(
    linked: list[tuple[Field, int]],
    numbers: dict[str, tuple[int, Kind, DecimalVote]],
    dates: dict[str, tuple[int, days.DateVote]],
    decimals: Decimals | None,
    stated: str | None,
) -> Formats:
    problems: list[tuple[str | None, Refusal]] = []
    signs: dict[str, Decimals] = {}
    patterns: dict[str, str | None] = {}
    for field, _column in linked:
        try:
            if field.kind in convert.NUMERIC:
                signs[field.key] = decimals or numbers[field.key][2].decide()
            elif field.kind is Kind.DATE:
                patterns[field.key] = stated or dates[field.key][1].decide()
        except Refusal as problem:
            problems.append((field.key, problem))
    if len(problems) == 1:
        raise problems[0][1]
    if problems:
        raise Invalid(tuple(problems))
    return Formats(signs, patterns)


def records(
    table: Table,
    mapping: ColumnMapping,
    fields: Sequence[Field],
    formats: Formats,
    edits: Mapping[tuple[int, str], str] | None = None,
) -> Iterator[Record]:
    """Stream the rows as records; a wrong cell is in its record's `refused`, never raised.

    Args:
        table: the open file.
        mapping: verified.
        fields: of this import.
        formats: of its columns.
        edits: (line, field key) -> what the user typed instead; the file stays as it is.
    """
    edits = edits or {}
    linked = _linked(mapping, fields)
    required = [field.key for field, _column in linked if field.required]
    expected = table.expected
    for row in table.rows():
        ragged = _ragged(row, expected)
        if ragged:
            yield Record(row.line, {}, (RefusedLine(row.line, None, ragged),))
            continue
        values: dict[str, Value] = {}
        wrong: list[RefusedLine] = []
        for field, column in linked:
            try:
                value = convert.value_of(
                    edits.get((row.line, field.key), _cell(row, column)),
                    field,
                    formats.decimals.get(field.key, Decimals.POINT),
                    formats.patterns.get(field.key),
                )
            except Refusal as problem:
                wrong.append(RefusedLine(row.line, field.key, problem))
                continue
            if value is not None:
                values[field.key] = value
        faulty = {refused.field for refused in wrong}
        wrong.extend(
            RefusedLine(row.line, key, CellMissing())
            for key in required
            if key not in values and key not in faulty
        )
        yield Record(row.line, values, tuple(wrong))


def _ragged(row: Row, expected: int | None) -> Refusal | None:
    if expected is None:
        return None
    used = len(row.cells)
    while used > expected and not as_text(row.cells[used - 1]).strip():
        used -= 1
    return LineRagged(used, expected) if used != expected else None


def _linked(mapping: ColumnMapping, fields: Sequence[Field]) -> list[tuple[Field, int]]:
    by_key = {field.key: field for field in fields}
    return [(by_key[link.field], link.column) for link in mapping.links if link.field in by_key]


def _cell(row: Row, column: int) -> Cell:
    return row.cells[column] if column < len(row.cells) else None
