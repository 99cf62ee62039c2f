"""Price lists as a screen shows them: the lists with who uses them, and every price on one."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select

from klantenapp.models.catalogue import Item, PriceList, Unit
from klantenapp.models.customer import Customer
from klantenapp.models.values import WHOLE, Percent, Quantity, divide_half_up
from klantenapp.services.catalogue import list_prices, loading, price_book, price_lists
from klantenapp.services.store import search, succession

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping

    from sqlalchemy.orm import Session

    from klantenapp.models.values import UnitPrice
    from klantenapp.services.catalogue.price_book import PricedItem
    from klantenapp.services.catalogue.price_lists import PriceListData

#: Where a list stands today: it holds, it comes later or is a draft, it has passed or is archived.
VALID, LATER, PAST = "valid", "later", "past"
_ALWAYS: Final = Quantity(0)


@dataclass(frozen=True)
class PriceListRow:
    """One list beside the others.

    Attributes:
        customers: how many have it as their list.
        group: valid, later or past.
    """

    id: int
    name: str
    includes_tax: bool
    valid_from: dt.date | None
    valid_to: dt.date | None
    is_draft: bool
    archived: bool
    customers: int
    group: str


@dataclass(frozen=True)
class PriceRow:
    """One price on a list.

    Attributes:
        id: place in the list; a row is known by item and quantity.
        first: the first row of its item, which shows name, unit and standard price.
        standard: the item's own price in the terms of the list, with or without tax.
        own: typed on this list; otherwise it comes from the base.
        difference: with the standard price; None where one of the two is missing.
        dearer: one costs more here than when fewer are taken.
    """

    id: int
    item_id: int
    code: str
    name: str
    unit: str | None
    first: bool
    standard: UnitPrice | None
    min_quantity: Quantity
    price: UnitPrice | None
    own: bool
    difference: Percent | None
    dearer: bool


@dataclass(frozen=True)
class PriceListPage:
    """One list whole.

    Attributes:
        base_name: of the list that the rest follows; "" is the items' own prices.
        replaces: name of the list whose place it takes; "" is none.
        items: how many items are shown; own: how many of them have an own price.
    """

    id: int
    data: PriceListData
    archived: bool
    base_name: str
    replaces: str
    customers: int
    rows: tuple[PriceRow, ...]
    items: int
    own: int


def lists(session: Session, today: dt.date) -> list[PriceListRow]:
    """Every list: valid ones first, then those to come, then those that passed; by name."""
    customers = _customers(session, today)
    found = [
        PriceListRow(
            row.id,
            row.name,
            row.includes_tax,
            row.valid_from,
            row.valid_to,
            row.is_draft,
            archived=row.archived_at is not None,
            customers=customers[row.id],
            group=_group(row.valid_from, row.valid_to, today, row.archived_at, draft=row.is_draft),
        )
        for row in session.execute(
            select(
                PriceList.id,
                PriceList.name,
                PriceList.includes_tax,
                PriceList.valid_from,
                PriceList.valid_to,
                PriceList.is_draft,
                PriceList.archived_at,
            )
        )
    ]
    order = (VALID, LATER, PAST)
    return sorted(found, key=lambda row: (order.index(row.group), search.fold(row.name)))


def _group(
    start: dt.date | None,
    end: dt.date | None,
    today: dt.date,
    archived_at: dt.datetime | None,
    *,
    draft: bool,
) -> str:
    if archived_at is not None or (end is not None and end < today):
        return PAST
    return LATER if draft or (start is not None and start > today) else VALID


def page(session: Session, list_id: int, day: dt.date, text: str = "") -> PriceListPage:
    """A list with a row for every price on it.

    Args:
        list_id: the list.
        day: that chooses tax rates.
        text: shows only items with these words in code, names or group.

    Raises:
        NotFound: there is no such list.
    """
    row = price_lists.get(session, list_id)
    data = price_lists.data_of(row)
    query = (
        select(Item.id, Item.code, Item.name, Unit.name.label("unit"))
        .outerjoin(Unit, Unit.id == Item.unit_id)
        .where(Item.archived_at.is_(None), *search.contains(Item.search, text))
        .order_by(Item.sort_name, Item.id)
    )
    shown = session.execute(query).all()
    ids = [item.id for item in shown]
    priced = loading.priced_items(session, ids, loading.tax_codes(session), day)
    book = price_book.PriceBook(lists=loading.price_lists(session, ids))
    price_list = book.lists[list_id]
    rows: list[PriceRow] = []
    for item in shown:
        rows += _rows(book, price_list, priced[item.id], (item.name, item.unit), len(rows))
    base = session.get(PriceList, row.base_list_id) if row.base_list_id else None
    before = session.get(PriceList, row.replaces_id) if row.replaces_id else None
    return PriceListPage(
        list_id,
        data,
        row.archived_at is not None,
        base.name if base else "",
        before.name if before else "",
        _customers(session, day)[list_id],
        tuple(rows),
        len(shown),
        sum(1 for item_id in ids if price_list.prices.get(item_id)),
    )


def _customers(session: Session, day: dt.date) -> Counter[int]:
    """How many customers each list prices on a day, the one that replaced theirs included."""
    query = (
        select(Customer.price_list_id, func.count())
        .where(
            Customer.price_list_id.is_not(None),
            Customer.archived_at.is_(None),
            Customer.merged_into_id.is_(None),
        )
        .group_by(Customer.price_list_id)
    )
    found = Counter[int]()
    for list_id, number in session.execute(query):
        if list_id is not None:
            found[succession.on(session, list_id, day)] += number
    return found


def _rows(
    book: price_book.PriceBook,
    price_list: price_book.PriceList,
    item: PricedItem,
    words: tuple[str, str | None],
    place: int,
) -> Iterator[PriceRow]:
    """The rows of one item: a tier each, and one without a price where it has none at all."""
    standard = standard_price(item, includes_tax=price_list.includes_tax)
    own = {tier.min_quantity for tier in price_list.prices.get(item.id, ())}
    tiers: list[price_book.Tier | None] = [*tiers_of(book, price_list, item)]
    tiers = tiers or [None]
    dearer = set(
        list_prices.dearer((tier.min_quantity, tier.price) for tier in tiers if tier is not None)
    )
    for number, tier in enumerate(tiers):
        price = tier.price if tier else None
        quantity = tier.min_quantity if tier else _ALWAYS
        yield PriceRow(
            place + number,
            item.id,
            item.code,
            *words,
            first=number == 0,
            standard=standard,
            min_quantity=quantity,
            price=price,
            own=quantity in own,
            difference=difference(price, standard),
            dearer=quantity in dearer,
        )


def tiers_of(
    book: price_book.PriceBook, price_list: price_book.PriceList, item: PricedItem
) -> Iterator[price_book.Tier]:
    """What a list asks for an item from each quantity on, base prices among them."""
    for quantity in sorted(_quantities(price_list, item.id, book.lists)):
        tier = book.list_price(price_list, item, quantity.units)
        # A quantity of the base gives no row where the list's own price goes before it.
        if tier is not None and tier.min_quantity == quantity:
            yield tier


def _quantities(
    price_list: price_book.PriceList, item_id: int, every: Mapping[int, price_book.PriceList]
) -> set[Quantity]:
    """Every quantity at which the price of an item can change, along the bases."""
    found = {_ALWAYS}
    seen: set[int] = set()
    at: price_book.PriceList | None = price_list
    while at is not None and at.id not in seen:
        seen.add(at.id)
        found |= {tier.min_quantity for tier in at.prices.get(item_id, ())}
        at = every[at.base_id] if at.base_id is not None else None
    return found


def standard_price(item: PricedItem, *, includes_tax: bool) -> UnitPrice | None:
    """The item's own price, with tax where a list has prices with tax."""
    if item.price is None:
        return None
    with_tax = price_book.converted(
        item.price, from_gross=False, to_gross=includes_tax, tax=item.tax
    )
    return with_tax.rounded() if includes_tax else with_tax


def difference(price: UnitPrice | None, standard: UnitPrice | None) -> Percent | None:
    """How much a price differs from the standard one; None where there is nothing to compare."""
    if price is None or standard is None or not standard.units:
        return None
    return Percent(divide_half_up((price.units - standard.units) * WHOLE, standard.units))
