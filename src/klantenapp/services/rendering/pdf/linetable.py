"""The lines of a document as a table: columns as wide as their content, rows that may break."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from klantenapp.models.values import ZERO
from klantenapp.services.rendering.pdf.flow import Block
from klantenapp.services.rendering.pdf.fonts import one_line, printable
from klantenapp.services.rendering.pdf.paper import LINE
from klantenapp.services.rendering.pdf.text import (
    BODY,
    BODY_BOLD,
    BODY_MUTED,
    INK,
    SMALL,
    SMALL_BOLD,
    SMALL_MUTED,
    wrap,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from klantenapp.models.values import Money
    from klantenapp.services.rendering.pdf.paper import Paper
    from klantenapp.services.rendering.pdf.text import (
        Style,
    )
    from klantenapp.services.rendering.snapshot import Line
    from klantenapp.services.rendering.words import Words

HEAD = SMALL_BOLD.leading + 8
_UNIT_GAP = 8
_NARROWEST, _WIDEST_GAP, _NARROWEST_GAP = 190, 34, 12
#: A row of at most so many lines of text is never divided over pages.
_WHOLE = 12


@dataclass(frozen=True, slots=True)
class Column:
    """A column of short values.

    Attributes:
        title: its head.
        values: one per line of the document.
        right: aligned to the right.
        style: of the values.
        gap: room before it; None shares what is free.
    """

    title: str
    values: tuple[str, ...]
    right: bool = True
    style: Style = BODY
    gap: float | None = None

    @property
    def width(self) -> float:
        """Of the widest value, or the head."""
        widest = max((self.style.width(value) for value in self.values), default=0.0)
        return max(widest, SMALL_BOLD.width(self.title))


@dataclass(frozen=True, slots=True)
class TableLook:
    """How the table looks.

    Attributes:
        left: of the table.
        right: of the table.
        padding: above and below the text of a row.
        colour: of the head and the line below it.
    """

    left: float
    right: float
    padding: float = 8
    colour: str = INK


@dataclass(frozen=True, slots=True)
class _Part:
    """One line of text of a row.

    Attributes:
        number: of the document's line, where this is its first line of text: the row's values.
        above: room above the text.
        last: the row ends below it.
    """

    number: int | None
    text: str
    style: Style
    above: float
    last: bool


class LineTable:
    """The table of a document's lines."""

    def __init__(self, words: Words, look: TableLook) -> None:
        self._words = words
        self._look = look
        lines = words.document.lines
        self._before = _code_column(words)
        self._columns = _columns(words)
        start = look.left + (self._before.width + 14 if self._before else 0)
        natural = max((_natural(line) for line in lines), default=0.0)
        self._start = start
        self._places, room = self._arrange(start, min(natural, (look.right - look.left) * 0.42))
        self._room = max(room, 60)

    def _arrange(self, start: float, wish: float) -> tuple[list[float], float]:
        """Where each column has its edge, and how much is left for the description."""
        columns, look = self._columns, self._look
        shared = sum(1 for column in columns if column.gap is None)
        fixed = sum(column.width + (column.gap or 0) for column in columns)
        free = look.right - start - fixed
        gap = (free - max(wish, _NARROWEST)) / max(shared, 1)
        gap = min(max(gap, _NARROWEST_GAP), _WIDEST_GAP)
        places: list[float] = []
        edge = look.right
        for column in reversed(columns):
            places.insert(0, edge if column.right else edge - column.width)
            edge -= column.width + (gap if column.gap is None else column.gap)
        return places, edge - start

    def draw_head(self, paper: Paper, top: float) -> None:
        """Draw the titles of the columns and the line below them."""
        style = replace(SMALL_BOLD, colour=self._look.colour)
        if self._before:
            paper.text(self._look.left, top, self._before.title, style)
        paper.text(self._start, top, one_line(self._words.t.gettext("Description")), style)
        for column, place in zip(self._columns, self._places, strict=True):
            (paper.right if column.right else paper.text)(place, top, column.title, style)
        paper.line(self._look.left, self._look.right, top + HEAD - 1, self._look.colour)

    def carry_height(self) -> float:
        """Of the row with the amount carried over."""
        return BODY.leading + 2 * self._look.padding + 1

    def draw_carry(self, paper: Paper, top: float, label: str, amount: Money) -> None:
        """Draw the amount carried over."""
        top += self._look.padding
        value = self._words.t.amount(amount.cents)
        paper.text(self._start, top, one_line(label), BODY_MUTED)
        paper.right(self._look.right, top, one_line(value), BODY_MUTED)
        below = top + BODY.leading + self._look.padding
        paper.line(self._look.left, self._look.right, below, LINE)

    def blocks(self) -> list[Block]:
        """The rows; the last one is glued to what follows."""
        running = ZERO
        blocks: list[Block] = []
        lines = self._words.document.lines
        for number, line in enumerate(lines):
            running = running if line.mark else running + line.amount
            row = self._row(number, line, running)
            if number == len(lines) - 1:
                row[-1] = replace(row[-1], glued=True)
            blocks += row
        return blocks

    def _row(self, number: int, line: Line, running: Money) -> list[Block]:
        """One line of the document, as one block per line of text."""
        texts: list[tuple[str, Style]] = [
            (text, BODY_BOLD) for text in wrap(line.description, BODY_BOLD, self._room)
        ]
        texts += [(text, SMALL_MUTED) for text in wrap(line.details, SMALL_MUTED, self._room)]
        mark = self._words.mark_of(line)
        texts += [(text, SMALL) for text in wrap(mark, SMALL, self._room)]
        texts = texts or [("", BODY)]
        blocks: list[Block] = []
        for at, (text, style) in enumerate(texts):
            first, last = at == 0, at == len(texts) - 1
            above = self._look.padding if first else 0
            below = self._look.padding + 1 if last else 0
            part = _Part(number if first else None, text, style, above, last)
            draw = partial(self._draw, part)
            near_edge = first or at >= len(texts) - 2
            blocks.append(
                Block(
                    above + style.leading + below,
                    draw,
                    glued=not last and (len(texts) <= _WHOLE or near_edge),
                    carry=running,
                    in_table=True,
                    continues=not first,
                )
            )
        return blocks

    def _draw(self, part: _Part, paper: Paper, top: float) -> None:
        top += part.above
        number = part.number
        paper.text(self._start, top, part.text, part.style)
        if number is not None:
            if self._before:
                paper.text(self._look.left, top, self._before.values[number], self._before.style)
            for column, place in zip(self._columns, self._places, strict=True):
                write = paper.right if column.right else paper.text
                style = BODY_MUTED if self._words.document.lines[number].mark else column.style
                write(place, top, column.values[number], style)
        if part.last:
            below = top + part.style.leading + self._look.padding
            paper.line(self._look.left, self._look.right, below, LINE)


