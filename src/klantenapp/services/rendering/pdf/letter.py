"""A letter as PDF: a reminder, a fourteen-day letter, a notice, or free text."""

from __future__ import annotations

from dataclasses import replace
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
    from collections.abc import Iterable, Sequence

    from klantenapp.services.rendering.pdf.qr import Modules
    from klantenapp.services.rendering.pdf.text import (
        Piece,
    )
    from klantenapp.services.rendering.snapshot import LetterSnapshot, LetterTable, Paragraph

_LEFT, _RIGHT = 76, WIDTH - 76
_ROOM = _RIGHT - _LEFT
_ADDRESS_TOP = 210.5
_BOTTOM, _FOOT = 1030.5, 1049
_ABOVE_CODE = 10


class _Measure:
    """Sizes of one density, in pixels.

    Attributes:
        between: above a paragraph; around: above and below the table; pad: in its rows.
        closing: above the closing; sign: room to sign; above_title: below the address.
    """

    def __init__(self, size: float, leading: float, title: float, gaps: Sequence[float]) -> None:
        self.text = Style(size, leading)
        self.bold = Style(size, leading, SEMIBOLD)
        self.muted = Style(size, leading, colour=MUTED)
        self.title = Style(title, title * 1.25, BOLD, tracking=-0.02)
        self.total = Style(size + 2, leading, BOLD)
        self.between, self.around, self.pad, self.closing, self.sign, self.above_title = gaps


#: A letter is set as roomy as its page allows; what one page cannot hold goes on, roomy again.
_DENSITIES = (
    _Measure(13, 20.8, 24, (12, 24, 8, 20, 34, 56)),
    _Measure(12.5, 18.75, 21, (9, 17, 6, 15, 27, 46)),
    _Measure(11.5, 16.5, 18, (7, 12, 4, 11, 22, 34)),
)


def render(snapshot: LetterSnapshot, logo: bytes | None = None) -> bytes:
    """The letter as PDF; equal snapshots give equal bytes.

    Args:
        snapshot: what it says.
        logo: what `logo.prepare_logo` gave, or None for a tile with the first letter of the name.

    Raises:
        LogoUnreadable: the stored logo is damaged.
    """
    with DRAWING:
        for measure in _DENSITIES:
            found = _Letter(snapshot, logo, measure)
            if len(found.pages) == 1:
                return found.render()
        return _Letter(snapshot, logo, _DENSITIES[0]).render()


