"""What to know of a customer before making another invoice: what is late, disputed, broken."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select

from klantenapp.models.customer import Customer
from klantenapp.models.ledger import LedgerEntry
from klantenapp.models.message import Message
from klantenapp.models.reminder import ReminderHold
from klantenapp.models.values import ZERO
from klantenapp.services.reminders import holds, ready
from klantenapp.services.store import settings

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from klantenapp.models.values import Money
    from klantenapp.services.reminders.ready import Waiting

#: Whether the program says at its start what waits.
AT_START: Final = settings.Key("reminders.warn_at_start", default=True)


@dataclass(frozen=True, slots=True)
class Caution:
    """What stands out about a customer.

    Attributes:
        overdue: past its due day.
        days: of the oldest invoice that is late.
        disputed: invoices that the customer disputes.
        broken: promises and payment plans that were not kept, while something is late.
        arranged: the last day of a promise or plan that holds; None without one.
    """

    overdue: Money = ZERO
    days: int = 0
    disputed: int = 0
    broken: int = 0
    arranged: dt.date | None = None

    @property
    def is_any(self) -> bool:
        """Whether there is something to say."""
        return bool(self.overdue or self.disputed)


def of_customers(session: Session, ids: Sequence[int], day: dt.date) -> dict[int, Caution]:
    """The warnings of some customers; those without one are left out."""
    found = {
        row.customer_id: Caution(row.late, (day - row.oldest).days)
        for row in session.execute(
            select(
                LedgerEntry.customer_id,
                func.sum(LedgerEntry.open_amount).label("late"),
                func.min(LedgerEntry.due_date).label("oldest"),
            )
            .where(
                LedgerEntry.customer_id.in_(ids),
                LedgerEntry.open_amount > ZERO,
                LedgerEntry.due_date < day,
            )
            .group_by(LedgerEntry.customer_id)
        )
    }
    for customer_id, (disputed, broken, arranged) in _held(session, ids, day).items():
        one = found.get(customer_id, Caution())
        found[customer_id] = replace(
            one, disputed=disputed, broken=broken if one.overdue else 0, arranged=arranged
        )
    return {customer_id: one for customer_id, one in found.items() if one.is_any}


def _held(
    session: Session, ids: Sequence[int], day: dt.date
) -> dict[int, tuple[int, int, dt.date | None]]:
    """Per customer with a hold: disputes on open invoices, broken promises, an arrangement."""
    with_holds = session.scalars(
        select(ReminderHold.customer_id)
        .where(ReminderHold.customer_id.in_(ids), ReminderHold.ended_on.is_(None))
        .distinct()
    ).all()
    still_open = set(
        session.scalars(
            select(LedgerEntry.document_id).where(
                LedgerEntry.customer_id.in_(with_holds), LedgerEntry.open_amount > ZERO
            )
        )
    )
    found: dict[int, list[holds.Hold]] = defaultdict(list)
    for customer_id in with_holds:
        for hold in holds.read(session, day, customer_id):
            if hold.document_id is None or hold.document_id in still_open:
                found[customer_id].append(hold)
    return {customer_id: _counted(kept, day) for customer_id, kept in found.items()}


def _counted(kept: Sequence[holds.Hold], day: dt.date) -> tuple[int, int, dt.date | None]:
    arranged = [
        hold.until
        for hold in kept
        if hold.kind in {"promise", "plan"} and hold.holds_on(day) and hold.until is not None
    ]
    return (
        len({hold.document_id for hold in kept if hold.kind == "dispute"}),
        sum(hold.broken for hold in kept),
        max(arranged, default=None),
    )


@dataclass(frozen=True)
class AtStart:
    """What the program says when it opens an administration.

    Attributes:
        reminders: letters that may go today.
        broken: names of customers who did not keep a promise or plan.
        follow_ups: calls and notes to come back to, today or before.
    """

    reminders: Waiting
    broken: tuple[str, ...]
    follow_ups: int

    @property
    def is_any(self) -> bool:
        """Whether there is something to say."""
        return bool(self.reminders.count or self.broken or self.follow_ups)


def at_start(session: Session, day: dt.date) -> AtStart | None:
    """What waits at the start; None where the user chose to hear nothing."""
    if not settings.read(session, AT_START):
        return None
    follow_ups = session.scalar(
        select(func.count())
        .select_from(Message)
        .join(Customer, Customer.id == Message.customer_id)
        .where(
            Message.follow_up_on <= day,
            Message.follow_up_done_at.is_(None),
            Message.deleted_at.is_(None),
        )
    )
    return AtStart(ready.waiting(session, day), broken(session, day), follow_ups or 0)


def broken(session: Session, day: dt.date) -> tuple[str, ...]:
    """Customers with something late of which a promise or plan was not kept."""
    ids = list(
        session.scalars(
            select(ReminderHold.customer_id)
            .where(ReminderHold.kind.in_(("promise", "plan")), ReminderHold.ended_on.is_(None))
            .distinct()
        )
    )
    late = [one for one, what in of_customers(session, ids, day).items() if what.broken]
    names = select(Customer.name).where(Customer.id.in_(late)).order_by(Customer.sort_name)
    return tuple(session.scalars(names))