def _natural(line: Line) -> float:
    """Width that the texts of a line would take on one line each."""
    names = (BODY_BOLD.width(row) for row in printable(line.description).split("\n"))
    return max(*names, *(SMALL_MUTED.width(row) for row in printable(line.details).split("\n")))


def _columns(words: Words) -> list[Column]:
    """Every column after the description, as far as this document has them."""
    document, t = words.document, words.t
    lines = document.lines

    def column(title: str, values: Sequence[str], **changes: object) -> Column:
        shown = tuple(one_line(value) for value in values)
        return replace(Column(one_line(title), shown), **changes)  # type: ignore[arg-type] # the fields of Column, by name

    columns = [
        column(t.gettext("Quantity"), [t.price(line.quantity.units) for line in lines]),
        column("", [line.unit for line in lines], right=False, style=BODY_MUTED, gap=_UNIT_GAP),
        column(t.gettext("Price €"), [t.price(line.unit_price.units) for line in lines]),
    ]
    if any(line.discount for line in lines) or "discount" in document.look.columns:
        values = [t.percent(line.discount.points) if line.discount else "" for line in lines]
        columns.append(column(t.gettext("Discount"), values))
    if not document.small_business:
        columns.append(column(t.gettext("VAT"), [words.tax_of(line) for line in lines]))
    amounts = [t.amount(line.amount.cents) for line in lines]
    columns.append(column(t.gettext("Amount €"), amounts))
    return columns


def _code_column(words: Words) -> Column | None:
    """The item codes, before the description, where the business shows them."""
    lines = words.document.lines
    if "item_code" not in words.document.look.columns or not any(line.item_code for line in lines):
        return None
    codes = tuple(one_line(line.item_code)[:20] for line in lines)
    return Column(one_line(words.t.gettext("Item")), codes, right=False, style=BODY_MUTED)
