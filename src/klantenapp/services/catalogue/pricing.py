"""The price of a line, and why. Pure.

The first of these that has a price wins: what the user typed; the contract's price for the item (by
day and quantity); the contract's discount on the list price; the price list of the document, of the
contract, of the customer, of the business; the item's own price.

Discounts never stack. A contract price is net of everything. A contract's discount stands alone:
the group's goes before the one on other items, and neither touches an item that has a price in that
contract, even at a quantity below its first tier. The customer's general discount holds only where
no agreement speaks: on list prices and items' own prices. A discount typed on the line replaces
whichever would have applied.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from klantenapp.services.catalogue.price_book import (
    converted,
    tier_at,
)
from klantenapp.services.errors.catalogue import NoPrice

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from klantenapp.models.values import Percent, Period, Quantity, UnitPrice
    from klantenapp.services.catalogue.price_book import (
        Agreement,
        PriceBook,
        PricedItem,
        PriceList,
        Tier,
    )


class Source(StrEnum):
    """Where a price comes from, in order of precedence."""

    MANUAL = "manual"
    CONTRACT = "contract"
    CONTRACT_DISCOUNT = "contract_discount"
    PRICE_LIST = "price_list"
    ITEM = "item"


class Level(StrEnum):
    """Whose price list it is, in order of precedence."""

    DOCUMENT = "document"
    CONTRACT = "contract"
    CUSTOMER = "customer"
    BUSINESS = "business"


class Reason(StrEnum):
    """Why a candidate is the price, or is not."""

    CHOSEN = "chosen"
    OUTRANKED = "outranked"
    DRAFT = "draft"
    NOT_YET_VALID = "not_yet_valid"
    EXPIRED = "expired"
    BELOW_QUANTITY = "below_quantity"
    NO_PRICE = "no_price"
    NO_DISCOUNT = "no_discount"
    HAS_CONTRACT_PRICE = "has_contract_price"


@dataclass(frozen=True, slots=True)
class Request:
    """The line to price.

    Attributes:
        item: None on a free line, which has only the price that was typed.
        quantity: negative counts as its size.
        day: day that chooses contract and lists.
        manual_price: price typed on the line, in the document's terms.
        manual_discount: discount typed on the line; 0 % means none at all.
    """

    item: PricedItem | None
    quantity: Quantity
    day: dt.date
    manual_price: UnitPrice | None = None
    manual_discount: Percent | None = None


class Candidate(NamedTuple):
    """A price that was considered (a tuple, because a draft of 200 lines makes a thousand).

    Attributes:
        source: where it comes from.
        reason: why it won or lost.
        name: name of the contract or the list, else "".
        source_id: id of the contract or the list.
        price: in the document's terms; None where there is none.
        discount: that would come with it.
        level: whose list it is.
        period: days on which contract or list is in force.
        min_quantity: quantity from which it holds; of a lost tier, the lowest that would have held.
    """

    source: Source
    reason: Reason
    name: str = ""
    source_id: int | None = None
    price: UnitPrice | None = None
    discount: Percent | None = None
    level: Level | None = None
    period: Period | None = None
    min_quantity: Quantity | None = None


@dataclass(frozen=True, slots=True)
class Priced:
    """The price of a line and everything that was considered for it.

    Attributes:
        price: in the document's terms, with or without tax.
        discount: None is no discount.
        candidates: in order of precedence; exactly one is chosen.
    """

    price: UnitPrice
    discount: Percent | None
    source: Source
    name: str
    source_id: int | None
    candidates: tuple[Candidate, ...]


def price(request: Request, book: PriceBook) -> Priced:
    """The price of a line, its discount, its source, and why the others lost.

    Raises:
        NoPrice: nothing prices the item.
    """
    found = list(_candidates(request, book))
    chosen: Candidate | None = None
    for index, candidate in enumerate(found):
        if candidate.reason is Reason.CHOSEN:
            if chosen is None:
                chosen = candidate
            else:
                found[index] = candidate._replace(reason=Reason.OUTRANKED)
    if chosen is None or chosen.price is None:
        raise NoPrice(request.item.code if request.item else "")
    discount = chosen.discount if request.manual_discount is None else request.manual_discount
    return Priced(
        chosen.price, discount, chosen.source, chosen.name, chosen.source_id, tuple(found)
    )


def _candidates(request: Request, book: PriceBook) -> Iterator[Candidate]:
    """Candidates in order of precedence; every one that could be the price reads CHOSEN."""
    if request.manual_price is not None:
        yield Candidate(Source.MANUAL, Reason.CHOSEN, price=request.manual_price)
    item = request.item
    if item is None:
        return
    quantity = abs(request.quantity.units)
    for agreement in book.agreements:
        yield _contract_price(agreement, item, quantity, request.day, book)
    listed = [*_from_lists(item, quantity, request.day, book), _own_price(item, book)]
    base = next((each for each in listed if each.reason is Reason.CHOSEN), None)
    for agreement in book.agreements:
        yield _contract_discount(agreement, item, request.day, base)
    yield from listed


def _validity(period: Period, day: dt.date) -> Reason:
    if day in period:
        return Reason.CHOSEN
    if period.start is not None and day < period.start:
        return Reason.NOT_YET_VALID
    return Reason.EXPIRED


def _contract_price(
    agreement: Agreement, item: PricedItem, quantity: int, day: dt.date, book: PriceBook
) -> Candidate:
    tiers = agreement.prices.get(item.id, ())
    tier = tier_at(tiers, quantity) or (tiers[0] if tiers else None)
    reason = _validity(agreement.period, day)
    if tier is None:
        reason = Reason.NO_PRICE
    elif reason is Reason.CHOSEN and tier.min_quantity.units > quantity:
        reason = Reason.BELOW_QUANTITY
    return Candidate(
        Source.CONTRACT,
        reason,
        agreement.name,
        agreement.id,
        _on_document(tier, item, book, from_gross=False),
        period=agreement.period,
        min_quantity=tier.min_quantity if tier else None,
    )


def _contract_discount(
    agreement: Agreement, item: PricedItem, day: dt.date, base: Candidate | None
) -> Candidate:
    discount = agreement.discount_on(item)
    reason = _validity(agreement.period, day)
    if not discount:
        reason = Reason.NO_DISCOUNT
    elif item.id in agreement.prices:
        reason = Reason.HAS_CONTRACT_PRICE
    elif base is None:
        reason = Reason.NO_PRICE
    return Candidate(
        Source.CONTRACT_DISCOUNT,
        reason,
        agreement.name,
        agreement.id,
        base.price if base else None,
        discount,
        period=agreement.period,
    )


def _from_lists(
    item: PricedItem, quantity: int, day: dt.date, book: PriceBook
) -> Iterator[Candidate]:
    seen: set[int] = set()
    for level, list_id in (
        (Level.DOCUMENT, book.document_list),
        (Level.CONTRACT, book.contract_list),
        (Level.CUSTOMER, book.customer_list),
        (Level.BUSINESS, book.business_list),
    ):
        if list_id is None or list_id in seen:
            continue
        seen.add(list_id)
        yield _from_list(book.lists[list_id], level, item, quantity, day, book)


def _from_list(
    price_list: PriceList,
    level: Level,
    item: PricedItem,
    quantity: int,
    day: dt.date,
    book: PriceBook,
) -> Candidate:
    tier = book.list_price(price_list, item, quantity)
    reason = Reason.DRAFT if price_list.is_draft else _validity(price_list.period, day)
    if tier is None:
        own = price_list.prices.get(item.id, ())
        tier = own[0] if own else None
        if reason is Reason.CHOSEN or tier is None:
            reason = Reason.BELOW_QUANTITY if tier else Reason.NO_PRICE
    return Candidate(
        Source.PRICE_LIST,
        reason,
        price_list.name,
        price_list.id,
        _on_document(tier, item, book, from_gross=price_list.includes_tax),
        book.customer_discount or None,
        level,
        price_list.period,
        tier.min_quantity if tier else None,
    )


def _own_price(item: PricedItem, book: PriceBook) -> Candidate:
    if item.price is None:
        return Candidate(Source.ITEM, Reason.NO_PRICE)
    own = converted(item.price, from_gross=False, to_gross=book.prices_include_tax, tax=item.tax)
    return Candidate(Source.ITEM, Reason.CHOSEN, price=own, discount=book.customer_discount or None)


def _on_document(
    tier: Tier | None, item: PricedItem, book: PriceBook, *, from_gross: bool
) -> UnitPrice | None:
    if tier is None:
        return None
    return converted(
        tier.price, from_gross=from_gross, to_gross=book.prices_include_tax, tax=item.tax
    )
