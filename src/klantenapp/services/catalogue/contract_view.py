"""Contracts as a screen shows them: in rows with their state, and those that end soon."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import permutations
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from klantenapp.models.catalogue import Item, ItemGroup, Unit
from klantenapp.models.contract import Contract, ContractPrice, Span, in_force
from klantenapp.models.customer import Customer
from klantenapp.models.document import Document, DocumentLine
from klantenapp.models.file import Attachment, StoredFile
from klantenapp.models.values import Period

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from sqlalchemy import RowMapping
    from sqlalchemy.orm import Session

    from klantenapp.models.values import Percent, UnitPrice

#: State of a contract on a day: not confirmed, confirmed and not begun, in force, past its last
#: day, or terminated early.
DRAFT, PLANNED, ACTIVE, EXPIRED = "draft", "planned", "active", "expired"
CANCELLED = "cancelled"


@dataclass(frozen=True)
class ContractRow:
    """One contract in a list.

    Attributes:
        state: draft, planned, active, expired or cancelled.
        in_force: the days on which it holds; of a draft those it would hold.
        prices: how many agreed prices it has.
        conflict: name of another contract that holds on some of the same days (after a merge of
            customers), "" is none.
    """

    id: int
    customer_id: int
    customer_number: str
    customer: str
    name: str
    reference: str | None
    valid_from: dt.date
    valid_to: dt.date | None
    at_end: str
    remind_days: int
    ended_on: dt.date | None
    state: str
    in_force: Period
    prices: int
    discount: Percent | None
    total_discount: Percent | None
    tax_treatment: str | None
    conflict: str = ""


@dataclass(frozen=True)
class EndingRow:
    """A contract that asks for attention because it ends.

    Attributes:
        days: until its last day; 0 is today.
        successor: name of the contract that follows, "" where there is none.
        successor_id: of that contract, which is still a draft.
    """

    id: int
    customer_id: int
    customer_number: str
    customer: str
    name: str
    valid_to: dt.date
    days: int
    successor: str = ""
    successor_id: int | None = None


@dataclass(frozen=True)
class ItemWords:
    """What a contract's grid shows of an item; price is its own, without tax."""

    id: int
    code: str
    name: str
    unit: str | None
    price: UnitPrice | None


@dataclass(frozen=True)
class AttachedFile:
    """A document that is kept with a contract."""

    id: int
    file_id: int
    name: str
    size: int
    added_at: dt.datetime


def rows(session: Session, today: dt.date, customer_id: int | None = None) -> list[ContractRow]:
    """Contracts of a customer, or of everybody, the latest first."""
    prices = select(func.count()).where(ContractPrice.contract_id == Contract.id).scalar_subquery()
    query = (
        select(
            Contract.id,
            Contract.customer_id,
            Customer.number.label("customer_number"),
            Customer.name.label("customer"),
            Contract.name,
            Contract.reference,
            Contract.valid_from,
            Contract.valid_to,
            Contract.at_end,
            Contract.remind_days,
            Contract.ended_on,
            prices.label("prices"),
            Contract.discount,
            Contract.total_discount,
            Contract.tax_treatment,
            Contract.is_draft,
        )
        .join(Customer, Customer.id == Contract.customer_id)
        .order_by(Customer.sort_name, Contract.valid_from.desc(), Contract.id.desc())
    )
    if customer_id is not None:
        query = query.where(Contract.customer_id == customer_id)
    found = session.execute(query).mappings().all()
    periods = _periods(found)
    clashes = _conflicts(found, periods)
    made = []
    for row in found:
        values = {name: value for name, value in row.items() if name != "is_draft"}
        period = periods[row["id"]]
        made.append(
            ContractRow(
                **values,
                in_force=period,
                state=state(period, row["ended_on"], today, draft=row["is_draft"]),
                conflict=clashes.get(row["id"], ""),
            )
        )
    return made


def _periods(found: Sequence[RowMapping]) -> dict[int, Period]:
    """The days on which each contract holds; of a draft those it would hold."""
    by_customer: dict[int, list[Span]] = defaultdict(list)
    periods = {}
    for row in found:
        if row["is_draft"]:
            periods[row["id"]] = Period(row["valid_from"], row["valid_to"])
        else:
            span = Span(*(row[name] for name in Span._fields))
            by_customer[row["customer_id"]].append(span)
    for spans in by_customer.values():
        periods |= in_force(spans)
    return periods


