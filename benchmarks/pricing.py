"""Pricing a 200-line draft for a customer with a 2,000-price contract.

Run `python -m benchmarks.pricing` with `src` on the path. The figure that counts is the ratio to
the bare dictionary lookups, which is the same on every machine.
"""

from __future__ import annotations

import datetime as dt
import json
import time
from typing import TYPE_CHECKING

from benchmarks.case import Case
from klantenapp.models.values import Percent, Quantity, UnitPrice
from klantenapp.services.catalogue.price_book import (
    Agreement,
    PriceBook,
    PricedItem,
    PriceList,
    Tier,
)
from klantenapp.services.catalogue.pricing import Request, price

if TYPE_CHECKING:
    from collections.abc import Callable

LINES, PRICES, ROUNDS = 200, 2_000, 25
TAX = Percent(2100)


def book() -> PriceBook:
    """A contract and a price list of 2,000 prices each, every third one with two tiers."""
    prices = {
        number: tuple(
            Tier(Quantity(start), UnitPrice(100_000 + number))
            for start in ((0, 100_000) if number % 3 == 0 else (0,))
        )
        for number in range(PRICES)
    }
    return PriceBook(
        agreements=(Agreement(1, "Contract", prices=prices, discount=Percent(500)),),
        lists={1: PriceList(1, "Lijst", prices=prices)},
        customer_list=1,
    )


def requests() -> list[Request]:
    """Lines spread over the whole contract."""
    day = dt.date(2026, 6, 1)
    return [
        Request(PricedItem(number * 7 % PRICES, 1, UnitPrice(90_000), TAX), Quantity(120_000), day)
        for number in range(LINES)
    ]


def fastest(work: Callable[[], object]) -> float:
    """Seconds of the fastest round."""
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def measure() -> dict[str, float]:
    """Milliseconds for the draft, for the bare lookups, and the ratio."""
    filled, lines = book(), requests()
    prices = filled.agreements[0].prices
    keys = [line.item.id for line in lines if line.item]
    priced = fastest(lambda: [price(line, filled) for line in lines])
    bare = fastest(lambda: [prices[key] for key in keys])
    return {
        "draft_ms": round(priced * 1000, 3),
        "lookups_ms": round(bare * 1000, 4),
        "ratio": round(priced / bare, 1),
    }


def case() -> Case:
    """The draft beside the bare lookups."""
    filled, lines = book(), requests()
    prices = filled.agreements[0].prices
    keys = [line.item.id for line in lines if line.item]
    return Case(
        work=lambda: [price(line, filled) for line in lines],
        limit=lambda: [prices[key] for key in keys],
        rounds=ROUNDS,
    )


CASES = {"draft_of_200_lines": case}


if __name__ == "__main__":
    print(json.dumps(measure()))
