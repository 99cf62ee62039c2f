"""What waits for the user today: one row per kind, most pressing first; an empty kind is left out.

Each kind reads its own tables in one query. The order is that of the screen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select

from klantenapp.models.bank import BankLine
from klantenapp.models.customer import Customer
from klantenapp.models.document import Document, Recurring, RecurringRun
from klantenapp.models.ledger import LedgerEntry
from klantenapp.models.message import Message, Outbox
from klantenapp.models.values import ZERO, Money, total
from klantenapp.services.catalogue import contract_view
from klantenapp.services.receivables import refunds_due
from klantenapp.services.reminders import cautions, ready
from klantenapp.services.sales import recurring

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence

    from sqlalchemy.orm import Session

    _Look = Callable[[Session, dt.date], "Task | None"]

#: Names shown in a row's second line.
_NAMED: Final = 3


@dataclass(frozen=True)
class Task:
    """One row of "to do today".

    Attributes:
        kind: overdue, reminders, broken, bank_lines, drafts, failed, failed_runs, refunds,
            follow_ups, contracts.
        count: how many.
        amount: what it is about together; None where there is no amount.
        names: of customers, the first few.
        days: of the oldest, where that says something.
    """

    kind: str
    count: int
    amount: Money | None
    names: tuple[str, ...]
    days: int | None = None


def tasks(session: Session, today: dt.date) -> list[Task]:
    """Everything that waits, in the order of the screen."""
    return _found(session, today, _LOOKS)


def counts(session: Session, today: dt.date) -> dict[str, int]:
    """Bank lines and reminders that wait, by kind: what a glance at the sidebar tells."""
    return {task.kind: task.count for task in _found(session, today, (_bank_lines, _reminders))}


def _found(session: Session, today: dt.date, looks: Sequence[_Look]) -> list[Task]:
    found = (look(session, today) for look in looks)
    return [task for task in found if task is not None and task.count]


def has_work(session: Session) -> bool:
    """Whether there is anything yet: a customer or a document."""
    return any(
        session.scalar(select(model.id).limit(1)) is not None for model in (Customer, Document)
    )


def _overdue(session: Session, today: dt.date) -> Task | None:
    rows = session.execute(
        select(LedgerEntry.open_amount, LedgerEntry.due_date, Customer.name)
        .join(Customer, Customer.id == LedgerEntry.customer_id)
        .where(
            LedgerEntry.open_amount > ZERO,
            LedgerEntry.due_date < today,
            LedgerEntry.kind.in_(("invoice", "opening")),
        )
        .order_by(LedgerEntry.due_date, LedgerEntry.id)
    ).all()
    if not rows:
        return None
    oldest = rows[0].due_date
    days = (today - oldest).days if oldest is not None else None
    return Task("overdue", len(rows), total(row.open_amount for row in rows), (rows[0].name,), days)


def _reminders(session: Session, today: dt.date) -> Task | None:
    found = ready.waiting(session, today)
    return Task("reminders", found.count, found.amount, found.names)


def _broken(session: Session, today: dt.date) -> Task | None:
    names = cautions.broken(session, today)
    return Task("broken", len(names), None, names[:_NAMED])


def _bank_lines(session: Session, _today: dt.date) -> Task | None:
    count, amount = session.execute(
        select(func.count(), func.sum(func.abs(BankLine.amount))).where(BankLine.state == "open")
    ).one()
    return Task("bank_lines", count, Money(_cents(amount)), ())


def _drafts(session: Session, _today: dt.date) -> Task | None:
    rows = session.execute(
        select(Document.total, Customer.name)
        .outerjoin(Customer, Customer.id == Document.customer_id)
        .where(Document.state == "draft", Document.kind.in_(("invoice", "credit_note")))
        .order_by(Document.changed_at.desc())
    ).all()
    names = tuple(row.name for row in rows if row.name)[:_NAMED]
    return Task("drafts", len(rows), total(row.total for row in rows), names)


def _failed(session: Session, _today: dt.date) -> Task | None:
    mails = session.scalar(select(func.count()).where(Outbox.state.in_(("failed", "unknown"))))
    return Task("failed", mails or 0, None, ())


def _failed_runs(session: Session, today: dt.date) -> Task | None:
    """Recurring invoices that could not be made, or whose date passed while nobody looked."""
    failed = session.execute(
        select(Recurring.id, RecurringRun.planned_date, Recurring.name)
        .join(RecurringRun, RecurringRun.recurring_id == Recurring.id)
        .where(RecurringRun.state == "failed", Recurring.state != "stopped")
        .order_by(RecurringRun.planned_date)
    )
    waiting = {(row.id, row.planned_date): row.name for row in failed}
    for each in recurring.due(session, today):
        if each.missed:
            waiting[each.recurring_id, each.planned] = each.name
    names = tuple(dict.fromkeys(waiting.values()))[:_NAMED]
    return Task("failed_runs", len(waiting), None, names)


def _refunds(session: Session, _today: dt.date) -> Task | None:
    rows = refunds_due.listed(session)
    names = tuple(dict.fromkeys(row.customer for row in rows))[:_NAMED]
    return Task("refunds", len(rows), total(row.amount for row in rows), names)


def _follow_ups(session: Session, today: dt.date) -> Task | None:
    rows = session.scalars(
        select(Customer.name)
        .select_from(Message)
        .join(Customer, Customer.id == Message.customer_id)
        .where(
            Message.follow_up_on <= today,
            Message.follow_up_done_at.is_(None),
            Message.deleted_at.is_(None),
        )
        .order_by(Message.follow_up_on)
    ).all()
    return Task("follow_ups", len(rows), None, tuple(rows)[:_NAMED])


def _contracts(session: Session, today: dt.date) -> Task | None:
    ending = contract_view.ending(session, today)
    return Task("contracts", len(ending), None, tuple(row.customer for row in ending)[:_NAMED])


def _cents(value: Money | int | None) -> int:
    return value.cents if isinstance(value, Money) else (value or 0)


_LOOKS: Final[Sequence[_Look]] = (
    _overdue,
    _reminders,
    _broken,
    _bank_lines,
    _drafts,
    _failed,
    _failed_runs,
    _refunds,
    _follow_ups,
    _contracts,
)


@dataclass(frozen=True)
class AgeGroup:
    """Open invoices of one age: number and amount."""

    count: int
    amount: Money


def ages(session: Session, today: dt.date) -> list[AgeGroup]:
    """What is open now by days overdue: not due, 1-30, 31-60, 61-90, more."""
    counts, sums = [0] * 5, [0] * 5
    rows = session.execute(
        select(LedgerEntry.open_amount, LedgerEntry.due_date).where(LedgerEntry.open_amount > ZERO)
    )
    for amount, due in rows:
        days = (today - due).days if due is not None else 0
        at = 0 if days <= 0 else min(4, (days + 29) // 30)
        counts[at] += 1
        sums[at] += amount.cents
    return [AgeGroup(count, Money(cents)) for count, cents in zip(counts, sums, strict=True)]
