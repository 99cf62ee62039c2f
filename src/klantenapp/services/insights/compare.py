"""A report beside the same report of the period before."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from klantenapp.i18n import _
from klantenapp.models.values import ZERO, Money, total
from klantenapp.services.insights import reports
from klantenapp.services.insights.revenue import growth, later
from klantenapp.services.insights.table import Column
from klantenapp.services.insights.wanted import period_words

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from klantenapp.services.insights.table import ReportTable, Row
    from klantenapp.services.insights.wanted import Wanted

#: Reports that can be compared: the column that names a row, and the amount that is compared.
COMPARED: Final = {
    "ageing": ("customer_number", "total"),
    "revenue": ("customer_number", "net"),
    "revenue-by-item": ("name", "net"),
    "revenue-by-group": ("name", "net"),
    "vat-return": ("box", "base"),
    "icp": ("vat_id", "total"),
}


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

    Rows that are only in the period before stand at the end with an empty amount. A report that
    cannot be compared, or that has no period before, stays as it is.
    """
    table = reports.make(session, name, wanted)
    earlier = before(wanted)
    if name not in COMPARED or earlier is None:
        return table
    other = reports.make(session, name, earlier)
    keys = [column.key for column in table.columns]
    by, amount = (keys.index(key) for key in COMPARED[name])
    old = {row[by]: row for row in other.rows}
    lines: list[Row] = []
    for row in table.rows:
        previous = _money(old.pop(row[by])[amount]) if row[by] in old else ZERO
        lines.append((*row, previous, growth(_money(row[amount]), previous)))
    gone = [row for row in other.rows if row[by] in old]
    texts = {at for at, column in enumerate(table.columns) if column.kind == "text"}
    for row in gone:
        kept = tuple(cell if at in texts else None for at, cell in enumerate(row))
        lines.append((*kept, _money(row[amount]), None))
    links = (*table.links, *(other.links[other.rows.index(row)] for row in gone if other.links))
    return replace(
        table,
        filters=(*table.filters, (_("Compared with"), _words(earlier))),
        columns=(
            *table.columns,
            Column("previous", _("Before"), "money", in_json=False),
            Column("growth_percent", _("Growth"), "percent", in_json=False),
        ),
        rows=tuple(lines),
        totals=_totals(table, lines, amount),
        links=links if table.links or not table.rows else (),
    )


def _totals(table: ReportTable, lines: list[Row], amount: int) -> Row | None:
    if table.totals is None:
        return None
    previous = total(_money(line[-2]) for line in lines)
    return (*table.totals, previous, growth(_money(table.totals[amount]), previous))


def _money(cell: object) -> Money:
    return cell if isinstance(cell, Money) else ZERO


def _words(wanted: Wanted) -> str:
    if wanted.start is None and wanted.end is None:
        return period_words(None, wanted.as_of)
    return period_words(wanted.start, wanted.end)
