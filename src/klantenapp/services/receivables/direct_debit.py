"""Collecting by direct debit: what can be collected, the file for the bank, and its booking."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select

from klantenapp.models.business import Business
from klantenapp.models.catalogue import PaymentMethod
from klantenapp.models.customer import Customer
from klantenapp.models.document import Document
from klantenapp.models.ledger import LedgerEntry
from klantenapp.models.payment import CollectionBatch, CollectionItem, Mandate
from klantenapp.models.values import ZERO
from klantenapp.services.errors.base import NotFound
from klantenapp.services.errors.direct_debit import (
    BatchStateWrong,
    CollectionTooSoon,
    CreditorIncomplete,
    MandateExpired,
    MandateNotSigned,
    NoMandate,
    NothingToCollect,
)
from klantenapp.services.receivables import bank_links, mandates, pain008, payments
from klantenapp.services.store import clock, files
from klantenapp.services.store.operations import REVERSIBLE, Compensated, register

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from klantenapp.models.bank import BankLine
    from klantenapp.models.values import Money
    from klantenapp.services.store.operations import Made

MEDIA_TYPE: Final = "application/xml"


@dataclass(frozen=True, slots=True)
class Collectable:
    """An open invoice that is to be collected.

    Attributes:
        mandate: reference; None where the customer has none.
        standing: of the mandate today: holds, unsigned or expired; "" where there is none.
    """

    document_id: int
    number: str
    customer_id: int
    customer: str
    due_date: dt.date | None
    open_amount: Money
    mandate_id: int | None
    mandate: str | None
    scheme: str | None
    standing: str = ""


def first_day(today: dt.date) -> dt.date:
    """The first day on which the bank can still collect: the second working day from today."""
    day, left = today, 2
    while left:
        day += dt.timedelta(days=1)
        left -= is_bank_day(day)
    return day


def is_bank_day(day: dt.date) -> bool:
    """Whether banks in the euro area settle on that day (the TARGET calendar)."""
    from holidays.utils import financial_holidays  # noqa: PLC0415 - heavy, and rarely needed

    return day.weekday() < 5 and day not in financial_holidays("XECB", years=day.year)  # noqa: PLR2004 - Saturday


def collectable(session: Session) -> list[Collectable]:
    """Open invoices with direct debit as their method that are in no collection under way."""
    under_way = (
        select(CollectionItem.document_id)
        .join(CollectionBatch, CollectionBatch.id == CollectionItem.batch_id)
        .where(
            CollectionBatch.state.in_(("made", "sent")),
            CollectionItem.returned_on.is_(None),
        )
    )
    rows = session.execute(
        select(
            Document.id,
            func.coalesce(Document.number, ""),
            Customer.id,
            Customer.name,
            LedgerEntry.due_date,
            LedgerEntry.open_amount,
        )
        .join(LedgerEntry, LedgerEntry.document_id == Document.id)
        .join(Customer, Customer.id == LedgerEntry.customer_id)
        .join(PaymentMethod, PaymentMethod.id == Document.payment_method_id)
        .where(
            LedgerEntry.kind == "invoice",
            LedgerEntry.open_amount > ZERO,
            PaymentMethod.kind == "direct_debit",
            Document.id.not_in(under_way),
        )
        .order_by(LedgerEntry.due_date, Document.id)
    )
    held, today = mandates.best(session), clock.today()
    found = []
    for row in rows:
        mandate = held.get(row[2])
        one = Collectable(*row, None, None, None)
        if mandate is not None:
            one = replace(
                one,
                mandate_id=mandate.id,
                mandate=mandate.reference,
                scheme=mandate.scheme,
                standing=mandate.state_on(today),
            )
        found.append(one)
    return found


def make(session: Session, document_ids: Sequence[int], collection_date: dt.date) -> list[int]:
    """Make the files for invoices: one batch per scheme.

    Returns:
        The batches; their files are stored.

    Raises:
        NothingToCollect: nothing was chosen, or an invoice is paid or under way already.
        NoMandate, MandateNotSigned, MandateExpired: a customer has none that holds that day.
        CreditorIncomplete: the user's own IBAN or creditor id is missing.
        CollectionTooSoon: the bank does not collect on that day.
    """
    first = first_day(clock.today())
    if collection_date < first or not is_bank_day(collection_date):
        raise CollectionTooSoon(first)
    found = {each.document_id: each for each in collectable(session)}
    chosen = [found[each] for each in document_ids if each in found]
    if not chosen or len(chosen) != len(document_ids):
        raise NothingToCollect
    _require_mandates(session, chosen, collection_date)
    schemes = dict.fromkeys(each.scheme for each in chosen)
    return [
        _make(
            session,
            [each for each in chosen if each.scheme == scheme],
            str(scheme),
            collection_date,
        )
        for scheme in schemes
    ]


def _require_mandates(session: Session, chosen: list[Collectable], day: dt.date) -> None:
    held = mandates.best(session)
    for each in chosen:
        mandate = held.get(each.customer_id)
        if mandate is None:
            raise NoMandate(each.number, each.customer)
        expires = mandate.expires_on
        if expires is None:
            raise MandateNotSigned(each.number, each.customer, mandate.reference)
        if day >= expires:
            raise MandateExpired(each.number, each.customer, mandate.reference, expires)


def _make(
    session: Session, chosen: list[Collectable], scheme: str, collection_date: dt.date
) -> int:
    number = (session.scalar(select(func.max(CollectionBatch.id))) or 0) + 1
    batch = CollectionBatch(
        reference=f"INC{collection_date:%Y%m%d}-{number}",
        collection_date=collection_date,
        created_at=clock.now(),
    )
    session.add(batch)
    session.flush()
    items = []
    for at, each in enumerate(chosen, start=1):
        mandate = session.get_one(Mandate, each.mandate_id)
        item = CollectionItem(
            batch_id=batch.id,
            document_id=each.document_id,
            mandate_id=mandate.id,
            sequence=mandate.sequence,
            end_to_end_id=f"{batch.reference}-{at}",
            amount=each.open_amount,
        )
        session.add(item)
        items.append((each, item, mandate))
    content = pain008.write(
        _creditor(session),
        batch.reference,
        scheme,
        collection_date,
        [
            pain008.Collection(
                mandate.account_name,
                mandate.iban,
                item.amount,
                item.sequence,
                mandate.reference,
                mandate.signed_on or collection_date,
                item.end_to_end_id,
                each.number,
            )
            for each, item, mandate in items
        ],
    )
    for _each, item, mandate in items:
        # Only now: several invoices of one customer go together under the same word.
        if item.sequence == "FRST":
            mandate.sequence = "RCUR"
        elif item.sequence == "OOFF":
            mandate.ended_on = collection_date
    batch.file_id = files.store(session, content, MEDIA_TYPE)
    return batch.id


def _creditor(session: Session) -> pain008.Creditor:
    business = session.get_one(Business, 1)
    if not business.iban or not business.creditor_id:
        raise CreditorIncomplete
    name = business.trade_name or business.legal_name
    return pain008.Creditor(name, business.iban, business.creditor_id)


# --- states --------------------------------------------------------------------------------------


def find(session: Session, batch_id: int) -> CollectionBatch:
    """A batch.

    Raises:
        NotFound.
    """
    batch = session.get(CollectionBatch, batch_id)
    if batch is None:
        raise NotFound("collection_batch", str(batch_id))
    return batch


def _move(session: Session, batch_id: int, before: str, after: str) -> CollectionBatch:
    batch = find(session, batch_id)
    if batch.state != before:
        raise BatchStateWrong(batch.reference)
    batch.state = after
    return batch


def send(session: Session, batch_id: int) -> None:
    """The file was handed to the bank.

    Raises:
        NotFound, BatchStateWrong.
    """
    _move(session, batch_id, "made", "sent")


def cancel(session: Session, batch_id: int) -> None:
    """The file was not handed to the bank, and will not be.

    Raises:
        NotFound, BatchStateWrong.
    """
    _move(session, batch_id, "made", "cancelled")
    for item in items_of(session, batch_id):
        mandate = session.get_one(Mandate, item.mandate_id)
        if item.sequence == "FRST":
            mandate.sequence = "FRST"
        elif item.sequence == "OOFF":
            mandate.ended_on = None


def book(session: Session, batch_id: int, line: BankLine | None = None) -> list[int]:
    """The money came in: a payment for each invoice, tied to the bank line where there is one.

    Returns:
        The payments.

    Raises:
        NotFound, BatchStateWrong, AllocationAboveOpen, PaymentInFuture, PeriodLocked.
    """
    batch = _move(session, batch_id, "sent", "booked")
    booked = []
    for item in items_of(session, batch_id):
        if item.payment_id is not None:
            continue
        document = session.get_one(Document, item.document_id)
        receipt = payments.Receipt(
            customer_id=document.customer_id or 0,
            amount=item.amount,
            date=line.date if line else batch.collection_date,
            method="direct_debit",
            reference=document.number,
            bank_account_id=line.bank_account_id if line else None,
            bank_line_id=line.id if line else None,
        )
        open_amount = payments.open_of(session, item.document_id)
        amount = min(item.amount, open_amount)
        parts = {item.document_id: amount} if amount > ZERO else {}
        done = payments.receive(session, receipt, parts)
        item.payment_id = done.payment_id
        booked.append(done.payment_id)
        if line is not None:
            bank_links.tie(session, line, done.payment_id, "certain", item.amount)
    return booked


def items_of(session: Session, batch_id: int) -> Sequence[CollectionItem]:
    """What is collected in a batch."""
    query = select(CollectionItem).where(CollectionItem.batch_id == batch_id)
    return session.scalars(query.order_by(CollectionItem.id)).all()


def _void_made(session: Session, made: Made) -> None:
    for payment_id in made.created.get("payment", []):
        payments.void_payment(session, payment_id)


MAKE: Final = register("collection.make", REVERSIBLE)
SEND: Final = register("collection.send", REVERSIBLE)
CANCEL: Final = register("collection.cancel", REVERSIBLE)
BOOK: Final = register("collection.book", Compensated(payments.VOID, _void_made))
