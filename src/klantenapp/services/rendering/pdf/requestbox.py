"""The request at the foot of a document: a QR code with how to pay, or a place to sign."""

from __future__ import annotations

from typing import TYPE_CHECKING

from klantenapp.services.rendering.pdf.fonts import SEMIBOLD, one_line
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
    from collections.abc import Sequence

    from klantenapp.services.rendering.pdf.paper import Paper
    from klantenapp.services.rendering.pdf.qr import Modules
    from klantenapp.services.rendering.words import Words

#: Side of a QR code: 24.3 mm.
CODE = 92
#: Least room above; a box stands at the foot of its page, so there is mostly more.
_GAP = 12
_PAD_SIDE = 18
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
    """A headline and a sentence, with a QR code or a place to sign.

    Args:
        asked: headline and text.
        code: QR code beside them.
        left: of the text.
        right: of the text.
        framed: with a frame around it.
        padding: between frame and code, above and below.
        sign: labels below lines to write on, e.g. name, date and signature.
    """

    def __init__(  # noqa: PLR0913 - what stands in it, and where
        self,
        asked: tuple[str, str],
        code: Modules | None,
        left: float,
        right: float,
        *,
        framed: bool = True,
        padding: float = 16,
        sign: Sequence[str] = (),
    ) -> None:
        self._code, self._left, self._right, self._framed = code, left, right, framed
        self._sign = [one_line(label) for label in sign]
        self._padding = padding
        self._pad = _PAD_SIDE if framed else 0
        beside = CODE + (20 if framed else 16) if code else 0
        self._text_left = left + self._pad + beside
        room = right - self._pad - self._text_left
        plain, bold = (BODY_MUTED, BODY_BOLD) if framed else (_SMALLER, _SMALLER_BOLD)
        headline, text = asked
        self._lines = [(line, bold) for line in wrap(headline, bold, room)]
        self._lines += [(line, plain) for line in wrap(text, plain, room)]
        self._text = sum(style.leading for _, style in self._lines)
        self._inner = max(CODE if code else 0, self._text) + (_SIGN if sign else 0)
        self.height = _GAP + self._inner + (2 * padding + 2 if framed else 0)

    def draw(self, paper: Paper, top: float) -> None:
        """Draw it; its room includes a gap above it."""
        top += _GAP
        if self._framed:
            paper.frame(self._left, top, self._right - self._left, self.height - _GAP, 8)
            top += self._padding + 1
        if self._code:
            draw_code(paper, self._left + self._pad, top, CODE, self._code)
        at = top + (self._inner - self._text - (_SIGN if self._sign else 0)) / 2
        for line, style in self._lines:
            paper.text(self._text_left, at, line, style)
            at += style.leading
        if self._sign:
            self._draw_signature(paper, top + self._inner)

    def _draw_signature(self, paper: Paper, bottom: float) -> None:
        left, right = self._left + self._pad, self._right - self._pad
        width = (right - left - (len(self._sign) - 1) * 20) / len(self._sign)
        for number, label in enumerate(self._sign):
            start = left + number * (width + 20)
            paper.line(start, start + width, bottom - SMALL_MUTED.leading - 4, LINE)
            paper.text(start, bottom - SMALL_MUTED.leading, label, SMALL_MUTED)


def document_box(words: Words, left: float, right: float, *, framed: bool) -> RequestBox:
    """The request of a document; framed it names the amount, which else stands elsewhere."""
    code = code_of(words)
    asked = request(words, has_code=code is not None)
    t = words.t
    sign = (
        (t.gettext("Name"), t.gettext("Date"), t.gettext("Signature"))
        if words.document.kind == "quote"
        else ()
    )
    headline = asked.headline if framed else asked.short
    return RequestBox((headline, asked.text), code, left, right, framed=framed, sign=sign)
