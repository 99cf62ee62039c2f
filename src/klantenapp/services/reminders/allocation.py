"""What a payment pays when costs and interest are open too. Pure.

Source: art. 6:44 paragraph 1 BW: costs first, then the interest that has fallen due, then the
principal.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from klantenapp.models.values import Money


@dataclass(frozen=True, slots=True)
class Allocation:
    """Parts of a payment; together they are the payment.

    Attributes:
        costs, interest, principal: what is paid of each.
        left: what remains of the payment.
    """

    costs: Money
    interest: Money
    principal: Money
    left: Money


def allocate(payment: Money, costs: Money, interest: Money, principal: Money) -> Allocation:
    """Divide a payment over what is open, in the order of the law."""
    left, parts = payment, []
    for open_amount in (costs, interest, principal):
        part = min(left, open_amount)
        parts.append(part)
        left -= part
    return Allocation(parts[0], parts[1], parts[2], left)
