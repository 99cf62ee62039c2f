"""A bank line becomes a payment: booked, settled, tied to the line, and the account learned."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from klantenapp.models.business import Business
from klantenapp.models.ledger import LedgerEntry
from klantenapp.models.values import ZERO, total
from klantenapp.services.errors.base import NotFound
from klantenapp.services.errors.payments import DifferenceTooLarge, OtherCustomer
from klantenapp.services.errors.receivables import (
    AssignmentAboveOpen,
    AssignmentUnbalanced,
    BankLineNotMatched,
)
from klantenapp.services.ledger import settling
from klantenapp.services.ledger.posting import Posting, post
from klantenapp.services.receivables import (
    bank_index,
    bank_lines,
    bank_links,
    payments,
    returns,
)
from klantenapp.services.receivables.proposals import Certainty
from klantenapp.services.store import clock
from klantenapp.services.store.operations import FINAL, Compensated, register

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from klantenapp.models.bank import BankLine
    from klantenapp.models.values import Money
    from klantenapp.services.receivables.bank_lines import Suggested
    from klantenapp.services.receivables.proposals import Proposal
    from klantenapp.services.store.operations import Made


@dataclass(frozen=True, kw_only=True)
class Acceptance:
    """What the user makes of a bank line.

    Attributes:
        parts: ledger entry -> amount, signed as the entry: of an invoice positive, of a credit
            negative. What they leave of a receipt stays as the customer's credit.
        costs, interest: of the customer's last reminder, booked now and paid with it.
        discount: early-payment discount that was taken, on what the parts leave open.
        difference: small difference to write off: positive is paid too little (on what the parts
            leave open), negative too much (on what stays as credit).
        certainty: how sure the proposal was; None where the user chose it.
    """

    line_id: int
    customer_id: int
    parts: Mapping[int, Money] = field(default_factory=dict)
    costs: Money = ZERO
    interest: Money = ZERO
    discount: Money = ZERO
    difference: Money = ZERO
    certainty: str | None = None


def of_proposal(line_id: int, proposal: Proposal) -> Acceptance:
    """A proposal taken as it is; a small difference stays open until the user says otherwise."""
    return Acceptance(
        line_id=line_id,
        customer_id=proposal.customer_id,
        parts={part.item_id: part.amount for part in proposal.parts},
        costs=proposal.costs,
        interest=proposal.interest,
        discount=proposal.discount,
        certainty=proposal.certainty.value,
    )


def accept(session: Session, acceptance: Acceptance) -> int:
    """Book a bank line.

    Returns:
        The payment.

    Raises:
        NotFound, BankLineNotOpen: no line to be handled under that id.
        AssignmentUnbalanced: more is assigned than came in; what went out must be assigned whole.
        AssignmentAboveOpen, OtherCustomer: naming the document.
        DifferenceTooLarge: above the limit of the settings.
        PaymentInFuture, PeriodLocked.
    """
    line = bank_lines.require_open(session, acceptance.line_id)
    _require_balance(line, acceptance)
    entries = _entries(session, acceptance)
    came_in = line.amount > ZERO
    receipt = payments.Receipt(
        customer_id=acceptance.customer_id,
        amount=abs(line.amount),
        date=line.date,
        method="direct_debit" if line.mandate and came_in else "transfer",
        reference=_reference(entries, line),
        bank_account_id=line.bank_account_id,
        bank_line_id=line.id,
    )
    payments.require_bookable(session, receipt)
    own = payments.book(session, receipt, "payment" if came_in else "refund", -line.amount)
    payment_id = payments.payment_of(own)
    entries += _claimed(session, acceptance, line, payment_id)
    _settle(session, own, entries, line)
    _post_rest(session, acceptance, line, own, [entry for entry, _amount in entries])
    bank_links.tie(session, line, payment_id, acceptance.certainty)
    bank_links.learn(session, line, acceptance.customer_id)
    return payment_id


def certain(session: Session) -> list[Suggested]:
    """Open lines that are certain and can be booked: by their first proposal, or direct debit."""
    suggested = bank_lines.suggestions(session)
    debits = returns.recognise(session, (each.row for each in suggested))
    today = clock.today()
    locked = session.scalar(select(Business.locked_through))
    return [
        each
        for each in suggested
        if (each.row.id in debits or each.match.certainty is Certainty.CERTAIN)
        and each.row.date <= today
        and (locked is None or each.row.date > locked)
    ]


def accept_certain(session: Session, left_out: frozenset[int] = frozenset()) -> list[Suggested]:
    """Accept everything that is certain, as one step.

    Money of a collection that comes in makes what the bank took back of it known, so this looks
    again until nothing is left.

    Args:
        left_out: lines that the user unticked.

    Returns:
        What was accepted.
    """
    done: list[Suggested] = []
    while True:
        found = [each for each in certain(session) if each.row.id not in left_out]
        if not found:
            return done
        debits = returns.recognise(session, (each.row for each in found))
        for each in found:
            if each.row.id in debits:
                returns.accept(session, each.row.id)
            else:
                accept(session, of_proposal(each.row.id, each.match.proposals[0]))
        done += found
        if not debits:
            return done


def unlink(session: Session, line_id: int) -> None:
    """Take back what a line was accepted as; the line is to be handled again.

    Raises:
        NotFound, BankLineNotMatched.
    """
    line = bank_lines.find(session, line_id)
    standing = bank_links.payments_of(session, line_id)
    if not standing:
        raise BankLineNotMatched(line.date, line.amount)
    for payment_id in standing:
        _take_back(session, payment_id)


def _require_balance(line: BankLine, acceptance: Acceptance) -> None:
    """Parts, costs and interest are at most what came in, and exactly what went out."""
    assigned = total(acceptance.parts.values()) + acceptance.costs + acceptance.interest
    left = line.amount - assigned
    too_much = left < ZERO if line.amount > ZERO else bool(left)
    if too_much:
        raise AssignmentUnbalanced(abs(assigned), abs(line.amount))


def _entries(session: Session, acceptance: Acceptance) -> list[tuple[LedgerEntry, Money]]:
    found = []
    for entry_id, amount in acceptance.parts.items():
        entry = session.get(LedgerEntry, entry_id)
        if entry is None:
            raise NotFound("ledger_entry", str(entry_id))
        if entry.customer_id != acceptance.customer_id:
            raise OtherCustomer(entry.reference or "")
        same_side = amount.cents * entry.open_amount.cents > 0
        if not same_side or abs(amount) > abs(entry.open_amount):
            raise AssignmentAboveOpen(entry.reference or "", abs(entry.open_amount))
        found.append((entry, amount))
    return found


def _reference(entries: list[tuple[LedgerEntry, Money]], line: BankLine) -> str | None:
    """What history shows: the documents it is for, else what the payer wrote."""
    numbers = [entry.reference for entry, _amount in entries if entry.reference]
    return ", ".join(numbers)[:200] or line.text[:200] or line.counterparty


def _claimed(
    session: Session, acceptance: Acceptance, line: BankLine, payment_id: int
) -> list[tuple[LedgerEntry, Money]]:
    """Costs and interest of the reminder, owed from now on."""
    reminder_id = bank_index.latest_reminders(session).get(acceptance.customer_id)
    amounts = (("costs", acceptance.costs), ("interest", acceptance.interest))
    return [
        (
            post(
                session,
                Posting(
                    customer_id=acceptance.customer_id,
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
    session: Session, own: LedgerEntry, entries: list[tuple[LedgerEntry, Money]], line: BankLine
) -> None:
    """Set what is owed against what is in favour: the parts first, the payment last."""
    debits = [(entry, amount) for entry, amount in entries if amount > ZERO]
    credits_ = [(entry, -amount) for entry, amount in entries if amount < ZERO]
    (credits_ if own.amount < ZERO else debits).append((own, abs(line.amount)))
    while debits and credits_:
        (debit, owed), (credit, favour) = debits.pop(0), credits_.pop(0)
        amount = min(owed, favour)
        settling.settle(session, debit, credit, amount, line.date)
        if owed > amount:
            debits.insert(0, (debit, owed - amount))
        if favour > amount:
            credits_.insert(0, (credit, favour - amount))


def _post_rest(
    session: Session,
    acceptance: Acceptance,
    line: BankLine,
    own: LedgerEntry,
    entries: list[LedgerEntry],
) -> None:
    """A discount that was taken, and a small difference that is written off."""
    limit = bank_index.tolerance(session)
    if abs(acceptance.difference) > limit:
        raise DifferenceTooLarge(abs(acceptance.difference), limit)
    for kind, amount in (("discount", acceptance.discount), ("write_off", acceptance.difference)):
        if amount < ZERO:
            _write_back(session, own, -amount, line)
        elif amount:
            _write_off(session, kind, amount, entries, own, line)


def _write_off(
    session: Session,
    kind: str,
    amount: Money,
    entries: list[LedgerEntry],
    own: LedgerEntry,
    line: BankLine,
) -> None:
    left = amount
    for entry in entries:
        part = min(left, entry.open_amount)
        if part <= ZERO:
            continue
        credit = post(
            session,
            Posting(
                customer_id=own.customer_id,
                kind=kind,
                date=line.date,
                amount=-part,
                document_id=entry.document_id,
                payment_id=own.payment_id,
                reference=entry.reference,
            ),
        )
        settling.settle(session, entry, credit, part, line.date)
        left -= part
    if left:
        raise AssignmentAboveOpen(own.reference or "", amount - left)


def _write_back(session: Session, own: LedgerEntry, amount: Money, line: BankLine) -> None:
    """Too much by a little: it does not stay as credit."""
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


def _unlink_made(session: Session, made: Made) -> None:
    for payment_id in reversed(made.created.get("payment", [])):
        _take_back(session, payment_id)


def _take_back(session: Session, payment_id: int) -> None:
    """Void a payment; what the bank seemed to have taken back is paid again."""
    payments.void_payment(session, payment_id)
    returns.take_back(session, payment_id)


UNLINK: Final = register("bank.unlink", FINAL)
ACCEPT: Final = register("bank.accept", Compensated(UNLINK, _unlink_made))
ACCEPT_CERTAIN: Final = register("bank.accept_certain", Compensated(UNLINK, _unlink_made))
