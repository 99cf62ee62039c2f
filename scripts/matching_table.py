"""The confusion table of bank matching, on lines made by the tests' own generator.

Run `python scripts/matching_table.py [SEED] [LINES]` with `src` and the root on the path.
"""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING

from tests.factories.bank_lines import KINDS, UNPAID, world

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from klantenapp.services.receivables.proposals import Match


from klantenapp.services.receivables.matching import match_all

COLUMNS = ("certain", "likely", "unsure", "none")


def outcome(result: Match, truth: dict[int, int] | None) -> tuple[str, bool]:
    """The certainty of the first proposal, and whether it is the truth."""
    if not result.proposals:
        return "none", truth is None
    parts = {part.item_id: part.amount.cents for part in result.proposals[0].parts}
    return str(result.certainty), parts == truth


def main(seed: int = 2026, lines: int = 2_400) -> None:
    """Print a row per kind of line: right and wrong per certainty."""
    made = world(seed, lines)
    table: Counter[tuple[str, str, bool]] = Counter()
    results = match_all([each.line for each in made.lines], made.index())
    for labelled, result in zip(made.lines, results, strict=True):
        certainty, right = outcome(result, labelled.truth)
        table[labelled.kind, certainty, right] += 1
    print(f"{'kind':20}" + "".join(f"{column + ' right/wrong':>22}" for column in COLUMNS))
    for kind in (*KINDS, "all"):
        cells = []
        for column in COLUMNS:
            right, wrong = (
                sum(
                    count
                    for (name, certainty, is_right), count in table.items()
                    if kind in {name, "all"} and certainty == column and is_right is wanted
                )
                for wanted in (True, False)
            )
            cells.append(f"{right:>14} /{wrong:>6}")
        print(f"{kind:20}" + "".join(cells))
    certain = {right: _sum(table, {"certain"}, right=right) for right in (True, False)}
    paid = sum(count for (name, _, _), count in table.items() if name not in UNPAID)
    found = _sum(table, {"certain", "likely"}, right=True, without=UNPAID)
    print(f"precision of certain: {certain[True] / sum(certain.values()):.4%}")
    print(f"recall of certain and likely: {found / paid:.4%} of {paid} lines that pay something")


def _sum(
    table: Counter[tuple[str, str, bool]],
    certainties: AbstractSet[str],
    *,
    right: bool,
    without: AbstractSet[str] = frozenset(),
) -> int:
    return sum(
        count
        for (name, certainty, is_right), count in table.items()
        if certainty in certainties and is_right is right and name not in without
    )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
