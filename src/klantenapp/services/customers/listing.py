"""The list of customers: found while typing, filtered, sorted and totalled in SQL."""

from __future__ import annotations

import datetime as dt
from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, case, exists, func, or_, select

from klantenapp.models.contract import Contract
from klantenapp.models.customer import Address, Contact, Customer, CustomerLabel
from klantenapp.models.document import Document
from klantenapp.models.ledger import LedgerEntry, Settlement
from klantenapp.models.message import Message
from klantenapp.models.values import ZERO, Money
from klantenapp.services.store import search

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session


@dataclass(frozen=True)
class Filter:
    """Which customers to list.

    Attributes:
        status: all, open, overdue or archived.
        text: every word must be in name, number, contact, phone, e-mail, place or invoice number.
        label_id, price_list_id, city, tax_treatment: narrow it down; None is any.
        with_contract: only customers with a contract in force today.
    """

    status: str = "all"
    text: str = ""
    label_id: int | None = None
    price_list_id: int | None = None
    city: str | None = None
    tax_treatment: str | None = None
    with_contract: bool = False


@dataclass(frozen=True)
class CustomerRow:
    """One line of the list.

    Attributes:
        open_amount: what the customer owes; negative is a credit. overdue: part past its due day.
        days_late: signed mean over invoices paid in the last twelve months; None without any.
        last_contact: kind and moment of the last message.
    """

    id: int
    number: str
    name: str
    kind: str
    contact: str | None
    city: str | None
    country: str | None
    email: str | None
    phone: str | None
    open_amount: Money
    overdue: Money
    days_late: int | None
    last_contact: tuple[str, dt.datetime] | None
    archived: bool


@dataclass(frozen=True)
class Totals:
    """Footer of the list."""

    count: int
    open_amount: Money
    overdue: Money


def _open_by_customer(today: dt.date) -> Any:
    late = func.sum(LedgerEntry.open_amount).filter(
        LedgerEntry.due_date < today, LedgerEntry.amount > ZERO
    )
    return (
        select(
            LedgerEntry.customer_id,
            func.sum(LedgerEntry.open_amount).label("owed"),
            func.coalesce(late, 0).label("late"),
        )
        .where(LedgerEntry.open_amount != ZERO)
        .group_by(LedgerEntry.customer_id)
        .subquery()
    )


def _matching(wanted: Filter, owed: Any, today: dt.date) -> list[ColumnElement[bool]]:
    archived = wanted.status == "archived"
    conditions: list[ColumnElement[bool]] = [
        Customer.merged_into_id.is_(None),
        Customer.archived_at.is_not(None) if archived else Customer.archived_at.is_(None),
    ]
    if wanted.status == "open":
        conditions.append(owed.c.owed > 0)
    if wanted.status == "overdue":
        conditions.append(owed.c.late > 0)
    conditions += [_has_word(word) for word in wanted.text.split()]
    return conditions + _narrowed(wanted, today)


def _narrowed(wanted: Filter, today: dt.date) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.label_id is not None:
        label = and_(
            CustomerLabel.customer_id == Customer.id, CustomerLabel.label_id == wanted.label_id
        )
        found.append(exists().where(label))
    if wanted.price_list_id is not None:
        found.append(Customer.price_list_id == wanted.price_list_id)
    if wanted.tax_treatment is not None:
        found.append(Customer.tax_treatment == wanted.tax_treatment)
    if wanted.city is not None:
        place = and_(Address.customer_id == Customer.id, Address.city == wanted.city)
        found.append(exists().where(place))
    if wanted.with_contract:
        in_force = and_(
            Contract.customer_id == Customer.id,
            Contract.is_draft.is_(False),
            Contract.valid_from <= today,
            or_(
                Contract.valid_to.is_(None),
                Contract.valid_to >= today,
                Contract.at_end == "renew",
            ),
            or_(Contract.ended_on.is_(None), Contract.ended_on >= today),
        )
        found.append(exists().where(in_force))
    return found


def _has_word(word: str) -> ColumnElement[bool]:
    digits = "".join(letter for letter in word if letter.isdigit())
    found: list[ColumnElement[bool]] = [Customer.search.like(search.like(word), escape="\\")]
    if digits and len(digits) > 3:  # noqa: PLR2004 - shorter is in the search text itself
        found.append(Customer.search.like(f"%{digits.removeprefix('0')}%"))
        found.append(
            Customer.id.in_(select(Document.customer_id).where(Document.number.like(f"%{word}%")))
        )
    return or_(*found)


def list_ids(
    session: Session, wanted: Filter, sort: tuple[str, bool], today: dt.date
) -> array[int]:
    """Ids of the customers, in order.

    Args:
        sort: key (name, number, open, overdue, city, contact) and whether descending.
    """
    owed = _open_by_customer(today)
    key, descending = sort
    column: Any = {
        "name": Customer.sort_name,
        "number": Customer.number,
        "open": func.coalesce(owed.c.owed, 0),
        "overdue": func.coalesce(owed.c.late, 0),
        "city": _first_address(Address.city),
        "contact": _first_contact(),
    }[key]
    order = column.desc() if descending else column
    query = (
        select(Customer.id)
        .outerjoin(owed, owed.c.customer_id == Customer.id)
        .where(*_matching(wanted, owed, today))
        .order_by(order, Customer.sort_name, Customer.id)
    )
    return array("q", session.scalars(query))


