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
from klantenapp.services.receivables import (
    bank_index,
    bank_lines,
    bank_links,
    payments,
    refunds_due,
    returns,
    shares,
)
from klantenapp.services.receivables.proposals import Certainty
from klantenapp.services.receivables.shares import Share
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
        also: other customers whose documents the line pays too; each gets a payment of its own.
        refund: what is left of the receipt is to be paid back.
    """

    line_id: int
    customer_id: int
    parts: Mapping[int, Money] = field(default_factory=dict)
    costs: Money = ZERO
    interest: Money = ZERO
    discount: Money = ZERO
    difference: Money = ZERO
    certainty: str | None = None
    also: tuple[int, ...] = ()
    refund: bool = False


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
        also=proposal.also,
    )


def accept(session: Session, acceptance: Acceptance) -> int:
    """Book a bank line, or what is left of it.

    Returns:
        The payment of the customer; where all is of others, the first of theirs.

    Raises:
        NotFound, BankLineNotOpen: no line to be handled under that id.
        AssignmentUnbalanced: more is assigned than came in; what went out must be assigned whole.
        AssignmentAboveOpen, OtherCustomer: naming the document.
        DifferenceTooLarge: above the limit of the settings.
        PaymentInFuture, PeriodLocked.
    """
    line = bank_lines.require_open(session, acceptance.line_id)
    amount = line.amount - bank_links.assigned(session, line.id)
    _require_balance(amount, acceptance)
    shared = _shares(session, acceptance, amount)
    booked = [shares.book(session, line, share, acceptance.certainty) for share in shared]
    _post_rest(session, acceptance, line, shared)
    own = shared[0].own
    if acceptance.refund and own is not None and own.open_amount < ZERO:
        refunds_due.mark(session, own.id)
    return booked[0]


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
        take_back(session, payment_id)


def _require_balance(amount: Money, acceptance: Acceptance) -> None:
    """Parts, costs and interest are at most what came in, and exactly what went out."""
    assigned = total(acceptance.parts.values()) + acceptance.costs + acceptance.interest
    left = amount - assigned
    too_much = left < ZERO if amount > ZERO else bool(left)
    if too_much:
        raise AssignmentUnbalanced(abs(assigned), abs(amount))


def _shares(session: Session, acceptance: Acceptance, amount: Money) -> list[Share]:
    """The line over its customers: the others get what is assigned to them, the rest is its own."""
    own = Share(
        customer_id=acceptance.customer_id,
        costs=acceptance.costs,
        interest=acceptance.interest,
    )
    found = {acceptance.customer_id: own}
    for entry, part in _entries(session, acceptance):
        share = found.setdefault(entry.customer_id, Share(customer_id=entry.customer_id))
        share.parts.append((entry, part))
    others = [share for share in found.values() if share is not own]
    for share in others:
        share.amount = share.assigned
    own.amount = amount - total(share.amount for share in others)
    kept = [own, *others] if own.amount or own.parts else others
    for share in kept:
        if share.amount.cents * amount.cents <= 0:
            raise AssignmentUnbalanced(abs(share.assigned), abs(amount))
    return kept


def _entries(session: Session, acceptance: Acceptance) -> list[tuple[LedgerEntry, Money]]:
    allowed = {acceptance.customer_id, *acceptance.also}
    found = []
    for entry_id, amount in acceptance.parts.items():
        entry = session.get(LedgerEntry, entry_id)
        if entry is None:
            raise NotFound("ledger_entry", str(entry_id))
        if entry.customer_id not in allowed:
            raise OtherCustomer(entry.reference or "")
        same_side = amount.cents * entry.open_amount.cents > 0
        if not same_side or abs(amount) > abs(entry.open_amount):
            raise AssignmentAboveOpen(entry.reference or "", abs(entry.open_amount))
        found.append((entry, amount))
    return found


def _post_rest(
    session: Session, acceptance: Acceptance, line: BankLine, shared: list[Share]
) -> None:
    """A discount that was taken, and a small difference that is written off."""
    limit = bank_index.tolerance(session)
    if abs(acceptance.difference) > limit:
        raise DifferenceTooLarge(abs(acceptance.difference), limit)
    for kind, amount in (("discount", acceptance.discount), ("write_off", acceptance.difference)):
        own = shared[0].own
        if amount < ZERO and own is not None:
            shares.write_back(session, own, -amount, line)
        elif amount > ZERO:
            shares.write_off(session, kind, amount, shared, line)


def _unlink_made(session: Session, made: Made) -> None:
    for payment_id in reversed(made.created.get("payment", [])):
        take_back(session, payment_id)


def take_back(session: Session, payment_id: int, reason: str | None = None) -> None:
    """Void a payment; what the bank seemed to have taken back is paid again.

    Raises:
        NotFound, AlreadyVoid, PeriodLocked.
    """
    payments.void_payment(session, payment_id, reason=reason)
    returns.take_back(session, payment_id)


UNLINK: Final = register("bank.unlink", FINAL)
ACCEPT: Final = register("bank.accept", Compensated(UNLINK, _unlink_made))
ACCEPT_CERTAIN: Final = register("bank.accept_certain", Compensated(UNLINK, _unlink_made))
