"""A sheet of a collection dossier as PDF: parts with facts, amounts and what adds up."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from klantenapp.i18n import N_, translator
from klantenapp.services.rendering.pdf.flow import Block, Frame, paginate
from klantenapp.services.rendering.pdf.fonts import BOLD, one_line
from klantenapp.services.rendering.pdf.paper import DRAWING, LINE, WIDTH, Paper
from klantenapp.services.rendering.pdf.text import (
    BODY,
    BODY_BOLD,
    BODY_MUTED,
    SMALL_MUTED,
    Style,
    wrap,
)

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

_LEFT, _RIGHT = 68, WIDTH - 68
_TOP, _BOTTOM, _FOOT = 68, 1018.5, 1047
_HEAD = Style(24, 30, BOLD, tracking=-0.015)
_PART = Style(15, 22.5, BOLD)
_LABELS = 150
_AMOUNTS = 120
_ROOM, _SMALL = 18, 5


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One line: words at the left, an amount or a date at the right.

    Attributes:
        note: quieter, below the words.
        is_total: bold, with a rule above it.
    """

    text: str
    right: str = ""
    note: str = ""
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class CasePart:
    """A part under its own title: facts, then lines."""

    title: str
    facts: tuple[tuple[str, str], ...] = ()
    lines: tuple[CaseLine, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseSheet:
    """What the sheet says.

    Attributes:
        about: below the title, in one or more lines.
        author: the business whose claim it is.
    """

    language: str
    title: str
    about: str
    author: str
    printed: dt.date
    parts: tuple[CasePart, ...]


def render(sheet: CaseSheet) -> bytes:
    """The sheet as PDF; equal sheets give equal bytes."""
    with DRAWING:
        return _Sheet(sheet).render()


class _Sheet:
    def __init__(self, sheet: CaseSheet) -> None:
        self._sheet = sheet
        self._words = translator(sheet.language)

    def render(self) -> bytes:
        """Lay out and draw."""
        sheet = self._sheet
        head = wrap(sheet.title, _HEAD, _RIGHT - _LEFT)
        about = wrap(sheet.about, BODY_MUTED, _RIGHT - _LEFT)
        first = _TOP + len(head) * _HEAD.leading + len(about) * BODY_MUTED.leading + 14
        pages = paginate(self._blocks(), Frame(first, _TOP, _BOTTOM, 0, 0))
        paper = Paper(sheet.title, sheet.author, sheet.language)
        for number, page in enumerate(pages, 1):
            paper.next_page()
            if number == 1:
                _draw_head(paper, head, about)
            for top, block in page.placed:
                block.draw(paper, top)
            self._draw_foot(paper, number, len(pages))
        return paper.finish()

    def _draw_foot(self, paper: Paper, number: int, count: int) -> None:
        made = f"{self._sheet.author} · {self._words.date(self._sheet.printed)}"
        paper.text(_LEFT, _FOOT, one_line(made), SMALL_MUTED)
        page = self._words.gettext(N_("Page {number} of {count}"))
        paper.right(_RIGHT, _FOOT, one_line(page.format(number=number, count=count)), SMALL_MUTED)

    def _blocks(self) -> Iterator[Block]:
        for part in self._sheet.parts:
            yield Block(_ROOM, _nothing, glued=True)
            for text in wrap(part.title, _PART, _RIGHT - _LEFT):
                yield Block(_PART.leading, partial(_line, text=text, style=_PART), glued=True)
            yield Block(_SMALL, _nothing, glued=True)
            for label, value in part.facts:
                yield from _fact(label, value)
            for line in part.lines:
                yield from _amount(line)


def _draw_head(paper: Paper, head: list[str], about: list[str]) -> None:
    top: float = _TOP
    for lines, style in ((head, _HEAD), (about, BODY_MUTED)):
        for line in lines:
            paper.text(_LEFT, top, line, style)
            top += style.leading


def _fact(label: str, value: str) -> Iterator[Block]:
    """A label, and its value beside it on as many lines as it needs."""
    lines = wrap(value, BODY, _RIGHT - _LEFT - _LABELS) or [""]
    for number, line in enumerate(lines):
        shown = one_line(label) if not number else ""
        glued = number < len(lines) - 1
        yield Block(BODY.leading, partial(_pair, label=shown, value=line), glued=glued)


def _amount(line: CaseLine) -> Iterator[Block]:
    """Words with what stands at the right of their first line; the note below them."""
    style = BODY_BOLD if line.is_total else BODY
    yield Block(_SMALL, _rule if line.is_total else _nothing, glued=True)
    words = wrap(line.text, style, _RIGHT - _LEFT - _AMOUNTS) or [""]
    notes = wrap(line.note, SMALL_MUTED, _RIGHT - _LEFT - _AMOUNTS) if line.note else []
    for number, text in enumerate(words):
        right = one_line(line.right) if not number else ""
        glued = number < len(words) - 1 or bool(notes)
        draw = partial(_both, text=text, right=right, style=style)
        yield Block(style.leading, draw, glued=glued)
    for number, text in enumerate(notes):
        draw = partial(_line, text=text, style=SMALL_MUTED)
        yield Block(SMALL_MUTED.leading, draw, glued=number < len(notes) - 1)


def _pair(paper: Paper, top: float, label: str, value: str) -> None:
    paper.text(_LEFT, top, label, BODY_MUTED)
    paper.text(_LEFT + _LABELS, top, value, BODY)


def _both(paper: Paper, top: float, text: str, right: str, style: Style) -> None:
    paper.text(_LEFT, top, text, style)
    paper.right(_RIGHT, top, right, style)


def _line(paper: Paper, top: float, text: str, style: Style) -> None:
    paper.text(_LEFT, top, text, style)


def _rule(paper: Paper, top: float) -> None:
    paper.line(_LEFT, _RIGHT, top + 2, LINE)


def _nothing(_paper: Paper, _top: float) -> None:
    """Room."""
