"""What documents share: the logo, who it is from, whom it is for, and the foot of the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from klantenapp.services.rendering.pdf import logo as logos
from klantenapp.services.rendering.pdf.fonts import BOLD, SEMIBOLD, one_line
from klantenapp.services.rendering.pdf.text import (
    BODY,
    BODY_BOLD,
    BODY_MUTED,
    INK,
    SMALL_BOLD,
    SMALL_MUTED,
    Style,
    wrap,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from klantenapp.services.rendering.pdf.paper import Paper
    from klantenapp.services.rendering.pdf.qr import Modules

#: Height of the address in the window of an envelope, below the top of the page.
WINDOW = 204.5
_TOP = 64
#: Where the text goes on below the head of a page after the first.
FOLLOWING = _TOP + SMALL_BOLD.leading + 24
_LOGO = 46
#: Widest that a logo may be printed: 5 cm.
_LOGO_WIDEST = 189
_NAME = Style(17, 25.5, BOLD, tracking=-0.01)
_ADDRESS = Style(12.5, 20)
_ADDRESS_BOLD = Style(12.5, 20, SEMIBOLD)
_NAME_LINES = 2
_LIGHTEST = 4.5
_WHITE = "#FFFFFF"


def accent(colour: str) -> str:
    """The business's own colour where it can be read on white (4.5:1, WCAG 2.2), else black."""
    try:
        channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    except ValueError:
        return INK
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]  # noqa: PLR2004 - sRGB's own numbers
    light = sum(
        part * weight for part, weight in zip(linear, (0.2126, 0.7152, 0.0722), strict=True)
    )
    return colour if 1.05 / (light + 0.05) >= _LIGHTEST else INK


@dataclass(frozen=True, slots=True)
class Head:
    """Logo and name of the seller.

    Attributes:
        logo: bytes of the stored logo, or None for a tile with the first letter.
        colour: of that tile.
        paper: colour below a transparent logo.
    """

    name: str
    logo: bytes | None
    colour: str
    paper: str = _WHITE

    def draw_logo(self, paper: Paper, left: float, top: float, size: float) -> float:
        """Draw the logo or the tile, and give its width."""
        if self.logo is None:
            paper.tile(left, top, size, self.colour)
            letter = one_line(self.name.strip()[:1]).upper()
            style = Style(size / 2, size, BOLD, _WHITE)
            paper.text(left + (size - style.width(letter)) / 2, top, letter, style)
            return size
        image, wide, high = logos.drawable(self.logo, self.paper)
        scale = min(size / high, _LOGO_WIDEST / wide)
        width, height = wide * scale, high * scale
        paper.image(image, left, top + (size - height) / 2, width, height)
        return width

    def draw(self, paper: Paper, left: float, right: float, lines: Sequence[str]) -> None:
        """Draw the whole head: logo and name on the left, address lines on the right."""
        fitted = [line for text in lines for line in wrap(text, SMALL_MUTED, 260)]
        widest = max((SMALL_MUTED.width(line) for line in fitted), default=0.0)
        for number, line in enumerate(fitted):
            paper.right(right, _TOP + number * SMALL_MUTED.leading, line, SMALL_MUTED)
        after = left + self.draw_logo(paper, left, _TOP, _LOGO) + 14
        names = wrap(self.name, _NAME, right - widest - 24 - after)[:_NAME_LINES]
        top = _TOP + (_LOGO - len(names) * _NAME.leading) / 2
        for number, line in enumerate(names):
            paper.text(after, top + number * _NAME.leading, line, _NAME)


class Addressed:
    """The customer's address on the left, and labelled values on the right.

    Args:
        left: of the page's text.
        right: of the page's text.
        name: of the customer, in bold.
        lines: of the address.
        details: labels with their values.
        strong: the first value stands out.
    """

    _GAP, _BETWEEN = 18, 2
    _VALUE_WIDEST = 190

    def __init__(
        self,
        left: float,
        right: float,
        name: str,
        lines: Sequence[str],
        details: Sequence[tuple[str, str]],
        *,
        strong: bool = True,
    ) -> None:
        self._left = left
        first = BODY_BOLD if strong else BODY
        self._details = [
            (one_line(label), wrap(value, first if at == 0 else BODY, self._VALUE_WIDEST))
            for at, (label, value) in enumerate(details)
        ]
        self._first = first
        values = max((self._width(at) for at in range(len(self._details))), default=0.0)
        labels = max((BODY_MUTED.width(label) for label, _ in self._details), default=0.0)
        self._values = right - values
        self._labels = self._values - self._GAP - labels
        room = self._labels - left - 24
        self._name = wrap(name, _ADDRESS_BOLD, room)
        self._lines = [line for text in lines for line in wrap(text, _ADDRESS, room)]

    def _width(self, at: int) -> float:
        style = self._first if at == 0 else BODY
        return max((style.width(line) for line in self._details[at][1]), default=0.0)

    @property
    def height(self) -> float:
        """Of the taller column."""
        address = (len(self._name) + len(self._lines)) * _ADDRESS.leading
        rows = [max(len(value), 1) * BODY.leading + self._BETWEEN for _, value in self._details]
        return max(address, sum(rows) - self._BETWEEN)

    def draw(self, paper: Paper, top: float) -> None:
        """Draw both columns."""
        for number, line in enumerate([*self._name, *self._lines]):
            style = _ADDRESS_BOLD if number < len(self._name) else _ADDRESS
            paper.text(self._left, top + number * style.leading, line, style)
        for at, (label, value) in enumerate(self._details):
            paper.text(self._labels, top, label, BODY_MUTED)
            for line in value:
                paper.text(self._values, top, line, self._first if at == 0 else BODY)
                top += BODY.leading
            top += self._BETWEEN


def draw_following(paper: Paper, left: float, right: float, name: str, title: str) -> None:
    """Draw the head of a page after the first: who it is from, and what it is."""
    for line in wrap(name, SMALL_BOLD, (right - left) / 2)[:1]:
        paper.text(left, _TOP, line, SMALL_BOLD)
    paper.right(right, _TOP, one_line(title), SMALL_MUTED)


def draw_foot(paper: Paper, left: float, right: float, top: float, parts: Sequence[str]) -> None:
    """Draw the foot of the page: a line, and below it parts with equal room between them."""
    paper.line(left, right, top)
    texts = [one_line(part) for part in parts]
    free = right - left - sum(SMALL_MUTED.width(text) for text in texts)
    gap = free / max(len(texts) - 1, 1)
    for text in texts:
        paper.text(left, top + 13, text, SMALL_MUTED)
        left += SMALL_MUTED.width(text) + gap


def draw_code(paper: Paper, left: float, top: float, size: float, modules: Modules) -> None:
    """Draw a QR code of that size; the quiet zone is left around it, so leave room for that."""
    paper.squares(left, top, size / len(modules), modules)
