"""Reminders and their effect: what came in after each, and how soon."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Integer, func, select, type_coerce
from sqlalchemy.orm import aliased

from klantenapp.i18n import _
from klantenapp.models.customer import Customer
from klantenapp.models.ledger import LedgerEntry, Settlement
from klantenapp.models.reminder import Reminder, ReminderInvoice
from klantenapp.models.values import Days, Money, total
from klantenapp.services.insights.open_then import days_between
from klantenapp.services.insights.table import Column, ReportTable, Word, figure, shown
from klantenapp.services.insights.wanted import told
from klantenapp.services.messages.template_texts import KIND_NAMES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from klantenapp.services.insights.table import Figure
    from klantenapp.services.insights.wanted import Wanted

NAME: Final = "reminders"
#: A payment within so many days after a reminder counts as its effect.
EFFECT_DAYS: Final = 14


def _read(session: Session, wanted: Wanted) -> Sequence[Any]:
    query = (
        select(
            Reminder.id,
            Reminder.date,
            Customer.id.label("customer_id"),
            Customer.number,
            Customer.name,
            Reminder.kind,
            Reminder.principal,
            Reminder.costs,
            Reminder.interest,
        )
        .join(Customer, Customer.id == Reminder.customer_id)
        .where(Reminder.date <= wanted.as_of, *wanted.within(Reminder.date))
        .order_by(Reminder.date, Reminder.id)
    )
    query = query.where(*wanted.of(Reminder.customer_id))
    return session.execute(query).all()


def report(session: Session, wanted: Wanted) -> ReportTable:
    """Reminders by day, with what was paid on their invoices within two weeks."""
    rows = _read(session, wanted)
    invoices = dict(
        session.execute(
            select(ReminderInvoice.reminder_id, func.count()).group_by(ReminderInvoice.reminder_id)
        ).all()
    )
    paid = _paid_after(session, wanted)
    effects = [_effect(paid.get(row.id, [])) for row in rows]
    return ReportTable(
        NAME,
        _("Reminders and their effect"),
        _(
            "Reminders by day of sending; paid is what came in on their invoices within 14 days,"
            " including tax."
        ),
        told(session, wanted, as_of=True, period=True),
        (
            Column("date", _("Date"), "date"),
            Column("customer_number", _("Number")),
            Column("customer", _("Customer")),
            Column("step", _("Step")),
            Column("invoices", _("Invoices"), "int"),
            Column("principal", _("Principal"), "money"),
            Column("costs", _("Costs"), "money"),
            Column("interest", _("Interest"), "money"),
            Column("paid", _("Paid after it"), "money"),
            Column("days", _("Days to payment"), "days"),
        ),
        tuple(
            (
                row.date,
                row.number,
                row.name,
                Word(_(KIND_NAMES[row.kind]), row.kind),
                invoices.get(row.id, 0),
                row.principal,
                row.costs,
                row.interest,
                *effect,
            )
            for row, effect in zip(rows, effects, strict=True)
        ),
        (
            None,
            None,
            None,
            None,
            sum(invoices.get(row.id, 0) for row in rows),
            total(row.principal for row in rows),
            total(row.costs for row in rows),
            total(row.interest for row in rows),
            total(amount for amount, _days in effects),
            None,
        ),
        tuple(("customer", row.customer_id) for row in rows),
        _figures(rows, paid),
    )


@dataclass(frozen=True)
class Effect:
    """What reminders did: how many were sent, and after how many something was paid soon."""

    sent: int
    paid: int


def effect(session: Session, wanted: Wanted) -> Effect:
    """Of all reminders of the period how many were followed by a payment within two weeks."""
    rows, paid = _read(session, wanted), _paid_after(session, wanted)
    return Effect(len(rows), sum(1 for row in rows if paid.get(row.id)))


def _figures(rows: Sequence[Any], paid: dict[int, list[tuple[int, int]]]) -> tuple[Figure, ...]:
    """Per step how many were followed by a payment, and how soon on average."""
    figures = []
    for kind, title in KIND_NAMES.items():
        sent = [row for row in rows if row.kind == kind]
        answered = [paid[row.id] for row in sent if paid.get(row.id)]
        if not sent:
            continue
        words = _("{paid} of {sent} followed by payment")
        if answered:
            words = _("{paid} of {sent} followed by payment, after {days} days on average")
        days = [after for each in answered for after, _cents in each]
        mean = shown(Days.mean(days)) if days else ""
        said = words.format(paid=len(answered), sent=len(sent), days=mean)
        figures.append(figure(kind, _(title), said, f"{len(answered)}/{len(sent)}"))
    return tuple(figures)


def _effect(paid: list[tuple[int, int]]) -> tuple[Money, Days | None]:
    """Amount, and mean days to it."""
    amount = Money(sum(cents for _days, cents in paid))
    return amount, Days.mean([days for days, _cents in paid]) if paid else None


def _paid_after(session: Session, wanted: Wanted) -> dict[int, list[tuple[int, int]]]:
    """Per reminder the payments on its invoices soon after it: days and cents."""
    invoice, payment = aliased(LedgerEntry), aliased(LedgerEntry)
    counter = aliased(Settlement)
    days = days_between(payment.date, Reminder.date)
    rows = session.execute(
        select(Reminder.id, days, type_coerce(Settlement.amount, Integer))
        .join(ReminderInvoice, ReminderInvoice.reminder_id == Reminder.id)
        .join(invoice, invoice.document_id == ReminderInvoice.document_id)
        .join(Settlement, Settlement.debit_id == invoice.id)
        .join(payment, payment.id == Settlement.credit_id)
        .outerjoin(counter, counter.counters_id == Settlement.id)
        .where(
            invoice.kind.in_(("invoice", "opening")),
            payment.kind == "payment",
            payment.date <= wanted.as_of,
            Settlement.amount > 0,
            counter.id.is_(None),
            days.between(0, EFFECT_DAYS),
        )
    )
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for reminder_id, after, cents in rows:
        found[reminder_id].append((after, cents))
    return found
