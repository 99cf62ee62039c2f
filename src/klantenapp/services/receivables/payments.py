"""Money that comes in or goes out, and what it settles.

Nothing here changes a row: a payment is voided by a counter-entry, a refund is a payment the other
way, what cannot be had is written off.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from klantenapp.models.catalogue import PaymentMethod
from klantenapp.models.document import Document
from klantenapp.models.ledger import LedgerEntry, Settlement
from klantenapp.models.payment import Payment
from klantenapp.models.values import ZERO, total
from klantenapp.services.errors.base import NotFound
from klantenapp.services.errors.payments import (
    AllocatesTooMuch,
    AllocationAboveOpen,
    AmountNotPositive,
    DuplicateBankReference,
    NothingOpen,
    OtherCustomer,
    PaymentInFuture,
    RefundAboveCredit,
)
from klantenapp.services.errors.sales import StillADraft, WrongKind
from klantenapp.services.ledger import settling
from klantenapp.services.ledger.balances import balance
from klantenapp.services.ledger.open_items import document_entry
from klantenapp.services.ledger.posting import Posting, post, void
from klantenapp.services.receivables import bank_links
from klantenapp.services.store import clock
from klantenapp.services.store.operations import FINAL, Compensated, register

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

    from klantenapp.models.values import Money
    from klantenapp.services.store.operations import Made


#: Movements that mean nothing without the document they are about.
_BOUND: Final = frozenset({"write_off", "discount", "recovery"})


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """Money that came in.

    Attributes:
        amount: positive.
        bank_reference: the bank's own, under which nothing is booked twice.
    """

    customer_id: int
    amount: Money
    date: dt.date
    method: str = "transfer"
    reference: str | None = None
    bank_reference: str | None = None
    bank_account_id: int | None = None
    bank_line_id: int | None = None
    note: str | None = None


@dataclass(frozen=True)
class Booked:
    """A payment that was booked.

    Attributes:
        left: what settled nothing and stays as the customer's credit.
    """

    payment_id: int
    entry_id: int
    left: Money


def receive(
    session: Session, receipt: Receipt, allocations: Mapping[int, Money] | None = None
) -> Booked:
    """Book money that came in over one or many documents.

    Args:
        allocations: document id -> amount; None settles the oldest first, {} nothing.

    Returns:
        The payment; what was not assigned stays as credit.

    Raises:
        AmountNotPositive, PaymentInFuture, DuplicateBankReference, PeriodLocked.
        AllocatesTooMuch, AllocationAboveOpen, OtherCustomer: naming the document.
    """
    require_bookable(session, receipt)
    if allocations is not None:
        ids = {document_entry(session, each).id: each for each in allocations}
        return receive_on(
            session, receipt, {entry_id: allocations[each] for entry_id, each in ids.items()}
        )
    entry = book(session, receipt, "payment", -receipt.amount)
    left = settling.settle_oldest(session, entry, receipt.date)
    return Booked(payment_of(entry), entry.id, left)


def receive_on(session: Session, receipt: Receipt, parts: Mapping[int, Money]) -> Booked:
    """Book money that came in over chosen entries, which also opening balances are.

    Args:
        parts: ledger entry -> amount.

    Returns:
        The payment; what was not assigned stays as credit.

    Raises:
        AmountNotPositive, PaymentInFuture, DuplicateBankReference, PeriodLocked.
        AllocatesTooMuch, AllocationAboveOpen, OtherCustomer: naming the entry.
    """
    require_bookable(session, receipt)
    if total(parts.values()) > receipt.amount:
        raise AllocatesTooMuch(total(parts.values()), receipt.amount)
    entry = book(session, receipt, "payment", -receipt.amount)
    for entry_id, amount in parts.items():
        debit = session.get_one(LedgerEntry, entry_id)
        _require_room(debit, receipt.customer_id, amount)
        settling.settle(session, debit, entry, amount, receipt.date)
    return Booked(payment_of(entry), entry.id, abs(entry.open_amount))


def pay(
    session: Session,
    document_id: int,
    *,
    amount: Money | None = None,
    date: dt.date | None = None,
    method: str | None = None,
    reference: str | None = None,
) -> Booked:
    """Book a payment on one invoice.

    Args:
        amount: None is all that is open; more than that stays as the customer's credit.
        date: None is today.
        method: None is the invoice's own.

    Raises:
        StillADraft, WrongKind: the document is not an issued invoice.
        NothingOpen: it is settled.
        AmountNotPositive, PaymentInFuture, PeriodLocked.
    """
    document = payable(session, document_id)
    open_amount = _open_amount(session, document)
    paid = open_amount if amount is None else amount
    receipt = Receipt(
        customer_id=_customer_id(document),
        amount=paid,
        date=date or clock.today(),
        method=method or _method(session, document),
        reference=reference or document.number,
    )
    require_bookable(session, receipt)
    return receive(session, receipt, {document_id: min(paid, open_amount)})


def payable(session: Session, document_id: int) -> Document:
    """An issued invoice.

    Raises:
        NotFound, StillADraft, WrongKind.
    """
    document = session.get(Document, document_id)
    if document is None:
        raise NotFound("invoice", str(document_id))
    if document.state != "issued":
        raise StillADraft
    if document.kind != "invoice":
        raise WrongKind(document.number or "", "invoice")
    return document


def refund(
    session: Session, receipt: Receipt, allocations: Mapping[int, Money] | None = None
) -> Booked:
    """Book money that was paid back out of the customer's credit.

    Args:
        receipt: amount positive: what was paid back.
        allocations: ledger entry id of a credit -> amount; None takes the oldest credit first.

    Raises:
        RefundAboveCredit: the customer has less in credit.
        AmountNotPositive, PaymentInFuture, DuplicateBankReference, PeriodLocked.
    """
    require_bookable(session, receipt)
    credit = balance(session, receipt.customer_id, receipt.date).credit
    if receipt.amount > credit:
        raise RefundAboveCredit(receipt.amount, credit)
    entry = book(session, receipt, "refund", receipt.amount)
    if allocations is None:
        left = settling.settle_oldest(session, entry, receipt.date)
        return Booked(payment_of(entry), entry.id, left)
    for entry_id, amount in allocations.items():
        settling.settle(
            session, entry, session.get_one(LedgerEntry, entry_id), amount, receipt.date
        )
    return Booked(payment_of(entry), entry.id, abs(entry.open_amount))


def void_payment(
    session: Session, payment_id: int, date: dt.date | None = None, reason: str | None = None
) -> None:
    """Take a payment back: what it settled is open again, and history shows both.

    What was booked with it (costs, interest, a discount, a small difference) goes with it, and its
    bank line is to be handled again.

    Raises:
        NotFound, AlreadyVoid, PeriodLocked.
    """
    entry = session.scalar(
        select(LedgerEntry).where(
            LedgerEntry.payment_id == payment_id, LedgerEntry.kind.in_(("payment", "refund"))
        )
    )
    if entry is None:
        raise NotFound("payment", str(payment_id))
    day = date or max(clock.today(), entry.date)
    void(session, entry, day, reason)
    for companion in _companions(session, payment_id):
        void(session, companion, day, reason)
    bank_links.release(session, payment_id)


def _companions(session: Session, payment_id: int) -> Sequence[LedgerEntry]:
    """Entries that were booked because of a payment, and still stand."""
    voided = select(LedgerEntry.voids_id).where(LedgerEntry.voids_id.is_not(None))
    return session.scalars(
        select(LedgerEntry).where(
            LedgerEntry.payment_id == payment_id,
            LedgerEntry.kind.in_(("write_off", "discount", "recovery", "costs", "interest")),
            LedgerEntry.id.not_in(voided),
        )
    ).all()


def release(session: Session, settlement_id: int, reason: str | None = None) -> None:
    """Take one settlement back, such as a bounced direct debit; both sides are open again.

    What was given up on a document (a write-off, a discount), and what came in on it after all,
    only exist together with it: they are taken back whole, or a loss would become a credit.

    Raises:
        AlreadyReleased, PeriodLocked.
    """
    settlement = session.get_one(Settlement, settlement_id)
    for entry_id in (settlement.credit_id, settlement.debit_id):
        entry = session.get_one(LedgerEntry, entry_id)
        if entry.kind in _BOUND and settlement_id in settling.standing_ids(session, entry_id):
            void(session, entry, max(clock.today(), entry.date), reason)
            return
    settling.release(session, settlement_id, clock.today(), reason)


def require_bookable(session: Session, receipt: Receipt) -> None:
    """Refuse money that cannot be booked.

    Raises:
        AmountNotPositive, PaymentInFuture, DuplicateBankReference.
    """
    if receipt.amount <= ZERO:
        raise AmountNotPositive
    if receipt.date > clock.today():
        raise PaymentInFuture(receipt.date)
    if receipt.bank_reference is None:
        return
    voided = select(LedgerEntry.voids_id).where(LedgerEntry.voids_id.is_not(None))
    before = session.scalar(
        select(Payment.date)
        .join(LedgerEntry, LedgerEntry.payment_id == Payment.id)
        .where(
            Payment.bank_reference == receipt.bank_reference,
            LedgerEntry.kind.in_(("payment", "refund")),
            LedgerEntry.id.not_in(voided),
        )
        .limit(1)
    )
    if before is not None:
        raise DuplicateBankReference(receipt.bank_reference, before)


def book(session: Session, receipt: Receipt, kind: str, amount: Money) -> LedgerEntry:
    """The payment and its entry, settling nothing yet.

    Args:
        kind: payment or refund.
        amount: as in the ledger; a payment's own sign is the opposite.

    Raises:
        PeriodLocked.
    """
    payment = Payment(**vars(replace(receipt, amount=-amount)), created_at=clock.now())
    session.add(payment)
    session.flush()
    return post(
        session,
        Posting(
            customer_id=receipt.customer_id,
            kind=kind,
            date=receipt.date,
            amount=amount,
            payment_id=payment.id,
            reference=receipt.reference,
            note=receipt.note,
        ),
    )


def _require_room(debit: LedgerEntry, customer_id: int, amount: Money) -> None:
    number = debit.reference or ""
    if debit.customer_id != customer_id:
        raise OtherCustomer(number)
    if amount <= ZERO:
        raise AmountNotPositive
    if amount > debit.open_amount:
        raise AllocationAboveOpen(number, debit.open_amount)


def _open_amount(session: Session, document: Document) -> Money:
    open_amount = open_of(session, document.id)
    if open_amount <= ZERO:
        raise NothingOpen(document.number or "")
    return open_amount


def open_of(session: Session, document_id: int) -> Money:
    """What is open on a document; nothing where it was not posted."""
    try:
        return document_entry(session, document_id).open_amount
    except NotFound:
        return ZERO


def _method(session: Session, document: Document) -> str:
    """How the invoice says that it is paid."""
    kind = session.scalar(
        select(PaymentMethod.kind).where(PaymentMethod.id == document.payment_method_id)
    )
    return kind or "transfer"


def _customer_id(document: Document) -> int:
    if document.customer_id is None:
        raise AssertionError(document.id)
    return document.customer_id


def payment_of(entry: LedgerEntry) -> int:
    """The payment behind an entry that has one."""
    if entry.payment_id is None:
        raise AssertionError(entry.id)
    return entry.payment_id


def void_made(session: Session, made: Made) -> None:
    """Take back the payments that an operation made."""
    for payment_id in made.created.get("payment", []):
        void_payment(session, payment_id)


VOID: Final = register("payment.void", FINAL)
RELEASE: Final = register("settlement.release", FINAL)
RECEIVE: Final = register("payment.receive", Compensated(VOID, void_made))
MARK_PAID: Final = register("payment.mark_paid", Compensated(VOID, void_made))
REFUND: Final = register("payment.refund", Compensated(VOID, void_made))
