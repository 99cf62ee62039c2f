"""Many contract prices at once: all with a percentage, and the same contract for next year."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from klantenapp.models.catalogue import Item
from klantenapp.models.values import NO_PERCENT
from klantenapp.services.catalogue import contracts
from klantenapp.services.catalogue.price_lists import HIGHEST, LOWEST, changed
from klantenapp.services.errors.agreements import ChangeOutOfRange
from klantenapp.services.store.operations import REVERSIBLE, register

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from klantenapp.models.values import Percent, UnitPrice
    from klantenapp.services.catalogue.contract_data import AgreedPrice, ContractData

DUPLICATE: Final = register("contract.duplicate", REVERSIBLE)
FILL: Final = register("contract.fill", REVERSIBLE)

_MONTHS: Final = 12


def fill(
    session: Session,
    contract_id: int,
    percent: Percent,
    *,
    from_standard: bool = False,
    rounding: int = 1,
) -> int:
    """Change every price of a contract by a percentage, in one step.

    Args:
        percent: negative lowers.
        from_standard: start from the items' own prices instead of those agreed.
        rounding: cents to which the new prices are rounded half up: 1, 5, 50 or 100.

    Returns:
        How many prices are different now.

    Raises:
        ChangeOutOfRange, NotFound.
    """
    data = contracts.read(session, contract_id)
    standard = standard_prices(session, data) if from_standard else {}
    filled = with_percent(data, percent, standard, rounding)
    contracts.change(session, contract_id, filled)
    return sum(
        1
        for before, after in zip(data.prices, filled.prices, strict=True)
        if before.price != after.price
    )


def with_percent(
    data: ContractData, percent: Percent, standard: Mapping[int, UnitPrice], rounding: int = 1
) -> ContractData:
    """The contract with all its prices changed.

    Args:
        standard: prices to start from by item; where there is none, the agreed price.

    Raises:
        ChangeOutOfRange.
    """
    if not LOWEST <= percent.points <= HIGHEST:
        raise ChangeOutOfRange(percent)

    def one(price: AgreedPrice) -> AgreedPrice:
        start = standard.get(price.item_id, price.price)
        return replace(price, price=changed(start, percent, rounding))

    return replace(data, prices=tuple(one(price) for price in data.prices))


def standard_prices(session: Session, data: ContractData) -> dict[int, UnitPrice]:
    """The items' own prices, where they have one."""
    ids = {price.item_id for price in data.prices}
    rows = session.execute(select(Item.id, Item.price).where(Item.id.in_(ids)))
    return {item_id: price for item_id, price in rows if price is not None}


def duplicate(
    session: Session, contract_id: int, percent: Percent = NO_PERCENT, rounding: int = 1
) -> int:
    """Copy a contract to a draft for the period after it, with a percentage on all its prices.

    Returns:
        Id of the draft.

    Raises:
        ChangeOutOfRange, NotFound.
    """
    data = contracts.read(session, contract_id)
    start, end = next_period(data.valid_from, data.valid_to)
    following = replace(
        with_percent(data, percent, {}, rounding),
        name=next_name(data.name, data.valid_from.year, start.year),
        valid_from=start,
        valid_to=end,
        is_draft=True,
    )
    new_id = contracts.add(session, following)
    contracts.get(session, new_id).renewed_from_id = contract_id
    session.flush()
    return new_id


def next_period(start: dt.date, end: dt.date | None) -> tuple[dt.date, dt.date | None]:
    """The period of the same length that follows: months stay months, other periods days.

    Without an end, the same days a year later.
    """
    if end is None:
        return add_months(start, _MONTHS), None
    following = end + dt.timedelta(days=1)
    months = (following.year - start.year) * _MONTHS + following.month - start.month
    if months > 0 and add_months(start, months) == following:
        return following, add_months(following, months) - dt.timedelta(days=1)
    return following, following + (end - start)


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day so many months later, or the last day of a shorter month."""
    count = day.year * _MONTHS + day.month - 1 + months
    year, month = count // _MONTHS, count % _MONTHS + 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def next_name(name: str, year: int, next_year: int) -> str:
    """A name with its year replaced: "Raamcontract 2026" becomes "Raamcontract 2027"."""
    return re.sub(rf"(?<!\d){year}(?!\d)", str(next_year), name)
