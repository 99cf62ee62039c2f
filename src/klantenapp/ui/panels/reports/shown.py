"""A report on the screen: its rows as rows of a table, and its figures as a chart."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from klantenapp import i18n
from klantenapp.i18n import _
from klantenapp.models.values import Days, Money
from klantenapp.services.insights.table import shown, without_details
from klantenapp.services.insights.wanted import Wanted
from klantenapp.ui.tables.columns import Column
from klantenapp.ui.widgets.chart_data import Bar, of_bars

if TYPE_CHECKING:
    from collections.abc import Sequence

    from klantenapp.services.insights.table import Cell, Link, ReportTable
    from klantenapp.services.insights.table import Column as ReportColumn
    from klantenapp.ui.tables.columns import Kind
    from klantenapp.ui.widgets.chart_data import ChartData

_KINDS: Final[dict[str, Kind]] = {
    "money": "money",
    "price": "price",
    "int": "number",
    "percent": "share",
    "days": "days",
    "quantity": "quantity",
    "date": "date",
}
#: Columns of words, by how much room they take; the first of them names the row.
_WIDE: Final = ("customer", "name", "what", "reasons", "operation", "method", "reason", "period")
_WIDTHS: Final = {
    "item": 84,
    "min_quantity": 96,
    "entry": 90,
    "box": 80,
    "time": 80,
    "hash": 120,
    "reasons": 320,
    "what": 420,
}
#: Bars beside each other at most; periods may be more.
_MOST_BARS, _MOST_PERIODS, _LABELS, _LONGEST = 10, 36, 14, 14
#: Columns that always stay on a narrow screen, from the left.
_STAYING: Final = 4
_STAYING_KEYS: Final = frozenset(
    {"reasons", "suggested_limit", "note", "reason", "item_name", "price", "agreement"}
)
_GOING_KEYS: Final = frozenset(
    {"drafts", "unbilled", "decision", "net_price", "includes_tax", "broken_promises"}
)


@dataclass(frozen=True)
class ReportRow:
    """A row of the report, and what it opens."""

    id: int
    cells: tuple[Cell, ...]
    link: Link | None


def rows(table: ReportTable) -> list[ReportRow]:
    """The rows of a report."""
    table = without_details(table)
    links = table.links or (None,) * len(table.rows)
    return [
        ReportRow(at, cells, link)
        for at, (cells, link) in enumerate(zip(table.rows, links, strict=True))
    ]


def columns(table: ReportTable) -> list[Column]:
    """The columns of a report; a customer's number gives way to the name."""
    table = without_details(table)
    keys = [column.key for column in table.columns]
    has_name = "customer" in keys
    found = [
        _column(at, column, len(keys))
        for at, column in enumerate(table.columns)
        if not (has_name and column.key == "customer_number")
    ]
    if not any(column.stretch for column in found):
        first = next((at for at, each in enumerate(found) if each.kind in {"text", "strong"}), 0)
        found[first] = _stretched(found[first])
    return found


def _column(at: int, column: ReportColumn, count: int) -> Column:
    kind: Kind = _KINDS.get(column.kind, "text")
    naming = column.key in {"customer", "name", "period", "method", "box"}
    stays = at <= _STAYING or at == count - 1 or column.key in _STAYING_KEYS
    return Column(
        column.key,
        title(column),
        "strong" if naming else kind,
        width=_WIDTHS.get(column.key, 150 if column.kind == "text" else 0) or _width(column),
        sort=column.key,
        descending=column.kind not in {"text", "date"},
        stretch=column.key in _WIDE,
        priority=0 if stays and column.key not in _GOING_KEYS else at,
        value=partial(_value, at),
    )


def _width(column: ReportColumn) -> int:
    """Room for the words above a column of figures."""
    return max(104, 24 + 7 * len(title(column)))


def _stretched(column: Column) -> Column:
    return replace(column, stretch=True)


def _value(at: int, row: ReportRow) -> Any:
    """A cell for the table; an amount of nothing is a dash."""
    cell = row.cells[at]
    if isinstance(cell, Money) and not cell:
        return None
    return cell


def title(column: ReportColumn) -> str:
    """Words above a column; amounts carry the euro sign there."""
    return f"{column.title} €" if column.kind in {"money", "price"} else column.title


def total_of(table: ReportTable, key: str) -> str:
    """The total of a column in words, or ""."""
    if table.totals is None:
        return ""
    at = next(at for at, column in enumerate(table.columns) if column.key == key)
    return shown(table.totals[at])


# --- charts --------------------------------------------------------------------------------------


def chart(table: ReportTable) -> ChartData | None:
    """The column that is meant for a chart, as bars; None where there is none or nothing."""
    at = next((at for at, column in enumerate(table.columns) if column.chart), None)
    if at is None or not table.rows:
        return None
    column = table.columns[at]
    by_period = table.columns[0].key in {"period", "from"}
    most = _MOST_PERIODS if by_period else _MOST_BARS
    picked = table.rows[-most:] if by_period else table.rows[:most]
    links = table.links or (None,) * len(table.rows)
    links = links[-most:] if by_period else links[:most]
    named = _name_at(table)
    light = _place(table, "uncertain")
    before = _place(table, "year_before", "previous")
    every = max(1, -(-len(picked) // _LABELS)) if by_period else 1
    bars = [
        Bar(
            _label(row[named], links[line], by_period=by_period) if line % every == 0 else "",
            _size(row[at]),
            soft=_size(row[light]) if light is not None else 0,
            before=_size(row[before]) if before is not None and row[before] is not None else None,
            tip=_tip(table, row),
        )
        for line, row in enumerate(picked)
    ]
    heads = [title(each) for each in table.columns]
    texts = [[shown(cell) for cell in row] for row in picked]
    money = column.kind == "money"
    return of_bars(bars, f"{table.title}: {column.title}", heads, texts, money=money)


def _name_at(table: ReportTable) -> int:
    found = _place(table, "customer", "name")
    return found if found is not None else 0


def _place(table: ReportTable, *keys: str) -> int | None:
    return next((at for at, each in enumerate(table.columns) if each.key in keys), None)


def _label(cell: Cell, link: Link | None, *, by_period: bool) -> str:
    """Short words below a bar: "30-11", "sep 26", the beginning of a name."""
    text = shown(cell)
    if by_period and isinstance(cell, dt.date):
        return text[: len("30-11")]
    if by_period:
        name, _space, year = text.rpartition(" ")
        if len(name) > len("Q4") and isinstance(link, Wanted) and link.start is not None:
            name = i18n.short_month(link.start).rstrip(".")
        return f"{name} {year[-2:]}"
    if len(text) > _LONGEST:
        return text[: _LONGEST - 1].rstrip() + "…"
    return text


def _size(cell: Cell) -> int:
    match cell:
        case Money(cents):
            return cents
        case Days(hundredths):
            return round(hundredths / 100)
        case int():
            return cell
        case _:
            return 0


def _tip(table: ReportTable, row: Sequence[Cell]) -> str:
    """Every figure of a row in words."""
    named = _name_at(table)
    lines = [shown(row[named])]
    for column, cell in zip(table.columns, row, strict=True):
        if column.kind not in {"text", "date"} and cell is not None:
            text = i18n.money(cell.cents) if isinstance(cell, Money) else shown(cell)
            lines.append(_("{title}: {value}").format(title=column.title, value=text))
    return "\n".join(lines)
