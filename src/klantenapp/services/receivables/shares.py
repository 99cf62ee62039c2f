"""One customer's share of a bank line: the payment, what it settles, and what is given up on it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from klantenapp.models.values import ZERO, total
from klantenapp.services.errors.receivables import AssignmentAboveOpen
from klantenapp.services.ledger import settling
from klantenapp.services.ledger.posting import Posting, post
from klantenapp.services.receivables import bank_index, bank_links, payments

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from klantenapp.models.bank import BankLine
    from klantenapp.models.ledger import LedgerEntry
    from klantenapp.models.values import Money


@dataclass(kw_only=True)
class Share:
    """What of a line is one customer's.

    Attributes:
        amount: signed as the line.
        parts: entries with what is assigned to each, signed as the entry.
        costs, interest: of the customer's last reminder, paid with it.
        own: the entry of the payment, once it was booked.
    """

    customer_id: int
    amount: Money = ZERO
    parts: list[tuple[LedgerEntry, Money]] = field(default_factory=list)
    costs: Money = ZERO
    interest: Money = ZERO
    own: LedgerEntry | None = None

    @property
    def assigned(self) -> Money:
        """What the parts come to, signed."""
        return total(amount for _entry, amount in self.parts)


def book(session: Session, line: BankLine, share: Share, certainty: str | None) -> int:
    """Book a share: the payment with what it settles, tied to the line.

    Returns:
        The payment.

    Raises:
        PaymentInFuture, PeriodLocked.
    """
    came_in = share.amount > ZERO
    receipt = payments.Receipt(
        customer_id=share.customer_id,
        amount=abs(share.amount),
        date=line.date,
        method="direct_debit" if line.mandate and came_in else "transfer",
        reference=_reference(share.parts, line),
        bank_account_id=line.bank_account_id,
        bank_line_id=line.id,
    )
    payments.require_bookable(session, receipt)
    own = payments.book(session, receipt, "payment" if came_in else "refund", -share.amount)
    payment_id = payments.payment_of(own)
    share.own = own
    share.parts += _claimed(session, share, line, payment_id)
    _settle(session, own, share.parts, line)
    bank_links.tie(session, line, payment_id, certainty, share.amount)
    bank_links.learn(session, line, share.customer_id)
    return payment_id


def _reference(parts: list[tuple[LedgerEntry, Money]], line: BankLine) -> str | None:
    """What history shows: the documents it is for, else what the payer wrote."""
    numbers = [entry.reference for entry, _amount in parts if entry.reference]
    return ", ".join(numbers)[:200] or line.text[:200] or line.counterparty


def _claimed(
    session: Session, share: Share, line: BankLine, payment_id: int
) -> list[tuple[LedgerEntry, Money]]:
    """Costs and interest of the reminder, owed from now on."""
    amounts = (("costs", share.costs), ("interest", share.interest))
    if not share.costs and not share.interest:
        return []
    reminder_id = bank_index.latest_reminders(session).get(share.customer_id)
    return [
        (
            post(
                session,
                Posting(
                    customer_id=share.customer_id,
                    kind=kind,
                    date=line.date,
                    due_date=line.date,
                    amount=amount,
                    payment_id=payment_id,
                    reminder_id=reminder_id,
                ),
            ),
            amount,
        )
        for kind, amount in amounts
        if amount
    ]


def _settle(
    session: Session, own: LedgerEntry, parts: list[tuple[LedgerEntry, Money]], line: BankLine
) -> None:
    """Set what is owed against what is in favour: the parts first, the payment last."""
    debits = [(entry, amount) for entry, amount in parts if amount > ZERO]
    credits_ = [(entry, -amount) for entry, amount in parts if amount < ZERO]
    (credits_ if own.amount < ZERO else debits).append((own, abs(own.amount)))
    while debits and credits_:
        (debit, owed), (credit, favour) = debits.pop(0), credits_.pop(0)
        amount = min(owed, favour)
        settling.settle(session, debit, credit, amount, line.date)
        if owed > amount:
            debits.insert(0, (debit, owed - amount))
        if favour > amount:
            credits_.insert(0, (credit, favour - amount))


# --- what is given up ----------------------------------------------------------------------------


def write_off(
    session: Session, kind: str, amount: Money, shares: list[Share], line: BankLine
) -> None:
    """Give up what the parts leave open, in their order.

    Args:
        kind: discount or write_off.

    Raises:
        AssignmentAboveOpen: the parts leave less open.
    """
    left, number = amount, ""
    for share in shares:
        if share.own is None:
            continue
        for entry, _assigned in share.parts:
            part = min(left, entry.open_amount)
            number = entry.reference or number
            if part <= ZERO:
                continue
            credit = post(
                session,
                Posting(
                    customer_id=share.customer_id,
                    kind=kind,
                    date=line.date,
                    amount=-part,
                    document_id=entry.document_id,
                    payment_id=share.own.payment_id,
                    reference=entry.reference,
                ),
            )
            settling.settle(session, entry, credit, part, line.date)
            left -= part
    if left:
        raise AssignmentAboveOpen(number, amount - left)


def write_back(session: Session, own: LedgerEntry, amount: Money, line: BankLine) -> None:
    """Too much by a little: it does not stay as credit.

    Raises:
        AssignmentAboveOpen: less is left of the payment.
    """
    if amount > -own.open_amount:
        raise AssignmentAboveOpen(own.reference or "", -own.open_amount)
    debit = post(
        session,
        Posting(
            customer_id=own.customer_id,
            kind="write_off",
            date=line.date,
            amount=amount,
            payment_id=own.payment_id,
            reference=own.reference,
        ),
    )
    settling.settle(session, debit, own, amount, line.date)
