"""What follows the lines of a document: totals, what the law wants said, closing, request."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from klantenapp.services.rendering.pdf.flow import Block
from klantenapp.services.rendering.pdf.fonts import BOLD, one_line
from klantenapp.services.rendering.pdf.paper import LINE
from klantenapp.services.rendering.pdf.text import (
    BODY,
    BODY_MUTED,
    INK,
    SMALL_MUTED,
    Style,
    wrap,
)

if TYPE_CHECKING:
    from klantenapp.services.rendering.pdf.classic import Classic
    from klantenapp.services.rendering.pdf.modern import Modern
    from klantenapp.services.rendering.pdf.paper import Paper
    from klantenapp.services.rendering.words import TotalRow, Words

_ABOVE, _BETWEEN = 18, 5
_GRAND = Style(17, 25.5, BOLD)
_WIDTH = 300
_GRAND_ABOVE = 18
_TEXT_GAP = 16


def blocks(words: Words, style: Classic | Modern) -> list[Block]:
    """The blocks after the lines; the first is the totals, which never stand alone on a page.

    Totals, texts and the request are kept together with the last line where one page can hold
    them; a very long closing text flows on over pages by itself.
    """
    totals = _Totals(words, style.left, style.right)
    texts = _texts(words, style)
    request = style.request_block()
    chain = [Block(totals.height, totals.draw), *texts, *([request] if request else [])]
    room = style.frame.bottom - style.frame.following - style.frame.head - 150
    if sum(block.height for block in chain) <= room:
        return [replace(block, glued=True) for block in chain[:-1]] + chain[-1:]
    return chain


def _texts(words: Words, style: Classic | Modern) -> list[Block]:
    """Legal sentences, closing text and attachments, one block per line of text."""
    parts = (
        ("\n".join(words.legal_sentences()), BODY),
        (words.document.closing, BODY),
        (words.attachments(), SMALL_MUTED),
    )
    texts: list[Block] = []
    for part, look in parts:
        for number, line in enumerate(wrap(part, look, style.right - style.left)):
            above = 0 if number else _TEXT_GAP
            draw = partial(_line, style.left, above, line, look)
            texts.append(Block(above + look.leading, draw))
    return texts


def _line(left: float, above: float, text: str, style: Style, paper: Paper, top: float) -> None:
    paper.text(left, top + above, text, style)


@dataclass(frozen=True, slots=True)
class _Placed:
    """A row of the totals with its place below the first."""

    top: float
    label: list[str]
    row: TotalRow


class _Totals:
    """Subtotal through total, as two columns at the right."""

    def __init__(self, words: Words, left: float, right: float) -> None:
        self._right = right
        self._left = max(right - _WIDTH, left)
        self._rows: list[_Placed] = []
        top: float = _ABOVE
        for row in words.totals():
            style = _GRAND if row.weight == "grand" else BODY_MUTED
            value = style.width(one_line(row.value))
            label = wrap(row.label, style, right - self._left - value - 16)
            top += _GRAND_ABOVE - _BETWEEN if row.weight == "grand" and self._rows else 0
            self._rows.append(_Placed(top, label, row))
            top += max(len(label), 1) * style.leading + _BETWEEN
        self.height = top - _BETWEEN

    def draw(self, paper: Paper, top: float) -> None:
        """Draw them, with a line above the total."""
        for number, placed in enumerate(self._rows):
            grand = placed.row.weight == "grand"
            at = top + placed.top
            if grand and number:
                paper.line(self._left, self._right, at - 9, INK if number else LINE)
            for place, text in enumerate(placed.label):
                style = _GRAND if grand else BODY_MUTED
                paper.text(self._left, at + place * style.leading, text, style)
            value = _GRAND if grand else BODY_MUTED if placed.row.weight == "note" else BODY
            paper.right(self._right, at, one_line(placed.row.value), value)
