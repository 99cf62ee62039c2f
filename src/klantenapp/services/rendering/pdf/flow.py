"""Blocks that flow over pages: what stays together, and what is carried over."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from klantenapp.models.values import Money
    from klantenapp.services.rendering.pdf.paper import Paper

    #: Draws a block whose top is at that height.
    Draw = Callable[[Paper, float], None]


@dataclass(frozen=True, slots=True)
class Block:
    """Something of a fixed height.

    Attributes:
        height: in pixels.
        draw: puts it on paper.
        glued: no page break between this block and the next one.
        carry: part of the table; the running total after it, None where there is none to show.
        in_table: a page that starts with it repeats the head of the table.
        continues: goes on with a row, so it needs some room when it comes first on a page.
        at_foot: stands at the foot of its page, whatever room is left above it.
    """

    height: float
    draw: Draw
    glued: bool = False
    carry: Money | None = None
    in_table: bool = False
    continues: bool = False
    at_foot: bool = False


#: Room above a row that goes on, at the top of a page.
_CONTINUED = 8


@dataclass(frozen=True, slots=True)
class Frame:
    """Where blocks may stand.

    Attributes:
        first: top of the first block on the first page.
        following: top on every other page.
        bottom: no block passes it.
        head: height of the repeated head of the table.
        carry: height of the row with the amount carried over.
    """

    first: float
    following: float
    bottom: float
    head: float
    carry: float


@dataclass(slots=True)
class Page:
    """Blocks with their tops.

    Attributes:
        head: top of the repeated head of the table, where this page has it.
        brought: amount brought from the page before, in the first row below the head.
        carried: amount carried to the next page, with the top of its row.
    """

    placed: list[tuple[float, Block]] = field(default_factory=list)
    head: float | None = None
    brought: Money | None = None
    carried: tuple[float, Money] | None = None


class _Pages:
    """Places blocks one after the other."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.pages = [Page()]
        self.top = frame.first

    def start(self, block: Block) -> None:
        """Go on at the top of a new page, where that block comes first."""
        frame, last = self.frame, self.pages[-1]
        page = Page()
        self.top = frame.following
        if block.in_table:
            page.head = self.top
            self.top += frame.head
            page.brought = last.placed[-1][1].carry if last.placed else None
            if page.brought is not None:
                bottom = last.placed[-1][0] + last.placed[-1][1].height
                last.carried = (bottom, page.brought)
                self.top += frame.carry
        if block.continues:
            self.top += _CONTINUED
        self.pages.append(page)

    def fits(self, blocks: list[Block], top: float) -> bool:
        """Whether blocks fit from there, with room for what may be carried over."""
        spare = self.frame.carry if blocks[-1].carry is not None else 0
        return top + sum(block.height for block in blocks) + spare <= self.frame.bottom

    def fresh_top(self, block: Block) -> float:
        """Where that block would stand on a new page."""
        frame = self.frame
        spare = frame.carry if block.carry is not None else 0
        return frame.following + (frame.head + spare if block.in_table else 0)

    def place(self, block: Block) -> None:
        """Put a block where the last one ended."""
        top = self.frame.bottom - block.height if block.at_foot else self.top
        self.pages[-1].placed.append((top, block))
        self.top = top + block.height


def paginate(blocks: Iterable[Block], frame: Frame) -> list[Page]:
    """Divide blocks over pages.

    Blocks that are glued stay on one page wherever one page can hold them.
    """
    pages = _Pages(frame)
    for group in _groups(blocks):
        if not pages.fits(group, pages.top):
            if pages.fits(group, pages.fresh_top(group[0])) and pages.pages[-1].placed:
                pages.start(group[0])
            else:
                _spill(pages, group)
                continue
        for block in group:
            pages.place(block)
    return pages.pages


def _spill(pages: _Pages, group: list[Block]) -> None:
    """Place a group that no page can hold, breaking where it has to."""
    for block in group:
        if not pages.fits([block], pages.top) and pages.pages[-1].placed:
            pages.start(block)
        pages.place(block)


def _groups(blocks: Iterable[Block]) -> Iterator[list[Block]]:
    group: list[Block] = []
    for block in blocks:
        group.append(block)
        if not block.glued:
            yield group
            group = []
    if group:
        yield group
