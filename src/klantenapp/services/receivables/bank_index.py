"""What bank lines are matched against, read from the file once per matching."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select

from klantenapp.models.bank import BankAccount, CustomerAccount
from klantenapp.models.business import Business
from klantenapp.models.catalogue import PaymentTerm
from klantenapp.models.customer import Contact, Customer
from klantenapp.models.document import Document
from klantenapp.models.ledger import LedgerEntry
from klantenapp.models.payment import Mandate
from klantenapp.models.reminder import Reminder, ReminderInvoice
from klantenapp.models.values import ZERO, Money
from klantenapp.services.customers.numbers import compact
from klantenapp.services.receivables import match_index
from klantenapp.services.receivables.match_index import MatchIndex
from klantenapp.services.store import settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlalchemy.orm import Session

#: The largest difference that is written off without more ado, in cents.
SMALL_DIFFERENCE: Final = settings.Key("payments.small_difference", 100)
_NL_IBAN: Final = re.compile(r"NL\d{2}[A-Z]{4}(\d{10})")


def tolerance(session: Session) -> Money:
    """The largest difference that is written off as small."""
    return Money(settings.read(session, SMALL_DIFFERENCE))


def ways_to_write(iban: str | None) -> tuple[str, ...]:
    """An account as IBAN, and as the bare number that old files have."""
    plain = compact(iban)
    if plain is None:
        return ()
    dutch = _NL_IBAN.fullmatch(plain)
    return (plain, dutch[1].lstrip("0"), dutch[1]) if dutch else (plain,)


def read(session: Session) -> MatchIndex:
    """The index over everything that is open now."""
    return MatchIndex(
        open_items(session),
        _customers(session),
        _claims(session),
        own_accounts(session),
        tolerance(session),
    )


def own_accounts(session: Session) -> set[str]:
    """Accounts of the user, in every way to write them."""
    known = [*session.scalars(select(Business.iban)), *session.scalars(select(BankAccount.iban))]
    return {way for iban in known for way in ways_to_write(iban)}


def open_items(session: Session) -> Iterator[match_index.OpenItem]:
    """Every open entry, with its early-payment discount where nothing was paid yet."""
    rows = session.execute(
        select(
            LedgerEntry.id,
            LedgerEntry.customer_id,
            func.coalesce(Document.number, LedgerEntry.reference, ""),
            LedgerEntry.amount,
            LedgerEntry.open_amount,
            LedgerEntry.date,
            LedgerEntry.due_date,
            PaymentTerm.discount,
            PaymentTerm.discount_days,
            LedgerEntry.kind,
        )
        .outerjoin(Document, Document.id == LedgerEntry.document_id)
        .outerjoin(PaymentTerm, PaymentTerm.id == Document.payment_term_id)
        .where(LedgerEntry.open_amount != ZERO)
    )
    for entry_id, customer, number, amount, left, day, due, percent, days, kind in rows:
        discount, until = ZERO, None
        if percent and kind == "invoice" and left == amount:
            discount, until = amount.share(percent), day + dt.timedelta(days=days or 0)
        yield match_index.OpenItem(
            entry_id,
            customer,
            number if kind != "payment" else "",
            left,
            due or day,
            discount,
            until,
        )


def _customers(session: Session) -> Iterator[match_index.Customer]:
    names: dict[int, list[str]] = defaultdict(list)
    accounts: dict[int, dict[str, None]] = defaultdict(dict)

    def add_accounts(rows: Iterable[tuple[int, str | None]]) -> None:
        for customer_id, iban in rows:
            accounts[customer_id] |= dict.fromkeys(ways_to_write(iban))

    there = select(Customer.id, Customer.name, Customer.iban).where(
        Customer.merged_into_id.is_(None)
    )
    for customer_id, name, iban in session.execute(there):
        names[customer_id].append(name)
        add_accounts([(customer_id, iban)])
    for customer_id, name in session.execute(select(Contact.customer_id, Contact.name)):
        names[customer_id].append(name)
    mandates = select(Mandate.customer_id, Mandate.account_name, Mandate.iban)
    for customer_id, name, iban in session.execute(mandates):
        names[customer_id].append(name)
        add_accounts([(customer_id, iban)])
    learned = select(CustomerAccount.customer_id, CustomerAccount.iban)
    add_accounts((customer_id, iban) for customer_id, iban in session.execute(learned))
    for customer_id, called in names.items():
        yield match_index.Customer(customer_id, tuple(called), tuple(accounts[customer_id]))


def latest_reminders(session: Session) -> dict[int, int]:
    """Customer -> the reminder that was sent last."""
    query = select(Reminder.customer_id, func.max(Reminder.id)).group_by(Reminder.customer_id)
    return {customer: reminder for customer, reminder in session.execute(query)}  # noqa: C416 - a row is no pair to the type checker


def _claims(session: Session) -> Iterator[match_index.Claim]:
    """Costs and interest of the last reminder, as far as they were not booked yet."""
    latest = set(latest_reminders(session).values())
    if not latest:
        return
    voided = select(LedgerEntry.voids_id).where(LedgerEntry.voids_id.is_not(None))
    booked = {
        (reminder_id, kind)
        for reminder_id, kind in session.execute(
            select(LedgerEntry.reminder_id, LedgerEntry.kind).where(
                LedgerEntry.reminder_id.is_not(None), LedgerEntry.id.not_in(voided)
            )
        )
    }
    about: dict[int, set[int]] = defaultdict(set)
    for reminder_id, entry_id in session.execute(
        select(ReminderInvoice.reminder_id, LedgerEntry.id).join(
            LedgerEntry, LedgerEntry.document_id == ReminderInvoice.document_id
        )
    ):
        about[reminder_id].add(entry_id)
    for reminder in session.execute(
        select(
            Reminder.id,
            Reminder.customer_id,
            Reminder.costs,
            Reminder.announced_costs,
            Reminder.interest,
        )
    ):
        if reminder.id not in latest:
            continue
        costs = ZERO if (reminder.id, "costs") in booked else reminder.costs
        announced = ZERO if (reminder.id, "costs") in booked else reminder.announced_costs
        interest = ZERO if (reminder.id, "interest") in booked else reminder.interest
        yield match_index.Claim(
            reminder.customer_id, frozenset(about[reminder.id]), costs or announced, interest
        )
