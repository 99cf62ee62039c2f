"""Everything that the window for matching shows, in one read."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select

from klantenapp.models.bank import BankAccount, BankAssignment, BankLine, BankStatement
from klantenapp.models.customer import Customer
from klantenapp.models.payment import Payment
from klantenapp.models.values import ZERO, total
from klantenapp.services.ledger.open_items import open_items
from klantenapp.services.receivables import bank_index, bank_lines, matched, returns
from klantenapp.services.receivables.proposals import Certainty

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from klantenapp.models.values import Money
    from klantenapp.services.ledger.open_items import OpenItem
    from klantenapp.services.receivables.bank_lines import LineRow, Suggested
    from klantenapp.services.receivables.proposals import Proposal
    from klantenapp.services.receivables.returns import Recognised

#: In the order of the list: to be handled first, handled below.
GROUPS: Final = ("certain", "check", "unknown", "matched", "ignored")
#: So many handled lines are shown, the newest first.
HANDLED: Final = 200


@dataclass(frozen=True, slots=True)
class DeskLine:
    """One bank line as the window shows it.

    Attributes:
        group: one of `GROUPS`.
        proposal: the first one; None where nothing is proposed or it was handled.
        customer_id, customer: of the proposal, or of the payment it became.
        numbers: of the documents of the proposal, or the reference of the payment.
        own_transfer: the other account is the user's own.
        debit: the line is a collection that came in, or one that the bank took back.
    """

    row: LineRow
    group: str
    proposal: Proposal | None = None
    customer_id: int | None = None
    customer: str = ""
    numbers: str = ""
    own_transfer: bool = False
    debit: Recognised | None = None

    @property
    def id(self) -> int:
        """Of the line."""
        return self.row.id

    @property
    def name(self) -> str:
        """Who is on the other side, as the bank says, else what was written."""
        return self.row.counterparty or self.row.text or self.row.account


@dataclass(frozen=True, slots=True)
class Caption:
    """The statement that was imported last, and how many lines wait."""

    iban: str
    from_date: dt.date | None
    to_date: dt.date | None
    lines: int


@dataclass(frozen=True)
class Desk:
    """Lines by group, and what is open at the customers in them.

    Attributes:
        items: customer -> open items, oldest first.
        tolerance: the largest difference that is written off as small.
    """

    lines: tuple[DeskLine, ...] = ()
    items: Mapping[int, tuple[OpenItem, ...]] = field(default_factory=dict)
    tolerance: Money = ZERO
    caption: Caption | None = None

    def items_of(self, line: DeskLine) -> list[OpenItem]:
        """Open items of a line's customer, and those of others that its proposal names."""
        own = list(self.items.get(line.customer_id or 0, ()))
        if line.proposal is None or not line.proposal.also:
            return own
        named = {part.item_id for part in line.proposal.parts}
        others = (item for each in line.proposal.also for item in self.items.get(each, ()))
        return own + [item for item in others if item.entry_id in named]

    def of_group(self, group: str) -> list[DeskLine]:
        """Lines of one group."""
        return [line for line in self.lines if line.group == group]

    def sum(self, group: str) -> Money:
        """What the lines of a group come to."""
        return total(line.row.amount for line in self.of_group(group))


def read(session: Session) -> Desk:
    """The whole window."""
    suggested = bank_lines.suggestions(session)
    numbers = matched.numbers(session, suggested)
    first = [proposal for each in suggested for proposal in each.match.proposals[:1]]
    proposing = {each for found in first for each in (found.customer_id, *found.also)}
    query = select(Customer.id, Customer.name).where(Customer.id.in_(proposing))
    names = {row.id: row.name for row in session.execute(query)}
    debits = returns.recognise(session, (each.row for each in suggested))
    found = [
        DeskLine(each.row, "certain", debit=debits[each.row.id])
        if each.row.id in debits
        else _waiting(each, names, numbers)
        for each in suggested
    ]
    found += _handled(session)
    found.sort(key=lambda each: GROUPS.index(each.group))
    return Desk(
        tuple(found),
        items_of(session, proposing),
        bank_index.tolerance(session),
        _caption(session, len(suggested)),
    )


