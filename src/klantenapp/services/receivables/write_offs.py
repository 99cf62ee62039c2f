"""What will not come in, what came in after all, and balances to begin with.

Nothing here has revenue or tax: bad debts go back to the tax office in another way
(`facts/dutch-rules.md`). Every act has its compensation.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select

from klantenapp.models.catalogue import PaymentTerm
from klantenapp.models.document import Document
from klantenapp.models.ledger import LedgerEntry
from klantenapp.models.values import ZERO
from klantenapp.services.errors.payments import (
    AmountNotPositive,
    DifferenceTooLarge,
    DiscountTooLate,
    NoDiscount,
    NothingOpen,
    NotWrittenOff,
    ReasonMissing,
    RecoversTooMuch,
    WriteOffInFuture,
)
from klantenapp.services.ledger import settling
from klantenapp.services.ledger.open_items import document_entry
from klantenapp.services.ledger.posting import Posting, post, void
from klantenapp.services.receivables import bank_index, payments
from klantenapp.services.store import clock
from klantenapp.services.store.operations import FINAL, Compensated, register

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from klantenapp.models.values import Money
    from klantenapp.services.store.operations import Made


def write_off(
    session: Session, document_id: int, reason: str, date: dt.date | None = None
) -> Money:
    """Give up what is open on an invoice, as uncollectable.

    Args:
        reason: kept with the write-off.
        date: None is today.

    Returns:
        What was written off.

    Raises:
        NotFound, StillADraft, WrongKind, NothingOpen, ReasonMissing, WriteOffInFuture,
        PeriodLocked.
    """
    if not reason.strip():
        raise ReasonMissing
    entry = _open_entry(session, document_id)
    amount = entry.open_amount
    _give_up(session, entry, _Given("write_off", amount, date, reason.strip()))
    return amount


def write_off_difference(session: Session, document_id: int, date: dt.date | None = None) -> Money:
    """Give up a small difference that is open on an invoice.

    Raises:
        DifferenceTooLarge: more than the limit of the settings.
        NotFound, StillADraft, WrongKind, NothingOpen, WriteOffInFuture, PeriodLocked.
    """
    entry = _open_entry(session, document_id)
    amount, limit = entry.open_amount, bank_index.tolerance(session)
    if amount > limit:
        raise DifferenceTooLarge(amount, limit)
    _give_up(session, entry, _Given("write_off", amount, date))
    return amount


def written_off(session: Session, document_id: int) -> Money:
    """What stands written off on an invoice and was not recovered."""
    gone = select(LedgerEntry.voids_id).where(LedgerEntry.voids_id.is_not(None))
    amount = session.scalar(
        select(func.sum(LedgerEntry.amount)).where(
            LedgerEntry.document_id == document_id,
            LedgerEntry.kind.in_(("write_off", "recovery")),
            LedgerEntry.id.not_in(gone),
        )
    )
    return -amount if amount is not None else ZERO


def recover(
    session: Session, document_id: int, amount: Money, date: dt.date | None = None
) -> payments.Booked:
    """Book money that came in on an invoice after it was written off.

    Raises:
        NotFound, StillADraft, WrongKind, AmountNotPositive, PaymentInFuture, PeriodLocked.
        NotWrittenOff: nothing of the invoice stands written off.
        RecoversTooMuch: more than was written off.
    """
    document = payments.payable(session, document_id)
    number = document.number or ""
    lost = written_off(session, document_id)
    if lost <= ZERO:
        raise NotWrittenOff(number)
    if amount > lost:
        raise RecoversTooMuch(number, lost)
    entry = document_entry(session, document_id)
    receipt = payments.Receipt(
        customer_id=entry.customer_id, amount=amount, date=date or clock.today(), reference=number
    )
    payments.require_bookable(session, receipt)
    own = payments.book(session, receipt, "payment", -amount)
    payment_id = payments.payment_of(own)
    recovery = post(
        session,
        Posting(
            customer_id=entry.customer_id,
            kind="recovery",
            date=receipt.date,
            due_date=receipt.date,
            amount=amount,
            document_id=document_id,
            payment_id=payment_id,
            reference=number,
        ),
    )
    settling.settle(session, recovery, own, amount, receipt.date)
    return payments.Booked(payment_id, own.id, ZERO)


def open_balance(
    session: Session,
    customer_id: int,
    amount: Money,
    date: dt.date,
    reference: str | None = None,
    due_date: dt.date | None = None,
) -> int:
    """Post what a customer owes, or has in credit, from before this program.

    Args:
        amount: positive is owed, negative a credit.

    Returns:
        The ledger entry.

    Raises:
        AmountNotPositive: it is zero.
        PeriodLocked.
    """
    if not amount:
        raise AmountNotPositive
    entry = post(
        session,
        Posting(
            customer_id=customer_id,
            kind="opening",
            date=date,
            due_date=(due_date or date) if amount > ZERO else None,
            amount=amount,
            reference=reference,
        ),
    )
    return entry.id


# --- early-payment discount -------------------------------------------------------------------


def early_discount(session: Session, document_id: int) -> tuple[Money, dt.date] | None:
    """What may be left off, and through which day it must be paid; None where that is nothing."""
    found = session.execute(
        select(Document.total, Document.date, PaymentTerm.discount, PaymentTerm.discount_days)
        .join(PaymentTerm, PaymentTerm.id == Document.payment_term_id)
        .where(Document.id == document_id)
    ).one_or_none()
    if found is None or not found.discount or found.date is None:
        return None
    until = found.date + dt.timedelta(days=found.discount_days or 0)
    return found.total.share(found.discount), until


def pay_with_discount(
    session: Session, document_id: int, date: dt.date | None = None
) -> payments.Booked:
    """Book a payment of what is open less the early-payment discount.

    Raises:
        NoDiscount: the term has none, or a part was paid before.
        DiscountTooLate: the day lies after the last one.
        NotFound, StillADraft, WrongKind, NothingOpen, PaymentInFuture, PeriodLocked.
    """
    entry = _open_entry(session, document_id)
    day, number = date or clock.today(), entry.reference or ""
    found = early_discount(session, document_id)
    if found is None or entry.open_amount != entry.amount:
        raise NoDiscount(number)
    discount, until = found
    if day > until:
        raise DiscountTooLate(number, until)
    booked = payments.pay(session, document_id, amount=entry.amount - discount, date=day)
    _give_up(session, entry, _Given("discount", discount, day, payment_id=booked.payment_id))
    return booked


# --- below -----------------------------------------------------------------------------------


def _open_entry(session: Session, document_id: int) -> LedgerEntry:
    document = payments.payable(session, document_id)
    entry = document_entry(session, document_id)
    if entry.open_amount <= ZERO:
        raise NothingOpen(document.number or "")
    return entry


@dataclass(frozen=True)
class _Given:
    """What is given up on an invoice: a write-off or a discount, of a day; None is today."""

    kind: str
    amount: Money
    date: dt.date | None
    note: str | None = None
    payment_id: int | None = None


def _give_up(session: Session, entry: LedgerEntry, given: _Given) -> None:
    day = given.date or clock.today()
    if day > clock.today():
        raise WriteOffInFuture(day)
    credit = post(
        session,
        Posting(
            customer_id=entry.customer_id,
            kind=given.kind,
            date=day,
            amount=-given.amount,
            document_id=entry.document_id,
            payment_id=given.payment_id,
            reference=entry.reference,
            note=given.note,
        ),
    )
    settling.settle(session, entry, credit, given.amount, day)


def void_entry(session: Session, entry_id: int, reason: str | None = None) -> None:
    """Take a write-off or an opening balance back; history shows both.

    Raises:
        AlreadyVoid, PeriodLocked.
    """
    entry = session.get_one(LedgerEntry, entry_id)
    void(session, entry, max(clock.today(), entry.date), reason)


def _void_made(session: Session, made: Made) -> None:
    """Payments with what came along, or else the entries themselves."""
    for payment_id in made.created.get("payment", []):
        payments.void_payment(session, payment_id)
    if not made.created.get("payment"):
        for entry_id in made.created.get("ledger_entry", []):
            void_entry(session, entry_id)


VOID: Final = register("entry.void", FINAL)
WRITE_OFF: Final = register("invoice.write_off", Compensated(VOID, _void_made))
RECOVER: Final = register("invoice.recover", Compensated(VOID, _void_made))
OPENING: Final = register("customer.opening_balance", Compensated(VOID, _void_made))
DISCOUNT: Final = register("payment.with_discount", Compensated(VOID, _void_made))
