"""Taking back what was booked on a customer's account: one door for every kind of movement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from klantenapp.models.ledger import LedgerEntry, Settlement
from klantenapp.services.errors.base import NotFound
from klantenapp.services.errors.ledger import AlreadyReleased, AlreadyVoid
from klantenapp.services.errors.payments import CreditInstead
from klantenapp.services.ledger import settling
from klantenapp.services.receivables import accepting, payments, write_offs
from klantenapp.services.store.operations import FINAL, register

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

#: Documents are credited, never taken back.
DOCUMENTS: Final = frozenset({"invoice", "credit_note"})


def take_back(session: Session, entry_id: int, reason: str | None = None) -> None:
    """Take a movement back: a payment with all that came along, or the movement itself.

    Raises:
        NotFound.
        CreditInstead: it is an invoice or a credit note.
        AlreadyVoid: it was taken back, or takes back another itself.
        PeriodLocked.
    """
    entry = session.get(LedgerEntry, entry_id)
    if entry is None:
        raise NotFound("ledger_entry", str(entry_id))
    if entry.kind in DOCUMENTS:
        raise CreditInstead(entry.reference or "")
    if entry.kind == "void":
        raise AlreadyVoid(entry.reference or "")
    if entry.payment_id is None:
        write_offs.void_entry(session, entry_id, reason)
    else:
        accepting.take_back(session, entry.payment_id, reason)


def unlink(session: Session, entry_id: int, number: str, reason: str | None = None) -> None:
    """Take back what ties one movement to one document; both are open again.

    Raises:
        AlreadyReleased: nothing ties them.
    """
    found = [
        settlement_id
        for settlement_id in settling.standing_ids(session, entry_id)
        if _names(session, settlement_id, number)
    ]
    if not found:
        raise AlreadyReleased
    for settlement_id in found:
        payments.release(session, settlement_id, reason)


def _names(session: Session, settlement_id: int, number: str) -> bool:
    settlement = session.get_one(Settlement, settlement_id)
    sides = (settlement.debit_id, settlement.credit_id)
    query = select(LedgerEntry.id).where(
        LedgerEntry.id.in_(sides),
        LedgerEntry.reference == number,
        LedgerEntry.kind.in_(DOCUMENTS | {"opening"}),
    )
    return session.scalar(query) is not None


TAKE_BACK: Final = register("entry.take_back", FINAL)
