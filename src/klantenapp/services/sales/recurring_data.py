"""What a schedule of recurring invoices holds, as filled in and as due."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from klantenapp.models.values import ONE
from klantenapp.services.sales import schedule

if TYPE_CHECKING:
    import datetime as dt

    from klantenapp.models.values import Percent, Quantity, UnitPrice


@dataclass(frozen=True, kw_only=True)
class LineData:
    """A line of each invoice; without a price it is priced by agreement each time."""

    item_id: int | None = None
    description: str = ""
    details: str | None = None
    quantity: Quantity = ONE
    unit: str | None = None
    unit_price: UnitPrice | None = None
    discount: Percent | None = None
    tax_code_id: int | None = None
    nature: str = "service"


@dataclass(frozen=True, kw_only=True)
class RecurringData:
    """A schedule as filled in; see `models.document.Recurring` for the words."""

    customer_id: int
    name: str
    first_date: dt.date
    every: int = 1
    unit: str = "month"
    day_of_month: int | None = None
    weekend: str = "keep"
    end_date: dt.date | None = None
    count: int | None = None
    days_ahead: int = 0
    mode: str = "draft"
    period: str = "this"
    period_text: str | None = None
    payment_term_id: int | None = None
    payment_method_id: int | None = None
    price_list_id: int | None = None
    customer_reference: str | None = None
    intro: str | None = None
    closing: str | None = None
    lines: tuple[LineData, ...] = ()

    @property
    def rule(self) -> schedule.Rule:
        """When it is due."""
        return schedule.Rule(
            first=self.first_date,
            every=self.every,
            unit=schedule.Unit(self.unit),
            day_of_month=self.day_of_month if self.unit != "week" else None,
            weekend=schedule.Weekend(self.weekend),
            end=self.end_date,
            count=self.count,
        )


@dataclass(frozen=True)
class Due:
    """A date for which an invoice has to be made.

    Attributes:
        missed: it lies before today.
    """

    recurring_id: int
    name: str
    customer: str
    planned: dt.date
    date: dt.date
    mode: str
    missed: bool
