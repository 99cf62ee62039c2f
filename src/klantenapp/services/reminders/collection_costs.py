"""Extrajudicial collection costs (incassokosten) by the legal scale. Pure.

Source: Besluit vergoeding voor buitengerechtelijke incassokosten (Stb. 2012, 141), art. 2;
`facts/dutch-rules.md` 4.2. The basis is the principal without interest. Several invoices that can
be claimed together from a consumer are added up first (art. 6:96 paragraph 7 BW).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from klantenapp.models.values import ZERO, total
from klantenapp.services.errors.reminders import NoCostScale

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from klantenapp.models.values import Money, Percent


@dataclass(frozen=True, slots=True)
class Bracket:
    """A percentage of the part of the principal up to a bound; None is no bound."""

    up_to: Money | None
    percent: Percent


@dataclass(frozen=True, slots=True)
class Scale:
    """A scale in force from a day on.

    Attributes:
        brackets: rising, the last one without a bound.
        minimum, maximum: of the costs without tax.
    """

    valid_from: dt.date
    brackets: tuple[Bracket, ...]
    minimum: Money
    maximum: Money


@dataclass(frozen=True, slots=True)
class CostLine:
    """One bracket of the calculation: this part of the principal at this percentage."""

    part: Money
    percent: Percent
    amount: Money


@dataclass(frozen=True, slots=True)
class CollectionCosts:
    """Costs with their calculation, for printing.

    Attributes:
        principal: basis of the calculation.
        lines: per bracket.
        by_scale: sum of the lines, before minimum and maximum.
        costs: what may be claimed, without tax.
        tax_percent: tax on top, None where the seller can deduct it.
        tax: amount of that tax.
        parts: of each invoice, where the scale was applied to each on its own.
    """

    principal: Money
    lines: tuple[CostLine, ...]
    by_scale: Money
    costs: Money
    tax_percent: Percent | None
    tax: Money
    parts: tuple[CollectionCosts, ...] = ()

    @property
    def total(self) -> Money:
        """What the debtor owes: costs and tax."""
        return self.costs + self.tax


def scale_on(day: dt.date, scales: Iterable[Scale]) -> Scale:
    """The scale in force on a day.

    Raises:
        NoCostScale: none of them is.
    """
    begun = [scale for scale in scales if scale.valid_from <= day]
    if not begun:
        raise NoCostScale(day)
    return max(begun, key=lambda scale: scale.valid_from)


def collection_costs(
    principal: Money, scale: Scale, tax_percent: Percent | None = None
) -> CollectionCosts:
    """What may be claimed over a principal.

    Args:
        principal: what is still owed, without interest; a part payment has lowered it.
        scale: the legal scale.
        tax_percent: rate of tax on top, only where the seller cannot deduct it (art. 2 par. 3).
    """
    if principal <= ZERO:
        return CollectionCosts(ZERO, (), ZERO, ZERO, tax_percent, ZERO)
    lines = tuple(_lines(principal, scale))
    by_scale = total(line.amount for line in lines)
    costs = min(max(by_scale, scale.minimum), scale.maximum)
    tax = costs.share(tax_percent) if tax_percent else ZERO
    return CollectionCosts(principal, lines, by_scale, costs, tax_percent, tax)


def costs_of_each(
    principals: Iterable[Money], scale: Scale, tax_percent: Percent | None = None
) -> CollectionCosts:
    """The same with the scale applied to each principal on its own, and added up."""
    parts = tuple(collection_costs(one, scale, tax_percent) for one in principals)
    return CollectionCosts(
        total(one.principal for one in parts),
        tuple(line for one in parts for line in one.lines),
        total(one.by_scale for one in parts),
        total(one.costs for one in parts),
        tax_percent,
        total(one.tax for one in parts),
        parts,
    )


def _lines(principal: Money, scale: Scale) -> Iterator[CostLine]:
    """Only the last bracket can hold a part of a cent, so rounding each rounds the sum once."""
    below = ZERO
    for bracket in scale.brackets:
        top = principal if bracket.up_to is None else min(principal, bracket.up_to)
        part = top - below
        yield CostLine(part, bracket.percent, part.share(bracket.percent))
        if top == principal:
            return
        below = top
