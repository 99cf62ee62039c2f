"""Schedules as people see them: next date in words, what was made last, what it comes to."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from klantenapp.models.customer import Customer
from klantenapp.models.document import Document, Recurring, RecurringRun
from klantenapp.models.values import Money, total
from klantenapp.services.sales import recurring, schedule
from klantenapp.services.store import search

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True)
class ScheduleRow:
    """One schedule in the list.

    Attributes:
        next_date: None while paused without end, stopped or run out.
        amount: with tax, at today's prices.
        last_date, last_number: of the last run that made a document.
        problem: name of the failure of a run that could not be made.
        soon: sum of what falls in the next thirty days.
    """

    id: int
    customer_id: int
    customer: str
    name: str
    every: int
    unit: str
    day: int | None
    next_date: dt.date | None
    amount: Money
    last_date: dt.date | None
    last_number: str | None
    state: str
    paused_until: dt.date | None
    problem: str | None
    soon: Money


def rows(session: Session, today: dt.date, text: str = "") -> list[ScheduleRow]:
    """Every schedule, the next date first; those without one last."""
    query = (
        select(Recurring, Customer.name)
        .join(Customer, Customer.id == Recurring.customer_id)
        .where(*search.contains(Customer.search, text))
    )
    found = [_row(session, row, customer, today) for row, customer in session.execute(query)]
    return sorted(found, key=lambda each: (each.next_date or dt.date.max, each.id))


def _row(session: Session, row: Recurring, customer: str, today: dt.date) -> ScheduleRow:
    data = recurring.read(session, row.id)
    runs = session.execute(
        select(RecurringRun.state, RecurringRun.planned_date, RecurringRun.problem, Document.number)
        .outerjoin(Document, Document.id == RecurringRun.document_id)
        .where(RecurringRun.recurring_id == row.id)
        .order_by(RecurringRun.planned_date)
    ).all()
    made = [run for run in runs if run.state == "made"]
    failed = [run for run in runs if run.state == "failed"]
    done = {run.planned_date for run in runs if run.state != "failed"}
    running = row.state == "active" or row.paused_until is not None
    dates = [] if not running else _coming(data.rule, row, done, today)
    amount = recurring.amount(session, row.id, today)
    month = today + dt.timedelta(days=30)
    soon = [amount for day in dates if day <= month]
    return ScheduleRow(
        id=row.id,
        customer_id=row.customer_id,
        customer=customer,
        name=row.name,
        every=row.every,
        unit=row.unit,
        day=row.day_of_month or row.first_date.day,
        next_date=dates[0] if dates else None,
        amount=amount,
        last_date=made[-1].planned_date if made else None,
        last_number=made[-1].number if made else None,
        state=row.state,
        paused_until=row.paused_until,
        problem=failed[-1].problem if failed else None,
        soon=total(soon) if row.state == "active" else Money(0),
    )


def _coming(
    rule: schedule.Rule, row: Recurring, done: set[dt.date], today: dt.date
) -> list[dt.date]:
    """The next dates that were not made: the missed ones, and those of the coming month."""
    start = min(today, row.paused_until or today)
    found = [
        each.date
        for each in schedule.after(rule, start - schedule.DAY, 40)
        if each.planned not in done
    ]
    if row.paused_until is not None:
        return [day for day in found if day >= row.paused_until]
    missed = [
        each.date
        for each in schedule.between(rule, row.first_date, today - schedule.DAY)
        if each.planned not in done
    ]
    return missed + found
