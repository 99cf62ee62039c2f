"""What every kind of table gives: numbered rows of typed cells."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple, TypeAlias

#: Rows that one import takes: what fits in the memory of a laptop beside everything else.
MAX_ROWS = 500_000
#: Columns of a table; a contact list of Google has 90.
MAX_COLUMNS = 1_000


@dataclass(frozen=True, slots=True)
class Broken:
    """A cell without a value to read.

    Attributes:
        error: what the spreadsheet shows, such as #REF!; None for a formula that was saved
            without its outcome.
    """

    error: str | None


#: Text, or what a spreadsheet has typed itself; None is an empty cell.
Cell: TypeAlias = str | Decimal | dt.datetime | dt.date | bool | Broken | None


class Row(NamedTuple):
    """One record of a table.

    Attributes:
        line: where it starts in the file, from 1.
        cells: in the order of the columns.
    """

    line: int
    cells: tuple[Cell, ...]


def is_blank(cells: tuple[Cell, ...]) -> bool:
    """Whether a record has nothing in it."""
    return all(cell is None or (isinstance(cell, str) and not cell.strip()) for cell in cells)


def column_letter(index: int) -> str:
    """Name of a column as a spreadsheet shows it: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_index(letters: str) -> int | None:
    """The opposite of `column_letter`; None where it is no such name."""
    if not (letters.isascii() and letters.isalpha() and len(letters) <= 3):  # noqa: PLR2004 - XFD is the last
        return None
    index = 0
    for letter in letters.upper():
        index = index * 26 + ord(letter) - 64
    return index - 1
