"""How the amount of a bank line relates to open items that were chosen for it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from klantenapp.models.values import ZERO, Money
from klantenapp.services.receivables.proposals import Reason

if TYPE_CHECKING:
    from collections.abc import Callable

    from klantenapp.services.receivables.match_index import MatchIndex
    from klantenapp.services.receivables.proposals import BankLine

_EXPLAINED = frozenset(
    {
        Reason.EARLY_DISCOUNT,
        Reason.WITH_COSTS,
        Reason.WITH_INTEREST,
        Reason.WITH_COSTS_AND_INTEREST,
        Reason.SMALL_DIFFERENCE,
    }
)


@dataclass(frozen=True, slots=True)
class Fit:
    """What the amount does to the items.

    Attributes:
        positions: of the items in the index.
        cents: set against each, signed as the line.
        reason: how the amount relates to what is open.
    """

    positions: list[int]
    cents: list[int]
    reason: Reason
    costs: Money = ZERO
    interest: Money = ZERO
    left: Money = ZERO
    discount: Money = ZERO
    difference: Money = ZERO

    @property
    def is_explained(self) -> bool:
        """The amount is not what is open, and there is a cause for the difference."""
        return self.reason in _EXPLAINED


def fit(
    line: BankLine,
    index: MatchIndex,
    customer_id: int,
    positions: list[int],
    open_of: Callable[[int], int],
) -> Fit:
    """Set the amount of a line against items of one customer, in their order.

    Args:
        line: the line.
        index: where the items are.
        customer_id: whose items they are.
        positions: the items.
        open_of: cents still open of an item, signed.
    """
    opens = [open_of(position) for position in positions]
    amount, whole = line.amount.cents, sum(opens)
    if whole == amount:
        return Fit(positions, opens, Reason.AMOUNT_EXACT)
    return (
        _with_discount(line, index, positions, opens)
        or _with_claim(line, index, customer_id, positions, opens)
        or _nearly(line, index, positions, opens)
        or _part_or_more(amount, positions, opens)
    )


def _with_discount(
    line: BankLine, index: MatchIndex, positions: list[int], opens: list[int]
) -> Fit | None:
    discounts = [
        item.discount.cents if item.discount_until and line.day <= item.discount_until else 0
        for item in (index.items[position] for position in positions)
    ]
    discount = sum(discounts)
    if not discount or sum(opens) - discount != line.amount.cents:
        return None
    cents = [each - less for each, less in zip(opens, discounts, strict=True)]
    return Fit(positions, cents, Reason.EARLY_DISCOUNT, discount=Money(discount))


def _with_claim(
    line: BankLine, index: MatchIndex, customer_id: int, positions: list[int], opens: list[int]
) -> Fit | None:
    """The items of a reminder, with its costs, its interest, or both."""
    claim = index.claims.get(customer_id)
    if claim is None or not claim.item_ids.issuperset(
        index.items[position].id for position in positions
    ):
        return None
    more = line.amount.cents - sum(opens)
    for costs, interest, reason in (
        (claim.costs, claim.interest, Reason.WITH_COSTS_AND_INTEREST),
        (claim.costs, ZERO, Reason.WITH_COSTS),
        (ZERO, claim.interest, Reason.WITH_INTEREST),
    ):
        if more > 0 and more == (costs + interest).cents:
            named = reason if costs and interest else _only(costs)
            return Fit(positions, opens, named, costs=costs, interest=interest)
    return None


def _only(costs: Money) -> Reason:
    return Reason.WITH_COSTS if costs else Reason.WITH_INTEREST


def _nearly(
    line: BankLine, index: MatchIndex, positions: list[int], opens: list[int]
) -> Fit | None:
    """Within the difference that the user writes off."""
    difference = sum(opens) - line.amount.cents
    limit = index.tolerance.cents
    if abs(difference) > limit or abs(line.amount.cents) <= limit:
        return None
    fitted = _part_or_more(line.amount.cents, positions, opens)
    return Fit(
        positions,
        fitted.cents,
        Reason.SMALL_DIFFERENCE,
        left=fitted.left,
        difference=Money(difference),
    )


def _part_or_more(amount: int, positions: list[int], opens: list[int]) -> Fit:
    """Items of the other side count in full; the others are filled in their order."""
    left = amount - sum(each for each in opens if each * amount < 0)
    cents = []
    for each in opens:
        if each * amount < 0:
            cents.append(each)
            continue
        part = min(each, left) if amount > 0 else max(each, left)
        cents.append(part)
        left -= part
    reason = Reason.OVERPAYMENT if left else Reason.PART_PAYMENT
    return Fit(positions, cents, reason, left=Money(left))
