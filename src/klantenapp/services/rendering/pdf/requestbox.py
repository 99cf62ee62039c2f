"""The request at the foot of a document: a QR code with how to pay, or a place to sign."""

from __future__ import annotations

from typing import TYPE_CHECKING

from klantenapp.services.rendering.pdf.fonts import SEMIBOLD, printable
from klantenapp.services.rendering.pdf.letterhead import draw_code
from klantenapp.services.rendering.pdf.paper import LINE
from klantenapp.services.rendering.pdf.qr import payment_code
from klantenapp.services.rendering.pdf.text import (
    BODY_BOLD,
    BODY_MUTED,
    MUTED,
    SMALL_MUTED,
    Style,
    wrap,
)
from klantenapp.services.rendering.requests import mention_of, payment_of, request

if TYPE_CHECKING:
    from klantenapp.services.rendering.pdf.paper import Paper
    from klantenapp.services.rendering.pdf.qr import Modules
    from klantenapp.services.rendering.words import Words

#: Side of a QR code: 24.3 mm.
CODE = 92
_GAP = 24
_PAD_SIDE, _PAD = 18, 16
_SIGN = 56
_SMALLER = Style(11.5, 17.25, colour=MUTED)
_SMALLER_BOLD = Style(11.5, 17.25, SEMIBOLD)


def code_of(words: Words) -> Modules | None:
    """The payment QR code of a document, where one belongs on it."""
    document = words.document
    if document.kind != "invoice" or document.is_draft or document.look.hide_qr:
        return None
    payment = payment_of(document)
    if payment.kind != "transfer" or document.currency != "EUR":
        return None
    return payment_code(payment, document.seller.name, document.payable, mention_of(document))


class RequestBox:
    """The request of a document.

    Args:
        words: of the document.
        left: of the text.
        right: of the text.
        framed: with a frame around it, and the amount in the headline.
    """

    def __init__(self, words: Words, left: float, right: float, *, framed: bool = True) -> None:
        self._words, self._left, self._right, self._framed = words, left, right, framed
        self._code = code_of(words)
        self._signed = words.document.kind == "quote"
        asked = request(words, has_code=self._code is not None)
        self._pad = _PAD_SIDE if framed else 0
        beside = CODE + (20 if framed else 16) if self._code else 0
        self._text_left = left + self._pad + beside
        room = right - self._pad - self._text_left
        self._plain = BODY_MUTED if framed else _SMALLER
        self._bold = BODY_BOLD if framed else _SMALLER_BOLD
        self._lines = [
            (line, self._bold)
            for line in wrap(asked.headline if framed else asked.short, self._bold, room)
        ]
        self._lines += [(line, self._plain) for line in wrap(asked.text, self._plain, room)]
        text = sum(style.leading for _, style in self._lines)
        self._inner = max(CODE if self._code else 0, text) + (_SIGN if self._signed else 0)
        self._text = text
        self.height = _GAP + self._inner + (2 * _PAD + 2 if framed else 0)

    def draw(self, paper: Paper, top: float) -> None:
        """Draw it; its room includes a gap above it."""
        top += _GAP
        if self._framed:
            paper.frame(self._left, top, self._right - self._left, self.height - _GAP, 8)
            top += _PAD + 1
        if self._code:
            draw_code(paper, self._left + self._pad, top, CODE, self._code)
        free = self._inner - self._text - (_SIGN if self._signed else 0)
        at = top + free / 2
        for line, style in self._lines:
            paper.text(self._text_left, at, line, style)
            at += style.leading
        if self._signed:
            self._draw_signature(paper, top + self._inner)

    def _draw_signature(self, paper: Paper, bottom: float) -> None:
        """Draw a line to sign on for each of name, date and signature."""
        t = self._words.t
        labels = [t.gettext("Name"), t.gettext("Date"), t.gettext("Signature")]
        left, right = self._left + self._pad, self._right - self._pad
        width = (right - left - 2 * 20) / 3
        for number, label in enumerate(labels):
            start = left + number * (width + 20)
            paper.line(start, start + width, bottom - SMALL_MUTED.leading - 4, LINE)
            paper.text(start, bottom - SMALL_MUTED.leading, printable(label), SMALL_MUTED)
