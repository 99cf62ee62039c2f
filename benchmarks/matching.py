"""Matching 10,000 bank lines against 100,000 open items.

Run `python -m benchmarks.matching` with `src` and the root on the path. The figure that counts is
the ratio to reading the text of each line once, which is the same on every machine.
"""

from __future__ import annotations

import json
import re
import time
import tracemalloc
from dataclasses import replace

from tests.factories.bank_lines import World, world

from benchmarks.case import Case
from klantenapp.services.receivables.match_index import MatchIndex
from klantenapp.services.receivables.matching import match_all

LINES, ITEMS = 10_000, 100_000
WORD = re.compile(r"[A-Za-z]+|[0-9]+")


def grown() -> World:
    """The tests' month of lines, in an administration with more open items of the same kind."""
    made = world(lines=LINES)
    offset = max(item.id for item in made.items) + 1
    items = list(made.items)
    for copy in range(1, ITEMS // len(items) + 1):
        items += [
            replace(
                item,
                id=item.id + copy * offset,
                customer_id=item.customer_id + copy * 1_000_000,
                number=f"{2024 - copy}{item.number[4:]}",
            )
            for item in made.items
            if len(items) < ITEMS
        ]
    return World(items[:ITEMS], made.customers, made.claims, made.lines)


def measure() -> dict[str, float]:
    """Seconds for the index, the matching and bare reading; megabytes of the index; the ratio."""
    made = grown()
    lines = [labelled.line for labelled in made.lines]
    start = time.perf_counter()
    index = MatchIndex(made.items, made.customers, made.claims)
    built = time.perf_counter()
    match_all(lines, index)
    done = time.perf_counter()
    for line in lines:
        WORD.findall(line.text)
    read = time.perf_counter()
    tracemalloc.start()
    kept = MatchIndex(made.items, made.customers, made.claims)
    size, _peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return {
        "open_items": len(kept.items),
        "index_s": round(built - start, 2),
        "match_s": round(done - built, 2),
        "reading_s": round(read - done, 3),
        "index_mb": round(size / 1e6, 1),
        "ratio": round((done - start) / (read - done), 1),
    }


def case() -> Case:
    """Index and matching beside reading each text once; a month of lines, once."""
    made = grown()
    lines = [labelled.line for labelled in made.lines]
    return Case(
        work=lambda: match_all(lines, MatchIndex(made.items, made.customers, made.claims)),
        limit=lambda: [WORD.findall(line.text) for line in lines],
        rounds=2,
    )


CASES = {"ten_thousand_lines": case}


if __name__ == "__main__":
    print(json.dumps(measure()))
