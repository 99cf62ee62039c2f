"""The statement of account (rekeningoverzicht) as PDF."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from klantenapp.i18n import N_
from klantenapp.models.values import ZERO
from klantenapp.services.rendering.pdf.ageing import AgeingAndTotal
from klantenapp.services.rendering.pdf.flow import Block, Frame, paginate
from klantenapp.services.rendering.pdf.fonts import one_line
from klantenapp.services.rendering.pdf.letterhead import (
    FOLLOWING,
    WINDOW,
    Addressed,
    Head,
    accent,
    draw_following,
    draw_foot,
)
from klantenapp.services.rendering.pdf.paper import DRAWING, LINE, WIDTH, Paper
from klantenapp.services.rendering.pdf.qr import payment_code
from klantenapp.services.rendering.pdf.requestbox import RequestBox
from klantenapp.services.rendering.pdf.text import (
    BODY,
    BODY_MUTED,
    INK,
    SMALL_BOLD,
    TITLE,
    Style,
    wrap,
)
from klantenapp.services.rendering.words import (
    address_lines,
    grouped_iban,
    in_language,
    period_text,
    registration,
    seller_lines,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from klantenapp.models.values import Money
    from klantenapp.services.rendering.pdf.flow import Page
    from klantenapp.services.rendering.snapshot import StatementRow, StatementSnapshot

_LEFT, _RIGHT = 68, WIDTH - 68
_BOTTOM, _FOOT = 1018.5, 1047
_PAD = 8
_HEAD = SMALL_BOLD.leading + 8
_ROW = BODY.leading + 2 * _PAD + 1
_DESCRIPTION = 91.5
_DUE = 88
_BETWEEN = 24

#: What a row is called; {number} is the document it concerns.
_NAMES = {
    "opening": (N_("Opening balance"), N_("Opening balance")),
    "invoice": (N_("Invoice"), N_("Invoice {number}")),
    "credit_note": (N_("Credit note"), N_("Credit note {number}")),
    "payment": (N_("Payment"), N_("Payment of invoice {number}")),
    "part_payment": (N_("Part payment"), N_("Part payment of invoice {number}")),
    "refund": (N_("Refund"), N_("Refund {number}")),
    "write_off": (N_("Written off"), N_("Written off: invoice {number}")),
    "costs": (N_("Collection costs"), N_("Collection costs, invoice {number}")),
    "interest": (N_("Interest"), N_("Interest, invoice {number}")),
    "void": (N_("Reversed"), N_("Reversed: {number}")),
    "other": ("", ""),
}


def render(snapshot: StatementSnapshot, logo: bytes | None = None) -> bytes:
    """The statement as PDF; equal snapshots give equal bytes.

    Args:
        snapshot: what it says.
        logo: what `logo.prepare_logo` gave, or None for a tile with the first letter of the name.

    Raises:
        LogoUnreadable: the stored logo is damaged.
    """
    with DRAWING:
        return _Statement(snapshot, logo).render()


class _Columns:
    """Where the columns stand: amounts as wide as they are, the description gets the rest."""

    name: float = _LEFT + _DESCRIPTION

    def __init__(self, snapshot: StatementSnapshot, amount: Callable[[int], str]) -> None:
        self._is_open = snapshot.kind == "open_items"

        def width(amounts: Iterable[Money | None]) -> float:
            texts = (one_line(amount(each.cents)) for each in amounts if each)
            return max((BODY.width(text) for text in texts), default=0.0)

        rows = snapshot.rows
        self.credit = _RIGHT - max(81, width(row.balance for row in rows) + _BETWEEN)
        paid = [_original(row) if self._is_open else row.credit for row in rows]
        self.debit = self.credit - max(81, width(paid) + _BETWEEN)
        charged = 0 if self._is_open else max(83, width(row.debit for row in rows) + _BETWEEN)
        self.due = self.debit - charged - _DUE
        self.room = self.due - self.name - 12

    def amounts(self, row: StatementRow) -> list[tuple[float, Money]]:
        """The amounts of a row, each with its right edge."""
        if self._is_open:
            return [(self.credit, _original(row)), (_RIGHT, row.balance)]
        places = ((self.debit, row.debit), (self.credit, row.credit), (_RIGHT, row.balance))
        return [(place, amount) for place, amount in places if amount is not None]


def _original(row: StatementRow) -> Money:
    """What an open item was at first, signed."""
    return row.debit if row.debit is not None else -(row.credit or ZERO)


class _Statement:
    def __init__(self, snapshot: StatementSnapshot, logo: bytes | None) -> None:
        self._snapshot = snapshot
        self._t = t = in_language(snapshot.language, snapshot.look)
        self._title = t.gettext("Statement of account")
        is_modern = snapshot.look.style == "modern"
        self._accent = accent(snapshot.look.colour) if is_modern else INK
        self._head = Head(snapshot.seller.name, logo, self._accent)
        customer = snapshot.customer
        self._addressed = Addressed(
            _LEFT,
            _RIGHT,
            customer.name,
            address_lines(t, customer, snapshot.seller.country),
            self._details(),
            strong=False,
        )
        self._title_top = WINDOW + self._addressed.height + 48
        self._columns = _Columns(snapshot, t.amount)
        self._is_open = snapshot.kind == "open_items"
        self._frame = Frame(
            first=self._title_top + TITLE.leading + 20,
            following=FOLLOWING,
            bottom=_BOTTOM,
            head=_HEAD,
            carry=_ROW,
        )

    def _details(self) -> list[tuple[str, str]]:
        snapshot, t = self._snapshot, self._t
        period = period_text(t, snapshot.period, whole=True) if snapshot.period else ""
        rows = (
            (t.gettext("Period"), period),
            (t.gettext("Customer number"), snapshot.customer.number),
            (t.gettext("Printed on"), t.date(snapshot.printed)),
        )
        return [(label, value) for label, value in rows if value]

    def render(self) -> bytes:
        """Lay out and draw."""
        snapshot = self._snapshot
        pages = paginate(self._blocks(), self._frame)
        title = f"{self._title} {snapshot.customer.name}"
        paper = Paper(title, snapshot.seller.name, snapshot.language)
        for number, page in enumerate(pages, 1):
            paper.next_page()
            self._draw_around(paper, number, len(pages))
            self._draw_page(paper, page)
        return paper.finish()

    def _blocks(self) -> list[Block]:
        rows = self._snapshot.rows
        blocks = [Block(_HEAD, self._draw_head, glued=True)]
        for row in rows:
            lines = wrap(self._name(row), BODY, self._columns.room) or [""]
            carry = None if self._is_open else row.balance
            height = _ROW + (len(lines) - 1) * BODY.leading
            draw = partial(self._draw_row, row, lines)
            blocks.append(Block(height, draw, carry=carry, in_table=True, glued=row is rows[-1]))
        foot = AgeingAndTotal(self._snapshot, self._t, _LEFT, _RIGHT)
        box = self._request()
        blocks.append(Block(foot.height, foot.draw, glued=box is not None))
        if box:
            blocks.append(Block(box.height, box.draw, at_foot=True))
        return blocks

    def _name(self, row: StatementRow) -> str:
        bare, numbered = _NAMES[row.kind]
        if row.text or not row.number:
            return row.text or self._t.gettext(bare)
        return self._t.gettext(numbered).format(number=row.number) or row.number

    def _draw_head(self, paper: Paper, top: float) -> None:
        t, columns = self._t, self._columns
        style = Style(11, 16.5, SMALL_BOLD.font, self._accent)
        paper.text(_LEFT, top, one_line(t.gettext("Date")), style)
        paper.text(columns.name, top, one_line(t.gettext("Description")), style)
        paper.text(columns.due, top, one_line(t.gettext("Due date")), style)
        heads = (
            ((columns.credit, t.gettext("Amount €")), (_RIGHT, t.gettext("Open €")))
            if self._is_open
            else (
                (columns.debit, t.gettext("Charged €")),
                (columns.credit, t.gettext("Paid €")),
                (_RIGHT, t.gettext("Balance €")),
            )
        )
        for place, title in heads:
            paper.right(place, top, one_line(title), style)
        paper.line(_LEFT, _RIGHT, top + _HEAD - 1, self._accent)

    def _draw_row(self, row: StatementRow, lines: list[str], paper: Paper, top: float) -> None:
        t, columns = self._t, self._columns
        quiet = row.kind == "opening"
        text = BODY_MUTED if quiet else BODY
        top += _PAD
        paper.text(_LEFT, top, t.date(row.date), BODY_MUTED)
        if row.due_date:
            paper.text(columns.due, top, t.date(row.due_date), BODY_MUTED)
        for place, amount in columns.amounts(row):
            paper.right(place, top, one_line(t.amount(amount.cents)), text)
        for line in lines:
            paper.text(columns.name, top, line, text)
            top += BODY.leading
        paper.line(_LEFT, _RIGHT, top + _PAD, LINE)

    def _draw_page(self, paper: Paper, page: Page) -> None:
        if page.head is not None:
            self._draw_head(paper, page.head)
            if page.brought is not None:
                self._draw_carry(paper, page.head + _HEAD, page.brought.cents)
        for top, block in page.placed:
            block.draw(paper, top)
        if page.carried:
            self._draw_carry(paper, page.carried[0], page.carried[1].cents)

    def _draw_carry(self, paper: Paper, top: float, cents: int) -> None:
        label = one_line(self._t.gettext("Carried over"))
        paper.text(self._columns.name, top + _PAD, label, BODY_MUTED)
        paper.right(_RIGHT, top + _PAD, one_line(self._t.amount(cents)), BODY_MUTED)
        paper.line(_LEFT, _RIGHT, top + _ROW - 1, LINE)

    def _draw_around(self, paper: Paper, number: int, count: int) -> None:
        snapshot, t = self._snapshot, self._t
        if number == 1:
            lines = seller_lines(t, snapshot.seller, snapshot.customer.country)
            self._head.draw(paper, _LEFT, _RIGHT, lines)
            self._addressed.draw(paper, WINDOW)
            paper.text(_LEFT, self._title_top, one_line(self._title), TITLE)
        else:
            title = f"{self._title}, {snapshot.customer.name}"[:80]
            draw_following(paper, _LEFT, _RIGHT, snapshot.seller.name, title)
        parts = [f"{label} {value}" for label, value in registration(t, snapshot.seller)]
        parts.append(t.gettext("Page {number} of {count}").format(number=number, count=count))
        draw_foot(paper, _LEFT, _RIGHT, _FOOT, parts)

    def _request(self) -> RequestBox | None:
        """What is asked: the overdue amount, or everything that is open."""
        snapshot, t = self._snapshot, self._t
        amount, payment = snapshot.requested, snapshot.payment
        if amount is None or payment is None or amount.cents <= 0 or not payment.iban:
            return None
        headline = (
            t.gettext("Pay the overdue amount of {amount}")
            if amount == snapshot.overdue
            else t.gettext("Pay the open amount of {amount}")
        ).format(amount=t.money(amount.cents))
        mention = payment.reference or payment.text or snapshot.customer.number
        text = t.gettext("To {iban}, mentioning {reference}.").format(
            iban=grouped_iban(payment.iban), reference=mention
        )
        code = (
            None
            if snapshot.look.hide_qr
            else payment_code(payment, snapshot.seller.name, amount, mention)
        )
        return RequestBox((headline, text), code, _LEFT, _RIGHT, padding=14)