def _first_address(column: Any) -> Any:
    return (
        select(column)
        .where(Address.customer_id == Customer.id)
        .order_by(Address.kind != "invoice", Address.position, Address.id)
        .limit(1)
        .scalar_subquery()
    )


def _first_contact() -> Any:
    return (
        select(Contact.name)
        .where(Contact.customer_id == Customer.id)
        .order_by(Contact.position, Contact.id)
        .limit(1)
        .scalar_subquery()
    )


def list_rows(session: Session, ids: Sequence[int], today: dt.date) -> list[CustomerRow]:
    """The rows of these customers, in any order."""
    owed = _open_by_customer(today)
    rows = session.execute(
        select(
            Customer.id,
            Customer.number,
            Customer.name,
            Customer.kind,
            _first_contact().label("contact"),
            _first_address(Address.city).label("city"),
            _first_address(Address.country).label("country"),
            Customer.email,
            Customer.phone,
            owed.c.owed,
            owed.c.late,
            Customer.archived_at,
        )
        .outerjoin(owed, owed.c.customer_id == Customer.id)
        .where(Customer.id.in_(ids))
    )
    late = mean_days_late(session, ids, today)
    contact = _last_contact(session, ids)
    return [
        CustomerRow(
            id=row.id,
            number=row.number,
            name=row.name,
            kind=row.kind,
            contact=row.contact,
            city=row.city,
            country=row.country,
            email=row.email,
            phone=row.phone,
            open_amount=_money(row.owed),
            overdue=_money(row.late),
            days_late=late.get(row.id),
            last_contact=contact.get(row.id),
            archived=row.archived_at is not None,
        )
        for row in rows
    ]


def _money(value: Money | int | None) -> Money:
    return value if isinstance(value, Money) else Money(value or 0)


def mean_days_late(session: Session, ids: Sequence[int], today: dt.date) -> dict[int, int]:
    """Signed mean of days from due to paid, over invoices paid in full in the last twelve months.

    An invoice is paid on the day of the last entry that settled it; early is negative.
    """
    year_ago = today - dt.timedelta(days=365)
    credit = select(LedgerEntry.id, LedgerEntry.date, LedgerEntry.kind).subquery()
    paid = (
        select(
            LedgerEntry.customer_id,
            (func.julianday(func.max(credit.c.date)) - func.julianday(LedgerEntry.due_date)).label(
                "days"
            ),
        )
        .join(Settlement, Settlement.debit_id == LedgerEntry.id)
        .join(credit, credit.c.id == Settlement.credit_id)
        .where(
            LedgerEntry.customer_id.in_(ids),
            LedgerEntry.kind == "invoice",
            LedgerEntry.open_amount == ZERO,
            LedgerEntry.due_date.is_not(None),
        )
        .group_by(LedgerEntry.id)
        .having(
            and_(
                func.max(credit.c.date) >= year_ago,
                func.sum(case((credit.c.kind == "payment", Settlement.amount), else_=0)) > 0,
            )
        )
        .subquery()
    )
    query = select(paid.c.customer_id, func.sum(paid.c.days), func.count()).group_by(
        paid.c.customer_id
    )
    return {
        customer: _rounded(int(days), number) for customer, days, number in session.execute(query)
    }


def _rounded(days: int, number: int) -> int:
    sign = -1 if days < 0 else 1
    return sign * ((abs(days) * 2 + number) // (2 * number))


def _last_contact(session: Session, ids: Sequence[int]) -> dict[int, tuple[str, dt.datetime]]:
    latest = (
        select(Message.customer_id, func.max(Message.at).label("at"))
        .where(Message.customer_id.in_(ids), Message.deleted_at.is_(None))
        .group_by(Message.customer_id)
        .subquery()
    )
    query = select(Message.customer_id, Message.kind, Message.at).join(
        latest, and_(latest.c.customer_id == Message.customer_id, latest.c.at == Message.at)
    )
    return {
        customer: (kind, moment)
        for customer, kind, moment in session.execute(query)
        if customer is not None
    }


def totals(session: Session, wanted: Filter, today: dt.date) -> Totals:
    """Sums over a filter."""
    owed = _open_by_customer(today)
    row = session.execute(
        select(func.count(), func.sum(owed.c.owed), func.sum(owed.c.late))
        .select_from(Customer)
        .outerjoin(owed, owed.c.customer_id == Customer.id)
        .where(*_matching(wanted, owed, today))
    ).one()
    return Totals(row[0], _money(row[1]), _money(row[2]))


def counts(session: Session, wanted: Filter, today: dt.date) -> dict[str, int]:
    """How many customers each quick filter shows."""
    owed = _open_by_customer(today)
    found = {}
    for status in ("all", "open", "overdue", "archived"):
        narrowed = Filter(**{**vars(wanted), "status": status})
        query = (
            select(func.count())
            .select_from(Customer)
            .outerjoin(owed, owed.c.customer_id == Customer.id)
            .where(*_matching(narrowed, owed, today))
        )
        found[status] = session.scalar(query) or 0
    return found
