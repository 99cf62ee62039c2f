"""A sheet of A4 to draw on, measured in CSS pixels from the top left, and the file it becomes.

Drawing is deterministic: equal content gives equal bytes. One document is drawn at a time,
because ReportLab keeps the subsets of a font with the font.
"""

from __future__ import annotations

import io
import threading
from functools import cache
from typing import TYPE_CHECKING, Any

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from klantenapp.services.rendering.pdf import fonts
from klantenapp.services.rendering.pdf.fonts import one_line

if TYPE_CHECKING:
    from klantenapp.services.rendering.pdf.text import Piece, Style

#: Points in a CSS pixel.
_POINT = 0.75
WIDTH, HEIGHT = 595.2756 / _POINT, 841.8898 / _POINT
LINE = "#E3E3DE"

DRAWING = threading.Lock()


@cache
def _colour(value: str) -> Any:
    return HexColor(value)


class Paper:
    """The pages of one document.

    Args:
        title: title of the document in its metadata.
        author: who issued it.
        language: "nl" or "en".
        lying: A4 on its side.
    """

    def __init__(self, title: str, author: str, language: str, *, lying: bool = False) -> None:
        for name in fonts.NAMES:
            fonts.widths(name)
        self.width, self.height = (HEIGHT, WIDTH) if lying else (WIDTH, HEIGHT)
        self._file = io.BytesIO()
        self._canvas: Any = Canvas(
            self._file,
            pagesize=(self.width * _POINT, self.height * _POINT),
            invariant=True,
            pageCompression=True,
            initialFontName=fonts.REGULAR,
            lang={"nl": "nl-NL", "en": "en-GB"}[language],
        )
        self._canvas.setTitle(one_line(title))
        self._canvas.setAuthor(one_line(author))
        self._canvas.setSubject(one_line(title))
        self._canvas.setCreator("Klantenapp")
        self._canvas.setViewerPreference("DisplayDocTitle", "true")
        self._started = False

    def next_page(self) -> None:
        """Start a page; the first one is started with it too."""
        if self._started:
            self._canvas.showPage()
        self._started = True

    def finish(self) -> bytes:
        """The file."""
        self._canvas.showPage()
        self._canvas.save()
        return self._file.getvalue()

    def text(self, left: float, top: float, text: str, style: Style) -> None:
        """Write one line of one_line text whose line box starts at that point."""
        self._canvas.setFillColor(_colour(style.colour))
        self._canvas.setFont(style.font, style.size * _POINT)
        self._canvas.drawString(
            left * _POINT,
            (self.height - top - style.base()) * _POINT,
            text,
            charSpace=style.tracking * style.size * _POINT or None,
        )

    def right(self, right: float, top: float, text: str, style: Style) -> None:
        """Write one line of one_line text that ends at that point."""
        self.text(right - style.width(text), top, text, style)

    def pieces(self, left: float, top: float, line: list[Piece]) -> None:
        """Write one line in several styles, as one run of text to whoever reads the file."""
        if not line:
            return
        run = self._canvas.beginText()
        run.setTextOrigin(left * _POINT, (self.height - top - line[0][1].base()) * _POINT)
        for text, style in line:
            run.setFillColor(_colour(style.colour))
            run.setFont(style.font, style.size * _POINT)
            run.textOut(text)
        self._canvas.drawText(run)

    def line(self, left: float, right: float, top: float, colour: str = LINE) -> None:
        """Draw a horizontal line, one pixel high, below that height."""
        self.box(left, top, right - left, 1, colour)

    def box(self, left: float, top: float, width: float, height: float, colour: str) -> None:
        """Fill a rectangle."""
        self._canvas.setFillColor(_colour(colour))
        self._canvas.rect(*self._place(left, top, width, height), stroke=0, fill=1)

    def frame(self, left: float, top: float, width: float, height: float, radius: float) -> None:
        """Draw the outline of a rounded rectangle, one pixel wide."""
        self._canvas.setStrokeColor(_colour(LINE))
        self._canvas.setLineWidth(_POINT)
        place = self._place(left + 0.5, top + 0.5, width - 1, height - 1)
        self._canvas.roundRect(*place, (radius - 0.5) * _POINT, stroke=1, fill=0)

    def tile(self, left: float, top: float, size: float, colour: str, *, radius: float = 8) -> None:
        """Fill a rounded square."""
        self.bar(left, top, size, size, colour, radius)

    def bar(
        self, left: float, top: float, width: float, height: float, colour: str, radius: float
    ) -> None:
        """Fill a rounded rectangle."""
        self._canvas.setFillColor(_colour(colour))
        place = self._place(left, top, width, height)
        self._canvas.roundRect(*place, radius * _POINT, stroke=0, fill=1)

    def squares(
        self, left: float, top: float, size: float, rows: list[list[tuple[int, int]]]
    ) -> None:
        """Fill runs of modules, as a QR code has them.

        Args:
            left: of the whole.
            top: of the whole.
            size: of one module.
            rows: per row of modules the dark runs, each as first module and length.
        """
        path = self._canvas.beginPath()
        for number, runs in enumerate(rows):
            for first, length in runs:
                path.rect(
                    *self._place(left + first * size, top + number * size, length * size, size)
                )
        self._canvas.setFillColor(_colour("#000000"))
        self._canvas.drawPath(path, stroke=0, fill=1)

    def image(self, image: Any, left: float, top: float, width: float, height: float) -> None:
        """Place a picture (ReportLab's `ImageReader`)."""
        self._canvas.drawImage(image, *self._place(left, top, width, height), mask="auto")

    def _place(
        self, left: float, top: float, width: float, height: float
    ) -> tuple[float, float, float, float]:
        """A rectangle in points from the bottom left."""
        bottom = self.height - top - height
        return left * _POINT, bottom * _POINT, width * _POINT, height * _POINT

    def watermark(self, text: str, style: Style) -> None:
        """Write large text across the page, below what is drawn after it."""
        self._canvas.saveState()
        self._canvas.translate(self.width * _POINT / 2, self.height * _POINT / 2)
        self._canvas.rotate(50)
        self._canvas.setFillColor(_colour(style.colour))
        self._canvas.setFont(style.font, style.size * _POINT)
        half = style.width(text) / 2 * _POINT
        self._canvas.drawString(-half, -style.size * 0.36 * _POINT, text)
        self._canvas.restoreState()
