"""What a price is looked up in: frozen, filled once per document by a loader. Pure.

A `PriceBook` holds every agreement and price list that could matter to one customer, keyed by item,
so that pricing a line is a handful of dictionary lookups however long the lists are.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from klantenapp.models.values import (
    SCALE,
    WHOLE,
    Period,
    Quantity,
    UnitPrice,
    divide_half_up,
)
from klantenapp.services.errors.catalogue import PriceListCircle

if TYPE_CHECKING:
    from collections.abc import Mapping

    from klantenapp.models.values import (
        Percent,
    )

ALWAYS = Period()
#: Units of 1/10,000 euro in a cent.
CENT = SCALE // 100
NOTHING = Quantity(0)


@dataclass(frozen=True, slots=True)
class Tier:
    """A price from a quantity on."""

    min_quantity: Quantity
    price: UnitPrice


@dataclass(frozen=True, slots=True)
class PricedItem:
    """The item of a line.

    Attributes:
        id: key in every price list and agreement.
        group_id: its group, for group discounts.
        price: its own price, without tax; None where it has none.
        tax: rate of its tax code at home on the day of supply; converts prices with tax to prices
            without and back.
        code: named in refusals.
    """

    id: int
    group_id: int | None = None
    price: UnitPrice | None = None
    tax: Percent | None = None
    code: str = ""


@dataclass(frozen=True, slots=True)
class PriceList:
    """A named list of prices for a period, both edges included.

    A list with a percentage is derived: from its base list, or from the items' own prices where it
    has no base. Its own prices go before derived ones. The base counts even outside its own
    period: last year's list plus 3 % is this year's.

    Attributes:
        includes_tax: its prices include tax.
        prices: tiers per item id, rising by quantity.
        percent: change on the base, negative lowers.
        rounding: cents to which a derived price is rounded half up.
        is_draft: prices nothing yet; as a base it counts.
    """

    id: int
    name: str
    includes_tax: bool = False
    period: Period = ALWAYS
    prices: Mapping[int, tuple[Tier, ...]] = field(default_factory=dict)
    base_id: int | None = None
    percent: Percent | None = None
    rounding: int = 1
    is_draft: bool = False

    @property
    def is_derived(self) -> bool:
        """Whether items without an own price on this list take one from its base."""
        return self.base_id is not None or self.percent is not None


@dataclass(frozen=True, slots=True)
class Agreement:
    """A contract's prices and discounts, in force during a period, both edges included.

    Attributes:
        prices: tiers per item id, without tax, rising by quantity.
        discount: on every item that has no price in this contract.
        group_discounts: the same per item group; goes before `discount`, never on top of it.
    """

    id: int
    name: str
    period: Period = ALWAYS
    prices: Mapping[int, tuple[Tier, ...]] = field(default_factory=dict)
    discount: Percent | None = None
    group_discounts: Mapping[int, Percent] = field(default_factory=dict)

    def discount_on(self, item: PricedItem) -> Percent | None:
        """The discount that this contract gives on an item without a contract price."""
        if item.group_id is not None and item.group_id in self.group_discounts:
            return self.group_discounts[item.group_id]
        return self.discount


@dataclass(frozen=True, slots=True)
class PriceBook:
    """Everything that can price the lines of one document.

    Attributes:
        agreements: contracts of the customer, the later one first where two overlap.
        lists: price lists by id, the bases of derived lists among them.
        document_list, contract_list, customer_list, business_list: ids, in order of precedence.
        customer_discount: general discount of the customer.
        prices_include_tax: prices on the document include tax.
    """

    agreements: tuple[Agreement, ...] = ()
    lists: Mapping[int, PriceList] = field(default_factory=dict)
    document_list: int | None = None
    contract_list: int | None = None
    customer_list: int | None = None
    business_list: int | None = None
    customer_discount: Percent | None = None
    prices_include_tax: bool = False

    def list_price(self, price_list: PriceList, item: PricedItem, quantity: int) -> Tier | None:
        """What a list asks for an item, in the list's own terms (with or without tax).

        Args:
            price_list: the list.
            item: the item.
            quantity: units of 1/10,000, not negative.

        Raises:
            PriceListCircle: the list is derived from itself.
        """
        return self._list_price(price_list, item, quantity, ())

    def _list_price(
        self, price_list: PriceList, item: PricedItem, quantity: int, seen: tuple[int, ...]
    ) -> Tier | None:
        own = tier_at(price_list.prices.get(item.id, ()), quantity)
        if own is not None or not price_list.is_derived:
            return own
        if price_list.id in seen:
            raise PriceListCircle(tuple(self.lists[each].name for each in seen))
        base_includes_tax = False
        if price_list.base_id is None:
            base = Tier(NOTHING, item.price) if item.price is not None else None
        else:
            base_list = self.lists[price_list.base_id]
            base_includes_tax = base_list.includes_tax
            base = self._list_price(base_list, item, quantity, (*seen, price_list.id))
        if base is None:
            return None
        price = derived(base.price, price_list, item.tax, base_includes_tax=base_includes_tax)
        return Tier(base.min_quantity, price)


def tier_at(tiers: tuple[Tier, ...], quantity: int) -> Tier | None:
    """The highest tier at or below a quantity (units of 1/10,000)."""
    for tier in reversed(tiers):
        if tier.min_quantity.units <= quantity:
            return tier
    return None


def derived(
    base: UnitPrice, price_list: PriceList, tax: Percent | None, *, base_includes_tax: bool
) -> UnitPrice:
    """A base price on a derived list: converted, changed by its percentage, and rounded once.

    A price that its rounding would turn into nothing is kept to 1/10,000 instead.
    """
    numerator, denominator = conversion(
        tax, from_gross=base_includes_tax, to_gross=price_list.includes_tax
    )
    numerator *= base.units * (WHOLE + (price_list.percent.points if price_list.percent else 0))
    denominator *= WHOLE
    step = price_list.rounding * CENT
    rounded = divide_half_up(numerator, denominator * step) * step
    return UnitPrice(rounded or divide_half_up(numerator, denominator))


def conversion(tax: Percent | None, *, from_gross: bool, to_gross: bool) -> tuple[int, int]:
    """The fraction that turns a price with tax into one without, or back."""
    whole = WHOLE + (tax.points if tax else 0)
    if from_gross == to_gross:
        return 1, 1
    return (WHOLE, whole) if from_gross else (whole, WHOLE)


def converted(
    price: UnitPrice, *, from_gross: bool, to_gross: bool, tax: Percent | None
) -> UnitPrice:
    """A price in the terms of the document, half up to 1/10,000.

    Adding a whole percentage of tax to a price in cents is exact: 9.99 is 12.0879. Taking it off
    can only be exact to 1/10,000, so a list with tax is used as it stands where the document's
    prices include tax too.
    """
    if from_gross == to_gross:
        return price
    numerator, denominator = conversion(tax, from_gross=from_gross, to_gross=to_gross)
    return UnitPrice(divide_half_up(price.units * numerator, denominator))


def refuse_circle(price_list: PriceList, lists: Mapping[int, PriceList]) -> None:
    """Refuse a list whose base leads back to itself; call before saving a base.

    Raises:
        PriceListCircle: naming the lists in the circle.
    """
    names = [price_list.name]
    base_id = price_list.base_id
    while base_id is not None:
        if base_id == price_list.id:
            raise PriceListCircle(tuple(names))
        base = lists[base_id]
        if len(names) > len(lists):  # a circle further up, which is refused at its own list
            return
        names.append(base.name)
        base_id = base.base_id