def line(session: Session, line_id: int) -> DeskLine:
    """One line, waiting or handled.

    Raises:
        NotFound.
    """
    state = bank_lines.find(session, line_id).state
    (row,) = bank_lines.rows(session, (state,), [line_id])
    if state == "open":
        return DeskLine(row, "unknown")
    return _as_handled(row, _became(session, [line_id]).get(line_id, []))


def items_of(session: Session, customer_ids: set[int]) -> dict[int, tuple[OpenItem, ...]]:
    """Open items per customer, oldest due day first."""
    found: dict[int, list[OpenItem]] = defaultdict(list)
    for item in open_items(session, customer_ids=customer_ids):
        found[item.customer_id].append(item)
    return {customer_id: tuple(items) for customer_id, items in found.items()}


def find_items(session: Session, text: str, *, incoming: bool, limit: int = 8) -> list[OpenItem]:
    """Open items whose number or customer has the words, or whose open amount is the number."""
    words = text.casefold().split()
    found = []
    for item in open_items(session):
        if (item.open_amount > ZERO) is not incoming:
            continue
        told = f"{item.number or ''} {item.customer} {item.customer_number} {abs(item.open_amount)}"
        plain = told.casefold()
        if all(word in plain or word.replace(",", ".") in plain for word in words):
            found.append(item)
            if len(found) == limit:
                break
    return found


def _waiting(each: Suggested, names: Mapping[int, str], numbers: Mapping[int, str]) -> DeskLine:
    if not each.match.proposals:
        return DeskLine(each.row, "unknown", own_transfer=each.match.own_transfer)
    proposal = each.match.proposals[0]
    group = "certain" if proposal.certainty is Certainty.CERTAIN else "check"
    named = ", ".join(filter(None, (numbers.get(part.item_id, "") for part in proposal.parts)))
    customer_id = proposal.customer_id
    told = [names.get(found, "") for found in (customer_id, *proposal.also)]
    return DeskLine(each.row, group, proposal, customer_id, ", ".join(told), named)


def _handled(session: Session) -> list[DeskLine]:
    ids = list(
        session.scalars(
            select(BankLine.id)
            .where(BankLine.state.in_(("matched", "ignored")))
            .order_by(BankLine.date.desc(), BankLine.id.desc())
            .limit(HANDLED)
        )
    )
    rows = bank_lines.rows(session, ("matched", "ignored"), ids)
    became = _became(session, ids)
    return [_as_handled(row, became.get(row.id, [])) for row in reversed(rows)]


def _became(session: Session, ids: list[int]) -> dict[int, list[tuple[int, str, str]]]:
    """Line -> customers with the reference of their payment, in the order of booking."""
    found: dict[int, list[tuple[int, str, str]]] = defaultdict(list)
    for line_id, customer_id, name, reference in session.execute(
        select(BankAssignment.bank_line_id, Customer.id, Customer.name, Payment.reference)
        .join(Payment, Payment.id == BankAssignment.payment_id)
        .join(Customer, Customer.id == Payment.customer_id)
        .where(BankAssignment.bank_line_id.in_(ids), BankAssignment.released_at.is_(None))
        .order_by(BankAssignment.id)
    ):
        found[line_id].append((customer_id, name, reference or ""))
    return found


def _as_handled(row: LineRow, became: list[tuple[int, str, str]]) -> DeskLine:
    """A line with everybody that it became a payment of."""
    names = dict.fromkeys(name for _customer, name, _reference in became)
    numbers = dict.fromkeys(reference for _customer, _name, reference in became if reference)
    first = became[0][0] if became else None
    return DeskLine(row, row.state, None, first, ", ".join(names), ", ".join(numbers))


def _caption(session: Session, waiting: int) -> Caption | None:
    last = session.execute(
        select(BankAccount.iban, BankStatement.batch_id, BankAccount.id)
        .join(BankAccount, BankAccount.id == BankStatement.bank_account_id)
        .order_by(BankStatement.id.desc())
        .limit(1)
    ).one_or_none()
    if last is None:
        return None
    start, end = session.execute(
        select(func.min(BankLine.date), func.max(BankLine.date)).where(
            BankLine.batch_id == last.batch_id, BankLine.bank_account_id == last.id
        )
    ).one()
    return Caption(last.iban, start, end, waiting)
