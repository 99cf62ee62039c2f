"""Which of several open amounts add up to a payment, without looking forever. Pure."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Among so many open items at most; a customer with more names them.
ITEMS = 14
#: So many items in one payment at most, without naming them.
LARGEST = 5


def subsets(amounts: Sequence[int], target: int, wanted: int = 2) -> list[tuple[int, ...]]:
    """Positions of the amounts that add up to the target: all of them, or two to five.

    Args:
        amounts: in order of preference (the oldest first); only the first fourteen are combined.
        target: the sum looked for.
        wanted: stop after so many answers; two tell that the answer is not the only one.
    """
    found: list[tuple[int, ...]] = []
    if len(amounts) > 1 and sum(amounts) == target:
        found.append(tuple(range(len(amounts))))
    near = range(min(len(amounts), ITEMS))
    for size in range(2, min(LARGEST, len(near)) + 1):
        for chosen in combinations(near, size):
            if sum(amounts[position] for position in chosen) == target and chosen not in found:
                found.append(chosen)
                if len(found) == wanted:
                    return found
    return found
