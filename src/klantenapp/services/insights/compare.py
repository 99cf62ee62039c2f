"""A report beside the same report of the period before."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from klantenapp import i18n
from klantenapp.i18n import _
from klantenapp.models.values import ZERO, Days, Money
from klantenapp.services.insights import reports
from klantenapp.services.insights.revenue import growth, later
from klantenapp.services.insights.table import Column, figure, shown
from klantenapp.services.insights.wanted import period_words

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from klantenapp.services.insights.table import Cell, ReportTable, Row
    from klantenapp.services.insights.wanted import Wanted

#: Reports that are compared row by row: the column that names a row, and what is compared.
ROWS: Final = {
    "ageing": ("customer_number", "total"),
    "revenue": ("customer_number", "net"),
    "revenue-by-item": ("name", "net"),
    "revenue-by-group": ("name", "net"),
    "vat-return": ("box", "base"),
    "icp": ("vat_id", "total"),
    "payment-behaviour": ("customer_number", "mean_days_to_pay"),
}
#: Reports whose rows are there once: their total is compared.
TOTALS: Final = {
    "documents": "net",
    "open-invoices": "open",
    "cash-forecast": "expected",
    "quotes": "net",
    "reminders": "paid",
    "untaxed": "base",
    "write-offs": "amount",
    "quiet-customers": "revenue",
}
#: By month and by quarter a year ago stands beside it always.
COMPARED: Final = frozenset((*ROWS, *TOTALS))


def before(wanted: Wanted) -> Wanted | None:
    """The period before, as long as this one; of a day the same day of the month before.

    A period of whole months goes back as many months; None where it has no start or end.
    """
    if wanted.start is None and wanted.end is None:
        first = later(wanted.as_of.replace(day=1), -1)
        last = later(first, 1) - dt.timedelta(days=1)
        return replace(wanted, as_of=first.replace(day=min(wanted.as_of.day, last.day)))
    if wanted.start is None or wanted.end is None:
        return None
    after = wanted.end + dt.timedelta(days=1)
    if wanted.start.day == 1 and after.day == 1:
        months = (after.year - wanted.start.year) * 12 + after.month - wanted.start.month
        start = later(wanted.start, -months)
    else:
        start = wanted.start - (after - wanted.start)
    return replace(wanted, start=start, end=wanted.start - dt.timedelta(days=1))


def with_previous(session: Session, name: str, wanted: Wanted) -> ReportTable:
    """The report with two columns more: the amount of the period before, and the growth.

    Rows that are only in the period before stand at the end with an empty amount. Of a report
    whose rows are there once, the totals are compared. A report that cannot be compared, or that
    has no period before, stays as it is.
    """
    table = reports.make(session, name, wanted)
    earlier = before(wanted)
    if name not in COMPARED or earlier is None:
        return table
    # What looks from a day looks from the end of the period before.
    if earlier.end is not None and earlier.end < earlier.as_of:
        earlier = replace(earlier, as_of=earlier.end)
    other = reports.make(session, name, earlier)
    if name in TOTALS:
        return _with_total(table, other, TOTALS[name], _words(earlier))
    keys = [column.key for column in table.columns]
    by, amount = (keys.index(key) for key in ROWS[name])
    in_days = table.columns[amount].kind == "days"
    old = {row[by]: row for row in other.rows}
    lines: list[Row] = []
    for row in table.rows:
        previous = old.pop(row[by])[amount] if row[by] in old else None
        lines.append((*row, *_compared(row[amount], previous, in_days=in_days)))
    gone = [row for row in other.rows if row[by] in old]
    texts = {at for at, column in enumerate(table.columns) if column.kind == "text"}
    for row in gone:
        kept = tuple(cell if at in texts else None for at, cell in enumerate(row))
        lines.append((*kept, row[amount], None))
    links = (*table.links, *(other.links[other.rows.index(row)] for row in gone if other.links))
    return replace(
        table,
        filters=(*table.filters, (_("Compared with"), _words(earlier))),
        columns=(
            *table.columns,
            Column("previous", _("Before"), "days" if in_days else "money"),
            Column("difference_days", _("Difference"), "days")
            if in_days
            else Column("growth_percent", _("Growth"), "percent"),
        ),
        rows=tuple(lines),
        totals=_totals(table, other, amount, in_days=in_days),
        links=links if table.links or not table.rows else (),
    )


def _with_total(table: ReportTable, other: ReportTable, key: str, period: str) -> ReportTable:
    """The report with the total of the period before, and the growth, beside it."""
    at = next(at for at, column in enumerate(table.columns) if column.key == key)
    now, then = (_money(each.totals[at] if each.totals else None) for each in (table, other))
    grown = growth(now, then)
    title = table.columns[at].title
    label = _("{title}, before").format(title=title)
    figures = [figure(f"{key}_before", label, i18n.money(then.cents), then)]
    if grown is not None:
        figures.append(figure("growth_percent", _("Growth"), shown(grown), grown))
    return replace(
        table,
        filters=(*table.filters, (_("Compared with"), period)),
        figures=(*table.figures, *figures),
    )


def _compared(now: Cell, previous: Cell, *, in_days: bool) -> tuple[Cell, Cell]:
    """What was before, and the growth or the difference in days."""
    if in_days:
        if isinstance(now, Days) and isinstance(previous, Days):
            return previous, Days(now.hundredths - previous.hundredths)
        return previous, None
    return _money(previous), growth(_money(now), _money(previous))


def _totals(table: ReportTable, other: ReportTable, amount: int, *, in_days: bool) -> Row | None:
    if table.totals is None or other.totals is None:
        return None
    return (
        *table.totals,
        *_compared(table.totals[amount], other.totals[amount], in_days=in_days),
    )


def _money(cell: object) -> Money:
    return cell if isinstance(cell, Money) else ZERO


def _words(wanted: Wanted) -> str:
    if wanted.start is None and wanted.end is None:
        return period_words(None, wanted.as_of)
    return period_words(wanted.start, wanted.end)
