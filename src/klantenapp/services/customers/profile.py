"""One customer as its page shows it: who, how to reach them, what holds, and the figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, or_, select

from klantenapp.models.bank import BankLine
from klantenapp.models.contract import Contract
from klantenapp.models.customer import Address, Contact
from klantenapp.models.document import Document
from klantenapp.models.ledger import LedgerEntry
from klantenapp.models.message import Message
from klantenapp.models.reminder import ReminderHold
from klantenapp.models.values import ZERO
from klantenapp.services.customers import credit, customers, labels, paying, terms

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy.orm import Session

    from klantenapp.models.values import Money, Percent
    from klantenapp.services.customers.credit import CreditTerms
    from klantenapp.services.customers.paying import Pace
    from klantenapp.services.customers.terms import ContractInForce, Terms


@dataclass(frozen=True)
class AddressRow:
    """One address of a customer."""

    id: int
    kind: str
    position: int
    name: str | None
    street: str | None
    postal_code: str | None
    city: str | None
    country: str


@dataclass(frozen=True)
class ContactRow:
    """One person at a customer."""

    id: int
    name: str
    role: str | None
    salutation: str | None
    email: str | None
    phone: str | None
    language: str | None
    receives: str


@dataclass(frozen=True)
class Hold:
    """Why the customer is not reminded now: kind, reason, and the last day (None: until lifted)."""

    id: int
    kind: str
    reason: str | None
    until: dt.date | None
    amount: Money | None


@dataclass(frozen=True)
class Own:
    """What is filled in at the customer itself; None of a term is inherited."""

    id: int
    number: str
    name: str
    kind: str
    email: str | None
    invoice_email: str | None
    phone: str | None
    website: str | None
    vat_id: str | None
    kvk: str | None
    iban: str | None
    language: str | None
    salutation: str | None
    note: str | None
    reference_rule: str | None
    large_company: bool
    logo_id: int | None
    payment_term_id: int | None
    payment_method_id: int | None
    price_list_id: int | None
    delivery: str | None
    discount: Percent | None
    tax_treatment: str | None
    fixed_tax_percent: Percent | None
    exemption_reason: str | None
    credit_limit: Money | None
    credit_block: bool | None
    never_remind: bool


@dataclass(frozen=True)
class Profile:
    """A customer's page above its tabs.

    Attributes:
        terms: as they hold today. business_terms: what they would be if nobody differed.
        credit: what they may owe, and where that comes from.
        open_amount: what is owed; negative is a credit. overdue: part past its due day.
        counts: transactions, messages, contracts (in force or coming), drafts.
        contract_discount: on what has no contract price, of the contract in force.
        paid_from: day of the last payment that came from the customer's IBAN.
    """

    own: Own
    archived: bool
    merged_into_id: int | None
    addresses: tuple[AddressRow, ...]
    contacts: tuple[ContactRow, ...]
    labels: tuple[str, ...]
    terms: Terms
    business_terms: Terms
    credit: CreditTerms
    hold: Hold | None
    open_amount: Money
    overdue: Money
    pace: Pace | None
    counts: dict[str, int]
    contract_discount: Percent | None
    paid_from: dt.date | None

    @property
    def address(self) -> AddressRow | None:
        """Where invoices go; else the first of any kind."""
        first = [each for each in self.addresses if each.kind == "invoice"]
        return next(iter([*first, *self.addresses]), None)


def profile(session: Session, customer_id: int, today: dt.date) -> Profile:
    """Everything above the tabs of a customer's page, and what the form shows.

    Raises:
        NotFound: no such customer.
    """
    customer = customers.get(session, customer_id)
    found = terms.effective(session, customer_id, today)
    open_amount, overdue = _owed(session, customer_id, today)
    return Profile(
        own=Own(**{name: getattr(customer, name) for name in Own.__dataclass_fields__}),
        archived=customer.archived_at is not None,
        merged_into_id=customer.merged_into_id,
        addresses=_addresses(session, customer_id),
        contacts=_contacts(session, customer_id),
        labels=labels.of_customer(session, customer_id),
        terms=found,
        business_terms=terms.effective(session, None, today),
        credit=credit.terms(session, customer_id),
        hold=_hold(session, customer_id, today),
        open_amount=open_amount,
        overdue=overdue,
        pace=paying.paces(session, [customer_id], today).get(customer_id),
        counts=_counts(session, customer_id, today),
        contract_discount=_contract_discount(session, found.contract),
        paid_from=_paid_from(session, customer.iban),
    )


def _addresses(session: Session, customer_id: int) -> tuple[AddressRow, ...]:
    columns = [getattr(Address, name) for name in AddressRow.__dataclass_fields__]
    rows = session.execute(
        select(*columns)
        .where(Address.customer_id == customer_id)
        .order_by(Address.kind != "invoice", Address.kind, Address.position, Address.id)
    )
    return tuple(AddressRow(*row) for row in rows)


def _contacts(session: Session, customer_id: int) -> tuple[ContactRow, ...]:
    columns = [getattr(Contact, name) for name in ContactRow.__dataclass_fields__]
    rows = session.execute(
        select(*columns)
        .where(Contact.customer_id == customer_id)
        .order_by(Contact.position, Contact.id)
    )
    return tuple(ContactRow(*row) for row in rows)


def _hold(session: Session, customer_id: int, today: dt.date) -> Hold | None:
    """The hold that lasts longest."""
    row = session.execute(
        select(
            ReminderHold.id,
            ReminderHold.kind,
            ReminderHold.reason,
            ReminderHold.until,
            ReminderHold.amount,
        )
        .where(
            ReminderHold.customer_id == customer_id,
            ReminderHold.ended_on.is_(None),
            ReminderHold.document_id.is_(None),
            ReminderHold.from_date <= today,
            or_(ReminderHold.until.is_(None), ReminderHold.until >= today),
        )
        .order_by(ReminderHold.until.is_(None).desc(), ReminderHold.until.desc())
        .limit(1)
    ).one_or_none()
    return Hold(*row) if row else None


def _contract_discount(session: Session, contract: ContractInForce | None) -> Percent | None:
    if contract is None:
        return None
    return session.scalar(select(Contract.discount).where(Contract.id == contract.id))


def _paid_from(session: Session, iban: str | None) -> dt.date | None:
    """Day of the last bank line that was matched and came from this account."""
    if iban is None:
        return None
    return session.scalar(
        select(func.max(BankLine.date)).where(
            BankLine.counterparty_iban == iban, BankLine.state == "matched"
        )
    )


def _owed(session: Session, customer_id: int, today: dt.date) -> tuple[Money, Money]:
    late = func.sum(LedgerEntry.open_amount).filter(
        LedgerEntry.due_date < today, LedgerEntry.amount > ZERO
    )
    row = session.execute(
        select(func.sum(LedgerEntry.open_amount), late).where(
            LedgerEntry.customer_id == customer_id, LedgerEntry.open_amount != ZERO
        )
    ).one()
    return row[0] or ZERO, row[1] or ZERO


def _counts(session: Session, customer_id: int, today: dt.date) -> dict[str, int]:
    going_on = or_(
        Contract.valid_to.is_(None), Contract.valid_to >= today, Contract.at_end == "renew"
    )
    queries = {
        "transactions": select(func.count()).where(LedgerEntry.customer_id == customer_id),
        "messages": select(func.count()).where(
            Message.customer_id == customer_id, Message.deleted_at.is_(None)
        ),
        "contracts": select(func.count()).where(
            Contract.customer_id == customer_id,
            Contract.is_draft.is_(False),
            going_on,
            or_(Contract.ended_on.is_(None), Contract.ended_on >= today),
        ),
        "drafts": select(func.count()).where(
            Document.customer_id == customer_id, Document.state == "draft"
        ),
    }
    return {name: session.scalar(query) or 0 for name, query in queries.items()}
