"""Bank lines of direct debit: a batch that came in, and R-transactions that take it back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from klantenapp.models.document import Document
from klantenapp.models.ledger import LedgerEntry, Settlement
from klantenapp.models.payment import CollectionBatch, CollectionItem, Payment
from klantenapp.models.values import ZERO
from klantenapp.services.errors.direct_debit import NoSuchCollection
from klantenapp.services.ledger import settling
from klantenapp.services.ledger.open_items import document_entry
from klantenapp.services.receivables import bank_lines, bank_links, direct_debit, payments

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

    from klantenapp.models.bank import BankLine
    from klantenapp.services.receivables.bank_lines import LineRow


@dataclass(frozen=True, slots=True)
class Recognised:
    """A line of direct debit.

    Attributes:
        kind: "batch" (money of a collection) or "return" (taken back by the bank).
        id: of the batch, or of the item in it.
        reference: of the batch, or number of the invoice.
        code: reason of a return, such as MD06; "" where the bank says none.
    """

    line_id: int
    kind: str
    id: int
    reference: str
    code: str = ""


def recognise(session: Session, rows: Iterable[LineRow]) -> dict[int, Recognised]:
    """Open lines that are a collection or a return, by line."""
    batches = {
        batch.reference: (batch.id, batch.amount)
        for batch in session.execute(
            select(
                CollectionBatch.reference,
                CollectionBatch.id,
                func.sum(CollectionItem.amount).label("amount"),
            )
            .join(CollectionItem, CollectionItem.batch_id == CollectionBatch.id)
            .where(CollectionBatch.state == "sent", CollectionItem.payment_id.is_(None))
            .group_by(CollectionBatch.id)
        )
    }
    collected = {
        item.end_to_end_id: item
        for item in session.execute(
            select(
                CollectionItem.end_to_end_id,
                CollectionItem.id,
                CollectionItem.amount,
                Document.number,
            )
            .join(Document, Document.id == CollectionItem.document_id)
            .where(CollectionItem.payment_id.is_not(None), CollectionItem.returned_on.is_(None))
        )
    }
    found: dict[int, Recognised] = {}
    if not batches and not collected:
        return found
    for row in rows:
        words = _words(row)
        if row.amount > ZERO:
            for reference, (batch_id, amount) in batches.items():
                if amount == row.amount and any(word.startswith(reference) for word in words):
                    found[row.id] = Recognised(row.id, "batch", batch_id, reference)
            continue
        for word in words & collected.keys():
            item = collected[word]
            if item.amount == -row.amount:
                code = row.return_code or ""
                found[row.id] = Recognised(row.id, "return", item.id, item.number or "", code)
    return found


def _words(row: LineRow) -> set[str]:
    text = f"{row.end_to_end_id or ''} {row.reference} {row.text}"
    return set(text.replace("/", " ").replace(",", " ").split())


def accept(session: Session, line_id: int) -> list[int]:
    """Book a line that was recognised.

    Returns:
        The payments: of a batch one for each invoice, of a return the one that went back.

    Raises:
        NotFound, BankLineNotOpen.
        NoSuchCollection: it is no line of direct debit.
        PaymentInFuture, PeriodLocked.
    """
    line = bank_lines.require_open(session, line_id)
    known = recognise(session, bank_lines.rows(session, line_ids=[line_id])).get(line_id)
    if known is None:
        raise NoSuchCollection
    if known.kind == "batch":
        return direct_debit.book(session, known.id, line)
    return [_give_back(session, line, session.get_one(CollectionItem, known.id))]


def _give_back(session: Session, line: BankLine, item: CollectionItem) -> int:
    """The bank took the money back: the invoice is open again, and the day it was paid stays."""
    paid = _entry_of(session, item)
    for settlement_id in settling.standing_ids(session, paid.id):
        settling.release(session, settlement_id, line.date, line.return_code)
    receipt = payments.Receipt(
        customer_id=paid.customer_id,
        amount=-line.amount,
        date=line.date,
        method="direct_debit",
        reference=paid.reference,
        bank_account_id=line.bank_account_id,
        bank_line_id=line.id,
        note=line.return_code,
    )
    payments.require_bookable(session, receipt)
    own = payments.book(session, receipt, "refund", -line.amount)
    settling.settle(session, own, paid, -line.amount, line.date)
    item.return_code, item.returned_on = line.return_code or "", line.date
    payment_id = payments.payment_of(own)
    bank_links.tie(session, line, payment_id, "certain")
    return payment_id


def take_back(session: Session, payment_id: int) -> None:
    """A return that was accepted was none: the collected money pays its invoice again."""
    item = _returned_by(session, payment_id)
    if item is None:
        return
    item.return_code = item.returned_on = None
    paid, debit = _entry_of(session, item), document_entry(session, item.document_id)
    room = min(debit.open_amount, -paid.open_amount)
    if room > ZERO:
        settling.settle(session, debit, paid, room, paid.date)


def _returned_by(session: Session, payment_id: int) -> CollectionItem | None:
    """The item whose money this refund took back: they settled each other."""
    refund = select(LedgerEntry.id).where(
        LedgerEntry.payment_id == payment_id, LedgerEntry.kind == "refund"
    )
    return session.scalar(
        select(CollectionItem)
        .join(Payment, Payment.id == CollectionItem.payment_id)
        .join(LedgerEntry, LedgerEntry.payment_id == Payment.id)
        .join(Settlement, Settlement.credit_id == LedgerEntry.id)
        .where(
            CollectionItem.returned_on.is_not(None),
            LedgerEntry.kind == "payment",
            Settlement.debit_id.in_(refund),
        )
        .limit(1)
    )


def _entry_of(session: Session, item: CollectionItem) -> LedgerEntry:
    return session.scalars(
        select(LedgerEntry).where(
            LedgerEntry.payment_id == item.payment_id, LedgerEntry.kind == "payment"
        )
    ).one()
