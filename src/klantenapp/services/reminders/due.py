"""What is overdue on a day: invoices with what was open then, what was sent about them, payments.

The day may lie in the past; then settlements that count from a later day are left out.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased

from klantenapp.models.customer import Contact, Customer
from klantenapp.models.document import Document
from klantenapp.models.ledger import LedgerEntry, Settlement
from klantenapp.models.message import Message, Outbox
from klantenapp.models.reminder import Reminder, ReminderInvoice
from klantenapp.models.values import ZERO, Money
from klantenapp.services.reminders import legal_tables, locks
from klantenapp.services.reminders.interest import Payment
from klantenapp.services.reminders.shared_letters import claimed_apart
from klantenapp.services.reminders.steps import Sent

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.orm import Session

DEBITS: Final = ("invoice", "opening")
#: A mail that was stopped or refused told the customer nothing, so it took no step.
NOT_SENT: Final = ("draft", "failed")


@dataclass(frozen=True, slots=True)
class Debtor:
    """A customer with overdue invoices.

    Attributes:
        policy_id: of its own; None is the default.
        has_mail: somebody can be mailed, and the customer does not get its papers by post.
        credit: what is open in its favour, positive.
    """

    id: int
    number: str
    name: str
    kind: str
    language: str | None
    policy_id: int | None
    never: bool
    has_mail: bool
    credit: Money = ZERO


@dataclass(frozen=True, slots=True)
class Charged:
    """Costs or interest of a letter that a payment settled; they are not owed again.

    Attributes:
        kind: costs or interest.
    """

    entry_id: int
    kind: str
    day: dt.date
    amount: Money


@dataclass(frozen=True, slots=True)
class Item:
    """An overdue invoice.

    Attributes:
        recorded: the moment on which it was posted.
        amount: of the invoice; left: what was open on the day.
        sent: what was sent about it until that day.
        payments: and other settlements until that day, negative where one was taken back.
        charged: what was paid besides, for letters about this invoice.
    """

    entry_id: int
    document_id: int
    customer_id: int
    number: str
    date: dt.date
    due: dt.date
    recorded: dt.datetime
    amount: Money
    left: Money
    sent: tuple[Sent, ...] = ()
    payments: tuple[Payment, ...] = ()
    charged: tuple[Charged, ...] = ()


@dataclass(frozen=True)
class Overdue:
    """Everything that a worklist is computed from.

    Attributes:
        reminded: customers with a reminder on the day itself.
    """

    day: dt.date
    debtors: dict[int, Debtor]
    items: list[Item]
    reminded: frozenset[int]


def read(session: Session, day: dt.date, customer_ids: Sequence[int] | None = None) -> Overdue:
    """What is overdue on a day.

    Args:
        customer_ids: only these; None is everybody.
    """
    later = _changed_after(session, day)
    debtors: dict[int, Debtor] = {}
    rows = session.execute(_invoices(day, customer_ids, past=later)).all()
    ids = [row.document_id for row in rows] if customer_ids is not None else None
    sent = letters_sent(session, day, ids)
    payments = _payments(session, day, customer_ids, past=later)
    charged = _charged(session, day)
    credits_of = _credits(session, day, customer_ids, past=later)
    items = []
    for row in rows:
        if row.customer_id not in debtors:
            debtors[row.customer_id] = _debtor(row, credits_of.get(row.customer_id, ZERO))
        items.append(
            Item(
                row.entry_id,
                row.document_id,
                row.customer_id,
                row.number or "",
                row.date,
                row.due_date,
                row.created_at,
                row.amount,
                Money(_cents(row.left)),
                tuple(sent.get(row.document_id, ())),
                tuple(payments.get(row.entry_id, ())),
                tuple(charged.get(row.document_id, ())),
            )
        )
    return Overdue(day, debtors, items, reminded_on(session, day))


def reminded_on(session: Session, day: dt.date) -> frozenset[int]:
    """Customers with a reminder on a day."""
    query = (
        select(Reminder.customer_id)
        .outerjoin(Message, Message.id == Reminder.message_id)
        .where(Reminder.date == day, was_sent())
    )
    return frozenset(session.scalars(query))


def _debtor(row: Any, credit: Money) -> Debtor:
    return Debtor(
        row.customer_id,
        row.customer_number,
        row.customer,
        row.kind,
        row.language,
        row.reminder_policy_id,
        row.never_remind,
        bool(row.has_mail) and row.delivery != "post",
        credit,
    )


def _changed_after(session: Session, day: dt.date) -> bool:
    """Whether anything counts from a later day, so that open amounts must be computed."""
    latest = session.execute(
        select(
            select(func.max(LedgerEntry.date)).scalar_subquery(),
            select(func.max(Settlement.date)).scalar_subquery(),
        )
    ).one()
    return any(found is not None and found > day for found in latest)


def _counts_from(debit: Any, credit: Any) -> ColumnElement[Any]:
    """The day from which a settlement counts."""
    return func.max(debit.date, credit.date, Settlement.date)


def _later(day: dt.date, side: str) -> Any:
    """Sum of the settlements per entry of one side that count from a later day."""
    debit, credit = aliased(LedgerEntry), aliased(LedgerEntry)
    key = Settlement.debit_id if side == "debit" else Settlement.credit_id
    return (
        select(key.label("entry_id"), func.sum(Settlement.amount).label("cents"))
        .join(debit, debit.id == Settlement.debit_id)
        .join(credit, credit.id == Settlement.credit_id)
        .where(_counts_from(debit, credit) > day)
        .group_by(key)
        .subquery()
    )


def _invoices(day: dt.date, customer_ids: Sequence[int] | None, *, past: bool) -> Select[Any]:
    mail = (
        select(Contact.id)
        .where(Contact.customer_id == Customer.id, Contact.email.is_not(None))
        .exists()
    )
    left: Any = LedgerEntry.open_amount
    later = _later(day, "debit") if past else None
    if later is not None:
        left = LedgerEntry.open_amount + func.coalesce(later.c.cents, 0)
    query = (
        select(
            LedgerEntry.id.label("entry_id"),
            LedgerEntry.document_id,
            LedgerEntry.customer_id,
            Document.number,
            LedgerEntry.date,
            LedgerEntry.due_date,
            LedgerEntry.created_at,
            LedgerEntry.amount,
            left.label("left"),
            Customer.number.label("customer_number"),
            Customer.name.label("customer"),
            Customer.kind,
            Customer.language,
            Customer.reminder_policy_id,
            Customer.never_remind,
            Customer.delivery,
            or_(Customer.email.is_not(None), Customer.invoice_email.is_not(None), mail).label(
                "has_mail"
            ),
        )
        .join(Customer, Customer.id == LedgerEntry.customer_id)
        .join(Document, Document.id == LedgerEntry.document_id)
        .where(
            LedgerEntry.kind.in_(DEBITS),
            LedgerEntry.amount > ZERO,
            LedgerEntry.due_date < day,
            LedgerEntry.date <= day,
            left != 0,
        )
        .order_by(LedgerEntry.due_date, LedgerEntry.id)
    )
    if later is not None:
        query = query.outerjoin(later, later.c.entry_id == LedgerEntry.id)
    return query if customer_ids is None else query.where(Customer.id.in_(customer_ids))


def was_sent() -> ColumnElement[bool]:
    """A letter counts unless its mail was stopped, refused or thrown away."""
    return Message.id.is_(None) | (
        Message.deleted_at.is_(None) & (Message.status.is_(None) | Message.status.not_in(NOT_SENT))
    )


def letters_sent(
    session: Session, day: dt.date, document_ids: Sequence[int] | None = None
) -> Mapping[int, list[Sent]]:
    """What was sent until a day about each invoice, by the id of its document.

    A mail waits in the outbox while there is no connection: what it locks counts from the day on
    which a server took it, and as long as none did it locks as if it were posted that day.
    """
    query = (
        select(
            ReminderInvoice.document_id,
            Reminder.id,
            Reminder.kind,
            Reminder.date,
            Reminder.locked_until,
            Reminder.announced_costs,
            Outbox.id.label("outbox_id"),
            Outbox.sent_at,
        )
        .join(Reminder, Reminder.id == ReminderInvoice.reminder_id)
        .outerjoin(Message, Message.id == Reminder.message_id)
        .outerjoin(Outbox, Outbox.message_id == Message.id)
        .where(Reminder.date <= day, was_sent())
        .order_by(Reminder.date, Reminder.id)
    )
    if document_ids is not None:
        query = query.where(ReminderInvoice.document_id.in_(document_ids))
    found: dict[int, list[Sent]] = defaultdict(list)
    delivery = legal_tables.delivery_days(session)
    apart = claimed_apart(session, day, was_sent())
    for row in session.execute(query):
        until = row.locked_until
        if until is not None and row.outbox_id is not None:
            taken = row.sent_at.astimezone().date() if row.sent_at else day
            posted = min(taken, day)
            if posted > row.date:
                until = max(until, locks.locked_until(row.kind, posted, delivery) or until)
        since = apart.get(row.id, ())
        found[row.document_id].append(
            Sent(row.kind, row.date, until, row.id, row.announced_costs, since)
        )
    return found


def _payments(
    session: Session, day: dt.date, customer_ids: Sequence[int] | None, *, past: bool
) -> Mapping[int, list[Payment]]:
    """Part payments of overdue invoices, in order of time."""
    debit, credit = aliased(LedgerEntry), aliased(LedgerEntry)
    counts = _counts_from(debit, credit)
    was_open: ColumnElement[bool] = debit.open_amount != ZERO
    if past:  # what was settled later was still open then
        was_open = was_open | debit.id.in_(select(_later(day, "debit").c.entry_id))
    query = (
        select(Settlement.debit_id, counts.label("day"), Settlement.amount)
        .join(debit, debit.id == Settlement.debit_id)
        .join(credit, credit.id == Settlement.credit_id)
        .where(
            debit.due_date < day,
            was_open,
            debit.kind.in_(DEBITS),
            counts <= day,
        )
        .order_by(counts, Settlement.id)
    )
    if customer_ids is not None:
        query = query.where(debit.customer_id.in_(customer_ids))
    found: dict[int, list[Payment]] = defaultdict(list)
    for entry_id, paid_on, amount in session.execute(query):
        found[entry_id].append(Payment(_as_day(paid_on), amount))
    return found


def _charged(session: Session, day: dt.date) -> Mapping[int, list[Charged]]:
    """Costs and interest that were paid, by the documents that their letter was about."""
    voided = select(LedgerEntry.voids_id).where(LedgerEntry.voids_id.is_not(None))
    query = (
        select(
            ReminderInvoice.document_id,
            LedgerEntry.id,
            LedgerEntry.kind,
            LedgerEntry.date,
            LedgerEntry.amount,
        )
        .join(ReminderInvoice, ReminderInvoice.reminder_id == LedgerEntry.reminder_id)
        .where(
            LedgerEntry.reminder_id.is_not(None),
            LedgerEntry.kind.in_(("costs", "interest")),
            LedgerEntry.date <= day,
            LedgerEntry.id.not_in(voided),
        )
        .order_by(LedgerEntry.date, LedgerEntry.id)
    )
    found: dict[int, list[Charged]] = defaultdict(list)
    for row in session.execute(query):
        found[row.document_id].append(Charged(row.id, row.kind, row.date, row.amount))
    return found


def _credits(
    session: Session, day: dt.date, customer_ids: Sequence[int] | None, *, past: bool
) -> dict[int, Money]:
    """What is open in a customer's favour, positive."""
    left: Any = LedgerEntry.open_amount
    later = _later(day, "credit") if past else None
    if later is not None:
        left = LedgerEntry.open_amount - func.coalesce(later.c.cents, 0)
    query = (
        select(LedgerEntry.customer_id, func.sum(left))
        .where(LedgerEntry.amount < ZERO, LedgerEntry.date <= day, left != 0)
        .group_by(LedgerEntry.customer_id)
    )
    if later is not None:
        query = query.outerjoin(later, later.c.entry_id == LedgerEntry.id)
    if customer_ids is not None:
        query = query.where(LedgerEntry.customer_id.in_(customer_ids))
    return {customer: -Money(_cents(cents)) for customer, cents in session.execute(query)}


def _cents(value: Money | int | None) -> int:
    return value.cents if isinstance(value, Money) else int(value or 0)


def _as_day(value: dt.date | str) -> dt.date:
    """A day that went through an SQL expression, where its type is lost."""
    return value if isinstance(value, dt.date) else dt.date.fromisoformat(value)
