"""Rows of a CSV file: the separator found out, quotes obeyed, one record at a time."""

from __future__ import annotations

import csv
from collections import Counter
from itertools import chain, islice
from typing import TYPE_CHECKING

from klantenapp.services.errors.imports import (
    LineTooLong,
    QuotesBroken,
    SeparatorAmbiguous,
    TooManyColumns,
    TooManyRows,
)
from klantenapp.services.imports.rows import MAX_COLUMNS, MAX_ROWS, Row, is_blank
from klantenapp.services.imports.source import lines_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from klantenapp.services.imports.source import Source

#: Separators that occur.
SEPARATORS = (";", ",", "\t", "|")
#: Records that decide about the separator.
_SAMPLE = 200
#: The csv module's own limit for one cell.
_MAX_CELL = 131_072


def separator_of(source: Source, encoding: str) -> str:
    """Find the separator: the one that divides the first records evenly into most columns.

    Raises:
        SeparatorAmbiguous: two divide them evenly into equally many.
    """
    lines = list(islice(lines_of(source, encoding), _SAMPLE))
    hint = _hint(lines[0]) if lines else None
    if hint:
        return hint
    found = {separator: _width(lines, separator) for separator in SEPARATORS}
    best = max(found.values())
    if best <= 1:
        return max(SEPARATORS, key=lambda separator: lines[0].count(separator) if lines else 0)
    winners = [separator for separator, width in found.items() if width == best]
    if len(winners) > 1:
        raise SeparatorAmbiguous(source.name, winners[0], winners[1])
    return winners[0]


def _hint(line: str) -> str | None:
    """The first line that Excel writes to say which separator follows."""
    text = line.strip().strip('"')
    return text[4] if len(text) == 5 and text.lower().startswith("sep=") else None  # noqa: PLR2004 - sep=;


def _width(lines: list[str], separator: str) -> int:
    """Columns under a separator, or 1 where fewer than nine in ten records agree."""
    widths: Counter[int] = Counter()
    first = 0
    try:
        for record in csv.reader(lines, delimiter=separator):
            if record:
                first = first or len(record)
                widths[len(record)] += 1
    except csv.Error:
        return 1
    agreeing = widths[first]
    return first if agreeing * 10 >= sum(widths.values()) * 9 else 1


def rows_of(source: Source, encoding: str, separator: str) -> Iterator[Row]:
    """Stream the records that are not blank.

    Raises:
        QuotesBroken: a quotation mark that is not closed as it should be, with its line.
        LineTooLong: a line or a cell beyond any real one.
        TooManyRows: more than one import takes.
        TooManyColumns: more than any real table has.
    """
    lines: Iterable[str] = lines_of(source, encoding)
    lines = iter(lines)
    first = next(lines, "")
    skipped = 1 if _hint(first) else 0
    if not skipped:
        lines = chain((first,), lines)
    reader = csv.reader(lines, delimiter=separator, strict=True)
    start, count = skipped + 1, 0
    while True:
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error as problem:
            if "limit" in str(problem):
                raise LineTooLong(source.name, start, _MAX_CELL) from problem
            raise QuotesBroken(source.name, start) from problem
        cells = tuple(record)
        if not is_blank(cells):
            count += 1
            if count > MAX_ROWS:
                raise TooManyRows(source.name, MAX_ROWS)
            if len(cells) > MAX_COLUMNS:
                raise TooManyColumns(source.name, start, MAX_COLUMNS)
            yield Row(start, cells)
        start = skipped + reader.line_num + 1
