"""How much two names are alike, and which customers a name on a bank line could be. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz import fuzz

from klantenapp.services.ledger.references import folded

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Words that say nothing about who it is.
_NOISE = frozenset(
    "BV NV VOF CV BVBA GMBH LTD BEHEER HOLDING STICHTING HR DHR MW MEVR MEVROUW EO CJ EN DE HET VAN"  # noqa: SIM905 - reads better than a list of words
    " DER DEN TEN TER VD".split()
)
_WORD = re.compile(r"[A-Z0-9]+")
#: The start of a word by which names are found; survives most misspellings.
_START = 4
#: Banks cut off long names; a name this long that starts another one is the same.
_CUT_OFF = 12
#: A start of a word that so many customers share finds nobody.
_COMMON = 400
#: Likeness of a name that was cut off.
_CUT_LIKENESS = 96.0


class Plain(NamedTuple):
    """A name for comparing: capitals without accents, points and legal form.

    Attributes:
        words: in the order of the alphabet, so that "Jansen, J." is "J. Jansen".
        joined: in the order as written, without spaces.
    """

    words: str
    joined: str


def plain_name(name: str) -> Plain:
    """A name for comparing."""
    words = _WORD.findall(folded(name).replace(".", ""))
    telling = [word for word in words if word not in _NOISE] or words
    return Plain(" ".join(sorted(telling)), "".join(telling))


def likeness(one: Plain, other: Plain) -> float:
    """0 (nothing alike) to 100 (the same)."""
    if not one.words or not other.words:
        return 0.0
    score = fuzz.ratio(one.words, other.words)
    short, long = sorted((one.joined, other.joined), key=len)
    if len(short) >= _CUT_OFF and long.startswith(short):
        return max(score, _CUT_LIKENESS)
    return score


class NameIndex:
    """Customers by the starts of the words in their names."""

    def __init__(self, names: Iterable[tuple[int, str]]) -> None:
        """Take (customer id, name) pairs; a customer may have several names."""
        self._names: dict[int, list[Plain]] = {}
        self._starts: dict[str, list[int]] = {}
        self._seen: dict[Plain, list[tuple[int, float]]] = {}
        for customer_id, name in names:
            plain = plain_name(name)
            self._names.setdefault(customer_id, []).append(plain)
            for start in {word[:_START] for word in plain.words.split()}:
                self._starts.setdefault(start, []).append(customer_id)

    def alike(self, name: str, least: float) -> list[tuple[int, float]]:
        """Customers whose name is at least so much alike, the best first."""
        plain = plain_name(name)
        if plain not in self._seen:
            self._seen[plain] = self._compare(plain)
        return [found for found in self._seen[plain] if found[1] >= least]

    def score(self, customer_id: int, name: str) -> float:
        """How much a name is like that of one customer."""
        plain = plain_name(name)
        return max((likeness(plain, own) for own in self._names.get(customer_id, ())), default=0.0)

    def _compare(self, plain: Plain) -> list[tuple[int, float]]:
        nearby: set[int] = set()
        for word in plain.words.split():
            customers = self._starts.get(word[:_START], ())
            if len(customers) <= _COMMON:
                nearby.update(customers)
        scored = [
            (customer_id, max(likeness(plain, own) for own in self._names[customer_id]))
            for customer_id in nearby
        ]
        return sorted(
            (found for found in scored if found[1] >= 80),  # noqa: PLR2004 - below nobody asks
            key=lambda found: (-found[1], found[0]),
        )
