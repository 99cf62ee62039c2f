"""A report on paper: title, what it counts, the rows with their totals, and page numbers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from klantenapp import i18n
from klantenapp.models.values import Days, Money, Percent, Quantity
from klantenapp.services.insights.table import shown, without_details
from klantenapp.services.rendering.pdf.fonts import BOLD, SEMIBOLD, one_line
from klantenapp.services.rendering.pdf.paper import DRAWING, HEIGHT, LINE, WIDTH, Paper
from klantenapp.services.rendering.pdf.text import INK, MUTED, SMALL_MUTED, Style, wrap

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from klantenapp.services.insights.table import Cell, Column, ReportTable, Row

_MARGIN, _TOP, _FOOT = 56, 56, 56
_TITLE = Style(21, 28, BOLD, tracking=-0.012)
_HEAD = Style(11, 16.5, SEMIBOLD)
_CELL = Style(11, 15)
_STRONG = Style(11, 15, SEMIBOLD)
_PAD = 5
_BAR, _BAR_COLOUR = 8, "#4372D6"
#: With more columns than this the page lies on its side.
_UPRIGHT = 6
#: Texts keep room for their longest word, up to this; sentences keep room for a few words.
_LEAST_TEXT, _SENTENCE, _LONG = 96, 170, 300
#: Gaps grow by at most this; what is left then goes to the widest text.
_WIDER = 24


@dataclass(frozen=True, slots=True)
class _Look:
    """Sizes of letters, gaps and bars; a wide report takes a smaller one."""

    head: Style
    cell: Style
    strong: Style
    gap: float
    bar: float

    @classmethod
    def of(cls, percent: int) -> _Look:
        """At a percentage of the usual size."""
        head, cell, strong = (
            replace(each, size=each.size * percent / 100, leading=each.leading * percent / 100)
            for each in (_HEAD, _CELL, _STRONG)
        )
        # Gaps and bars give way before letters do.
        spare = (percent - _SMALLEST) / (100 - _SMALLEST)
        return cls(head, cell, strong, 9 + 9 * spare, 40 + 50 * spare)


#: Sizes that are tried, from the usual one on.
_SMALLEST = 64
_SIZES = (100, 92, 84, 76, 70, _SMALLEST)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a column stands: its left and right edge, and the scale of its bars."""

    left: float
    right: float
    largest: int = 0

    @property
    def width(self) -> float:
        return self.right - self.left


def report_pdf(table: ReportTable, author: str, printed: dt.date) -> bytes:
    """The report as PDF, in the language of the interface.

    Args:
        table: what it says.
        author: name of the business.
        printed: the day it is made, for the foot of the page.
    """
    with DRAWING:
        return _Report(without_details(table), author, printed).render()