def _conflicts(found: Sequence[RowMapping], periods: dict[int, Period]) -> dict[int, str]:
    """Contracts of one customer that hold on the same days: each with the name of another."""
    by_customer: dict[int, list[RowMapping]] = defaultdict(list)
    for row in found:
        if not row["is_draft"]:
            by_customer[row["customer_id"]].append(row)
    clashes = {}
    for several in by_customer.values():
        for one, other in permutations(several, 2):
            if periods[one["id"]].overlaps(periods[other["id"]]):
                clashes[one["id"]] = other["name"]
    return clashes


def state(period: Period, ended_on: dt.date | None, today: dt.date, *, draft: bool) -> str:
    """Where a contract stands on a day."""
    if draft:
        return DRAFT
    if ended_on is not None:
        return CANCELLED
    if period.start is not None and today < period.start:
        return PLANNED
    return ACTIVE if today in period else EXPIRED


def ending(session: Session, today: dt.date) -> list[EndingRow]:
    """Contracts that ask for attention: their end is near and none follows, soonest first.

    Those that renew silently or simply stop do not ask; a follower that is still a draft is named.
    """
    query = (
        select(
            Contract.id,
            Contract.customer_id,
            Customer.number.label("customer_number"),
            Customer.name.label("customer"),
            Contract.name,
            Contract.valid_to,
            Contract.remind_days,
        )
        .join(Customer, Customer.id == Contract.customer_id)
        .where(
            Contract.is_draft.is_(False),
            Contract.at_end == "remind",
            Contract.ended_on.is_(None),
            Contract.valid_from <= today,
            Contract.valid_to >= today,
            Customer.archived_at.is_(None),
        )
        .order_by(Contract.valid_to, Customer.sort_name, Contract.id)
    )
    found = [
        EndingRow(*row[:5], row.valid_to, (row.valid_to - today).days)
        for row in session.execute(query)
        if row.valid_to is not None and (row.valid_to - today).days <= row.remind_days
    ]
    followers = _followers(session, {row.customer_id for row in found})
    made = []
    for row in found:
        later = [each for each in followers[row.customer_id] if each[2] > row.valid_to]
        if any(not draft for *_rest, draft in later):
            continue
        successor_id, name = (later[0][0], later[0][1]) if later else (None, "")
        made.append(replace(row, successor=name, successor_id=successor_id))
    return made


def _followers(
    session: Session, customers: Iterable[int]
) -> dict[int, list[tuple[int, str, dt.date, bool]]]:
    """Every contract of these customers: id, name, first day, draft; the first to begin first."""
    query = (
        select(
            Contract.customer_id,
            Contract.id,
            Contract.name,
            Contract.valid_from,
            Contract.is_draft,
        )
        .where(Contract.customer_id.in_(list(customers)))
        .order_by(Contract.valid_from, Contract.id)
    )
    found: dict[int, list[tuple[int, str, dt.date, bool]]] = defaultdict(list)
    for customer_id, contract_id, name, start, draft in session.execute(query):
        found[customer_id].append((contract_id, name, start, draft))
    return found


def item_words(session: Session, ids: Iterable[int]) -> dict[int, ItemWords]:
    """The items of a contract's prices, by id."""
    query = (
        select(Item.id, Item.code, Item.name, Unit.name.label("unit"), Item.price)
        .outerjoin(Unit, Unit.id == Item.unit_id)
        .where(Item.id.in_(list(ids)))
    )
    return {row["id"]: ItemWords(**row) for row in session.execute(query).mappings()}


def groups(session: Session) -> dict[int, str]:
    """Every group of items, by name."""
    query = select(ItemGroup.id, ItemGroup.name).order_by(ItemGroup.name)
    return dict(session.execute(query).all())


def files(session: Session, contract_id: int) -> list[AttachedFile]:
    """The documents with a contract, the latest first."""
    query = (
        select(
            Attachment.id,
            Attachment.file_id,
            Attachment.name,
            StoredFile.size,
            Attachment.added_at,
        )
        .join(StoredFile, StoredFile.id == Attachment.file_id)
        .where(Attachment.contract_id == contract_id)
        .order_by(Attachment.id.desc())
    )
    return [AttachedFile(**row) for row in session.execute(query).mappings()]


def invoiced(session: Session, contract_id: int) -> int:
    """How many issued documents have a line that this contract priced."""
    query = (
        select(func.count(DocumentLine.document_id.distinct()))
        .join(Document, Document.id == DocumentLine.document_id)
        .where(
            Document.state == "issued",
            DocumentLine.source.in_(("contract", "contract_discount")),
            DocumentLine.source_id == contract_id,
        )
    )
    return session.scalar(query) or 0
