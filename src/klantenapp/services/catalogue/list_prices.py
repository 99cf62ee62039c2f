"""The prices on a list: typed over the base, with tiers, and given back to the base."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from klantenapp.models.catalogue import ListPrice
from klantenapp.models.values import Quantity
from klantenapp.services.catalogue import items, price_lists
from klantenapp.services.errors.agreements import (
    PriceNegative,
    QuantityNegative,
    TierDearer,
    TierTwice,
)
from klantenapp.services.errors.base import NotFound
from klantenapp.services.store.operations import REVERSIBLE, register

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

    from klantenapp.models.catalogue import Item
    from klantenapp.models.values import UnitPrice

SET_PRICE: Final = register("price_list.set_price", REVERSIBLE)
ADD_TIER: Final = register("price_list.add_tier", REVERSIBLE)
MOVE_TIER: Final = register("price_list.move_tier", REVERSIBLE)
DROP_PRICE: Final = register("price_list.drop_price", REVERSIBLE)

ALWAYS: Final = Quantity(0)


def set_price(
    session: Session,
    list_id: int,
    item_id: int,
    price: UnitPrice,
    min_quantity: Quantity = ALWAYS,
) -> None:
    """Give an item its own price on a list, from a quantity on; what was there gives way.

    Raises:
        NotFound, PriceNegative, QuantityNegative.
    """
    item = _checked(session, list_id, item_id, price, min_quantity)
    row = _row(session, list_id, item.id, min_quantity)
    if row is None:
        row = ListPrice(price_list_id=list_id, item_id=item_id, min_quantity=min_quantity)
        session.add(row)
    row.price = price
    session.flush()


def add_tier(
    session: Session, list_id: int, item_id: int, min_quantity: Quantity, price: UnitPrice
) -> None:
    """Add a price from a quantity on.

    Raises:
        TierTwice: there is one from that quantity already.
        NotFound, PriceNegative, QuantityNegative.
    """
    item = _checked(session, list_id, item_id, price, min_quantity)
    if _row(session, list_id, item_id, min_quantity) is not None:
        raise TierTwice(item.code, min_quantity)
    session.add(
        ListPrice(price_list_id=list_id, item_id=item_id, min_quantity=min_quantity, price=price)
    )
    session.flush()


def move_tier(session: Session, list_id: int, item_id: int, old: Quantity, new: Quantity) -> None:
    """Let a price begin at another quantity.

    Raises:
        TierTwice, QuantityNegative, NotFound.
    """
    row = _row(session, list_id, item_id, old)
    if row is None:
        raise NotFound("list_price", str(old))
    if new == old:
        return
    item = _checked(session, list_id, item_id, row.price, new)
    if _row(session, list_id, item_id, new) is not None:
        raise TierTwice(item.code, new)
    row.min_quantity = new
    session.flush()


def drop_price(session: Session, list_id: int, item_id: int, min_quantity: Quantity) -> None:
    """Take an own price away, so that the base prices the item again.

    Raises:
        NotFound: there is none.
    """
    row = _row(session, list_id, item_id, min_quantity)
    if row is None:
        raise NotFound("list_price", str(min_quantity))
    session.delete(row)
    session.flush()


def warnings(session: Session, list_id: int, item_id: int) -> list[TierDearer]:
    """Tiers of an item that cost more each than the tier before."""
    rows = session.execute(
        select(ListPrice.min_quantity, ListPrice.price)
        .where(ListPrice.price_list_id == list_id, ListPrice.item_id == item_id)
        .order_by(ListPrice.min_quantity)
    ).all()
    code = items.get(session, item_id).code
    return [TierDearer(code, quantity) for quantity in dearer((q, p) for q, p in rows)]


def dearer(tiers: Iterable[tuple[Quantity, UnitPrice]]) -> list[Quantity]:
    """Quantities from which one costs more than when fewer are taken; tiers rise by quantity."""
    return [after[0] for before, after in pairwise(tiers) if after[1].units > before[1].units]


def _checked(
    session: Session, list_id: int, item_id: int, price: UnitPrice, min_quantity: Quantity
) -> Item:
    price_lists.get(session, list_id)
    item = items.get(session, item_id)
    if price.units < 0:
        raise PriceNegative(item.code)
    if min_quantity.units < 0:
        raise QuantityNegative(item.code)
    return item


def _row(session: Session, list_id: int, item_id: int, min_quantity: Quantity) -> ListPrice | None:
    return session.scalars(
        select(ListPrice).where(
            ListPrice.price_list_id == list_id,
            ListPrice.item_id == item_id,
            ListPrice.min_quantity == min_quantity,
        )
    ).one_or_none()
