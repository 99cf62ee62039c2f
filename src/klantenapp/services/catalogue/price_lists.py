"""Price lists: added, changed, confirmed, copied with a percentage, archived and deleted.

A list is a draft until it is confirmed: it prices nothing yet. The prices on it are in
`list_prices`, what a screen shows of it in `price_list_view`.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, select

from klantenapp.models.business import Business
from klantenapp.models.catalogue import ListPrice, PriceList
from klantenapp.models.contract import Contract
from klantenapp.models.customer import Customer
from klantenapp.models.document import Document, DocumentLine, Recurring
from klantenapp.models.values import (
    NO_PERCENT,
    SCALE,
    WHOLE,
    Percent,
    UnitPrice,
    divide_half_up,
)
from klantenapp.services.catalogue import price_book
from klantenapp.services.errors.agreements import (
    AgreementNameMissing,
    ChangeOutOfRange,
    EndBeforeStart,
    PriceListInUse,
    PriceListNameTaken,
    PriceListTaxLocked,
)
from klantenapp.services.errors.base import NotFound
from klantenapp.services.store import clock, succession
from klantenapp.services.store.operations import REVERSIBLE, register

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy.orm import Session

ADD: Final = register("price_list.add", REVERSIBLE)
CHANGE: Final = register("price_list.change", REVERSIBLE)
CONFIRM: Final = register("price_list.confirm", REVERSIBLE)
COPY: Final = register("price_list.copy", REVERSIBLE)
ARCHIVE: Final = register("price_list.archive", REVERSIBLE)
RESTORE: Final = register("price_list.restore", REVERSIBLE)
DELETE: Final = register("price_list.delete", REVERSIBLE)

#: Basis points that prices can change by: down to nothing, up to eleven times as much.
LOWEST, HIGHEST = -10_000, 100_000
#: Cents to which a derived or copied price can be rounded.
ROUNDINGS: Final = (1, 5, 50, 100)
#: Users of a list that a refusal names.
_NAMED: Final = 5


@dataclass(frozen=True, kw_only=True)
class PriceListData:
    """What is filled in of a price list.

    Attributes:
        includes_tax: its prices include tax.
        valid_from, valid_to: both days included; None is open.
        base_list_id: what items without an own price take their price from; None with a percent
            is the items' own prices, None without one is nothing.
        percent: change on the base; negative lowers.
        rounding: cents to which a derived price is rounded half up: 1, 5, 50 or 100.
    """

    name: str
    includes_tax: bool = False
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    base_list_id: int | None = None
    percent: Percent | None = None
    rounding: int = 1
    is_draft: bool = False


@dataclass(frozen=True, kw_only=True)
class CopyData:
    """How a list is copied.

    Attributes:
        percent: change on every price.
        rounding: cents to which the changed prices are rounded half up.
        replaces: who has the list is priced by the copy from its first day on.
    """

    name: str
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    percent: Percent = NO_PERCENT
    rounding: int = 1
    replaces: bool = False


COLUMNS: Final = tuple(field.name for field in fields(PriceListData))


def add(session: Session, data: PriceListData) -> int:
    """Add a price list.

    Returns:
        Its id.

    Raises:
        AgreementNameMissing, PriceListNameTaken, EndBeforeStart, ChangeOutOfRange.
        NotFound: no such base list.
    """
    row = PriceList(name="")
    _fill(session, row, data, None)
    session.add(row)
    session.flush()
    return row.id


def change(session: Session, list_id: int, values: dict[str, Any]) -> None:
    """Change fields of a list, named as in `PriceListData`; issued documents stay as they are.

    Raises:
        As `add`; PriceListCircle: its base leads back to itself; PriceListTaxLocked.
    """
    row = get(session, list_id)
    data = replace(data_of(row), **values)
    if data.includes_tax != row.includes_tax and _was_used(session, list_id):
        raise PriceListTaxLocked(row.name)
    _fill(session, row, data, list_id)
    session.flush()


def confirm(session: Session, list_id: int) -> None:
    """Let a draft hold from its first day on."""
    get(session, list_id).is_draft = False


def archive(session: Session, list_id: int) -> None:
    """Put a list out of sight.

    Raises:
        PriceListInUse: it still prices something; a list that has expired does not.
    """
    row = get(session, list_id)
    found = users(
        session, list_id, expired=row.valid_to is not None and row.valid_to < clock.today()
    )
    if found:
        raise PriceListInUse(row.name, found)
    row.archived_at = clock.now()


def restore(session: Session, list_id: int) -> None:
    """Bring an archived list back."""
    get(session, list_id).archived_at = None


def delete(session: Session, list_id: int) -> None:
    """Delete a list that nothing uses.

    Raises:
        PriceListInUse: it is used, by whom.
    """
    row = get(session, list_id)
    found = users(session, list_id) or _documents(session, list_id)
    if found:
        raise PriceListInUse(row.name, found)
    for price in session.scalars(select(ListPrice).where(ListPrice.price_list_id == list_id)):
        session.delete(price)
    for heir in session.scalars(select(PriceList).where(PriceList.replaces_id == list_id)):
        # Nobody has the list, so that nobody comes along.
        heir.replaces_id = row.replaces_id
    session.flush()
    session.delete(row)


def copy(session: Session, list_id: int, data: CopyData) -> int:
    """Copy a list to a draft with a percentage on every price.

    Own prices are changed and rounded here; the rest follows the same base by both percentages.

    Returns:
        Id of the copy.

    Raises:
        As `add`.
    """
    source = get(session, list_id)
    _require_change(data.percent)
    derived = source.base_list_id is not None or source.percent is not None
    new_id = add(
        session,
        PriceListData(
            name=data.name,
            includes_tax=source.includes_tax,
            valid_from=data.valid_from,
            valid_to=data.valid_to,
            base_list_id=source.base_list_id,
            percent=compound(source.percent, data.percent) if derived else None,
            rounding=data.rounding if derived else source.rounding,
            is_draft=True,
        ),
    )
    for price in session.scalars(select(ListPrice).where(ListPrice.price_list_id == list_id)):
        session.add(
            ListPrice(
                price_list_id=new_id,
                item_id=price.item_id,
                min_quantity=price.min_quantity,
                price=changed(price.price, data.percent, data.rounding),
            )
        )
    if data.replaces:
        get(session, new_id).replaces_id = list_id
    session.flush()
    return new_id


def compound(first: Percent | None, second: Percent) -> Percent:
    """Two changes after each other as one, half up to a basis point."""
    before = WHOLE + (first.points if first else 0)
    return Percent(divide_half_up(before * (WHOLE + second.points), WHOLE) - WHOLE)


def changed(price: UnitPrice, percent: Percent, rounding: int) -> UnitPrice:
    """A price with a percentage on it, rounded half up to so many cents.

    A price that changes by nothing stays as it is. One that rounding would turn into nothing is
    kept to 1/10,000 instead, as on derived lists.
    """
    if not percent and rounding == 1:
        return price
    step = rounding * SCALE // 100
    numerator = price.units * (WHOLE + percent.points)
    rounded = divide_half_up(numerator, WHOLE * step) * step
    return UnitPrice(rounded or divide_half_up(numerator, WHOLE))


def get(session: Session, list_id: int) -> PriceList:
    """The list by id.

    Raises:
        NotFound.
    """
    row = session.get(PriceList, list_id)
    if row is None:
        raise NotFound("price_list", str(list_id))
    return row


def data_of(row: PriceList) -> PriceListData:
    """The list as it is filled in."""
    return PriceListData(**{name: getattr(row, name) for name in COLUMNS})


def users(session: Session, list_id: int, *, expired: bool = False) -> tuple[str, ...]:
    """Names of what a list prices: the business, customers, contracts, lists, drafts, series.

    Args:
        expired: of a list whose last day has passed; it only still serves as a base.
    """
    queries = [select(PriceList.name).where(PriceList.base_list_id == list_id)]
    if not expired:
        queries += [
            select(Business.legal_name).where(Business.price_list_id == list_id),
            select(Customer.name).where(
                Customer.price_list_id == list_id, Customer.merged_into_id.is_(None)
            ),
            select(Contract.name).where(Contract.price_list_id == list_id),
            select(Recurring.name).where(Recurring.price_list_id == list_id),
            select(Customer.name)
            .join(Document, Document.customer_id == Customer.id)
            .where(Document.price_list_id == list_id, Document.state == "draft"),
        ]
    found: dict[str, None] = {}
    for query in queries:
        found.update(dict.fromkeys(session.scalars(query.limit(_NAMED + 1))))
    names = list(found)
    return tuple(names) if len(names) <= _NAMED else (*names[:_NAMED], "…")


def customers_of(session: Session, list_id: int) -> list[int]:
    """Customers whose prices a list can decide: by their own terms, a contract, or another list."""
    lists, waiting = set[int](), {list_id}
    while waiting:
        lists |= waiting
        for each in waiting:
            lists |= succession.replaced(session, each)
        waiting = set(
            session.scalars(select(PriceList.id).where(PriceList.base_list_id.in_(waiting)))
        )
        waiting -= lists
    if session.scalar(select(Business.price_list_id).where(Business.price_list_id.in_(lists))):
        return list(session.scalars(select(Customer.id)))
    own = select(Customer.id).where(Customer.price_list_id.in_(lists))
    agreed = select(Contract.customer_id).where(Contract.price_list_id.in_(lists))
    chosen = select(Document.customer_id).where(
        Document.state == "draft",
        Document.price_list_id.in_(lists),
        Document.customer_id.is_not(None),
    )
    return sorted({*session.scalars(own), *session.scalars(agreed), *session.scalars(chosen)})


def _documents(session: Session, list_id: int) -> tuple[str, ...]:
    """Numbers of documents that the list priced, newest first."""
    chosen = select(Document.id, Document.number).where(Document.price_list_id == list_id)
    priced = (
        select(Document.id, Document.number)
        .join(DocumentLine, DocumentLine.document_id == Document.id)
        .where(DocumentLine.source == "price_list", DocumentLine.source_id == list_id)
    )
    found: dict[int, str] = {}
    for query in (chosen, priced):
        rows = session.execute(query.order_by(Document.id.desc()).limit(_NAMED))
        found.update({row.id: row.number or f"#{row.id}" for row in rows})
    return tuple(found[key] for key in sorted(found, reverse=True)[:_NAMED])


def _was_used(session: Session, list_id: int) -> bool:
    return bool(_documents(session, list_id))


def _fill(session: Session, row: PriceList, data: PriceListData, list_id: int | None) -> None:
    name = data.name.strip()
    if not name:
        raise AgreementNameMissing
    other = session.scalar(
        select(PriceList.id).where(func.lower(PriceList.name) == name.lower()).limit(1)
    )
    if other is not None and other != list_id:
        raise PriceListNameTaken(name)
    _require_period(data.valid_from, data.valid_to)
    if data.percent is not None:
        _require_change(data.percent)
    _require_base(session, data, list_id)
    for column in COLUMNS:
        setattr(row, column, getattr(data, column))
    row.name = name


def _require_period(start: dt.date | None, end: dt.date | None) -> None:
    if start is not None and end is not None and end < start:
        raise EndBeforeStart(start, end)


def _require_change(percent: Percent) -> None:
    if not LOWEST <= percent.points <= HIGHEST:
        raise ChangeOutOfRange(percent)


def _require_base(session: Session, data: PriceListData, list_id: int | None) -> None:
    """The base exists, and does not lead back."""
    if data.base_list_id is None:
        return
    get(session, data.base_list_id)
    if list_id is None:
        return
    lists = {
        row.id: price_book.PriceList(row.id, row.name, base_id=row.base_list_id)
        for row in session.execute(select(PriceList.id, PriceList.name, PriceList.base_list_id))
    }
    changed_list = price_book.PriceList(list_id, data.name, base_id=data.base_list_id)
    price_book.refuse_circle(changed_list, lists | {list_id: changed_list})