class _Letter:
    """One letter in one density.

    Attributes:
        pages: what stands where.
    """

    def __init__(self, snapshot: LetterSnapshot, logo: bytes | None, measure: _Measure) -> None:
        self._snapshot = snapshot
        self._m = m = measure
        self._t = t = in_language(snapshot.language, snapshot.look)
        is_modern = snapshot.look.style == "modern"
        self._accent = accent(snapshot.look.colour) if is_modern else INK
        self._head = Head(snapshot.seller.name, logo, self._accent)
        customer = snapshot.customer
        lines = [customer.name, *address_lines(t, customer, snapshot.seller.country)]
        self._address = [line for text in lines for line in wrap(text, m.text, _ROOM - 240)]
        self._title = wrap(snapshot.subject, m.title, _ROOM)
        address = max(len(self._address), 2) * m.text.leading
        self._title_top = _ADDRESS_TOP + address + m.above_title
        first = self._title_top + len(self._title) * m.title.leading + 8 + m.between
        frame = Frame(first, FOLLOWING, _BOTTOM, head=0, carry=0)
        self.pages = paginate(self._blocks(), frame)

    def render(self) -> bytes:
        """Draw."""
        snapshot, pages = self._snapshot, self.pages
        paper = Paper(snapshot.subject, snapshot.seller.name, snapshot.language)
        for number, page in enumerate(pages, 1):
            paper.next_page()
            self._draw_around(paper, number, len(pages))
            for top, block in page.placed:
                block.draw(paper, top)
        return paper.finish()

    def _blocks(self) -> list[Block]:
        snapshot, m = self._snapshot, self._m
        blocks = list(_paragraph([(snapshot.salutation, m.text)], 0))
        for paragraph in snapshot.body:
            blocks += _paragraph(self._styled(paragraph), m.between if blocks else 0)
        if snapshot.table:
            blocks += self._table(snapshot.table)
        for number, paragraph in enumerate(snapshot.after):
            blocks += _paragraph(self._styled(paragraph), m.between if number else 0)
        ending = self._ending()
        if ending and blocks:  # a closing alone on a page belongs to nothing
            blocks[-1] = replace(blocks[-1], glued=True)
        return blocks + ending

    def _styled(self, paragraph: Paragraph) -> list[Piece]:
        m = self._m
        return [(run.text, m.bold if run.bold else m.text) for run in paragraph.runs]

    def _ending(self) -> list[Block]:
        """Closing, who signs, enclosures and the code: kept together where that can be."""
        snapshot, m = self._snapshot, self._m
        names = [(snapshot.signatory, m.text), (snapshot.seller.name, m.muted)]
        ending = list(_paragraph([(snapshot.closing, m.text)], m.closing))
        above = m.sign
        for name, style in names:
            if snapshot.closing and name and (style is m.text or name != snapshot.signatory):
                ending += _paragraph([(name, style)], above)
                above = 0
        names_of_files = ", ".join(snapshot.enclosures)
        if names_of_files:
            text = self._t.gettext("Enclosures: {names}").format(names=names_of_files)
            ending += _paragraph([(text, SMALL_MUTED)], m.between)
        request = self._request()
        chain = [*ending, *([request] if request else [])]
        return [replace(block, glued=block is not chain[-1]) for block in chain]

    def _table(self, table: LetterTable) -> list[Block]:
        """The amounts asked for, kept on one page where that can be."""
        t, m = self._t, self._m
        head = Style(SMALL_BOLD.size, SMALL_BOLD.leading, SEMIBOLD, self._accent)
        heads = (one_line(table.title), one_line(t.gettext("Amount €")))
        height = m.around + head.leading + 8
        draw = partial(_draw_row, heads, head, m.around, 7, self._accent)
        blocks = [Block(height, draw, glued=True)]
        for row in table.rows:
            value = one_line(t.amount(row.amount.cents))
            lines = wrap(row.text, m.text, _ROOM - m.text.width(value) - 24) or [""]
            for number, line in enumerate(lines):
                last = number == len(lines) - 1
                cells = (line, "" if number else value)
                above, below = (0 if number else m.pad), (m.pad if last else None)
                draw = partial(_draw_row, cells, m.text, above, below, LINE)
                height = above + m.text.leading + (m.pad + 1 if last else 0)
                blocks.append(Block(height, draw, glued=True))
        cells = (one_line(t.gettext("Total")), one_line(t.money(table.total.cents)))
        draw = partial(_draw_row, cells, m.total, m.pad, None, LINE)
        return [*blocks, Block(m.pad + m.total.leading + m.pad + m.around, draw)]

    def _request(self) -> Block | None:
        """A QR code with how to pay what the table comes to."""
        snapshot, t, muted = self._snapshot, self._t, self._m.muted
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
        lines = wrap(sentence, muted, _RIGHT - left)
        height = max(CODE if code else 0, len(lines) * muted.leading)
        draw = partial(_draw_request, code, (lines, muted), left, height)
        return Block(_ABOVE_CODE + height, draw, at_foot=True)

    def _draw_around(self, paper: Paper, number: int, count: int) -> None:
        snapshot, t, title = self._snapshot, self._t, self._m.title
        if number == 1:
            lines = seller_lines(t, snapshot.seller, snapshot.customer.country)
            self._head.draw(paper, _LEFT, _RIGHT, lines)
            self._draw_address(paper)
            for at, line in enumerate(self._title):
                paper.text(_LEFT, self._title_top + at * title.leading, line, title)
        else:
            draw_following(paper, _LEFT, _RIGHT, snapshot.seller.name, snapshot.subject[:80])
        parts = [f"{label} {value}" for label, value in registration(t, snapshot.seller)]
        if count > 1:
            parts.append(t.gettext("Page {number} of {count}").format(number=number, count=count))
        draw_foot(paper, _LEFT, _RIGHT, _FOOT, parts)

    def _draw_address(self, paper: Paper) -> None:
        """Draw the address, and on its last line place and date."""
        snapshot, t, text = self._snapshot, self._t, self._m.text
        for number, line in enumerate(self._address):
            paper.text(_LEFT, _ADDRESS_TOP + number * text.leading, line, text)
        day = t.long_date(snapshot.date)
        city = snapshot.seller.city
        dated = [f"{city}, {day}" if city else day]
        if snapshot.our_reference:
            label = t.gettext("Our reference")
            dated.insert(0, f"{label} {snapshot.our_reference}")
        top = _ADDRESS_TOP + (max(len(self._address), len(dated)) - len(dated)) * text.leading
        for number, line in enumerate(dated):
            paper.right(_RIGHT, top + number * text.leading, one_line(line), self._m.muted)


def _paragraph(pieces: list[Piece], above: float) -> Iterable[Block]:
    """One block per line; the first two and the last two lines stay together."""
    lines = wrap_pieces([piece for piece in pieces if piece[0]], _ROOM)
    empty = pieces[0][1].leading if pieces else 0
    for number, line in enumerate(lines):
        room = 0 if number else above
        leading = max((style.leading for _, style in line), default=empty)
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
    code: Modules | None,
    said: tuple[list[str], Style],
    left: float,
    height: float,
    paper: Paper,
    top: float,
) -> None:
    lines, style = said
    top += _ABOVE_CODE
    if code:
        draw_code(paper, _LEFT, top, CODE, code)
    top += (height - len(lines) * style.leading) / 2
    for line in lines:
        paper.text(left, top, line, style)
        top += style.leading
