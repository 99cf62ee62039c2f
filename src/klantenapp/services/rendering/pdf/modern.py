"""Style Modern: a light column with everything about the document, and the business's colour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from klantenapp.services.rendering.pdf.flow import Block, Frame
from klantenapp.services.rendering.pdf.fonts import BOLD, SEMIBOLD, one_line
from klantenapp.services.rendering.pdf.letterhead import Head, accent
from klantenapp.services.rendering.pdf.linetable import HEAD, LineTable, TableLook
from klantenapp.services.rendering.pdf.paper import HEIGHT, LINE, WIDTH
from klantenapp.services.rendering.pdf.requestbox import document_box
from klantenapp.services.rendering.pdf.text import (
    BODY_MUTED,
    SMALL,
    SMALL_MUTED,
    Style,
    wrap,
)
from klantenapp.services.rendering.requests import request
from klantenapp.services.rendering.words import address_lines, registration, seller_lines

if TYPE_CHECKING:
    from klantenapp.services.rendering.pdf.paper import Paper
    from klantenapp.services.rendering.pdf.text import (
        Piece,
    )
    from klantenapp.services.rendering.words import Words

_COLUMN, _SIDE = 214, 40
_PAPER = "#F5F5F2"
_ROOM = _COLUMN - _SIDE - 20
_LEFT, _RIGHT = _COLUMN + 40, WIDTH - 48
_TOP = 60
_BOTTOM = HEIGHT - 48
_LOGO, _GAP, _CLOSEST = 52, 26, 8
_FOOT_ROW = 2 * SMALL.leading + _GAP
#: Most lines of one value in the column.
_LONGEST = 6
_SELLER = Style(13, 19.5, BOLD)
_NUMBER = Style(12.5, 18.75, SEMIBOLD)
_CUSTOMER = Style(15, 24, SEMIBOLD)
_ADDRESS = Style(12.5, 20)
_AMOUNT = Style(34, 42, BOLD, tracking=-0.022)


class Modern:
    """The pages of one document in this style."""

    left: float = _LEFT
    right: float = _RIGHT

    def __init__(self, words: Words, logo: bytes | None) -> None:
        document, t = words.document, words.t
        self._words = words
        self._accent = accent(document.look.colour)
        self._head = Head(document.seller.name, logo, self._accent, _PAPER)
        room = _RIGHT - _LEFT
        self._customer = wrap(document.customer.name, _CUSTOMER, room)
        self._address = [
            line
            for text in address_lines(t, document.customer, document.seller.country)
            for line in wrap(text, _ADDRESS, room)
        ]
        self._amount_top = (
            _TOP
            + SMALL_MUTED.leading
            + 2
            + len(self._customer) * _CUSTOMER.leading
            + len(self._address) * _ADDRESS.leading
            + 40
        )
        self.table = LineTable(words, TableLook(_LEFT, _RIGHT, 7, self._accent))
        self.frame = Frame(
            first=self._amount_top + BODY_MUTED.leading + _AMOUNT.leading + 34,
            following=_TOP,
            bottom=_BOTTOM,
            head=HEAD,
            carry=self.table.carry_height(),
        )

    def draw_ground(self, paper: Paper) -> None:
        """Draw the light column."""
        paper.box(0, 0, _COLUMN - 1, HEIGHT, _PAPER)
        paper.box(_COLUMN - 1, 0, 1, HEIGHT, LINE)

    def draw_page(self, paper: Paper, number: int, count: int) -> None:
        """Draw what surrounds the blocks of a page."""
        if number == 1:
            self._draw_customer(paper)
            self._draw_amount(paper)
        self._draw_column(paper, number, count)

    def _draw_customer(self, paper: Paper) -> None:
        t, kind = self._words.t, self._words.document.kind
        label = {
            "invoice": t.gettext("Invoice for"),
            "credit_note": t.gettext("Credit note for"),
            "quote": t.gettext("Quote for"),
        }[kind]
        paper.text(_LEFT, _TOP, one_line(label), SMALL_MUTED)
        top: float = _TOP + SMALL_MUTED.leading + 2
        for line in self._customer:
            paper.text(_LEFT, top, line, _CUSTOMER)
            top += _CUSTOMER.leading
        for line in self._address:
            paper.text(_LEFT, top, line, _ADDRESS)
            top += _ADDRESS.leading

    def _draw_amount(self, paper: Paper) -> None:
        """Draw the amount that matters, large, with what it is."""
        document, t = self._words.document, self._words.t
        height = BODY_MUTED.leading + _AMOUNT.leading
        paper.box(_LEFT, self._amount_top, 4, height, self._accent)
        banner = request(self._words, has_code=False).banner
        paper.text(_LEFT + 20, self._amount_top, one_line(banner), BODY_MUTED)
        amount = one_line(t.money(document.payable.cents))
        paper.text(_LEFT + 20, self._amount_top + BODY_MUTED.leading, amount, _AMOUNT)

    def _draw_column(self, paper: Paper, number: int, count: int) -> None:
        """Draw who it is from and what it is about, closer together where there is much."""
        words = self._words
        self._head.draw_logo(paper, _SIDE, _TOP, _LOGO)
        foot = self._foot(number, count)
        foot_top = _BOTTOM - len(foot) * _FOOT_ROW + _GAP
        details = words.details() if number == 1 else words.details()[:1]
        strong = None if words.document.is_draft else 0
        sections = [self._seller()]
        for at, (label, value) in enumerate(details):
            sections.append(_labelled(label, value, _NUMBER if at == strong else SMALL))
        top: float = _TOP + _LOGO
        height = sum(style.leading for section in sections for _, style in section)
        gap = min(max((foot_top - top - height) / (len(sections) + 1), _CLOSEST), _GAP)
        for section in sections:
            top = _draw_section(paper, top + gap, section)
        for at, (label, value) in enumerate(foot):
            _draw_section(paper, foot_top + at * _FOOT_ROW, _labelled(label, value, SMALL))

    def _seller(self) -> list[Piece]:
        words = self._words
        section = [(line, _SELLER) for line in wrap(words.document.seller.name, _SELLER, _ROOM)]
        lines = seller_lines(words.t, words.document.seller, words.document.customer.country)
        section += [(line, SMALL) for text in lines for line in wrap(text, SMALL, _ROOM)]
        return section

    def _foot(self, number: int, count: int) -> list[tuple[str, str]]:
        """What stands at the foot of the column: numbers of the seller, and the page."""
        t = self._words.t
        rows = registration(t, self._words.document.seller)
        if count > 1:
            page = t.gettext("{number} of {count}").format(number=number, count=count)
            rows.append((t.gettext("Page"), page))
        return rows

    def request_block(self) -> Block | None:
        """The request for payment at the foot of the page."""
        box = document_box(self._words, _LEFT, _RIGHT, framed=False)
        return Block(box.height, box.draw, at_foot=True)


def _labelled(label: str, value: str, style: Style) -> list[Piece]:
    """A value below its label; of a very long one the first lines."""
    lines = wrap(value, style, _ROOM)
    if len(lines) > _LONGEST:
        lines[_LONGEST - 1 :] = ["…"]
    return [(one_line(label), SMALL_MUTED), *((line, style) for line in lines)]


def _draw_section(paper: Paper, top: float, section: list[Piece]) -> float:
    """Write lines one below the other, and give the height below them."""
    for text, style in section:
        paper.text(_SIDE, top, text, style)
        top += style.leading
    return top
