"""Revenue: what was invoiced without tax, by customer, item, group, month or quarter."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Integer, case, func, select, type_coerce

from klantenapp import i18n
from klantenapp.i18n import _
from klantenapp.models.catalogue import Item, ItemGroup
from klantenapp.models.customer import Customer
from klantenapp.models.document import Document, DocumentLine
from klantenapp.models.values import WHOLE, Money, Percent, divide_half_up, total
from klantenapp.services.insights.table import Column, ReportTable, Word
from klantenapp.services.insights.wanted import told

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from klantenapp.services.insights.table import Row
    from klantenapp.services.insights.wanted import Wanted

NAME: Final = "revenue"
_MONTHS: Final = 12


@dataclass(frozen=True)
class RevenueRow:
    """Revenue of one customer, item, group or period.

    Attributes:
        id: of the customer; None for what has none.
        documents: invoices and credit notes in it.
        net: without tax, credit notes deducted.
    """

    id: int | None
    code: str
    name: str
    documents: int
    net: Money


def by_customer(session: Session, wanted: Wanted) -> list[RevenueRow]:
    """Per customer, the largest first; customers without a document are left out."""
    query = (
        select(Customer.id, Customer.number, Customer.name, func.count(), _net())
        .join(Document, Document.customer_id == Customer.id)
        .where(*counted(wanted))
        .group_by(Customer.id)
        .order_by(_net().desc(), Customer.number)
    )
    return [
        RevenueRow(row[0], row[1], row[2], row[3], Money(row[4])) for row in session.execute(query)
    ]


def by_month(session: Session, wanted: Wanted) -> dict[dt.date, RevenueRow]:
    """Per month that has a document, by its first day."""
    month = func.substr(Document.date, 1, 7)
    query = (
        select(month, func.count(), _net()).where(*counted(wanted)).group_by(month).order_by(month)
    )
    return {
        (first := dt.date.fromisoformat(f"{text}-01")): RevenueRow(
            None, text, i18n.month(first), count, Money(net)
        )
        for text, count, net in session.execute(query)
    }


def by_item(session: Session, wanted: Wanted, *, grouped: bool = False) -> list[RevenueRow]:
    """Per item or group of items, the largest first.

    Lines without an item stand together; discounts on whole documents, which belong to no line,
    are a row of their own, so that the total is that of every other revenue report.
    """
    key: Any = ItemGroup if grouped else Item
    code: Any = ItemGroup.name if grouped else Item.code
    signed = case(
        (Document.kind == "credit_note", -type_coerce(DocumentLine.net, Integer)),
        else_=type_coerce(DocumentLine.net, Integer),
    )
    query = (
        select(key.id, code, key.name, func.count(func.distinct(Document.id)), func.sum(signed))
        .select_from(DocumentLine)
        .join(Document, Document.id == DocumentLine.document_id)
        .outerjoin(Item, Item.id == DocumentLine.item_id)
        .outerjoin(ItemGroup, ItemGroup.id == Item.item_group_id)
        .where(*counted(wanted))
        .group_by(key.id)
        .order_by(func.sum(signed).desc(), code)
    )
    without = Word(_("Without group") if grouped else _("Without item"), "")
    found = [
        RevenueRow(id_, "" if grouped else code or "", named or without, count, Money(net))
        for id_, code, named, count, net in session.execute(query)
    ]
    whole = session.scalar(select(_net()).where(*counted(wanted))) or 0
    rest = Money(whole) - total(row.net for row in found)
    if rest:
        found.append(
            RevenueRow(None, "", Word(_("Discounts on whole documents"), "discount"), 0, rest)
        )
    return found


def _net() -> Any:
    cents = type_coerce(Document.net_total, Integer)
    return func.sum(case((Document.kind == "credit_note", -cents), else_=cents))


def counted(wanted: Wanted) -> list[Any]:
    """Which documents count: issued invoices and credit notes, also those that were imported."""
    found: list[Any] = [
        Document.state == "issued",
        Document.kind.in_(("invoice", "credit_note")),
        *wanted.within(Document.date),
        *wanted.of(Document.customer_id),
    ]
    return found


# --- as tables ---------------------------------------------------------------------------------


def _basis() -> str:
    return _("Without tax, by invoice date, credit notes deducted; imported documents count.")


def share(part: Money, whole: Money) -> Percent | None:
    """What part of a whole it is; None of nothing."""
    if not whole:
        return None
    return Percent(divide_half_up(part.cents * WHOLE, whole.cents))


def growth(now: Money, before: Money) -> Percent | None:
    """By how much it grew since the period before; None where that had nothing or less."""
    return share(now - before, before) if before.cents > 0 else None


def report(session: Session, wanted: Wanted) -> ReportTable:
    """Revenue by customer, with each one's share and the share of the largest together (Pareto)."""
    found = by_customer(session, wanted)
    whole = total(row.net for row in found)
    lines: list[Row] = []
    running = Money(0)
    for row in found:
        running += row.net
        lines.append(
            (
                row.code,
                row.name,
                row.documents,
                row.net,
                share(row.net, whole),
                share(running, whole),
            )
        )
    return ReportTable(
        NAME,
        _("Revenue by customer"),
        _basis(),
        told(session, wanted, period=True),
        (
            Column("customer_number", _("Number")),
            Column("customer", _("Customer")),
            Column("documents", _("Documents"), "int"),
            Column("net", _("Revenue"), "money", chart=True),
            Column("share_percent", _("Share"), "percent"),
            Column("cumulative_percent", _("Cumulative"), "percent", in_json=False),
        ),
        tuple(lines),
        (
            _("Total"),
            None,
            sum(row.documents for row in found),
            whole,
            share(whole, whole),
            None,
        ),
        tuple(("customer", row.id) if row.id is not None else None for row in found),
        total_link=wanted,
    )


