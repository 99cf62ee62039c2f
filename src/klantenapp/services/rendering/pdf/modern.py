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
    from klantenapp.services.rendering.words import Words

_COLUMN, _SIDE = 214, 40
_PAPER = "#F5F5F2"
_ROOM = _COLUMN - _SIDE - 20
_LEFT, _RIGHT = _COLUMN + 40, WIDTH - 48
_TOP = 60
_BOTTOM = HEIGHT - 48
_LOGO, _GAP = 52, 26
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
        words = self._words
        self._head.draw_logo(paper, _SIDE, _TOP, _LOGO)
        top: float = _TOP + _LOGO + _GAP
        for line in wrap(words.document.seller.name, _SELLER, _ROOM):
            paper.text(_SIDE, top, line, _SELLER)
            top += _SELLER.leading
        lines = seller_lines(words.t, words.document.seller, words.document.customer.country)
        for text in lines:
            for line in wrap(text, SMALL, _ROOM):
                paper.text(_SIDE, top, line, SMALL)
                top += SMALL.leading
        details = words.details() if number == 1 else words.details()[:1]
        strong = None if words.document.is_draft else 0
        for at, (label, value) in enumerate(details):
            top += _GAP
            top = _labelled(paper, top, label, value, _NUMBER if at == strong else SMALL)
        self._draw_registration(paper, number, count)

    def _draw_registration(self, paper: Paper, number: int, count: int) -> None:
        t = self._words.t
        rows = registration(t, self._words.document.seller)
        if count > 1:
            page = t.gettext("{number} of {count}").format(number=number, count=count)
            rows.append((t.gettext("Page"), page))
        height = 2 * SMALL.leading + _GAP
        top = _BOTTOM - len(rows) * height + _GAP
        for label, value in rows:
            _labelled(paper, top, label, value, SMALL)
            top += height

    def request_block(self) -> Block | None:
        """The request for payment at the foot of the page."""
        box = document_box(self._words, _LEFT, _RIGHT, framed=False)
        return Block(box.height, box.draw, at_foot=True)


def _labelled(paper: Paper, top: float, label: str, value: str, style: Style) -> float:
    """Write a value below its label, and give the height below it."""
    paper.text(_SIDE, top, one_line(label), SMALL_MUTED)
    top += SMALL_MUTED.leading
    for line in wrap(value, style, _ROOM):
        paper.text(_SIDE, top, line, style)
        top += style.leading
    return top
