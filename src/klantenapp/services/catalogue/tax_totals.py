"""Totals of a document: tax once per category and rate, right to the cent. Pure.

Where prices exclude tax: base = sum of line nets − share of the discount, tax = half-up(base ×
rate). Where they include tax the gross leads: base = half-up(gross / (1 + rate)), tax = gross −
base, and line nets follow by largest remainder, so that the amount the consumer saw is the amount
on the document. Source: art. 5a Uitvoeringsbesluit OB; EN 16931 BR-CO-17, BR-S-08.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from klantenapp.models.values import WHOLE, ZERO, Money, Percent, divide_half_up, spread, total
from klantenapp.services.errors.catalogue import DiscountAboveTotal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from klantenapp.services.catalogue.tax import Category


@dataclass(frozen=True, slots=True)
class TaxedAmount:
    """One line for the sum.

    Attributes:
        amount: the line after its own discount; with tax where prices include it.
        category: EN 16931 category.
        percent: rate, None only outside the scope of tax.
    """

    amount: Money
    category: Category
    percent: Percent | None


@dataclass(frozen=True, slots=True)
class RateTotal:
    """Everything of one category and rate.

    Attributes:
        category: EN 16931 category.
        percent: rate, None only outside the scope of tax.
        lines: sum of its line nets.
        discount: its share of the discount on the document, without tax.
        base: lines − discount.
        tax: tax over the base.
    """

    category: Category
    percent: Percent | None
    lines: Money
    discount: Money
    base: Money
    tax: Money


@dataclass(frozen=True, slots=True)
class Totals:
    """Totals of a document, and what each line contributes.

    Attributes:
        line_nets: net amount per line, in order, before the discount on the document.
        rates: per category and rate, in the order of the lines.
        lines: sum of the line nets (BT-106).
        discount: discount on the document without tax (BT-107).
        net: total without tax (BT-109).
        tax: total tax (BT-110).
        total: total with tax (BT-112).
    """

    line_nets: tuple[Money, ...]
    rates: tuple[RateTotal, ...]
    lines: Money
    discount: Money
    net: Money
    tax: Money
    total: Money


def totals(
    lines: Sequence[TaxedAmount],
    discount: Money | Percent = ZERO,
    *,
    prices_include_tax: bool = False,
) -> Totals:
    """Add up a document.

    Args:
        lines: amounts in order.
        discount: on the whole document, as an amount (with tax where prices include it) or as a
            percentage of the sum; spread over the rates by largest remainder.
        prices_include_tax: line amounts and discount include tax.

    Raises:
        DiscountAboveTotal: the discount is more than the lines add up to.
    """
    groups: dict[tuple[str, int], list[int]] = {}
    for index, line in enumerate(lines):
        groups.setdefault(_key(line), []).append(index)
    sums = [total(lines[index].amount for index in members) for members in groups.values()]
    shares = _shares(discount, sums)
    nets: list[Money] = [ZERO] * len(lines)
    rates: list[RateTotal] = []
    for members, amount, share in zip(groups.values(), sums, shares, strict=True):
        first = lines[members[0]]
        if prices_include_tax:
            rate = _from_gross(first, amount, share)
            parts = _line_nets([lines[index].amount for index in members], first.percent)
        else:
            rate = _from_net(first, amount, share)
            parts = [lines[index].amount for index in members]
        rates.append(rate)
        for index, part in zip(members, parts, strict=True):
            nets[index] = part
    net, tax = total(rate.base for rate in rates), total(rate.tax for rate in rates)
    return Totals(
        tuple(nets),
        tuple(rates),
        total(nets),
        total(rate.discount for rate in rates),
        net,
        tax,
        net + tax,
    )


def _key(line: TaxedAmount) -> tuple[str, int]:
    return (line.category, -1 if line.percent is None else line.percent.points)


def _shares(discount: Money | Percent, sums: list[Money]) -> list[Money]:
    """The discount per group. Groups on the other side of zero than the whole carry none of it."""
    whole = total(sums)
    amount = whole.share(discount) if isinstance(discount, Percent) else discount
    sign = -1 if whole.cents < 0 else 1
    if amount.cents * sign > whole.cents * sign:
        raise DiscountAboveTotal(amount, whole)
    return spread(amount, [max(0, part.cents * sign) for part in sums])


def _from_net(first: TaxedAmount, amount: Money, share: Money) -> RateTotal:
    base = amount - share
    tax = base.share(first.percent) if first.percent else ZERO
    return RateTotal(first.category, first.percent, amount, share, base, tax)


def _from_gross(first: TaxedAmount, amount: Money, share: Money) -> RateTotal:
    gross = amount - share
    base, before = without_tax(gross, first.percent), without_tax(amount, first.percent)
    return RateTotal(first.category, first.percent, before, before - base, base, gross - base)


def without_tax(gross: Money, percent: Percent | None) -> Money:
    """The base of a gross amount, half up to the cent."""
    points = percent.points if percent else 0
    return Money(divide_half_up(gross.cents * WHOLE, WHOLE + points))


def _line_nets(amounts: list[Money], percent: Percent | None) -> list[Money]:
    """Nets of gross lines of one rate, summing exactly to the base of their sum.

    Largest remainder over signed amounts; a negative sum mirrors the positive one, so that a
    credit of everything is the invoice with the sign turned.
    """
    target = without_tax(total(amounts), percent)
    sign = -1 if target.cents < 0 else 1
    divisor = WHOLE + (percent.points if percent else 0)
    parts = [divmod(amount.cents * sign * WHOLE, divisor) for amount in amounts]
    cents = [quotient for quotient, _ in parts]
    left = target.cents * sign - sum(cents)
    by_remainder = sorted(range(len(parts)), key=lambda index: (-parts[index][1], index))
    for index in by_remainder[:left]:
        cents[index] += 1
    return [Money(sign * value) for value in cents]