class _Report:
    def __init__(self, table: ReportTable, author: str, printed: dt.date) -> None:
        self._table = table
        bars = sum(1 for column in table.columns if column.chart)
        self._lying = len(table.columns) + bars > _UPRIGHT
        width, height = (HEIGHT, WIDTH) if self._lying else (WIDTH, HEIGHT)
        self._right, self._bottom = width - _MARGIN, height - _FOOT
        self._author, self._printed = author, printed
        self._texts = [_shown_row(table.columns, row) for row in table.rows]
        self._totals = _shown_row(table.columns, table.totals) if table.totals else None
        self._heads = [_head(column) for column in table.columns]
        self._look = next(
            (look for look in map(_Look.of, _SIZES) if sum(self._least(look)) <= self._room(look)),
            _Look.of(_SMALLEST),
        )
        self._places = self._arrange()
        self._head_lines = [
            wrap(head, self._look.head, place.width + 0.01)
            for head, place in zip(self._heads, self._places, strict=True)
        ]
        self._head_height = max(map(len, self._head_lines)) * self._look.head.leading + 8
        told = (*table.filters, *table.figures)
        intro = [table.basis, *(f"{label}: {value}" for label, value in told)]
        self._intro = [
            line for text in intro for line in wrap(text, SMALL_MUTED, self._right - _MARGIN)
        ]
        self._title = wrap(table.title, _TITLE, self._right - _MARGIN)

    def render(self) -> bytes:
        """Lay out and draw."""
        table = self._table
        pages = list(self._pages())
        paper = Paper(table.title, self._author, i18n.language(), lying=self._lying)
        for number, rows in enumerate(pages, 1):
            paper.next_page()
            top = self._draw_top(paper) if number == 1 else float(_TOP)
            self._draw_heads(paper, top)
            top += self._head_height
            for index, lines in rows:
                top = self._draw_row(paper, top, lines, table.rows[index], self._look.cell)
            if number == len(pages) and self._totals:
                paper.line(_MARGIN, self._right, top - 1, INK)
                strong = self._look.strong
                self._draw_row(paper, top, self._wrapped(self._totals, strong), None, strong)
            self._draw_foot(paper, number, len(pages))
        return paper.finish()

    def _pages(self) -> Iterator[list[tuple[int, list[list[str]]]]]:
        """Rows per page, each with its wrapped cells; the totals never stand alone."""
        top = _TOP + len(self._title) * _TITLE.leading + 8
        top += len(self._intro) * SMALL_MUTED.leading + 16 + self._head_height
        page: list[tuple[int, list[list[str]]]] = []
        for index, texts in enumerate(self._texts):
            lines = self._wrapped(texts, self._look.cell)
            height = self._height(lines)
            last = index == len(self._texts) - 1
            spare = 0.0
            if self._totals and last:
                spare = self._height(self._wrapped(self._totals, self._look.strong))
            if page and top + height + spare > self._bottom:
                yield page
                page, top = [], _TOP + self._head_height
            page.append((index, lines))
            top += height
        yield page

    def _arrange(self) -> list[_Place]:
        """Columns as wide as their content; texts give way where the page is too narrow."""
        columns = self._table.columns
        totals = self._totals or [""] * len(columns)
        look, least = self._look, self._least(self._look)
        wide = [
            max(
                look.head.width(self._heads[at]),
                look.strong.width(totals[at]),
                max((look.cell.width(row[at]) for row in self._texts), default=0.0),
            )
            for at in range(len(columns))
        ]
        texts = [at for at, column in enumerate(columns) if column.kind == "text"]
        over = sum(wide) - self._room(look)
        shrinkable = sum(wide) - sum(least)
        if over > 0 and shrinkable > 0:
            share = min(over / shrinkable, 1)
            wide = [full - (full - few) * share for full, few in zip(wide, least, strict=True)]
        spare = max(-over, 0) / max(len(columns) - 1, 1)
        gap = min(spare, _WIDER) if texts else spare
        if texts and over < 0:
            widest = max(texts, key=lambda at: wide[at])
            wide[widest] += -over - gap * (len(columns) - 1)
        return self._placed(wide, gap)

    def _room(self, look: _Look) -> float:
        """What columns have together, without the gaps and bars between them."""
        columns = self._table.columns
        bars = sum(look.bar + 8 for column in columns if column.chart)
        return self._right - _MARGIN - (len(columns) - 1) * look.gap - bars

    def _least(self, look: _Look) -> list[float]:
        """How narrow each column may be: figures whole, words of heads and texts unbroken."""
        totals = self._totals or [""] * len(self._heads)
        found = []
        for at, column in enumerate(self._table.columns):
            texts = [row[at] for row in self._texts]
            cells = max((look.cell.width(text) for text in texts), default=0.0)
            if column.kind == "text":
                words = {word for text in texts for word in text.split(" ")}
                scale = look.cell.size / _CELL.size
                longest = max((look.cell.width(word) for word in words), default=0.0)
                least = min(longest, _LEAST_TEXT * scale)
                cells = max(least, _SENTENCE * scale) if cells > _LONG * scale else least
            head = max(look.head.width(word) for word in self._heads[at].split(" "))
            total = 0.0 if column.kind == "text" else look.strong.width(totals[at])
            found.append(max(head, cells, total))
        return found

    def _height(self, lines: list[list[str]]) -> float:
        """Of a row of wrapped cells."""
        most = max(max((len(cell) for cell in lines), default=1), 1)
        return most * self._look.cell.leading + 2 * _PAD + 1

    def _placed(self, wide: Sequence[float], spare: float) -> list[_Place]:
        places: list[_Place] = []
        left: float = _MARGIN
        for at, column in enumerate(self._table.columns):
            right = left + wide[at]
            largest = max((_size(row[at]) for row in self._table.rows), default=0)
            places.append(_Place(left, right, largest if column.chart else 0))
            left = right + self._look.gap + spare
            left += self._look.bar + 8 if column.chart else 0
        return places

    def _wrapped(self, texts: Sequence[str], style: Style) -> list[list[str]]:
        return [
            [text] if style.width(text) <= place.width + 0.01 else wrap(text, style, place.width)
            for text, place in zip(texts, self._places, strict=True)
        ]

    def _draw_top(self, paper: Paper) -> float:
        """Draw the title and what the report counts, and give the height below them."""
        top: float = _TOP
        for line in self._title:
            paper.text(_MARGIN, top, line, _TITLE)
            top += _TITLE.leading
        top += 8
        for line in self._intro:
            paper.text(_MARGIN, top, line, SMALL_MUTED)
            top += SMALL_MUTED.leading
        return top + 16

    def _draw_heads(self, paper: Paper, top: float) -> None:
        style = self._look.head
        most = max(map(len, self._head_lines))
        for lines, column, place in zip(
            self._head_lines, self._table.columns, self._places, strict=True
        ):
            for number, line in enumerate(lines, start=most - len(lines)):
                _write(paper, column, place, top + number * style.leading, line, style)
        paper.line(_MARGIN, self._right, top + self._head_height - 1, INK)

    def _draw_row(
        self, paper: Paper, top: float, lines: list[list[str]], row: Row | None, style: Style
    ) -> float:
        """Draw one row, and give the height below it."""
        for at, (cell, column, place) in enumerate(
            zip(lines, self._table.columns, self._places, strict=True)
        ):
            muted = replace(style, colour=MUTED) if column.kind == "date" else style
            for number, line in enumerate(cell):
                _write(paper, column, place, top + _PAD + number * style.leading, line, muted)
            if row and place.largest:
                width = self._look.bar * _size(row[at]) / place.largest
                middle = top + _PAD + (style.leading - _BAR) / 2
                if width >= 1:
                    paper.box(place.right + 8, middle, width, _BAR, _BAR_COLOUR)
        top += self._height(lines)
        if row:
            paper.line(_MARGIN, self._right, top - 1, LINE)
        return top

    def _draw_foot(self, paper: Paper, number: int, count: int) -> None:
        top = self._bottom + 14
        made = f"{self._author} · {i18n.date(self._printed)}"
        paper.text(_MARGIN, top, one_line(made), SMALL_MUTED)
        page = i18n._("Page {number} of {count}").format(number=number, count=count)
        paper.right(self._right, top, one_line(page), SMALL_MUTED)


def _write(
    paper: Paper, column: Column, place: _Place, top: float, text: str, style: Style
) -> None:
    if column.kind in ("text", "date"):
        paper.text(place.left, top, text, style)
    else:
        paper.right(place.right, top, text, style)


def _head(column: Column) -> str:
    money = column.kind in {"money", "price"}
    return one_line(f"{column.title}\N{NO-BREAK SPACE}€" if money else column.title)


def _size(cell: Cell) -> int:
    """How long the bar of a value is; nothing for what is negative, empty or no number."""
    match cell:
        case Money(number) | Quantity(number) | Percent(number) | Days(number):
            return max(number, 0)
        case bool():
            return 0
        case int():
            return max(cell, 0)
        case _:
            return 0


def _shown_row(columns: Sequence[Column], row: Row) -> list[str]:
    return [one_line(shown(cell)) for _, cell in zip(columns, row, strict=True)]
