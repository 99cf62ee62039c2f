"""Why a customer or an invoice is not reminded: pause, never, dispute, promise, payment plan.

A promise that is not kept, and a plan of which an instalment is missing, end by themselves: from
the day after, the invoice is back in the worklist, and says so.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from klantenapp.models.customer import Customer
from klantenapp.models.document import Document
from klantenapp.models.ledger import LedgerEntry, Settlement
from klantenapp.models.reminder import PlanInstalment, ReminderHold
from klantenapp.models.values import ZERO, Money, total
from klantenapp.services.errors.base import NotFound
from klantenapp.services.errors.reminders import (
    AlreadyPaid,
    HoldEndsInPast,
    HoldNeedsEnd,
    HoldNeedsInvoice,
    HoldNeedsReason,
    PlanDaysWrong,
    PlanNotOpenAmount,
)
from klantenapp.services.store import clock
from klantenapp.services.store.operations import REVERSIBLE, register

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

Kind = Literal["pause", "never", "dispute", "promise", "plan"]

#: How each kind is put.
ADD: Final[dict[Kind, str]] = {
    "pause": register("reminder.pause", REVERSIBLE),
    "never": register("reminder.never", REVERSIBLE),
    "dispute": register("reminder.dispute", REVERSIBLE),
    "promise": register("reminder.promise", REVERSIBLE),
    "plan": register("reminder.plan", REVERSIBLE),
}
LIFT: Final = register("reminder.lift", REVERSIBLE)
#: Kinds that end by being paid, or break.
PAID_BY: Final = frozenset({"promise", "plan"})
DAY: Final = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Instalment:
    """One instalment of a payment plan."""

    date: dt.date
    amount: Money


@dataclass(frozen=True)
class NewHold:
    """A hold to be put.

    Attributes:
        document_id: of one invoice; None is the whole customer.
        until: last day of a pause, or the day on which payment is promised.
    """

    kind: Kind
    document_id: int | None = None
    reason: str | None = None
    until: dt.date | None = None
    instalments: tuple[Instalment, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Hold:
    """A hold that somebody put and nobody lifted.

    Attributes:
        until: last day; of a plan its last instalment.
        created_at: a promise or plan is about the invoices that were there then.
        broken: a promise or plan that was not kept, so it holds nothing any more.
    """

    id: int
    customer_id: int
    document_id: int | None
    kind: str
    reason: str
    from_date: dt.date
    until: dt.date | None
    created_at: dt.datetime
    broken: bool = False

    def covers(self, document_id: int, recorded: dt.datetime) -> bool:
        """Whether it is about an invoice that was recorded at a moment."""
        if self.document_id is not None:
            return self.document_id == document_id
        return self.kind not in PAID_BY or recorded <= self.created_at

    def holds_on(self, day: dt.date) -> bool:
        """Whether it keeps reminders back on a day."""
        return not self.broken and (self.until is None or self.until >= day)


def add(session: Session, customer_id: int, new: NewHold) -> int:
    """Put a hold.

    Returns:
        Its id.

    Raises:
        NotFound: no such customer, or no invoice of this customer.
        HoldNeedsReason, HoldNeedsEnd, HoldEndsInPast, HoldNeedsInvoice.
        AlreadyPaid: nothing is open of the invoice.
        PlanDaysWrong, PlanNotOpenAmount.
    """
    if session.get(Customer, customer_id) is None:
        raise NotFound("customer", str(customer_id))
    left = _left(session, customer_id, new.document_id)
    _refuse(new, left)
    today = clock.today()
    until = max(one.date for one in new.instalments) if new.kind == "plan" else new.until
    row = ReminderHold(
        customer_id=customer_id,
        document_id=new.document_id,
        kind=new.kind,
        reason=(new.reason or "").strip() or None,
        from_date=today,
        until=until,
        amount=left if new.kind in {"plan", "promise"} else None,
        created_at=clock.now(),
    )
    session.add(row)
    session.flush()
    session.add_all(
        PlanInstalment(hold_id=row.id, date=one.date, amount=one.amount) for one in new.instalments
    )
    return row.id


def lift(session: Session, hold_id: int) -> None:
    """End a hold today.

    Raises:
        NotFound: no such hold, or it ended.
    """
    row = session.get(ReminderHold, hold_id)
    if row is None or row.ended_on is not None:
        raise NotFound("hold", str(hold_id))
    row.ended_on = clock.today()


def read(session: Session, day: dt.date, customer_id: int | None = None) -> list[Hold]:
    """The holds that stand on a day, broken and finished ones too; the latest last."""
    query = (
        select(
            ReminderHold.id,
            ReminderHold.customer_id,
            ReminderHold.document_id,
            ReminderHold.kind,
            func.coalesce(ReminderHold.reason, ""),
            ReminderHold.from_date,
            ReminderHold.until,
            ReminderHold.created_at,
        )
        .where(
            ReminderHold.from_date <= day,
            ReminderHold.ended_on.is_(None) | (ReminderHold.ended_on > day),
        )
        .order_by(ReminderHold.id)
    )
    if customer_id is not None:
        query = query.where(ReminderHold.customer_id == customer_id)
    rows = session.execute(query).all()
    behind = _behind(session, day) if any(row.kind in PAID_BY for row in rows) else set()
    return [Hold(*row, broken=row.id in behind) for row in rows]


def proposed_plan(
    left: Money, count: int, first: dt.date, weeks: int = 0
) -> tuple[Instalment, ...]:
    """Equal instalments; the last takes the cents that are over.

    Args:
        weeks: between two of them; 0 is a month.
    """

    def day(at: int) -> dt.date:
        return first + at * weeks * 7 * DAY if weeks else _months_later(first, at)

    each = Money(left.cents // count)
    found = [Instalment(day(at), each) for at in range(count - 1)]
    last = Instalment(day(count - 1), left - total(one.amount for one in found))
    return (*found, last)


def _months_later(day: dt.date, months: int) -> dt.date:
    """The same day of a later month, or its last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following = dt.date(year + (month == 11), (month + 1) % 12 + 1, 1)  # noqa: PLR2004 - December counts as 11
    return min(dt.date(year, month + 1, 1) + (day.day - 1) * DAY, following - DAY)


