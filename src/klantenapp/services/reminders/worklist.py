"""Who is to be reminded: computed from ledger and policy, one row per letter, by next step."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from klantenapp.models.values import ZERO, total
from klantenapp.services.reminders import due, holds, legal_tables, policy
from klantenapp.services.reminders.amounts import Claim, claim, default_from
from klantenapp.services.reminders.policy import RANK, audience_of
from klantenapp.services.reminders.steps import next_step

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sqlalchemy.orm import Session

    from klantenapp.services.reminders.due import Debtor, Item, Overdue
    from klantenapp.services.reminders.holds import Hold
    from klantenapp.services.reminders.legal_tables import Tables
    from klantenapp.services.reminders.policy import Audience, Policy, Step
    from klantenapp.services.reminders.steps import Next

DAY: Final = dt.timedelta(days=1)
_EARLIEST: Final = dt.date.min


@dataclass(frozen=True, slots=True)
class Row:
    """Invoices of one customer that are at the same step; the ready ones make one letter.

    Attributes:
        step: the next one.
        locked_until: first day on which it is allowed; None when it is ready, or never comes.
        reason: why not today: grace (the policy's days), waiting (since the last step), letter
            (a fourteen-day letter runs), default (not begun yet), reminded_today, pause, promise,
            plan, dispute, never.
        note: what the user wrote about it.
        broken: a promise or payment plan was not kept.
        hold_id: of the hold that keeps it back.
        policy_id: whose steps these are; it may have texts of its own.
    """

    debtor: Debtor
    audience: Audience
    step: Step
    items: tuple[Item, ...]
    claim: Claim
    locked_until: dt.date | None = None
    reason: str = ""
    note: str = ""
    broken: bool = False
    hold_id: int | None = None
    policy_id: int = 0

    @property
    def id(self) -> int:
        """Of the first invoice: an invoice is in one row."""
        return self.items[0].document_id

    @property
    def is_ready(self) -> bool:
        """Whether the letter may go today."""
        return not self.reason

    @property
    def oldest(self) -> dt.date:
        """The earliest due date."""
        return min(item.due for item in self.items)

    @property
    def channel(self) -> str:
        """Mail needs an address; without one it is a letter."""
        return self.step.channel if self.debtor.has_mail else "letter"


@dataclass(frozen=True, slots=True)
class Placed:
    """One invoice with its next step, or why not."""

    item: Item
    coming: Next
    reason: str
    until: dt.date | None
    note: str = ""
    broken: bool = False
    hold_id: int | None = None


def read(session: Session, day: dt.date, customer_ids: Sequence[int] | None = None) -> list[Row]:
    """The worklist of a day: what is ready by step, then what is not for today.

    Args:
        day: in the past it shows what the list was then.
        customer_ids: only these; None is everybody.

    Raises:
        NoInterestRate, NoCostScale: a legal table does not reach the invoices.
    """
    found = due.read(session, day, customer_ids)
    return compute(
        found,
        holds.read(session, day),
        policy.policies(session),
        legal_tables.read(session, day),
    )


def compute(
    found: Overdue, kept: Iterable[Hold], policies: dict[int, Policy], tables: Tables
) -> list[Row]:
    """The rows, in the order of the screen. Pure."""
    default = next((one for one in policies.values() if one.is_default), None)
    of_customer: dict[int, list[Hold]] = defaultdict(list)
    for hold in kept:
        of_customer[hold.customer_id].append(hold)
    by_customer: dict[int, list[Item]] = defaultdict(list)
    for item in found.items:
        by_customer[item.customer_id].append(item)
    rows: list[Row] = []
    for customer_id, items in by_customer.items():
        debtor = found.debtors[customer_id]
        chosen = policies.get(debtor.policy_id or 0, default)
        if chosen is None:
            continue
        rows += _rows(debtor, items, chosen, of_customer[customer_id], (found, tables))
    return sorted(rows, key=_order)


def main_rows(rows: Iterable[Row]) -> list[Row]:
    """One row per customer: the letter of today, else what comes first."""
    first: dict[int, Row] = {}
    for row in rows:
        first.setdefault(row.debtor.id, row)
    return list(first.values())


def _order(row: Row) -> tuple[bool, int, dt.date, str, int]:
    if row.is_ready:
        return (False, RANK[row.step.kind], row.oldest, row.debtor.name, row.id)
    return (True, 0, row.locked_until or dt.date.max, row.debtor.name, row.id)


def _rows(
    debtor: Debtor,
    items: Sequence[Item],
    chosen: Policy,
    kept: Sequence[Hold],
    about: tuple[Overdue, Tables],
) -> Iterator[Row]:
    found, tables = about
    audience = audience_of(debtor.kind)
    steps = chosen.steps_for(audience)
    placed = [
        one
        for item in items
        if (one := place(item, debtor, steps, kept, (found.day, tables))) is not None
    ]
    ready = [one for one in placed if not one.reason]
    if ready and debtor.id in found.reminded:
        placed = [one if one.reason else _tomorrow(one, found.day) for one in placed]
        ready = []
    # One letter a day: the sternest goes first, what is milder has its turn the day after.
    sternest = max((RANK[one.coming.step.kind] for one in ready), default=0)
    groups: dict[tuple[str, str, dt.date | None, int | None], list[Placed]] = defaultdict(list)
    for one in placed:
        if not one.reason and RANK[one.coming.step.kind] < sternest:
            one = _tomorrow(one, found.day)  # noqa: PLW2901 - the same invoice, a day later
        groups[one.coming.step.kind, one.reason, one.until, one.hold_id].append(one)
    for (_, reason, until, hold_id), group in groups.items():
        its = tuple(one.item for one in group)
        step = group[0].coming.step
        if reason:
            what = Claim(found.day, total(item.left for item in its))
        else:
            what = claim(step, audience, its, found.day, tables)
        broken = any(one.broken for one in group)
        yield Row(
            debtor,
            audience,
            step,
            its,
            what,
            until,
            reason,
            group[0].note,
            broken,
            hold_id,
            chosen.id,
        )


def _tomorrow(one: Placed, day: dt.date) -> Placed:
    return Placed(one.item, one.coming, "reminded_today", day + DAY, broken=one.broken)


def place(
    item: Item,
    debtor: Debtor,
    steps: Sequence[Step],
    kept: Sequence[Hold],
    about: tuple[dt.date, Tables],
) -> Placed | None:
    """The next step of one invoice, or why not on that day; None where nothing follows. Pure."""
    day, tables = about
    coming = next_step(steps, item.due, item.left, item.sent)
    if coming is None or item.left <= ZERO:
        return None
    mine = [hold for hold in kept if hold.covers(item.document_id, item.recorded)]
    broken = any(hold.broken for hold in mine)
    if debtor.never:
        return Placed(item, coming, "never", None)
    holding = [hold for hold in mine if hold.holds_on(day)]
    if holding:
        hold = max(holding, key=lambda one: (one.until is None, one.until or _EARLIEST, one.id))
        after = None if hold.until is None else max(hold.until + DAY, coming.day)
        return Placed(item, coming, hold.kind, after, hold.reason, hold_id=hold.id)
    first = coming.day
    if coming.step.kind == "fourteen_day_letter":
        begins = default_from(item, "consumer", tables)
        if begins is None:
            return Placed(item, coming, "default", None, broken=broken)
        first = max(first, begins)
    if first <= day:
        return Placed(item, coming, "", None, broken=broken)
    reason = "grace" if not item.sent else "waiting"
    if coming.lawful is not None and coming.lawful > day:
        reason = "letter"
    return Placed(item, coming, reason, first, broken=broken)
