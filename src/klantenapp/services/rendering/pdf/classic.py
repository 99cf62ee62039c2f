"""Style Klassiek: black on white, the logo on the left, the address in the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from klantenapp.services.rendering.pdf.flow import Block, Frame
from klantenapp.services.rendering.pdf.letterhead import (
    FOLLOWING,
    WINDOW,
    Addressed,
    Head,
    draw_following,
    draw_foot,
)
from klantenapp.services.rendering.pdf.linetable import HEAD, LineTable, TableLook
from klantenapp.services.rendering.pdf.paper import WIDTH
from klantenapp.services.rendering.pdf.requestbox import document_box
from klantenapp.services.rendering.pdf.text import INK, TITLE, wrap
from klantenapp.services.rendering.words import address_lines, registration, seller_lines

if TYPE_CHECKING:
    from klantenapp.services.rendering.pdf.paper import Paper
    from klantenapp.services.rendering.words import Words

_LEFT, _RIGHT = 68, WIDTH - 68
_BOTTOM, _FOOT = 1010.5, 1041


class Classic:
    """The pages of one document in this style."""

    left: float = _LEFT
    right: float = _RIGHT

    def __init__(self, words: Words, logo: bytes | None) -> None:
        document, t = words.document, words.t
        self._words = words
        self._head = Head(document.seller.name, logo, INK)
        self._addressed = Addressed(
            _LEFT,
            _RIGHT,
            document.customer.name,
            address_lines(t, document.customer, document.seller.country),
            words.details(),
            strong=not document.is_draft,
        )
        self._title = wrap(words.title, TITLE, _RIGHT - _LEFT)
        self._title_top = WINDOW + self._addressed.height + 48
        self.table = LineTable(words, TableLook(_LEFT, _RIGHT))
        self.frame = Frame(
            first=self._title_top + len(self._title) * TITLE.leading + 22,
            following=FOLLOWING,
            bottom=_BOTTOM,
            head=HEAD,
            carry=self.table.carry_height(),
        )

    def draw_ground(self, paper: Paper) -> None:
        """Nothing lies below the text in this style."""

    def draw_page(self, paper: Paper, number: int, count: int) -> None:
        """Draw what surrounds the blocks of a page."""
        words = self._words
        if number == 1:
            lines = seller_lines(words.t, words.document.seller, words.document.customer.country)
            self._head.draw(paper, _LEFT, _RIGHT, lines)
            self._addressed.draw(paper, WINDOW)
            for at, line in enumerate(self._title):
                paper.text(_LEFT, self._title_top + at * TITLE.leading, line, TITLE)
        else:
            draw_following(paper, _LEFT, _RIGHT, words.document.seller.name, words.full_title)
        parts = [
            f"{label} {value}" for label, value in registration(words.t, words.document.seller)
        ]
        page = words.t.gettext("Page {number} of {count}").format(number=number, count=count)
        draw_foot(paper, _LEFT, _RIGHT, _FOOT, [*parts, page])

    def request_block(self) -> Block | None:
        """The request for payment in a frame at the foot of the page."""
        box = document_box(self._words, _LEFT, _RIGHT, framed=True)
        return Block(box.height, box.draw, at_foot=True)
