"""How many letters may go on a day, without drawing them up: for the sidebar and the overview.

The rules are those of the list (`worklist.place`); what is left out is what a count does not need:
part payments, credits, costs and interest. The answer is kept until something changes that it
depends on, so that an edit of a draft costs two look-ups.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Integer, String, func, select, text, type_coerce

from klantenapp.models.audit import AuditEntry, AuditImage
from klantenapp.models.customer import Customer
from klantenapp.models.ledger import LedgerEntry, Settlement
from klantenapp.models.values import ZERO, Money
from klantenapp.services.errors.reminders import NoCostScale, NoInterestRate
from klantenapp.services.reminders import due, holds, legal_tables, policy, worklist
from klantenapp.services.reminders.due import Debtor, Item
from klantenapp.services.reminders.policy import RANK, audience_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sqlalchemy.orm import Session

    from klantenapp.services.reminders.legal_tables import Tables
    from klantenapp.services.reminders.policy import Audience, Step
    from klantenapp.services.reminders.steps import Sent

#: Names that are told.
_NAMED: Final = 3
#: Administrations whose answer is kept.
_KEPT_MOST: Final = 4
#: A moment that no hold looks at: customers with holds are read in full.
_ANY_TIME: Final = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_TABLES: Final = (
    "customer",
    "ledger_entry",
    "message",
    "outbox",
    "plan_instalment",
    "reminder",
    "reminder_hold",
    "reminder_invoice",
    "reminder_policy",
    "reminder_step",
    "setting",
    "settlement",
)


@dataclass(frozen=True)
class Waiting:
    """Letters that may go: how many, over how much, to whom."""

    count: int
    amount: Money
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Letter:
    """One letter, as far as it is counted."""

    rank: int
    oldest: dt.date
    name: str
    document_id: int
    cents: int


@dataclass(frozen=True, slots=True)
class _Mark:
    """The last change that an answer knows of."""

    entry_id: int
    hash: str
    image_id: int


_kept: dict[tuple[str, dt.date], tuple[_Mark, Waiting]] = {}


def waiting(session: Session, day: dt.date) -> Waiting:
    """The letters of a day, counted."""
    key = (_path(session), day)
    mark = _mark(session)
    known = _kept.get(key)
    if known is not None and _still_holds(session, known[0], mark):
        _kept[key] = (mark, known[1])
        return known[1]
    found = count(session, day)
    while len(_kept) >= _KEPT_MOST:
        _kept.pop(next(iter(_kept)), None)
    _kept[key] = (mark, found)
    return found


def count(session: Session, day: dt.date) -> Waiting:
    """The same, computed anew."""
    letters = sorted(
        _letters(session, day), key=lambda one: (one.rank, one.oldest, one.name, one.document_id)
    )
    return Waiting(
        len(letters),
        Money(sum(one.cents for one in letters)),
        tuple(one.name for one in letters[:_NAMED]),
    )


# --- inside ------------------------------------------------------------------------------------


def _letters(session: Session, day: dt.date) -> Iterator[_Letter]:
    policies = policy.policies(session)
    default = next((one for one in policies.values() if one.is_default), None)
    held = {hold.customer_id for hold in holds.read(session, day)}
    if _later(session, day):
        held = set(session.scalars(select(Customer.id)))
    yield from _in_full(session, day, held)
    first = min((step.days for one in policies.values() for step in one.steps), default=0)
    by_customer: dict[int, list[Any]] = defaultdict(list)
    for row in session.execute(_invoices(day - first * worklist.DAY)):
        if row.customer_id not in held:
            by_customer[row.customer_id].append(row)
    reminded = due.reminded_on(session, day)
    sent = due.letters_sent(session, day)
    tables = legal_tables.read(session, day)
    ranks = {
        (one.id, audience): _Ranks(one.steps_for(audience), audience, (day, tables))
        for one in policies.values()
        for audience in policy.AUDIENCES
    }
    for customer_id, rows in by_customer.items():
        one = rows[0]
        chosen = policies.get(one.reminder_policy_id or 0, default)
        if chosen is not None and customer_id not in reminded:
            yield from _lean(rows, ranks[chosen.id, audience_of(one.kind)], sent)


def _in_full(session: Session, day: dt.date, customer_ids: set[int]) -> Iterator[_Letter]:
    """As the list has them; none where a legal table is missing: the list says so."""
    if not customer_ids:
        return
    try:
        rows = worklist.read(session, day, sorted(customer_ids))
    except (NoInterestRate, NoCostScale):
        return
    for row in rows:
        if row.is_ready:
            cents = row.claim.principal.cents
            rank = RANK[row.step.kind]
            yield _Letter(rank, row.oldest, row.debtor.name, row.id, cents)


def _lean(rows: Sequence[Any], ranks: _Ranks, sent: Mapping[int, list[Sent]]) -> Iterator[_Letter]:
    """The letter of a customer without holds, where there is one."""
    ready: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        rank = ranks.of(row, tuple(sent.get(row.document_id, ())))
        if rank is not None:
            ready[rank].append(row)
    if ready:
        rank = max(ready)
        group, name = ready[rank], rows[0].name
        oldest = dt.date.fromisoformat(min(row.due for row in group))
        yield _Letter(rank, oldest, name, group[0].document_id, sum(row.cents for row in group))


class _Ranks:
    """The step that an invoice is ready for, as its rank, under one policy for one audience."""

    def __init__(
        self, steps: tuple[Step, ...], audience: Audience, about: tuple[dt.date, Tables]
    ) -> None:
        self._steps, self._about = steps, about
        self._debtor = Debtor(0, "", "", audience, None, None, never=False, has_mail=True)
        self._minimum = max((step.minimum for step in steps), default=ZERO).cents
        self._first: dict[str, int | None] = {}

    def of(self, row: Any, letters: tuple[Sent, ...]) -> int | None:
        """None where nothing may go today."""
        if letters or row.cents < self._minimum:
            return self._of(row.due, row.cents, letters)
        # Never reminded, and no minimum leaves a step out: only the due day decides.
        if row.due not in self._first:
            self._first[row.due] = self._of(row.due, row.cents, ())
        return self._first[row.due]

    def _of(self, due_day: str, cents: int, letters: tuple[Sent, ...]) -> int | None:
        since, left = dt.date.fromisoformat(due_day), Money(cents)
        item = Item(0, 0, 0, "", since, since, _ANY_TIME, left, left, letters)
        placed = worklist.place(item, self._debtor, self._steps, (), self._about)
        return None if placed is None or placed.reason else RANK[placed.coming.step.kind]


def _invoices(until: dt.date) -> Any:
    """Open invoices that were due on or before a day, as plain values: there may be thousands."""
    return (
        select(
            LedgerEntry.document_id,
            LedgerEntry.customer_id,
            type_coerce(LedgerEntry.due_date, String).label("due"),
            type_coerce(LedgerEntry.open_amount, Integer).label("cents"),
            Customer.name,
            Customer.kind,
            Customer.reminder_policy_id,
        )
        .join(Customer, Customer.id == LedgerEntry.customer_id)
        .where(
            LedgerEntry.kind.in_(due.DEBITS),
            LedgerEntry.amount > ZERO,
            LedgerEntry.open_amount != ZERO,
            LedgerEntry.due_date <= until,
            LedgerEntry.document_id.is_not(None),
            Customer.never_remind.is_(False),
        )
        .order_by(LedgerEntry.due_date, LedgerEntry.id)
    )


def _later(session: Session, day: dt.date) -> bool:
    """Whether anything counts from a later day; then open amounts are not those of this day."""
    found = select(LedgerEntry.id).where(LedgerEntry.date > day).exists()
    settled = select(Settlement.id).where(Settlement.date > day).exists()
    return bool(session.scalar(select(found | settled)))


def _path(session: Session) -> str:
    """Of the administration; temporary tables are a database of their own in this list."""
    found = session.execute(text("PRAGMA database_list"))
    return next(str(row[2]) for row in found if row[1] == "main")


def _mark(session: Session) -> _Mark:
    last = session.execute(
        select(AuditEntry.id, AuditEntry.hash).order_by(AuditEntry.id.desc()).limit(1)
    ).one_or_none()
    image = session.scalar(select(func.max(AuditImage.id))) or 0
    return _Mark(last.id, last.hash, image) if last else _Mark(0, "", image)


def _still_holds(session: Session, known: _Mark, now: _Mark) -> bool:
    """Whether nothing changed that a count depends on; a restored file has another history."""
    if known == now:
        return True
    if session.scalar(select(AuditEntry.hash).where(AuditEntry.id == known.entry_id)) != known.hash:
        return False
    touched = select(AuditImage.id).where(
        AuditImage.id > known.image_id, AuditImage.table_name.in_(_TABLES)
    )
    bulk = select(AuditEntry.id).where(
        AuditEntry.id > known.entry_id, AuditEntry.batch_id.is_not(None)
    )
    return not session.scalar(select(touched.exists() | bulk.exists()))
