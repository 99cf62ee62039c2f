"""When an invoice will be paid, from how its customer paid before.

The days from due day to payment of earlier invoices are the history: of the customer (the latest
twelve), where that is too little of customers of the same kind, else of all. What is still open on
a day is not paid earlier than that day, so only the part of history that took at least as long
counts (the conditional distribution of survival analysis; Kaplan & Meier 1958, without censoring).
Expected is the median, because it makes the mean absolute error smallest; the interval is the
middle half, from the lower to the upper quartile.
"""

from __future__ import annotations

import bisect
import datetime as dt
from collections import defaultdict, deque
from dataclasses import dataclass
from typing import Final

#: Latest invoices of the customer that count.
RECENT: Final = 12
#: Least number of earlier payments to go by: of the customer, and of similar ones.
LEAST_OWN: Final = 3
LEAST_SIMILAR: Final = 5
#: An invoice open for longer than any before: nobody knows; a month, and up to a quarter.
_UNKNOWN: Final = (0, 30, 90)


@dataclass(frozen=True)
class Expected:
    """When an invoice will be paid.

    Attributes:
        early, day, late: lower quartile, median and upper quartile.
        source: "own", "similar", "all", or "none" where no history says anything.
        invoices: on how many earlier ones it rests.
    """

    early: dt.date
    day: dt.date
    late: dt.date
    source: str
    invoices: int


class History:
    """Days from due to payment, of each customer, of each kind of customer, and of all.

    Payments are learned in the order in which they came in.
    """

    def __init__(self) -> None:
        """Nothing known yet."""
        self._own: dict[int, deque[int]] = defaultdict(lambda: deque(maxlen=RECENT))
        self._similar: dict[str, list[int]] = defaultdict(list)
        self._all: list[int] = []

    def learn(self, customer_id: int, kind: str, late: int) -> None:
        """One more invoice was paid, so many days after its due day."""
        self._own[customer_id].append(late)
        bisect.insort(self._similar[kind], late)
        bisect.insort(self._all, late)

    def learn_all(self, paid: list[tuple[int, str, int]]) -> None:
        """Many at once: (customer, kind, days late) in order of payment."""
        for customer_id, kind, late in paid:
            self._own[customer_id].append(late)
            self._similar[kind].append(late)
            self._all.append(late)
        for lates in (*self._similar.values(), self._all):
            lates.sort()

    @property
    def median(self) -> int | None:
        """Of all; None without any."""
        return self._all[len(self._all) // 2] if self._all else None

    def expect(self, customer_id: int, kind: str, due: dt.date, day: dt.date) -> Expected:
        """When an invoice that is open on a day will be paid."""
        elapsed = (day - due).days
        pools = (
            ("own", sorted(self._own.get(customer_id, ())), LEAST_OWN),
            ("similar", self._similar.get(kind, []), LEAST_SIMILAR),
            ("all", self._all, 1),
        )
        for source, lates, least in pools:
            first = bisect.bisect_left(lates, elapsed)
            size = len(lates) - first
            if size >= least:
                early, middle, late = (
                    lates[first + (size - 1) * quarter // 4] for quarter in (1, 2, 3)
                )
                return Expected(
                    due + dt.timedelta(days=early),
                    due + dt.timedelta(days=middle),
                    due + dt.timedelta(days=late),
                    source,
                    size,
                )
        start = max(due, day)
        if elapsed <= 0:
            return Expected(start, start, start + dt.timedelta(days=_UNKNOWN[1]), "none", 0)
        early_day, middle_day, late_day = (start + dt.timedelta(days=more) for more in _UNKNOWN)
        return Expected(early_day, middle_day, late_day, "none", 0)
