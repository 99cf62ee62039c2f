"""Which open invoices a text names: whole, in pieces, without the year, or mistyped. Pure.

The index is built once over all open items and keyed by the number as people might type it, so that
reading a line is a few dozen dictionary lookups, whatever the number of open items.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from klantenapp.services.ledger.references import (
    compact,
    creditor_references_in,
    folded,
    payment_reference_body,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: A number of fewer digits is too common in a text to name an invoice by itself.
STRONG_DIGITS = 5
#: A number is typed in at most so many pieces.
PIECES = 6
#: What may stand between two pieces ("2026 - 0042").
_GAP = re.compile(r"[ \n\-/._]{0,3}")
#: Dates and times are no numbers of ours.
_MOMENT = re.compile(
    r"(?<![0-9])(?:[0-3]?[0-9][-/.][01]?[0-9][-/.](?:19|20)[0-9]{2}|[0-2]?[0-9]:[0-5][0-9])(?![0-9])"
)
_ATOM = re.compile(r"[A-Z]+|[0-9]+")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_DUTCH = re.compile(r"(?<![0-9])(?:[0-9][ .]?){8,15}[0-9](?![0-9])")
_DIGITS = "0123456789"
#: Words between the numbers of a list.
_BETWEEN = frozenset({"EN", "AND", "PLUS", "FACTUUR", "FACT", "NR", "INVOICE"})


class How(StrEnum):
    """How a text names an invoice, the surest first."""

    CREDITOR_REFERENCE = "creditor_reference"
    PAYMENT_REFERENCE = "payment_reference"
    NUMBER = "number"
    WITHOUT_YEAR = "without_year"
    TYPO = "typo"


class Atom(NamedTuple):
    """A run of letters or of digits, and whether it can be a piece of what stands before it."""

    text: str
    follows: bool


#: Stands where a number was found.
_TAKEN = Atom("", follows=False)


@dataclass(slots=True)
class Named:
    """What a text names.

    Attributes:
        sure: open items by reference or whole number, in the order of the text.
        how: how each of those was named.
        vague: open items by a number without its year, or a short number.
        mistyped: open items one digit away from a number in the text.
        unknown: the text holds a number of ours that is not open.
    """

    sure: list[int] = field(default_factory=list)
    how: dict[int, How] = field(default_factory=dict)
    vague: list[int] = field(default_factory=list)
    mistyped: list[int] = field(default_factory=list)
    unknown: bool = False

    def add(self, positions: Iterable[int], how: How) -> None:
        """Remember surely named items; the first way counts."""
        for position in positions:
            if position not in self.how:
                self.how[position] = how
                self.sure.append(position)


class NumberIndex:
    """Open items by their number."""

    def __init__(self, numbers: Iterable[tuple[str, int]]) -> None:
        """Take (number, customer id) pairs; items are known by their place among them."""
        self._owner: list[int] = []
        self._full: dict[str, list[int]] = {}
        self._digits: dict[str, list[int]] = {}
        self._vague: dict[str, list[int]] = {}
        self._year: dict[int, str] = {}
        self._shapes: set[tuple[int, str]] = set()
        self._longest = 0
        for position, (number, owner) in enumerate(numbers):
            self._owner.append(owner)
            self._add(position, compact(number))

    def _add(self, position: int, plain: str) -> None:
        digits = "".join(sign for sign in plain if sign.isdigit())
        self._longest = max(self._longest, len(plain))
        self._digits.setdefault(digits.lstrip("0"), []).append(position)
        if len(digits) < STRONG_DIGITS:
            self._vague.setdefault(plain, []).append(position)
            return
        self._full.setdefault(plain, []).append(position)
        self._shapes.add((len(digits), digits[:2]))
        if digits != plain:
            self._full.setdefault(digits, []).append(position)
        match = _YEAR.match(digits)
        if match and len(digits) > match.end():
            rest = digits[match.end() :]
            self._year[position] = match.group()
            for short in {rest, rest.lstrip("0")} - {""}:
                self._vague.setdefault(short, []).append(position)

    def find(self, text: str, reference: str = "") -> Named:
        """What a line names.

        Args:
            text: free text of the line.
            reference: its structured reference, where the bank gives one.
        """
        named = Named()
        for body in creditor_references_in(f"{reference} {text}" if reference else text):
            named.add(self._full.get(body, ()), How.CREDITOR_REFERENCE)
        plain = folded(f"{reference} {text}" if reference else text)
        for digits in (reference, *(match.group() for match in _DUTCH.finditer(plain))):
            body = payment_reference_body(digits) or ""
            named.add(self._digits.get(body, ()), How.PAYMENT_REFERENCE)
        self._numbers(_atoms(plain), named)
        return named

    def _numbers(self, atoms: list[Atom], named: Named) -> None:
        """Whole numbers first, the longest where pieces overlap; then what remains of the text."""
        rest: list[Atom] = []
        last: list[int] = []
        at = 0
        while at < len(atoms):
            pieces, positions = self._longest_at(atoms, at)
            if not pieces and last:
                pieces, positions = self._next_of(last, atoms, at)
            if pieces:
                named.add(positions, How.NUMBER)
                last = positions
                at += pieces
                rest.append(_TAKEN)
                continue
            if atoms[at].text not in _BETWEEN:
                last = []
            rest.append(atoms[at])
            at += 1
        self._remains(rest, named)

    def _next_of(self, last: list[int], atoms: list[Atom], at: int) -> tuple[int, list[int]]:
        """Right behind a whole number the year is known: "2026-0041 and 0042"."""
        found = [
            each
            for each in self._vague.get(atoms[at].text, ())
            for before in last
            if self._owner[each] == self._owner[before] and self._year.get(each) is not None
            if self._year[each] == self._year.get(before)
        ]
        return (1, found) if len(found) == 1 else (0, [])

    def _remains(self, rest: list[Atom], named: Named) -> None:
        """Numbers of ours that are not open, short numbers, and numbers of ours with a typo."""
        at = 0
        while at < len(rest):
            pieces, text = self._ours_at(rest, at)
            if pieces:
                named.unknown = True
                named.mistyped += self._one_digit_off(text)
            elif rest[at].text in self._vague:
                vague = self._vague[rest[at].text]
                named.vague += [each for each in vague if each not in named.vague]
            at += pieces or 1

    def _ours_at(self, rest: list[Atom], at: int) -> tuple[int, str]:
        """The most pieces that together look like a number of ours."""
        joined, found, pieces = "", "", 0
        for offset, atom in enumerate(rest[at : at + PIECES]):
            if (offset and not atom.follows) or not atom.text.isdigit():
                break
            joined += atom.text
            if any((len(joined) + more, joined[:2]) in self._shapes for more in (0, 1, -1)):
                found, pieces = joined, offset + 1
        return pieces, found

    def _longest_at(self, atoms: list[Atom], at: int) -> tuple[int, list[int]]:
        joined, found, pieces = "", [], 0
        for offset, atom in enumerate(atoms[at : at + PIECES]):
            joined += atom.text
            if (offset and not atom.follows) or len(joined) > self._longest:
                break
            if joined in self._full:
                found, pieces = self._full[joined], offset + 1
        return pieces, found

    def _one_digit_off(self, text: str) -> list[int]:
        found: list[int] = []
        for other in _neighbours(text):
            found += self._full.get(other, ())
        return list(dict.fromkeys(found))


def _atoms(plain: str) -> list[Atom]:
    atoms, end = [], -1
    text = _MOMENT.sub("|", plain)
    for match in _ATOM.finditer(text):
        follows = end >= 0 and _GAP.fullmatch(text, end, match.start()) is not None
        atoms.append(Atom(match.group(), follows))
        end = match.end()
    return atoms


def _neighbours(text: str) -> Iterator[str]:
    """Every text with one digit other, missing or too many, or two neighbours swapped."""
    for at, digit in enumerate(text):
        before, after = text[:at], text[at + 1 :]
        yield before + after
        for other in _DIGITS:
            if other != digit:
                yield before + other + after
            yield before + other + digit + after
        if after:
            yield before + after[0] + digit + after[1:]
    for other in _DIGITS:
        yield text + other
