"""Recurring invoices: a schedule with lines, priced anew each time, made once per date.

What was missed while the program was closed is made with today's date, its own supply period and
that period's tax rate, and only after asking.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import fields
from itertools import takewhile
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from klantenapp.models.customer import Customer
from klantenapp.models.document import Recurring, RecurringLine, RecurringRun
from klantenapp.services.customers import terms
from klantenapp.services.errors.base import NotFound
from klantenapp.services.errors.sales import (
    AlreadyMade,
    EveryTooSmall,
    NoCustomer,
    NoLines,
    PauseInPast,
    ScheduleEmpty,
    ScheduleStopped,
)
from klantenapp.services.messages import drafting, outbox
from klantenapp.services.sales import drafts, issuing, period_text, schedule
from klantenapp.services.sales.calculating import calculate
from klantenapp.services.sales.inputs import DraftInput, LineInput
from klantenapp.services.sales.recurring_data import Due, LineData, RecurringData
from klantenapp.services.store import clock
from klantenapp.services.store.operations import FINAL, REVERSIBLE, register

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from klantenapp.models.values import Money

ADD: Final = register("recurring.add", REVERSIBLE)
CHANGE: Final = register("recurring.change", REVERSIBLE)
PAUSE: Final = register("recurring.pause", REVERSIBLE)
RESUME: Final = register("recurring.resume", REVERSIBLE)
STOP: Final = register("recurring.stop", REVERSIBLE)
SKIP: Final = register("recurring.skip", REVERSIBLE)
MAKE: Final = register("recurring.make", REVERSIBLE)
MAKE_FINAL: Final = register("recurring.make_final", FINAL)
NOTE_FAILURE: Final = register("recurring.note_failure", FINAL)

#: `Recurring.resume_rule` where what falls in a pause is made afterwards.
CATCH_UP: Final = "catch_up"

_COLUMNS: Final = tuple(field.name for field in fields(RecurringData) if field.name != "lines")
_LINE_COLUMNS: Final = tuple(field.name for field in fields(LineData))


def add(session: Session, data: RecurringData) -> int:
    """Add a schedule.

    Returns:
        Its id.

    Raises:
        NoCustomer, NoLines, EveryTooSmall, ScheduleEmpty, UnknownPlaceholder: at their field.
    """
    _require_usable(session, data)
    row = Recurring(**{name: getattr(data, name) for name in _COLUMNS})
    session.add(row)
    session.flush()
    _store_lines(session, row.id, data.lines)
    return row.id


def change(session: Session, recurring_id: int, data: RecurringData) -> None:
    """Change a schedule; what was made stays as it is."""
    _require_usable(session, data)
    row = get(session, recurring_id)
    for name in _COLUMNS:
        setattr(row, name, getattr(data, name))
    for line in _lines(session, recurring_id):
        session.delete(line)
    session.flush()
    _store_lines(session, recurring_id, data.lines)


def read(session: Session, recurring_id: int) -> RecurringData:
    """A schedule as filled in."""
    row = get(session, recurring_id)
    lines = tuple(
        LineData(**{name: getattr(line, name) for name in _LINE_COLUMNS})
        for line in _lines(session, recurring_id)
    )
    return RecurringData(**{name: getattr(row, name) for name in _COLUMNS}, lines=lines)


def get(session: Session, recurring_id: int) -> Recurring:
    """The schedule by id.

    Raises:
        NotFound.
    """
    row = session.get(Recurring, recurring_id)
    if row is None:
        raise NotFound("recurring", str(recurring_id))
    return row


def all_ids(session: Session) -> Sequence[int]:
    """Every schedule that was not stopped."""
    return session.scalars(
        select(Recurring.id).where(Recurring.state != "stopped").order_by(Recurring.id)
    ).all()


def pause(
    session: Session, recurring_id: int, until: dt.date | None = None, *, catch_up: bool = False
) -> None:
    """Make nothing until a day, or until it is resumed.

    Args:
        until: it resumes by itself on that day.
        catch_up: what falls in the pause is made afterwards; else it is passed over.

    Raises:
        ScheduleStopped.
        PauseInPast: it would end before it begins.
    """
    row = get(session, recurring_id)
    _require_running(row)
    if until is not None and until <= clock.today():
        raise PauseInPast(until)
    row.state, row.paused_until = "paused", until
    row.resume_rule = CATCH_UP if catch_up else None


def resume(session: Session, recurring_id: int, *, catch_up: bool | None = None) -> None:
    """Go on; what fell in the pause is skipped, or made after all.

    Args:
        catch_up: make what was passed over; None is what was chosen at the pause.
    """
    row = get(session, recurring_id)
    makes_up = row.resume_rule == CATCH_UP if catch_up is None else catch_up
    missed = [] if makes_up else _open_dates(session, row, clock.today())
    row.state, row.paused_until, row.resume_rule = "active", None, None
    for each in missed:
        if each.date < clock.today():
            _run(session, row.id, each.planned, "skipped")


def stop(session: Session, recurring_id: int) -> None:
    """Make nothing any more."""
    get(session, recurring_id).state = "stopped"


def skip(session: Session, recurring_id: int, planned: dt.date) -> None:
    """Pass over one date.

    Raises:
        AlreadyMade: it was made or skipped before.
    """
    _require_new(session, recurring_id, planned)
    _run(session, recurring_id, planned, "skipped")


def due(session: Session, as_of: dt.date) -> list[Due]:
    """Everything that has to be made by a day, oldest first."""
    rows = session.execute(
        select(Recurring, Customer.name)
        .join(Customer, Customer.id == Recurring.customer_id)
        .where(Recurring.state != "stopped")
        .order_by(Recurring.id)
    ).all()
    today = clock.today()
    found = [
        Due(row.id, row.name, customer, each.planned, each.date, row.mode, each.date < today)
        for row, customer in rows
        if _is_running(row, as_of)
        for each in _open_dates(session, row, as_of)
    ]
    return sorted(found, key=lambda each: (each.date, each.recurring_id))


def upcoming(
    session: Session, recurring_id: int, day: dt.date, count: int = 5
) -> list[schedule.Occurrence]:
    """The next dates from a day on that were neither made nor skipped, each with its shifts."""
    done = _done(session, recurring_id)
    found = schedule.after(read(session, recurring_id).rule, day - schedule.DAY, count + len(done))
    return [each for each in found if each.planned not in done][:count]


def make(session: Session, recurring_id: int, planned: dt.date) -> int:
    """Make the invoice of a date: a draft, or issued where the schedule says so.

    A missed date is dated today and stays a draft.

    Returns:
        Id of the document.

    Raises:
        AlreadyMade: it was made or skipped before.
        Invalid: it cannot be issued (`issuing`), or sent: nobody gets it.
    """
    _require_new(session, recurring_id, planned)
    data = read(session, recurring_id)
    document_id = drafts.add(session, "invoice", draft_of(session, data, planned))
    document = drafts.draft_row(session, document_id)
    document.recurring_id = recurring_id
    _run(session, recurring_id, planned, "made", document_id)
    session.flush()
    late = schedule.date_of(data.rule, planned) < clock.today()
    if data.mode != "draft" and not late:
        issuing.issue(session, document_id)
    if data.mode == "send" and not late:
        # In one whole with the invoice: without an address nothing is numbered.
        outbox.queue(session, drafting.for_document(session, document_id).mail())
    return document_id


def note_failure(session: Session, recurring_id: int, planned: dt.date, problem: str) -> None:
    """Remember why a date could not be made; it is tried again until it is made or skipped."""
    row = session.scalar(
        select(RecurringRun).where(
            RecurringRun.recurring_id == recurring_id, RecurringRun.planned_date == planned
        )
    )
    if row is None:
        _run(session, recurring_id, planned, "failed", None, problem)
    elif row.state == "failed":
        row.problem, row.at = problem, clock.now()


def amount(session: Session, recurring_id: int, day: dt.date) -> Money:
    """What an invoice of a day would come to, with tax, at the prices of that day."""
    data = read(session, recurring_id)
    return calculate(session, draft_of(session, data, day)).totals.total


def draft_of(session: Session, data: RecurringData, planned: dt.date) -> DraftInput:
    """What the invoice of a date says: its lines with their period, and the terms it names."""
    period = schedule.supply_period(data.rule, planned, schedule.Supply(data.period))
    language = terms.effective(session, data.customer_id, planned).language.value
    text = None
    if data.period_text and period is not None:
        text = period_text.period_text(data.period_text, period, language)
    return DraftInput(
        customer_id=data.customer_id,
        supply_from=period.start if period else None,
        supply_to=period.end if period else None,
        payment_term_id=data.payment_term_id,
        payment_method_id=data.payment_method_id,
        price_list_id=data.price_list_id,
        customer_reference=data.customer_reference,
        intro=data.intro,
        closing=data.closing,
        lines=tuple(_line(line, text) for line in data.lines),
    )


def _line(line: LineData, text: str | None) -> LineInput:
    values: dict[str, Any] = {name: getattr(line, name) for name in _LINE_COLUMNS}
    if text is not None:
        values["details"] = f"{line.details}\n{text}" if line.details else text
    return LineInput(**values)


def _open_dates(session: Session, row: Recurring, as_of: dt.date) -> list[schedule.Occurrence]:
    """Dates by a day that were neither made nor skipped; failed ones come again."""
    done = _done(session, row.id)
    last = as_of + dt.timedelta(days=row.days_ahead)
    rule = read(session, row.id).rule
    near = takewhile(
        lambda each: each.planned <= last + schedule.WEEK * schedule.DAY, schedule.occurrences(rule)
    )
    passed = row.paused_until if row.resume_rule != CATCH_UP else None
    return [
        each
        for each in near
        if each.date <= last
        and each.planned not in done
        and not (passed is not None and _fell_in_pause(row, each, passed))
    ]


def _done(session: Session, recurring_id: int) -> set[dt.date]:
    """Planned days that were made or skipped."""
    return set(
        session.scalars(
            select(RecurringRun.planned_date).where(
                RecurringRun.recurring_id == recurring_id, RecurringRun.state != "failed"
            )
        )
    )


def _fell_in_pause(row: Recurring, each: schedule.Occurrence, until: dt.date) -> bool:
    """Whether a date is passed over because the schedule rested until a day."""
    return row.state == "paused" and each.date < until


def _is_running(row: Recurring, day: dt.date) -> bool:
    if row.state == "paused":
        return row.paused_until is not None and day >= row.paused_until
    return row.state == "active"


def _require_running(row: Recurring) -> None:
    if row.state == "stopped":
        raise ScheduleStopped(row.name)


def _require_new(session: Session, recurring_id: int, planned: dt.date) -> None:
    row = session.scalar(
        select(RecurringRun).where(
            RecurringRun.recurring_id == recurring_id, RecurringRun.planned_date == planned
        )
    )
    if row is None:
        return
    if row.state != "failed":
        raise AlreadyMade(planned)
    session.delete(row)
    session.flush()


def _run(
    session: Session,
    recurring_id: int,
    planned: dt.date,
    state: str,
    document_id: int | None = None,
    problem: str | None = None,
) -> None:
    session.add(
        RecurringRun(
            recurring_id=recurring_id,
            planned_date=planned,
            state=state,
            document_id=document_id,
            problem=problem,
            at=clock.now(),
        )
    )
    session.flush()


def _lines(session: Session, recurring_id: int) -> Sequence[RecurringLine]:
    return session.scalars(
        select(RecurringLine)
        .where(RecurringLine.recurring_id == recurring_id)
        .order_by(RecurringLine.position, RecurringLine.id)
    ).all()


def _store_lines(session: Session, recurring_id: int, lines: Sequence[LineData]) -> None:
    for position, line in enumerate(lines, start=1):
        session.add(RecurringLine(recurring_id=recurring_id, position=position, **vars(line)))
    session.flush()


def _require_usable(session: Session, data: RecurringData) -> None:
    if session.get(Customer, data.customer_id) is None:
        raise NoCustomer
    if not data.lines:
        raise NoLines
    if data.every < 1:
        raise EveryTooSmall
    if next(schedule.occurrences(data.rule), None) is None:
        raise ScheduleEmpty
    if data.period_text:
        period_text.check_template(data.period_text)
