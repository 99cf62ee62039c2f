"""Invoices, credit notes and quotes as PDF, in the styles Klassiek and Modern."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from klantenapp.services.rendering.pdf import tail
from klantenapp.services.rendering.pdf.classic import Classic
from klantenapp.services.rendering.pdf.flow import Block, paginate
from klantenapp.services.rendering.pdf.fonts import BOLD, one_line
from klantenapp.services.rendering.pdf.modern import Modern
from klantenapp.services.rendering.pdf.paper import DRAWING, Paper
from klantenapp.services.rendering.pdf.text import BODY, Style, wrap
from klantenapp.services.rendering.words import Words

if TYPE_CHECKING:
    from klantenapp.services.rendering.pdf.flow import Page
    from klantenapp.services.rendering.snapshot import DocumentSnapshot

_WATERMARK = Style(150, 150, BOLD, "#EBEBE6")
_INTRO_GAP = 18


def render(snapshot: DocumentSnapshot, logo: bytes | None = None) -> bytes:
    """The document as PDF; equal snapshots give equal bytes.

    Args:
        snapshot: what it says.
        logo: what `logo.prepare_logo` gave, or None for a tile with the first letter of the name.

    Raises:
        LogoUnreadable: the stored logo is damaged.
    """
    words = Words(snapshot)
    with DRAWING:
        style = Modern(words, logo) if snapshot.look.style == "modern" else Classic(words, logo)
        pages = paginate(_blocks(words, style), style.frame)
        paper = Paper(words.full_title, snapshot.seller.name, snapshot.language)
        for number, page in enumerate(pages, 1):
            paper.next_page()
            style.draw_ground(paper)
            if snapshot.is_draft:
                paper.watermark(one_line(words.watermark), _WATERMARK)
            style.draw_page(paper, number, len(pages))
            _draw(paper, style, page, words)
        return paper.finish()


def _blocks(words: Words, style: Classic | Modern) -> list[Block]:
    """Everything below the head of the first page, in order."""
    document = words.document
    blocks = [
        Block(BODY.leading, partial(_line, style.left, text), glued=True)
        for text in wrap(document.intro, BODY, style.right - style.left)
    ]
    if blocks:
        blocks.append(Block(_INTRO_GAP, _nothing, glued=True))
    if document.lines:
        blocks.append(Block(style.frame.head, _head(style), glued=True))
    blocks += style.table.blocks()
    return blocks + tail.blocks(words, style)


def _head(style: Classic | Modern) -> partial[None]:
    return partial(_draw_head, style)


def _draw_head(style: Classic | Modern, paper: Paper, top: float) -> None:
    style.table.draw_head(paper, top)


def _line(left: float, text: str, paper: Paper, top: float) -> None:
    paper.text(left, top, text, BODY)


def _nothing(_paper: Paper, _top: float) -> None:
    """Room between blocks."""


def _draw(paper: Paper, style: Classic | Modern, page: Page, words: Words) -> None:
    """Draw the blocks of a page, with the repeated head and what was carried over."""
    label = words.t.gettext("Carried over")
    if page.head is not None:
        style.table.draw_head(paper, page.head)
        if page.brought is not None:
            top = page.head + style.frame.head
            style.table.draw_carry(paper, top, label, page.brought)
    for top, block in page.placed:
        block.draw(paper, top)
    if page.carried:
        style.table.draw_carry(paper, page.carried[0], label, page.carried[1])