def report_by_item(session: Session, wanted: Wanted) -> ReportTable:
    """Revenue by item."""
    return _by_item(session, wanted, "revenue-by-item", _("Revenue by item"), grouped=False)


def report_by_group(session: Session, wanted: Wanted) -> ReportTable:
    """Revenue by group of items."""
    return _by_item(session, wanted, "revenue-by-group", _("Revenue by item group"), grouped=True)


def _by_item(
    session: Session, wanted: Wanted, name: str, title: str, *, grouped: bool
) -> ReportTable:
    found = by_item(session, wanted, grouped=grouped)
    whole = total(row.net for row in found)
    code = () if grouped else (Column("item", _("Code")),)
    columns = (
        *code,
        Column("name", _("Group") if grouped else _("Item")),
        Column("documents", _("Documents"), "int"),
        Column("net", _("Revenue"), "money", chart=True),
        Column("share_percent", _("Share"), "percent"),
    )
    skip = len(code)
    lines = tuple(
        (row.code, row.name, row.documents, row.net, share(row.net, whole))[1 - skip :]
        for row in found
    )
    sums: Row = (_("Total"), None, None, whole, share(whole, whole))
    if grouped:
        sums = (_("Total"), *sums[2:])
    part = "item_group" if grouped else "item"
    return ReportTable(
        name,
        title,
        _basis(),
        told(session, wanted, period=True),
        columns,
        lines,
        sums,
        tuple(
            replace(wanted, part=(part, row.id) if row.documents else ("whole", None))
            for row in found
        ),
        total_link=wanted,
    )


def report_by_month(session: Session, wanted: Wanted) -> ReportTable:
    """Revenue by month, beside the same month a year before."""
    return _by_period(session, wanted, "revenue-by-month", _("Revenue by month"), 1)


def report_by_quarter(session: Session, wanted: Wanted) -> ReportTable:
    """Revenue by quarter, beside the same quarter a year before."""
    return _by_period(session, wanted, "revenue-by-quarter", _("Revenue by quarter"), 3)


def _by_period(session: Session, wanted: Wanted, name: str, title: str, months: int) -> ReportTable:
    every = replace(wanted, start=None, end=None)
    # A period that begins or ends inside a month counts that month as far as it goes.
    found = grouped_months(by_month(session, wanted), months)
    before = grouped_months(by_month(session, every), months)
    lines: list[Row] = []
    before_all: list[Money] = []
    for first, (count, net) in found.items():
        year_ago = before.get(later(first, -_MONTHS))
        before_net = year_ago[1] if year_ago is not None else None
        grown = growth(net, before_net) if before_net is not None else None
        before_all += [before_net] if before_net is not None else []
        lines.append((period_name(first, months), count, net, before_net, grown))
    return ReportTable(
        name,
        title,
        _basis(),
        told(session, wanted, period=True),
        (
            Column("period", _("Month") if months == 1 else _("Quarter")),
            Column("documents", _("Documents"), "int"),
            Column("net", _("Revenue"), "money", chart=True),
            Column("year_before", _("Year before"), "money"),
            Column("growth_percent", _("Growth"), "percent"),
        ),
        tuple(lines),
        (
            _("Total"),
            sum(count for count, _net in found.values()),
            total(net for _count, net in found.values()),
            total(before_all),
            growth(total(net for _count, net in found.values()), total(before_all))
            if len(before_all) == len(found)
            else None,
        ),
        tuple(_inside(wanted, first, months) for first in found),
        total_link=wanted,
    )


def _inside(wanted: Wanted, first: dt.date, months: int) -> Wanted:
    """The same question for so many months alone, as far as they lie in its own period."""
    last = later(first, months) - dt.timedelta(days=1)
    start = max(first, wanted.start) if wanted.start is not None else first
    end = min(last, wanted.end) if wanted.end is not None else last
    return replace(wanted, start=start, end=end)


def grouped_months(
    months: dict[dt.date, RevenueRow], size: int
) -> dict[dt.date, tuple[int, Money]]:
    """Months put together in groups of so many; months between without revenue are there too."""
    if not months:
        return {}
    sums: dict[dt.date, tuple[int, Money]] = {}
    day, last = _first(min(months), size), max(months)
    while day <= last:
        sums[day] = (0, Money(0))
        day = later(day, size)
    for first, row in months.items():
        key = _first(first, size)
        count, net = sums[key]
        sums[key] = (count + row.documents, net + row.net)
    return sums


def _first(day: dt.date, size: int) -> dt.date:
    return dt.date(day.year, (day.month - 1) // size * size + 1, 1)


def later(day: dt.date, months: int) -> dt.date:
    """The first of the month so many months later; earlier where it is negative."""
    number = day.year * _MONTHS + day.month - 1 + months
    return dt.date(number // _MONTHS, number % _MONTHS + 1, 1)


def period_name(first: dt.date, months: int) -> Word:
    """A month or a quarter in words: "november 2026" (2026-11), "Q4 2026" (2026-Q4)."""
    if months == 1:
        return Word(i18n.month(first), f"{first:%Y-%m}")
    quarter = (first.month + 2) // 3
    words = _("Q{quarter} {year}").format(quarter=quarter, year=first.year)
    return Word(words, f"{first.year}-Q{quarter}")
