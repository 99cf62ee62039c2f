"""Text as it is searched: folded, so that case and diacritics do not matter."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import InstrumentedAttribute

#: Letters that do not decompose.
_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "þ": "th"})


def fold(text: str) -> str:
    """Lower case without diacritics, white space folded: "Café  Zoë" becomes "cafe zoe"."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join(plain.split())


def folded(*parts: str | None) -> str:
    """One search text of several parts, with a line break between them."""
    return "\n".join(fold(part) for part in parts if part)


def like(term: str) -> str:
    """A LIKE pattern (escape character backslash) that finds the folded term anywhere."""
    escaped = fold(term).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"


def contains(column: InstrumentedAttribute[str] | ColumnElement[str], typed: str) -> list[Any]:
    """Conditions under which a folded column has every word that was typed."""
    return [column.like(like(word), escape="\\") for word in typed.split()]
