"""Why a recurring invoice cannot be made now, and what a schedule produced."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from klantenapp.models.document import Document, RecurringRun
from klantenapp.services.errors.base import Invalid
from klantenapp.services.errors.mail import AddressMissing, SenderMissing
from klantenapp.services.messages import drafting
from klantenapp.services.sales import recurring, validating
from klantenapp.services.sales.calculating import calculate

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy.orm import Session

    from klantenapp.models.values import Money, Percent, Quantity
    from klantenapp.services.errors.base import Refusal
    from klantenapp.services.sales.recurring_data import RecurringData
    from klantenapp.services.sales.schedule import Occurrence


@dataclass(frozen=True)
class PlannedLine:
    """A line as it would be invoiced now."""

    description: str
    quantity: Quantity
    amount: Money


@dataclass(frozen=True)
class Coming:
    """A date that comes, with what it would come to at the prices of that day."""

    occurrence: Occurrence
    amount: Money


@dataclass(frozen=True)
class ScheduleView:
    """A schedule whole, for the panel beside the list.

    Attributes:
        taxes: rate and tax of each rate.
        problem: why the failed date cannot be made now; None where nothing stands in the way.
        made: the documents that it produced, newest first: id, number and whether a draft.
    """

    data: RecurringData
    lines: tuple[PlannedLine, ...]
    taxes: tuple[tuple[Percent | None, Money], ...]
    total: Money
    coming: tuple[Coming, ...]
    problem: Refusal | None
    made: tuple[tuple[int, str | None, bool], ...]


def view(session: Session, recurring_id: int, day: dt.date, *, failed: bool) -> ScheduleView:
    """Everything about a schedule.

    Args:
        day: the next dates are from this day on.
        failed: a date could not be made: look why.

    Raises:
        NotFound.
    """
    data = recurring.read(session, recurring_id)
    found = calculate(session, recurring.draft_of(session, data, day))
    return ScheduleView(
        data,
        tuple(
            PlannedLine(line.description, line.typed.quantity, line.amount) for line in found.lines
        ),
        tuple((rate.percent, rate.tax) for rate in found.totals.rates),
        found.totals.total,
        tuple(
            Coming(each, recurring.amount(session, recurring_id, each.planned))
            for each in recurring.upcoming(session, recurring_id, day)
        ),
        obstacle(session, data) if failed else None,
        made(session, recurring_id),
    )


def obstacle(session: Session, data: RecurringData) -> Refusal | None:
    """What stands in the way of the first failed date; None where it can be made now."""
    draft = recurring.draft_of(session, data, data.first_date)
    if data.mode != "draft":
        found = validating.problems(session, "invoice", draft, calculate(session, draft))
        if found:
            return Invalid(tuple(found))
    if data.mode == "send":
        if drafting.sender(session) is None:
            return SenderMissing()
        if not drafting.recipients(session, data.customer_id, "invoices"):
            return AddressMissing()
    return None


def made(session: Session, recurring_id: int) -> tuple[tuple[int, str | None, bool], ...]:
    """The documents of a schedule, newest first: id, number, whether it is a draft."""
    rows = session.execute(
        select(Document.id, Document.number, Document.state)
        .join(RecurringRun, RecurringRun.document_id == Document.id)
        .where(RecurringRun.recurring_id == recurring_id)
        .order_by(RecurringRun.planned_date.desc())
    )
    return tuple((row.id, row.number, row.state == "draft") for row in rows)
