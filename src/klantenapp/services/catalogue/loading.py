"""Fills the pure modules from the file: tax codes with their rates, and a customer's price book."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sqlalchemy import select

from klantenapp.models.catalogue import Item, ListPrice, PriceList, TaxCode, TaxRate
from klantenapp.models.contract import (
    Contract,
    ContractGroupDiscount,
    ContractPrice,
    Span,
    in_force,
)
from klantenapp.models.values import Period
from klantenapp.services.catalogue import price_book, tax
from klantenapp.services.errors.catalogue import NoRateAtDate

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

    from sqlalchemy.orm import Session

    from klantenapp.models.values import Percent

Tiers = dict[int, tuple[price_book.Tier, ...]]


def tax_codes(session: Session) -> dict[int, tax.TaxCode]:
    """Every tax code with its dated rates, by id."""
    rates: dict[int, list[tax.Rate]] = defaultdict(list)
    rows = session.execute(
        select(TaxRate.tax_code_id, TaxRate.percent, TaxRate.valid_from, TaxRate.valid_to).order_by(
            TaxRate.valid_from
        )
    )
    for code_id, percent, start, end in rows:
        rates[code_id].append(tax.Rate(percent, Period(start, end)))
    return {
        row.id: tax.TaxCode(
            row.code,
            tuple(rates[row.id]),
            None if row.box == "none" else tax.Box(row.box),
            row.kind == "exempt",
            row.exemption_reason or "",
        )
        for row in session.scalars(select(TaxCode).order_by(TaxCode.id))
    }


def priced_items(
    session: Session, ids: Iterable[int], codes: Mapping[int, tax.TaxCode], day: dt.date
) -> dict[int, price_book.PricedItem]:
    """The items of a document as pricing wants them, by id."""
    rows = session.execute(
        select(Item.id, Item.item_group_id, Item.price, Item.tax_code_id, Item.code).where(
            Item.id.in_(set(ids))
        )
    )
    return {
        row.id: price_book.PricedItem(
            row.id, row.item_group_id, row.price, _rate(codes[row.tax_code_id], day), row.code
        )
        for row in rows
    }


def _rate(code: tax.TaxCode, day: dt.date) -> Percent | None:
    """The domestic rate, which turns prices with tax into prices without."""
    if code.exempt:
        return None
    try:
        return code.percent_on(day)
    except NoRateAtDate:
        # Issuing names the missing rate at its line; until then the price stands as it is.
        return None


def price_lists(
    session: Session, item_ids: Iterable[int] | None = None
) -> dict[int, price_book.PriceList]:
    """Every price list by id, with the prices of these items (None: of all)."""
    query = select(
        ListPrice.price_list_id, ListPrice.item_id, ListPrice.min_quantity, ListPrice.price
    ).order_by(ListPrice.min_quantity)
    if item_ids is not None:
        query = query.where(ListPrice.item_id.in_(set(item_ids)))
    prices: dict[int, Tiers] = defaultdict(dict)
    for list_id, item_id, quantity, price in session.execute(query):
        tier = price_book.Tier(quantity, price)
        prices[list_id][item_id] = (*prices[list_id].get(item_id, ()), tier)
    return {
        row.id: price_book.PriceList(
            row.id,
            row.name,
            row.includes_tax,
            Period(row.valid_from, row.valid_to),
            prices[row.id],
            row.base_list_id,
            row.percent,
            row.rounding,
            is_draft=row.is_draft,
        )
        for row in session.scalars(select(PriceList))
    }


def agreements(
    session: Session, customer_id: int, item_ids: Iterable[int] | None = None
) -> tuple[price_book.Agreement, ...]:
    """The customer's contracts as pricing wants them, the later one first."""
    contracts = session.execute(
        select(
            Contract.id,
            Contract.valid_from,
            Contract.valid_to,
            Contract.at_end,
            Contract.ended_on,
            Contract.name,
            Contract.discount,
        )
        .where(Contract.customer_id == customer_id, Contract.is_draft == False)  # noqa: E712 - a column
        .order_by(Contract.valid_from.desc(), Contract.id.desc())
    ).all()
    ids = [row.id for row in contracts]
    periods = in_force(Span(*row[:-2]) for row in contracts)
    prices = _contract_prices(session, ids, item_ids)
    discounts: dict[int, dict[int, Percent]] = defaultdict(dict)
    for contract_id, group_id, percent in session.execute(
        select(
            ContractGroupDiscount.contract_id,
            ContractGroupDiscount.item_group_id,
            ContractGroupDiscount.percent,
        ).where(ContractGroupDiscount.contract_id.in_(ids))
    ):
        discounts[contract_id][group_id] = percent
    return tuple(
        price_book.Agreement(
            row.id,
            row.name,
            periods[row.id],
            prices[row.id],
            row.discount,
            discounts[row.id],
        )
        for row in contracts
    )


def _contract_prices(
    session: Session, contract_ids: list[int], item_ids: Iterable[int] | None
) -> dict[int, Tiers]:
    query = (
        select(
            ContractPrice.contract_id,
            ContractPrice.item_id,
            ContractPrice.min_quantity,
            ContractPrice.price,
        )
        .where(ContractPrice.contract_id.in_(contract_ids))
        .order_by(ContractPrice.min_quantity)
    )
    if item_ids is not None:
        query = query.where(ContractPrice.item_id.in_(set(item_ids)))
    prices: dict[int, Tiers] = defaultdict(dict)
    for contract_id, item_id, quantity, price in session.execute(query):
        tier = price_book.Tier(quantity, price)
        prices[contract_id][item_id] = (*prices[contract_id].get(item_id, ()), tier)
    return prices
