"""A letter as PDF: a reminder, a fourteen-day letter, a notice, or free text."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from klantenapp.services.rendering.pdf.flow import Block, Frame, paginate
from klantenapp.services.rendering.pdf.fonts import BOLD, SEMIBOLD, one_line
from klantenapp.services.rendering.pdf.letterhead import (
    FOLLOWING,
    Head,
    accent,
    draw_code,
    draw_following,
    draw_foot,
)
from klantenapp.services.rendering.pdf.paper import DRAWING, LINE, WIDTH, Paper
from klantenapp.services.rendering.pdf.qr import payment_code
from klantenapp.services.rendering.pdf.requestbox import CODE
from klantenapp.services.rendering.pdf.text import (
    INK,
    MUTED,
    SMALL_BOLD,
    SMALL_MUTED,
    Style,
    wrap,
    wrap_pieces,
)
from klantenapp.services.rendering.words import (
    address_lines,
    grouped_iban,
    in_language,
    registration,
    seller_lines,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from klantenapp.services.rendering.pdf.qr import Modules
    from klantenapp.services.rendering.pdf.text import (
        Piece,
    )
    from klantenapp.services.rendering.snapshot import LetterSnapshot, LetterTable, Paragraph

_LEFT, _RIGHT = 76, WIDTH - 76
_ROOM = _RIGHT - _LEFT
_ADDRESS_TOP = 210.5
_BOTTOM, _FOOT = 1030.5, 1049
_TEXT = Style(13, 20.8)
_BOLD = Style(13, 20.8, SEMIBOLD)
_MUTED = Style(13, 20.8, colour=MUTED)
_TITLE = Style(24, 30, BOLD, tracking=-0.02)
_TOTAL = Style(15, 20.8, BOLD)
_BETWEEN, _AROUND_TABLE, _BEFORE_CLOSING, _BEFORE_NAME = 12, 24, 20, 34
_PAD, _ABOVE_CODE = 8, 10


def render(snapshot: LetterSnapshot, logo: bytes | None = None) -> bytes:
    """The letter as PDF; equal snapshots give equal bytes.

    Args:
        snapshot: what it says.
        logo: what `logo.prepare_logo` gave, or None for a tile with the first letter of the name.

    Raises:
        LogoUnreadable: the stored logo is damaged.
    """
    with DRAWING:
        return _Letter(snapshot, logo).render()


class _Letter:
    def __init__(self, snapshot: LetterSnapshot, logo: bytes | None) -> None:
        self._snapshot = snapshot
        self._t = t = in_language(snapshot.language, snapshot.look)
        is_modern = snapshot.look.style == "modern"
        self._accent = accent(snapshot.look.colour) if is_modern else INK
        self._head = Head(snapshot.seller.name, logo, self._accent)
        customer = snapshot.customer
        lines = [customer.name, *address_lines(t, customer, snapshot.seller.country)]
        self._address = [line for text in lines for line in wrap(text, _TEXT, _ROOM - 240)]
        self._title = wrap(snapshot.subject, _TITLE, _ROOM)
        address = max(len(self._address) * _TEXT.leading, 2 * _TEXT.leading)
        self._title_top = _ADDRESS_TOP + address + 56
        first = self._title_top + len(self._title) * _TITLE.leading + 20
        self._frame = Frame(first, FOLLOWING, _BOTTOM, head=0, carry=0)

    def render(self) -> bytes:
        """Lay out and draw."""
        snapshot = self._snapshot
        pages = paginate(self._blocks(), self._frame)
        paper = Paper(snapshot.subject, snapshot.seller.name, snapshot.language)
        for number, page in enumerate(pages, 1):
            paper.next_page()
            self._draw_around(paper, number, len(pages))
            for top, block in page.placed:
                block.draw(paper, top)
        return paper.finish()

    def _blocks(self) -> list[Block]:
        snapshot = self._snapshot
        blocks = list(_paragraph([(snapshot.salutation, _TEXT)], 0))
        for paragraph in snapshot.body:
            blocks += _paragraph(_styled(paragraph), _BETWEEN if blocks else 0)
        if snapshot.table:
            blocks += self._table(snapshot.table)
        for number, paragraph in enumerate(snapshot.after):
            blocks += _paragraph(_styled(paragraph), _BETWEEN if number else 0)
        return blocks + self._ending()

    def _ending(self) -> list[Block]:
        """Closing, who signs, enclosures and the code: kept together where that can be."""
        snapshot = self._snapshot
        names = [(snapshot.signatory, _TEXT), (snapshot.seller.name, _MUTED)]
        ending = list(_paragraph([(snapshot.closing, _TEXT)], _BEFORE_CLOSING))
        above: float = _BEFORE_NAME
        for name, style in names:
            if snapshot.closing and name and (style is _TEXT or name != snapshot.signatory):
                ending += _paragraph([(name, style)], above)
                above = 0
        names_of_files = ", ".join(snapshot.enclosures)
        if names_of_files:
            text = self._t.gettext("Enclosures: {names}").format(names=names_of_files)
            ending += _paragraph([(text, SMALL_MUTED)], _BETWEEN)
        request = self._request()
        chain = [*ending, *([request] if request else [])]
        return [
            Block(block.height, block.draw, glued=block is not chain[-1], at_foot=block.at_foot)
            for block in chain
        ]

    def _table(self, table: LetterTable) -> list[Block]:
        """The amounts asked for, kept on one page where that can be."""
        t = self._t
        head = Style(SMALL_BOLD.size, SMALL_BOLD.leading, SEMIBOLD, self._accent)
        heads = (one_line(table.title), one_line(t.gettext("Amount €")))
        height = _AROUND_TABLE + head.leading + 8
        draw = partial(_draw_row, heads, head, _AROUND_TABLE, 7, self._accent)
        blocks = [Block(height, draw, glued=True)]
        for row in table.rows:
            value = one_line(t.amount(row.amount.cents))
            lines = wrap(row.text, _TEXT, _ROOM - _TEXT.width(value) - 24) or [""]
            for number, line in enumerate(lines):
                last = number == len(lines) - 1
                cells = (line, "" if number else value)
                above, below = (0 if number else _PAD), (_PAD if last else None)
                draw = partial(_draw_row, cells, _TEXT, above, below, LINE)
                height = above + _TEXT.leading + (_PAD + 1 if last else 0)
                blocks.append(Block(height, draw, glued=True))
        cells = (one_line(t.gettext("Total")), one_line(t.money(table.total.cents)))
        draw = partial(_draw_row, cells, _TOTAL, _PAD, None, LINE)
        return [*blocks, Block(_PAD + _TOTAL.leading + _PAD + _AROUND_TABLE, draw)]

    def _request(self) -> Block | None:
        """A QR code with how to pay what the table comes to."""
        snapshot, t = self._snapshot, self._t
        payment, table = snapshot.payment, snapshot.table
        if payment is None or table is None or not payment.iban or table.total.cents <= 0:
            return None
        mention = payment.reference or payment.text
        code = (
            None
            if snapshot.look.hide_qr
            else payment_code(payment, snapshot.seller.name, table.total, mention)
        )
        sentence = (
            t.gettext(
                "Scan with your bank app, or transfer {amount} to\n{iban}, mentioning {text}."
            )
            if code
            else t.gettext("Transfer {amount} to\n{iban}, mentioning {text}.")
        ).format(amount=t.money(table.total.cents), iban=grouped_iban(payment.iban), text=mention)
        left = _LEFT + (CODE + 18 if code else 0)
        lines = wrap(sentence, _MUTED, _RIGHT - left)
        height = max(CODE if code else 0, len(lines) * _MUTED.leading)
        draw = partial(_draw_request, code, lines, left, height)
        return Block(_ABOVE_CODE + height, draw, at_foot=True)

    def _draw_around(self, paper: Paper, number: int, count: int) -> None:
        snapshot, t = self._snapshot, self._t
        if number == 1:
            lines = seller_lines(t, snapshot.seller, snapshot.customer.country)
            self._head.draw(paper, _LEFT, _RIGHT, lines)
            self._draw_address(paper)
            for at, line in enumerate(self._title):
                paper.text(_LEFT, self._title_top + at * _TITLE.leading, line, _TITLE)
        else:
            draw_following(paper, _LEFT, _RIGHT, snapshot.seller.name, snapshot.subject[:80])
        parts = [f"{label} {value}" for label, value in registration(t, snapshot.seller)]
        if count > 1:
            parts.append(t.gettext("Page {number} of {count}").format(number=number, count=count))
        draw_foot(paper, _LEFT, _RIGHT, _FOOT, parts)

    def _draw_address(self, paper: Paper) -> None:
        """Draw the address, and on its last line place and date."""
        snapshot, t = self._snapshot, self._t
        for number, line in enumerate(self._address):
            paper.text(_LEFT, _ADDRESS_TOP + number * _TEXT.leading, line, _TEXT)
        day = t.long_date(snapshot.date)
        city = snapshot.seller.city
        dated = [f"{city}, {day}" if city else day]
        if snapshot.our_reference:
            label = t.gettext("Our reference")
            dated.insert(0, f"{label} {snapshot.our_reference}")
        top = _ADDRESS_TOP + (max(len(self._address), len(dated)) - len(dated)) * _TEXT.leading
        for number, text in enumerate(dated):
            paper.right(_RIGHT, top + number * _TEXT.leading, one_line(text), _MUTED)


def _styled(paragraph: Paragraph) -> list[Piece]:
    return [(run.text, _BOLD if run.bold else _TEXT) for run in paragraph.runs]


def _paragraph(pieces: list[Piece], above: float) -> Iterable[Block]:
    """One block per line; the first two and the last two lines stay together."""
    lines = wrap_pieces([piece for piece in pieces if piece[0]], _ROOM)
    for number, line in enumerate(lines):
        room = 0 if number else above
        leading = max((style.leading for _, style in line), default=_TEXT.leading)
        near_edge = number in (0, len(lines) - 2)
        yield Block(
            room + leading,
            partial(_draw_line, line, room),
            glued=near_edge and number < len(lines) - 1,
        )


def _draw_line(line: list[Piece], above: float, paper: Paper, top: float) -> None:
    paper.pieces(_LEFT, top + above, line)


def _draw_row(  # noqa: PLR0913, PLR0917 - bound to a row with partial; paper and top come when it is placed
    cells: tuple[str, str],
    style: Style,
    above: float,
    below: float | None,
    colour: str,
    paper: Paper,
    top: float,
) -> None:
    """Draw text and amount, and below it a line unless `below` is None."""
    top += above
    paper.text(_LEFT, top, cells[0], style)
    paper.right(_RIGHT, top, cells[1], style)
    if below is not None:
        paper.line(_LEFT, _RIGHT, top + style.leading + below, colour)


def _draw_request(
    code: Modules | None, lines: list[str], left: float, height: float, paper: Paper, top: float
) -> None:
    top += _ABOVE_CODE
    if code:
        draw_code(paper, _LEFT, top, CODE, code)
    top += (height - len(lines) * _MUTED.leading) / 2
    for line in lines:
        paper.text(left, top, line, _MUTED)
        top += _MUTED.leading
