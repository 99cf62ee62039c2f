"""A payment that goes to costs, then interest, then principal, as art. 6:44 BW has it.

The program books a payment on the invoice alone unless the user asks for this order: most people
pay what the invoice says, and costs and interest are claims that have to be asked for first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, select

from klantenapp.models.ledger import LedgerEntry
from klantenapp.models.message import Message
from klantenapp.models.reminder import Reminder, ReminderInvoice
from klantenapp.models.values import ZERO, Money, total
from klantenapp.services.errors.reminders import NothingClaimed
from klantenapp.services.ledger import settling
from klantenapp.services.ledger.open_items import document_entry
from klantenapp.services.ledger.posting import Posting, post
from klantenapp.services.receivables import payments
from klantenapp.services.receivables.payments import Receipt
from klantenapp.services.reminders.allocation import allocate
from klantenapp.services.reminders.due import was_sent
from klantenapp.services.reminders.shared_letters import claimed_apart
from klantenapp.services.store.operations import Compensated, register

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy.orm import Session

    from klantenapp.services.reminders.allocation import Allocation

PAY: Final = register("payment.receive_claim", Compensated(payments.VOID, payments.void_made))


@dataclass(frozen=True, slots=True)
class Claimed:
    """Costs and interest that the last letter about an invoice asked for and nobody paid yet."""

    reminder_id: int
    day: dt.date
    costs: Money
    interest: Money

    @property
    def together(self) -> Money:
        """Both."""
        return self.costs + self.interest


@dataclass(frozen=True)
class Paid:
    """A payment that was booked in the order of the law."""

    payment_id: int
    parts: Allocation


def claimed(session: Session, document_id: int, day: dt.date) -> Claimed | None:
    """What the last letter about an invoice claims besides it; None where that is nothing.

    Costs that were only announced count from the day on which the letter makes them owed.
    """
    found = session.execute(
        select(
            Reminder.id,
            Reminder.date,
            Reminder.costs,
            Reminder.announced_costs,
            Reminder.interest,
            Reminder.locked_until,
        )
        .join(ReminderInvoice, ReminderInvoice.reminder_id == Reminder.id)
        .outerjoin(Message, Message.id == Reminder.message_id)
        .where(ReminderInvoice.document_id == document_id, Reminder.date <= day, was_sent())
        .order_by(Reminder.date.desc(), Reminder.id.desc())
        .limit(1)
    ).one_or_none()
    if found is None:
        return None
    owed = found.locked_until is not None and found.locked_until <= day
    costs = found.costs or (_announced(session, found, document_id, day) if owed else ZERO)
    booked = _booked(session, found.id)
    left = Claimed(
        found.id,
        found.date,
        max(costs - booked.get("costs", ZERO), ZERO),
        max(found.interest - booked.get("interest", ZERO), ZERO),
    )
    return left if left.together else None


def pay(
    session: Session,
    document_id: int,
    *,
    date: dt.date,
    amount: Money | None = None,
    method: str = "transfer",
    reference: str | None = None,
) -> Paid:
    """Book a payment on what the last letter about an invoice claims, and then on the invoice.

    Args:
        amount: None is all of it; more than that stays as the customer's credit.

    Raises:
        NothingClaimed: no letter claims costs or interest that are still owed.
        NotFound, StillADraft, WrongKind, AmountNotPositive, PaymentInFuture, PeriodLocked.
    """
    document = payments.payable(session, document_id)
    found = claimed(session, document_id, date)
    if found is None:
        raise NothingClaimed(document.number or "")
    debit = document_entry(session, document_id)
    paid = debit.open_amount + found.together if amount is None else amount
    receipt = Receipt(
        customer_id=debit.customer_id,
        amount=paid,
        date=date,
        method=method,
        reference=reference or document.number,
    )
    payments.require_bookable(session, receipt)
    own = payments.book(session, receipt, "payment", -paid)
    payment_id = payments.payment_of(own)
    parts = allocate(paid, found.costs, found.interest, debit.open_amount)
    for kind, part in (("costs", parts.costs), ("interest", parts.interest)):
        if part > ZERO:
            owed = Posting(
                customer_id=debit.customer_id,
                kind=kind,
                date=date,
                due_date=date,
                amount=part,
                payment_id=payment_id,
                reminder_id=found.reminder_id,
                reference=document.number,
            )
            settling.settle(session, post(session, owed), own, part, date)
    if parts.principal > ZERO:
        settling.settle(session, debit, own, parts.principal, date)
    return Paid(payment_id, parts)


def _announced(session: Session, letter: Any, document_id: int, day: dt.date) -> Money:
    """What a letter announced, less what was claimed since about its other invoices."""
    apart = claimed_apart(session, day, was_sent()).get(letter.id, ())
    announced: Money = letter.announced_costs
    others = total(one.costs for one in apart if document_id not in one.document_ids)
    return max(announced - others, ZERO)


def _booked(session: Session, reminder_id: int) -> dict[str, Money]:
    """What was booked for a letter and stands, by kind."""
    voided = select(LedgerEntry.voids_id).where(LedgerEntry.voids_id.is_not(None))
    rows = session.execute(
        select(LedgerEntry.kind, func.sum(LedgerEntry.amount))
        .where(LedgerEntry.reminder_id == reminder_id, LedgerEntry.id.not_in(voided))
        .group_by(LedgerEntry.kind)
    )
    return {kind: cents if isinstance(cents, Money) else Money(int(cents)) for kind, cents in rows}
