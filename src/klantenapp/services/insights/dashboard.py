"""What the first screen shows of revenue and of money to come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select

from klantenapp.models.document import Document
from klantenapp.models.values import ZERO, total
from klantenapp.services.insights import forecast, revenue
from klantenapp.services.insights.wanted import Wanted

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy.orm import Session

    from klantenapp.models.values import Money, Percent
    from klantenapp.services.insights.forecast import Week

MONTHS: Final = 12
WEEKS: Final = 8


@dataclass(frozen=True)
class MonthRevenue:
    """Revenue of a month beside that of the same month a year before; running is this month.

    Attributes:
        before: None where the business had not begun yet.
    """

    first: dt.date
    net: Money
    before: Money | None
    running: bool


@dataclass(frozen=True)
class Dashboard:
    """Revenue of twelve months and receipts of eight weeks.

    Attributes:
        months: from eleven months ago through this one.
        revenue: of those twelve.
        growth: against the twelve before, up to the same day a year ago; None where the
            business had not begun by then.
        weeks: from this one.
        expected: in those weeks, not overdue; uncertain: of overdue invoices, whenever it comes.
    """

    months: tuple[MonthRevenue, ...]
    revenue: Money
    growth: Percent | None
    weeks: tuple[Week, ...]
    expected: Money
    uncertain: Money


def dashboard(session: Session, today: dt.date) -> Dashboard:
    """Everything of the two charts."""
    first = revenue.later(today.replace(day=1), 1 - MONTHS)
    earlier = revenue.later(first, -MONTHS)
    by_month = revenue.by_month(session, Wanted(as_of=today, start=earlier))
    begun = _first_month(session)
    months = []
    for at in range(MONTHS):
        month = revenue.later(first, at)
        year_ago = by_month.get(revenue.later(month, -MONTHS))
        before = year_ago.net if year_ago is not None else ZERO
        net = by_month[month].net if month in by_month else ZERO
        running = month == today.replace(day=1)
        existed = begun is not None and begun <= revenue.later(month, -MONTHS)
        months.append(MonthRevenue(month, net, before if existed else None, running))
    now = total(month.net for month in months)
    whole = begun is not None and begun <= earlier
    before_all = _year_before(session, earlier, today) if whole else ZERO
    found = forecast.forecast(session, Wanted(as_of=today), WEEKS)
    return Dashboard(
        tuple(months),
        now,
        revenue.growth(now, before_all),
        found.weeks,
        total(week.expected for week in found.weeks),
        found.overdue,
    )


def _first_month(session: Session) -> dt.date | None:
    """The month of the first invoice of all."""
    day = session.scalar(
        select(func.min(Document.date)).where(
            Document.state == "issued", Document.kind == "invoice"
        )
    )
    return day.replace(day=1) if day is not None else None


def _year_before(session: Session, start: dt.date, today: dt.date) -> Money:
    """Revenue of the twelve months before, through the same day of a year ago."""
    last = revenue.later(today.replace(day=1), -MONTHS)
    length = (revenue.later(last, 1) - last).days
    end = last.replace(day=min(today.day, length))
    rows = revenue.by_month(session, Wanted(as_of=today, start=start, end=end))
    return total(row.net for row in rows.values())
