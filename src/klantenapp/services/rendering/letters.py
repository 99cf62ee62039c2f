"""From a filled template to the parts of a letter: paragraphs, table, closing and signature.

The texts themselves are the user's (`services/messages/templates.py`) and serve for mail as well.
On paper some placeholders are more than words: the list of invoices becomes a table, how to pay
becomes a QR code at the foot, and the signature gets room to sign.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from klantenapp.services.rendering.snapshot import Paragraph, Run

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: Amounts that stand out.
_BOLD = frozenset({"principal", "total", "announced_costs", "open"})
_TABLE, _PAYMENT, _SIGNATURE = "specification", "payment", "signature"


class FilledPiece(Protocol):
    """A stretch of a filled text, with the name of the placeholder that it came from."""

    @property
    def text(self) -> str:
        """What it says."""

    @property
    def field(self) -> str:
        """The placeholder; empty for words of the template itself."""


@dataclass(slots=True)
class WrittenLetter:
    """The parts that a `LetterSnapshot` takes.

    Attributes:
        body: paragraphs before the table, or all where there is none.
        after: paragraphs after it.
        closing: the words above the signature ("Met vriendelijke groet,").
        signatory: who signs.
        has_table: the template says where the amounts stand.
        has_payment: the template asks for payment, so the letter shows how.
    """

    body: list[Paragraph] = field(default_factory=list)
    after: list[Paragraph] = field(default_factory=list)
    closing: str = ""
    signatory: str = ""
    has_table: bool = False
    has_payment: bool = False


def written(pieces: Iterable[FilledPiece]) -> WrittenLetter:
    """Take a filled template apart.

    Args:
        pieces: of its body, in order (`templates.pieces`).
    """
    letter = WrittenLetter()
    for paragraph in _paragraphs(pieces):
        fields = [name for _, name in paragraph]
        if fields == [_TABLE]:
            letter.has_table = True
        elif fields == [_PAYMENT]:
            letter.has_payment = True
        elif _SIGNATURE in fields:
            at = fields.index(_SIGNATURE)
            letter.closing = "".join(text for text, _ in paragraph[:at]).strip()
            letter.signatory = "".join(text for text, _ in paragraph[at:]).strip()
        else:
            runs = tuple(Run(text, bold=name in _BOLD) for text, name in paragraph)
            (letter.after if letter.has_table else letter.body).append(Paragraph(runs))
    return letter


def _paragraphs(pieces: Iterable[FilledPiece]) -> Iterator[list[tuple[str, str]]]:
    """Text and placeholder of each stretch, per paragraph; only the template's blank lines part."""
    paragraph: list[tuple[str, str]] = []
    for piece in pieces:
        if piece.field:
            paragraph.append((piece.text, piece.field))
            continue
        first, *others = piece.text.split("\n\n")
        for number, text in enumerate([first, *others]):
            if number:
                yield from _trimmed(paragraph)
                paragraph = []
            paragraph.append((text, ""))
    yield from _trimmed(paragraph)


def _trimmed(paragraph: list[tuple[str, str]]) -> Iterator[list[tuple[str, str]]]:
    """The paragraph without empty stretches and the line breaks around it; nothing if empty."""
    kept = [part for part in paragraph if part[0]]
    if kept and not kept[0][1]:
        kept[0] = (kept[0][0].lstrip("\n"), "")
    if kept and not kept[-1][1]:
        kept[-1] = (kept[-1][0].rstrip(), "")
    kept = [part for part in kept if part[0]]
    if any(text.strip() for text, _ in kept):
        yield kept
