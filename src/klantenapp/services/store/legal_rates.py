"""The dated rates of the law as data: tax, statutory interest, collection costs.

A new administration starts with them (`defaults.fill`); after that they are rows that the user can
extend, and calculations read the rows. Source of every line: `facts/dutch-rules.md` 2.1, 4.1, 4.2.
"""

from __future__ import annotations

import datetime as dt
from typing import Final, NamedTuple


class DatedRate(NamedTuple):
    """A percentage in basis points from a day through a day (None: until further notice)."""

    points: int
    valid_from: dt.date
    valid_to: dt.date | None = None


#: Tax codes by the day of supply. Value added tax exists since 1969.
TAX_RATES: Final[dict[str, tuple[DatedRate, ...]]] = {
    "high": (
        DatedRate(1900, dt.date(2001, 1, 1), dt.date(2012, 9, 30)),
        DatedRate(2100, dt.date(2012, 10, 1)),
    ),
    "low": (
        DatedRate(600, dt.date(1986, 10, 1), dt.date(2018, 12, 31)),
        DatedRate(900, dt.date(2019, 1, 1)),
    ),
    "zero": (DatedRate(0, dt.date(1969, 1, 1)),),
    "exempt": (),
    # Short-stay accommodation left the low rate on 1 January 2026.
    "lodging": (
        DatedRate(600, dt.date(1986, 10, 1), dt.date(2018, 12, 31)),
        DatedRate(900, dt.date(2019, 1, 1), dt.date(2025, 12, 31)),
        DatedRate(2100, dt.date(2026, 1, 1)),
    ),
}


class InterestRow(NamedTuple):
    """Statutory interest from a day on, in basis points; certainty of the source from A to C."""

    valid_from: dt.date
    points: int
    certainty: str


#: Art. 6:119 BW. A half-year without a change has no row of its own.
CONSUMER_INTEREST: Final = (
    InterestRow(dt.date(2012, 1, 1), 400, "C"),
    InterestRow(dt.date(2012, 7, 1), 300, "C"),
    InterestRow(dt.date(2015, 1, 1), 200, "B"),
    InterestRow(dt.date(2023, 1, 1), 400, "B"),
    InterestRow(dt.date(2023, 7, 1), 600, "B"),
    InterestRow(dt.date(2024, 1, 1), 700, "B"),
    InterestRow(dt.date(2025, 1, 1), 600, "B"),
    InterestRow(dt.date(2026, 1, 1), 400, "B"),
    InterestRow(dt.date(2026, 7, 1), 400, "B-"),
)
#: Art. 6:119a BW: the main refinancing rate of the ECB plus 8 points (contracts since 2013-03-16).
COMMERCIAL_INTEREST: Final = (
    InterestRow(dt.date(2012, 1, 1), 800, "C"),
    InterestRow(dt.date(2012, 7, 1), 800, "C"),
    InterestRow(dt.date(2013, 1, 1), 775, "B"),
    InterestRow(dt.date(2013, 3, 16), 875, "C"),
    InterestRow(dt.date(2013, 7, 1), 850, "C"),
    InterestRow(dt.date(2014, 1, 1), 825, "C"),
    InterestRow(dt.date(2014, 7, 1), 815, "C"),
    InterestRow(dt.date(2015, 1, 1), 805, "B"),
    InterestRow(dt.date(2016, 7, 1), 800, "B"),
    InterestRow(dt.date(2023, 1, 1), 1050, "B"),
    InterestRow(dt.date(2023, 7, 1), 1200, "B"),
    InterestRow(dt.date(2024, 1, 1), 1250, "B"),
    InterestRow(dt.date(2024, 7, 1), 1225, "B"),
    InterestRow(dt.date(2025, 1, 1), 1115, "B"),
    InterestRow(dt.date(2025, 7, 1), 1015, "B"),
    InterestRow(dt.date(2026, 1, 1), 1015, "B"),
    InterestRow(dt.date(2026, 7, 1), 1040, "B-"),
)

#: Besluit vergoeding voor buitengerechtelijke incassokosten (Stb. 2012, 141), art. 2.
COST_SCALE_FROM: Final = dt.date(2012, 7, 1)
#: (upper bound in cents, basis points of that part).
COST_SCALE: Final[tuple[tuple[int | None, int], ...]] = (
    (250_000, 1500),
    (500_000, 1000),
    (1_000_000, 500),
    (20_000_000, 100),
    (None, 50),
)
#: Least and most of the costs, in cents.
COST_MINIMUM: Final = 4_000
COST_MAXIMUM: Final = 677_500
