"""Why an invoice or a customer is not reminded, as a page tells it: plans, and what was kept."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import select

from klantenapp.models.customer import Customer
from klantenapp.models.document import Document
from klantenapp.models.ledger import LedgerEntry
from klantenapp.models.reminder import PlanInstalment, ReminderHold
from klantenapp.models.values import ZERO, Money, total
from klantenapp.services.errors.base import NotFound
from klantenapp.services.reminders import holds
from klantenapp.services.reminders.holds import Instalment
from klantenapp.services.store import clock

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from klantenapp.services.reminders.holds import Hold


@dataclass(frozen=True, slots=True)
class Held:
    """A hold with what belongs to it.

    Attributes:
        amount: promised, or of the whole plan; None for other kinds.
        instalments: of a plan, in order of their days.
        paid: on what the hold is about since it was put, by the day asked for.
    """

    hold: Hold
    amount: Money | None = None
    instalments: tuple[Instalment, ...] = ()
    paid: Money = ZERO

    @property
    def next(self) -> Instalment | None:
        """The first instalment that is not paid whole."""
        asked = ZERO
        for one in self.instalments:
            asked += one.amount
            if asked > self.paid:
                return one
        return None

    @property
    def kept(self) -> int:
        """How many instalments were paid whole."""
        asked, count = ZERO, 0
        for one in self.instalments:
            asked += one.amount
            count += asked <= self.paid
        return count


@dataclass(frozen=True)
class Standing:
    """What holds for a customer, or for one invoice.

    Attributes:
        invoices: that a hold can be about, (id, number, open).
        left: what is open together, balances from before the program included.
        held: holds of the invoice and of the whole customer; the latest last.
        never: the customer is never reminded, by its own switch.
    """

    customer_id: int
    customer: str
    invoices: tuple[tuple[int, str, Money], ...] = ()
    left: Money = ZERO
    held: tuple[Held, ...] = ()
    never: bool = False

    @property
    def is_open(self) -> bool:
        """Whether there is anything to remind of."""
        return self.left > ZERO


def of_invoice(session: Session, document_id: int, day: dt.date) -> Standing:
    """What holds for an invoice on a day; nothing once it is paid.

    Raises:
        NotFound: no such document.
    """
    document = session.get(Document, document_id)
    if document is None:
        raise NotFound("document", str(document_id))
    if document.customer_id is None:
        return Standing(0, "")
    whole = of_customer(session, document.customer_id, day)
    mine = tuple(one for one in whole.invoices if one[0] == document_id)
    if not mine:
        return Standing(whole.customer_id, whole.customer)
    recorded = session.scalars(
        select(LedgerEntry.created_at).where(
            LedgerEntry.document_id == document_id, LedgerEntry.kind == "invoice"
        )
    ).first()
    held = tuple(one for one in whole.held if one.hold.covers(document_id, recorded or clock.now()))
    return replace(whole, invoices=mine, left=mine[0][2], held=held)


def of_customer(session: Session, customer_id: int, day: dt.date) -> Standing:
    """What holds for a customer and its open invoices on a day.

    Raises:
        NotFound: no such customer.
    """
    customer = session.get(Customer, customer_id)
    if customer is None:
        raise NotFound("customer", str(customer_id))
    rows = session.execute(
        select(Document.id, Document.number, LedgerEntry.open_amount)
        .select_from(LedgerEntry)
        .outerjoin(Document, Document.id == LedgerEntry.document_id)
        .where(
            LedgerEntry.customer_id == customer_id,
            LedgerEntry.kind.in_(("invoice", "opening")),
            LedgerEntry.open_amount > ZERO,
        )
        .order_by(LedgerEntry.due_date, LedgerEntry.id)
    ).all()
    invoices = tuple(
        (row.id, row.number or "", row.open_amount) for row in rows if row.id is not None
    )
    left = total(row.open_amount for row in rows)
    open_ids = {document_id for document_id, _number, _left in invoices}
    mine = [
        hold
        for hold in holds.read(session, day, customer_id)
        if hold.document_id in open_ids or (hold.document_id is None and not _is_over(hold, left))
    ]
    held = _with_plans(session, mine, day)
    return Standing(customer_id, customer.name, invoices, left, held, customer.never_remind)


# --- inside ------------------------------------------------------------------------------------


def _is_over(hold: Hold, left: Money) -> bool:
    """A promise of a customer who owes nothing any more was kept."""
    return hold.kind in {"promise", "plan"} and left <= ZERO


def _with_plans(session: Session, found: Sequence[Hold], day: dt.date) -> tuple[Held, ...]:
    kept = [hold for hold in found if hold.holds_on(day) or hold.broken]
    ids = [hold.id for hold in kept if hold.kind in {"plan", "promise"}]
    if not ids:
        return tuple(Held(hold) for hold in kept)
    instalments: dict[int, list[Instalment]] = defaultdict(list)
    rows = session.execute(
        select(PlanInstalment.hold_id, PlanInstalment.date, PlanInstalment.amount)
        .where(PlanInstalment.hold_id.in_(ids))
        .order_by(PlanInstalment.date)
    )
    for row in rows:
        instalments[row.hold_id].append(Instalment(row.date, row.amount))
    amounts: dict[int, Money | None] = {
        row.id: row.amount
        for row in session.execute(
            select(ReminderHold.id, ReminderHold.amount).where(ReminderHold.id.in_(ids))
        )
    }
    left = holds.open_of(session, day)
    return tuple(
        Held(
            hold,
            amounts.get(hold.id),
            tuple(instalments.get(hold.id, ())),
            _paid(amounts.get(hold.id), left.get(hold.id, 0)),
        )
        for hold in kept
    )


def _paid(amount: Money | None, left: int) -> Money:
    """What came in of what was promised."""
    return max(amount - Money(left), ZERO) if amount is not None else ZERO
