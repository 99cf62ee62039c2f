"""Text in a style: how wide it is, and how it breaks into lines. No markup: what is typed is shown.

Everything here is in CSS pixels (1/96 inch), the unit in which the pages were designed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from klantenapp.services.rendering.pdf.fonts import (
    ASCENT,
    BOLD,
    DESCENT,
    REGULAR,
    SEMIBOLD,
    printable,
    widths,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

INK, MUTED, FAINT = "#1B1C1E", "#56575C", "#A3A39E"

#: Inside a word too long for its line, a break is made after one of these where that is possible;
#: in an e-mail address after the "@".
_SEAMS = "-–/._,;:+&?="


@dataclass(frozen=True, slots=True)
class Style:
    """How text looks.

    Attributes:
        size: of the font.
        leading: height of one line.
        tracking: extra room between letters, as part of the size.
    """

    size: float
    leading: float
    font: str = REGULAR
    colour: str = INK
    tracking: float = 0.0

    def width(self, text: str) -> float:
        """Width of a text that is printable already."""
        known = widths(self.font)
        whole = sum(known[ord(character)] for character in text)
        return self.size * (whole + self.tracking * len(text))

    def base(self) -> float:
        """From the top of a line to its base line."""
        return self.leading / 2 + self.size * (ASCENT - DESCENT) / 2


BODY = Style(12.5, 18.75)
BODY_BOLD = Style(12.5, 18.75, SEMIBOLD)
BODY_MUTED = Style(12.5, 18.75, colour=MUTED)
SMALL = Style(11, 16.5)
SMALL_BOLD = Style(11, 16.5, SEMIBOLD)
SMALL_MUTED = Style(11, 16.5, colour=MUTED)
TITLE = Style(30, 36, BOLD, tracking=-0.02)
TOTAL = Style(17, 25.5, BOLD)

#: A piece of a line: text with the style it is in.
Piece = tuple[str, Style]


def wrap(text: str, style: Style, width: float) -> list[str]:
    """Break a text into lines that fit; a newline in it always breaks.

    Takes time in proportion to the text, whatever it holds. Empty text gives no lines.
    """
    text = printable(text)
    if not text.strip():
        return []
    lines: list[str] = []
    for part in text.split("\n"):
        part = part.rstrip()  # noqa: PLW2901 - trailing space never shows
        if style.width(part) <= width:
            lines.append(part)
        else:
            broken = _broken([(part, style)], width)
            lines += ["".join(piece for piece, _ in line) for line in broken]
    return lines


def wrap_pieces(pieces: Iterable[Piece], width: float) -> list[list[Piece]]:
    """Break text of several styles into lines that fit."""
    return _broken([(printable(text), style) for text, style in pieces], width)


def _broken(pieces: list[Piece], width: float) -> list[list[Piece]]:
    """Break printable text; making it printable a second time could change it."""
    lines: list[list[Piece]] = []
    line: list[Piece] = []
    used = 0.0
    for word, space in _words(pieces):
        size = sum(style.width(text) for text, style in word)
        if line and used + size > width:
            lines.append(_joined(line))
            line, used = [], 0.0
        if size > width:
            *whole, word = _chunks(word, width)  # noqa: PLW2901 - the rest of the word goes on
            lines += [_joined(chunk) for chunk in whole]
            size = sum(style.width(text) for text, style in word)
        line += word
        used += size
        if space is None:
            lines.append(_joined(line))
            line, used = [], 0.0
        elif space[0]:
            line.append(space)
            used += space[1].width(space[0])
    if line:
        lines.append(_joined(line))
    return lines


def _words(pieces: list[Piece]) -> Iterator[tuple[list[Piece], Piece | None]]:
    """Words, each with the space after it; None where a new line has to start."""
    word: list[Piece] = []
    for raw, style in pieces:
        for number, row in enumerate(raw.split("\n")):
            if number:
                yield word, None
                word = []
            *whole, last = row.split(" ")
            for text in whole:
                yield [*word, (text, style)], (" ", style)
                word = []
            if last:
                word.append((last, style))
    if word:
        yield word, ("", word[-1][1])


def _chunks(word: list[Piece], width: float) -> list[list[Piece]]:
    """Divide a word that is too long into what fits a line each; at a seam where it has one."""
    letters = [(letter, style) for text, style in word for letter in text]
    sizes = [
        style.size * (widths(style.font)[ord(letter)] + style.tracking) for letter, style in letters
    ]
    chunks: list[list[Piece]] = []
    start, used = 0, 0.0
    for at, size in enumerate(sizes):
        if used + size > width and at > start:
            cut = _seam(letters, start, at)
            chunks.append(_joined(letters[start:cut]))
            start, used = cut, sum(sizes[cut:at])
        used += size
    return [*chunks, _joined(letters[start:])]


def _seam(letters: list[Piece], start: int, end: int) -> int:
    """Where letters that fill a line are best divided: after an "@", a seam, or at the end."""
    line = "".join(letter for letter, _ in letters[start:end])
    half = len(line) // 2
    found = line.rfind("@") + 1 or max(line.rfind(sign, half) for sign in _SEAMS) + 1
    return start + found if found else end


def _joined(line: list[Piece]) -> list[Piece]:
    """Neighbours of one style as one piece, without space at the end."""
    joined: list[Piece] = []
    for text, style in line:
        if joined and joined[-1][1] is style:
            joined[-1] = (joined[-1][0] + text, style)
        else:
            joined.append((text, style))
    while joined and not joined[-1][0].strip(" "):
        joined.pop()
    if joined:
        joined[-1] = (joined[-1][0].rstrip(" "), joined[-1][1])
    return joined
