"""The bundled font in ReportLab: its measures, and what happens to characters it lacks.

Decision: a character that the font lacks (an emoji, a Chinese or an Arabic name) is printed as a
white square, never dropped in silence and never left to a viewer's own guess; `unprintable` names
such characters, so that a document can be checked before it is issued. Compatibility forms are
written out (the sign "5 in a circle" becomes 5), controls and invisible joiners are left out.
"""

from __future__ import annotations

import unicodedata
from functools import cache

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from klantenapp import paths

REGULAR, SEMIBOLD, BOLD = NAMES = ("InterTab-Regular", "InterTab-SemiBold", "InterTab-Bold")
#: Printed for a character that the font lacks: a glyph of the font itself, that everybody sees.
SUBSTITUTE = "\N{WHITE SQUARE}"
#: Room of the font above and below the base line, as parts of its size.
ASCENT, DESCENT = 1984 / 2048, 494 / 2048

# Of the standard fonts nothing may be embedded or named (PDF/A): the canvas starts with our own.
rl_config.canvas_basefontname = REGULAR


@cache
def widths(name: str) -> dict[int, float]:
    """Register a font, and give the width of each of its characters as part of the size."""
    font = TTFont(name, str(paths.resource(f"fonts/{name}.ttf")))
    pdfmetrics.registerFont(font)
    return {code: width / 1000 for code, width in font.face.charWidths.items()}


class _Printable(dict[int, int | str | None]):
    """Table for `str.translate`, filled as characters are met."""

    def __missing__(self, code: int) -> int | str | None:
        self[code] = instead = _instead(code)
        return instead


def _instead(code: int) -> int | str | None:
    """What is printed for a character: itself, other characters, or None for nothing."""
    known = widths(REGULAR)
    character = chr(code)
    category = unicodedata.category(character)
    if character == "\n" or (code in known and category[0] != "C"):
        return code
    if category in ("Cc", "Cf", "Mn", "Me"):
        return " " if character == "\t" else None
    if category[0] == "Z":
        return "\n" if category in ("Zl", "Zp") else " "
    parts = unicodedata.normalize("NFKD", character)
    return parts if all(ord(part) in known for part in parts) else SUBSTITUTE


_PRINTABLE = _Printable()


def printable(text: str) -> str:
    """The text in characters that the font has; newlines stay."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_PRINTABLE)


def one_line(text: str) -> str:
    """The text in characters that the font has, on one line."""
    return printable(text).replace("\n", " ")


def unprintable(text: str) -> str:
    """The characters of a text that are printed as a square, each once, in order."""
    composed = unicodedata.normalize("NFC", text)
    lost = (part for part in composed if part != SUBSTITUTE and printable(part) == SUBSTITUTE)
    return "".join(dict.fromkeys(lost))
