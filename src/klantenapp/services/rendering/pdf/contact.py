"""The contact sheet as PDF: everything that was said and sent, in order, each with its words."""

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
_GAP = 14


@dataclass(frozen=True, slots=True)
class ContactEntry:
    """One entry of the sheet.

    Attributes:
        when: day and time, in words.
        title: what it is.
        about: who, to whom, which invoice, how it stands; in one line.
        text: its words, with line breaks.
        files: names of what went along.
    """

    when: str
    title: str
    about: str = ""
    text: str = ""
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ContactSheet:
    """What the sheet says.

    Attributes:
        subject: the customer, or the invoice.
        author: the business that keeps it.
        period: from when to when, in words.
        is_document: the subject is an invoice, not a customer.
    """

    language: str
    subject: str
    author: str
    period: str
    printed: dt.date
    entries: tuple[ContactEntry, ...]
    is_document: bool = False


def render(sheet: ContactSheet) -> bytes:
    """The sheet as PDF; equal sheets give equal bytes."""
    with DRAWING:
        return _Sheet(sheet).render()


class _Sheet:
    def __init__(self, sheet: ContactSheet) -> None:
        self._sheet = sheet
        self._words = translator(sheet.language)
        title = N_("Contact about {name}") if sheet.is_document else N_("Contact with {name}")
        self._title = self._words.gettext(title).format(name=sheet.subject)

    def render(self) -> bytes:
        """Lay out and draw."""
        sheet = self._sheet
        head = wrap(self._title, _HEAD, _RIGHT - _LEFT)
        first = _TOP + len(head) * _HEAD.leading + SMALL_MUTED.leading + 24
        frame = Frame(first, _TOP, _BOTTOM, 0, 0)
        pages = paginate(self._blocks(), frame)
        paper = Paper(self._title, sheet.author, sheet.language)
        for number, page in enumerate(pages, 1):
            paper.next_page()
            if number == 1:
                self._draw_head(paper, head)
            for top, block in page.placed:
                block.draw(paper, top)
            self._draw_foot(paper, number, len(pages))
        return paper.finish()

    def _draw_head(self, paper: Paper, head: list[str]) -> None:
        top: float = _TOP
        for line in head:
            paper.text(_LEFT, top, line, _HEAD)
            top += _HEAD.leading
        paper.text(_LEFT, top + 4, one_line(self._sheet.period), SMALL_MUTED)

    def _draw_foot(self, paper: Paper, number: int, count: int) -> None:
        made = f"{self._sheet.author} · {self._words.date(self._sheet.printed)}"
        paper.text(_LEFT, _FOOT, one_line(made), SMALL_MUTED)
        page = self._words.gettext(N_("Page {number} of {count}"))
        paper.right(_RIGHT, _FOOT, one_line(page.format(number=number, count=count)), SMALL_MUTED)

    def _blocks(self) -> Iterator[Block]:
        if not self._sheet.entries:
            text = self._words.gettext(N_("There has been no contact yet."))
            yield Block(BODY.leading, partial(_line, text=one_line(text), style=BODY))
        for entry in self._sheet.entries:
            yield from self._entry(entry)

    def _entry(self, entry: ContactEntry) -> Iterator[Block]:
        """A line above it, its title and the first words stay together."""
        yield Block(_GAP, _rule, glued=True)
        title = wrap(entry.title, BODY_BOLD, _RIGHT - _LEFT - 170) or [""]
        yield Block(
            BODY_BOLD.leading,
            partial(_heading, text=title[0], when=one_line(entry.when)),
            glued=True,
        )
        lines = [(line, BODY_BOLD) for line in title[1:]]
        lines += [(line, SMALL_MUTED) for line in wrap(entry.about, SMALL_MUTED, _RIGHT - _LEFT)]
        text = [(line, BODY) for line in wrap(entry.text, BODY, _RIGHT - _LEFT)]
        files = self._words.gettext(N_("Files: {names}")).format(names=", ".join(entry.files))
        if entry.files:
            text += [(line, SMALL_MUTED) for line in wrap(files, SMALL_MUTED, _RIGHT - _LEFT)]
        every = [*lines, *text]
        for number, (line, style) in enumerate(every):
            glued = number < len(lines)
            yield Block(style.leading, partial(_line, text=line, style=style), glued=glued)
        yield Block(_GAP, _nothing)


def _rule(paper: Paper, top: float) -> None:
    paper.line(_LEFT, _RIGHT, top, LINE)


def _heading(paper: Paper, top: float, text: str, when: str) -> None:
    paper.text(_LEFT, top, text, BODY_BOLD)
    paper.right(_RIGHT, top + (BODY_BOLD.leading - SMALL_MUTED.leading) / 2, when, SMALL_MUTED)


def _line(paper: Paper, top: float, text: str, style: Style) -> None:
    paper.text(_LEFT, top, text, style)


def _nothing(_paper: Paper, _top: float) -> None:
    """Room."""
