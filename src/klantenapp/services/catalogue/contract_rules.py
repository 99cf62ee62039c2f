"""What a contract cannot be: two at once for a customer, backwards, or with a price twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from klantenapp.models.catalogue import Item, ItemGroup, PaymentMethod, PaymentTerm
from klantenapp.models.contract import Contract, Span, in_force
from klantenapp.models.customer import Customer
from klantenapp.models.values import WHOLE
from klantenapp.services.catalogue import price_lists
from klantenapp.services.errors.agreements import (
    AgreementNameMissing,
    ContractOverlap,
    ContractOverlapOpen,
    DiscountOutOfRange,
    EndBeforeStart,
    GroupTwice,
    PriceNegative,
    QuantityNegative,
    TierTwice,
)
from klantenapp.services.errors.base import NotFound
from klantenapp.services.errors.catalogue import NoFixedRate

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from klantenapp.models.values import Quantity
    from klantenapp.services.catalogue.contract_data import ContractData
    from klantenapp.services.errors.base import Refusal

Problem = tuple[str | None, "Refusal"]


def problems(session: Session, data: ContractData, contract_id: int | None) -> list[Problem]:
    """Everything that forbids saving, at its field; empty is fine.

    Args:
        data: cleaned.
        contract_id: of the contract itself, None while it is new.

    Raises:
        NotFound: customer, item, group or price list.
    """
    if session.get(Customer, data.customer_id) is None:
        raise NotFound("customer", str(data.customer_id))
    _require_choices(session, data)
    found = [*_of_header(data), *_of_prices(session, data), *_of_groups(session, data)]
    if not data.is_draft:
        found += overlaps(session, data, contract_id)
    return found


def _require_choices(session: Session, data: ContractData) -> None:
    """Term, method and list exist."""
    if data.price_list_id is not None:
        price_lists.get(session, data.price_list_id)
    for kind, model in (("payment_term", PaymentTerm), ("payment_method", PaymentMethod)):
        chosen = getattr(data, f"{kind}_id")
        if chosen is not None and session.get(model, chosen) is None:
            raise NotFound(kind, str(chosen))


def overlaps(session: Session, data: ContractData, contract_id: int | None) -> list[Problem]:
    """The other contract that holds on some of these days, at the date that reaches into it."""
    if data.valid_to is not None and data.valid_to < data.valid_from:
        return []
    rows = session.execute(
        select(
            Contract.id,
            Contract.valid_from,
            Contract.valid_to,
            Contract.at_end,
            Contract.ended_on,
            Contract.name,
        )
        .where(Contract.customer_id == data.customer_id, Contract.is_draft.is_(False))
        .order_by(Contract.valid_from)
    ).all()
    own = next((row.ended_on for row in rows if row.id == contract_id), None)
    this = Span(contract_id or 0, data.valid_from, data.valid_to, data.at_end, own)
    others = [row for row in rows if row.id != contract_id]
    held = in_force([this, *(Span(*row[:-1]) for row in others)])
    for row in others:
        other = held[row.id]
        if other.overlaps(held[this.id]):
            field = "valid_from" if data.valid_from in other else "valid_to"
            return [(field, _overlap(row.name, row.valid_from, other.end))]
    return []


def _overlap(name: str, start: dt.date, last: dt.date | None) -> Refusal:
    return ContractOverlapOpen(name, start) if last is None else ContractOverlap(name, start, last)


def _of_header(data: ContractData) -> Iterator[Problem]:
    if not data.name:
        yield "name", AgreementNameMissing()
    if data.valid_to is not None and data.valid_to < data.valid_from:
        yield "valid_to", EndBeforeStart(data.valid_from, data.valid_to)
    for name in ("discount", "total_discount", "fixed_tax_percent"):
        percent = getattr(data, name)
        if percent is not None and not 0 <= percent.points <= WHOLE:
            yield name, DiscountOutOfRange(percent)
    if data.tax_treatment == "fixed" and data.fixed_tax_percent is None:
        yield "fixed_tax_percent", NoFixedRate()


def _of_prices(session: Session, data: ContractData) -> Iterator[Problem]:
    ids = {price.item_id for price in data.prices}
    codes = dict(session.execute(select(Item.id, Item.code).where(Item.id.in_(ids))).all())
    seen: set[tuple[int, Quantity]] = set()
    for price in data.prices:
        code = codes.get(price.item_id)
        if code is None:
            raise NotFound("item", str(price.item_id))
        if (price.item_id, price.min_quantity) in seen:
            yield "prices", TierTwice(code, price.min_quantity)
        seen.add((price.item_id, price.min_quantity))
        if price.price.units < 0:
            yield "prices", PriceNegative(code)
        if price.min_quantity.units < 0:
            yield "prices", QuantityNegative(code)


def _of_groups(session: Session, data: ContractData) -> Iterator[Problem]:
    seen: set[int] = set()
    for discount in data.group_discounts:
        group = session.get(ItemGroup, discount.group_id)
        if group is None:
            raise NotFound("item_group", str(discount.group_id))
        if discount.group_id in seen:
            yield "group_discounts", GroupTwice(group.name)
        seen.add(discount.group_id)
        if not 0 <= discount.percent.points <= WHOLE:
            yield "group_discounts", DiscountOutOfRange(discount.percent)