def _refuse(new: NewHold, left: Money) -> None:
    today = clock.today()
    if new.kind == "dispute" and new.document_id is None:
        raise HoldNeedsInvoice
    if new.kind in {"pause", "never", "dispute"} and not (new.reason or "").strip():
        raise HoldNeedsReason
    if new.kind in {"pause", "promise"}:
        if new.until is None:
            raise HoldNeedsEnd
        if new.until < today:
            raise HoldEndsInPast(new.until)
    if new.kind == "plan":
        _refuse_plan(new.instalments, left, today)


def _refuse_plan(instalments: Sequence[Instalment], left: Money, today: dt.date) -> None:
    days = [one.date for one in instalments]
    if not days or len(set(days)) < len(days) or min(days) < today:
        raise PlanDaysWrong
    if any(one.amount <= ZERO for one in instalments):
        raise PlanDaysWrong
    together = total(one.amount for one in instalments)
    if together != left:
        raise PlanNotOpenAmount(together, left)


def _left(session: Session, customer_id: int, document_id: int | None) -> Money:
    """What is open of the invoice, or of all invoices of the customer."""
    query = select(LedgerEntry.open_amount).where(
        LedgerEntry.customer_id == customer_id,
        LedgerEntry.kind.in_(("invoice", "opening")),
        LedgerEntry.amount > ZERO,
    )
    if document_id is None:
        return total(session.scalars(query))
    left = session.scalar(query.where(LedgerEntry.document_id == document_id))
    if left is None:
        raise NotFound("document", str(document_id))
    if left <= ZERO:
        number = session.scalar(select(Document.number).where(Document.id == document_id))
        raise AlreadyPaid(number or "")
    return left


def _behind(session: Session, day: dt.date) -> set[int]:
    """Plans and promises of which less was paid than was to be paid before that day."""
    asked = {
        hold_id: _cents(cents)
        for hold_id, cents in session.execute(
            select(PlanInstalment.hold_id, func.sum(PlanInstalment.amount))
            .where(PlanInstalment.date < day)
            .group_by(PlanInstalment.hold_id)
        )
    }
    promised = select(ReminderHold.id, ReminderHold.amount).where(
        ReminderHold.kind == "promise", ReminderHold.until < day
    )
    asked |= {hold_id: _cents(amount) for hold_id, amount in session.execute(promised)}
    if not asked:
        return set()
    left = open_of(session, day)
    totals = select(ReminderHold.id, ReminderHold.amount).where(ReminderHold.kind.in_(PAID_BY))
    return {
        hold_id
        for hold_id, amount in session.execute(totals)
        if hold_id in asked and _cents(amount) - left.get(hold_id, 0) < asked[hold_id]
    }


def open_of(session: Session, day: dt.date) -> dict[int, int]:
    """What was open on a day of the invoices that each plan or promise is about, in cents."""
    debit, credit = aliased(LedgerEntry), aliased(LedgerEntry)
    about = (
        ReminderHold.kind.in_(PAID_BY),
        debit.kind.in_(("invoice", "opening")),
        debit.amount > ZERO,
        debit.document_id == ReminderHold.document_id,
    )
    whole = (
        *about[:3],
        ReminderHold.document_id.is_(None),
        debit.created_at <= ReminderHold.created_at,
    )
    counts = func.max(debit.date, credit.date, Settlement.date)
    found: dict[int, int] = defaultdict(int)
    for which in (about, whole):
        owed = (
            select(ReminderHold.id, func.sum(debit.amount))
            .join(debit, debit.customer_id == ReminderHold.customer_id)
            .where(*which)
            .group_by(ReminderHold.id)
        )
        settled = (
            select(ReminderHold.id, func.sum(Settlement.amount))
            .join(debit, debit.customer_id == ReminderHold.customer_id)
            .join(Settlement, Settlement.debit_id == debit.id)
            .join(credit, credit.id == Settlement.credit_id)
            .where(*which, counts <= day)
            .group_by(ReminderHold.id)
        )
        for hold_id, cents in session.execute(owed):
            found[hold_id] += _cents(cents)
        for hold_id, cents in session.execute(settled):
            found[hold_id] -= _cents(cents)
    return found


def _cents(value: Money | int | None) -> int:
    return value.cents if isinstance(value, Money) else int(value or 0)
