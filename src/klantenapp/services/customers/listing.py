"""The list of customers: found while typing, filtered, sorted and totalled in SQL."""

from __future__ import annotations

import datetime as dt
from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import and_, exists, func, or_, select

from klantenapp.models.contract import Contract
from klantenapp.models.customer import Address, Contact, Customer, CustomerLabel
from klantenapp.models.document import Document
from klantenapp.models.ledger import LedgerEntry
from klantenapp.models.message import Message
from klantenapp.models.values import ZERO, Money
from klantenapp.services.customers import paying
from klantenapp.services.store import search, succession

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session


#: Quick filters of the list.
STATUSES: Final = ("all", "open", "overdue", "contract", "quiet", "archived")
#: A customer whom nobody wrote, spoke or invoiced for so long is quiet.
QUIET_DAYS: Final = 180


@dataclass(frozen=True)
class Filter:
    """Which customers to list.

    Attributes:
        status: all, open, overdue, contract (in force today), quiet (see `QUIET_DAYS`) or archived.
        text: every word must be in name, number, contact, phone, e-mail, place or invoice number.
        label_id, price_list_id, city, tax_treatment: narrow it down; None is any.
    """

    status: str = "all"
    text: str = ""
    label_id: int | None = None
    price_list_id: int | None = None
    city: str | None = None
    tax_treatment: str | None = None


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
    return [_of_status(wanted.status, owed, today), *_sought(wanted)]


def _of_status(status: str, owed: Any, today: dt.date) -> ColumnElement[bool]:
    """Conditions of a quick filter."""
    if status == "archived":
        return Customer.archived_at.is_not(None)
    more: list[ColumnElement[bool]] = []
    if status == "open":
        more = [owed.c.owed > 0]
    elif status == "overdue":
        more = [owed.c.late > 0]
    elif status == "contract":
        more = [_has_contract(today)]
    elif status == "quiet":
        more = _quiet(today)
    return and_(Customer.archived_at.is_(None), *more)


def _sought(wanted: Filter) -> list[ColumnElement[bool]]:
    """What is typed and narrowed, in whatever quick filter."""
    words = [_has_word(word) for word in wanted.text.split()]
    return [Customer.merged_into_id.is_(None), *words, *_narrowed(wanted)]


def _narrowed(wanted: Filter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.label_id is not None:
        label = and_(
            CustomerLabel.customer_id == Customer.id, CustomerLabel.label_id == wanted.label_id
        )
        found.append(exists().where(label))
    if wanted.price_list_id is not None:
        found.append(Customer.price_list_id.in_(succession.with_replaced(wanted.price_list_id)))
    if wanted.tax_treatment is not None:
        found.append(Customer.tax_treatment == wanted.tax_treatment)
    if wanted.city is not None:
        place = and_(Address.customer_id == Customer.id, Address.city == wanted.city)
        found.append(exists().where(place))
    return found


def _has_contract(today: dt.date) -> ColumnElement[bool]:
    """A contract holds today."""
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
    return exists().where(in_force)


def _quiet(today: dt.date) -> list[ColumnElement[bool]]:
    """No contact and no document for a long time, and not new either."""
    day = today - dt.timedelta(days=QUIET_DAYS)
    since = dt.datetime.combine(day, dt.time()).astimezone(dt.UTC)
    spoken = and_(
        Message.customer_id == Customer.id, Message.at >= since, Message.deleted_at.is_(None)
    )
    sold = and_(Document.customer_id == Customer.id, Document.date >= day)
    return [Customer.created_at < since, ~exists().where(spoken), ~exists().where(sold)]


def _has_word(word: str) -> ColumnElement[bool]:
    digits = "".join(letter for letter in word if letter.isdigit())
    found: list[ColumnElement[bool]] = [Customer.search.like(search.like(word), escape="\\")]
    if digits and len(digits) > 3:  # noqa: PLR2004 - shorter is in the search text itself
        found.append(Customer.search.like(f"%{digits.removeprefix('0')}%"))
        found.append(
            Customer.id.in_(
                select(Document.customer_id).where(
                    Document.number.like(search.like(word), escape="\\")
                )
            )
        )
    return or_(*found)


def list_ids(
    session: Session, wanted: Filter, sort: tuple[str, bool], today: dt.date
) -> array[int]:
    """Ids of the customers, in order.

    Args:
        sort: key (name, number, open, overdue, city, contact, late, last) and whether descending.
            Without a value one comes last either way.
    """
    owed = _open_by_customer(today)
    key, descending = sort
    pace = paying.per_customer(today).alias("pace")
    column: Any = {
        "name": Customer.sort_name,
        "number": Customer.number,
        "open": func.coalesce(owed.c.owed, 0),
        "overdue": func.coalesce(owed.c.late, 0),
        "city": _first_address(Address.city),
        "contact": _first_contact(),
        "late": pace.c.late * 1.0 / pace.c.number,
        "last": _last_moment(),
    }[key]
    query = select(Customer.id).outerjoin(owed, owed.c.customer_id == Customer.id)
    if key == "late":
        query = query.outerjoin(pace, pace.c.customer_id == Customer.id)
    order = (column.desc() if descending else column).nulls_last()
    query = query.where(*_matching(wanted, owed, today)).order_by(
        order, Customer.sort_name, Customer.id
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


def _last_moment() -> Any:
    return (
        select(func.max(Message.at))
        .where(Message.customer_id == Customer.id, Message.deleted_at.is_(None))
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
    paces = paying.paces(session, ids, today)
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
            days_late=paces[row.id].days_late if row.id in paces else None,
            last_contact=contact.get(row.id),
            archived=row.archived_at is not None,
        )
        for row in rows
    ]


def _money(value: Money | int | None) -> Money:
    return value if isinstance(value, Money) else Money(value or 0)


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


@dataclass(frozen=True)
class Places:
    """What the list can be narrowed to: places, and treatments that customers have."""

    cities: tuple[str, ...]
    treatments: tuple[str, ...]


def places(session: Session) -> Places:
    """What there is to narrow the list to."""
    alive = (Customer.merged_into_id.is_(None), Customer.archived_at.is_(None))
    cities = session.scalars(
        select(Address.city)
        .join(Customer, Customer.id == Address.customer_id)
        .where(Address.city.is_not(None), *alive)
        .distinct()
    )
    treatments = session.scalars(
        select(Customer.tax_treatment).where(Customer.tax_treatment.is_not(None), *alive).distinct()
    )
    named = sorted({city for city in cities if city}, key=search.fold)
    return Places(tuple(named), tuple(sorted(each for each in treatments if each)))


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
    """How many customers each quick filter shows, all in one query."""
    owed = _open_by_customer(today)
    numbers = [func.count().filter(_of_status(status, owed, today)) for status in STATUSES]
    row = session.execute(
        select(*numbers)
        .select_from(Customer)
        .outerjoin(owed, owed.c.customer_id == Customer.id)
        .where(*_sought(wanted))
    ).one()
    return dict(zip(STATUSES, row, strict=True))
