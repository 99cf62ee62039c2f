"""The legal tables that a new administration starts with; the user can add rows.

Source: `facts/dutch-rules.md` 4.1 and 4.2, as known on 23 November 2026, with the certainty given
there. A rate with a certainty below B is shown with a note to check it.
"""

from __future__ import annotations

import datetime as dt

from klantenapp.models.values import Money, Percent
from klantenapp.services.reminders.collection_costs import Bracket, Scale
from klantenapp.services.reminders.interest import Kind, RateRow

#: From, consumers (art. 6:119 BW), commercial (art. 6:119a BW), certainty.
_INTEREST = (
    ("2012-01-01", "4", "8", "C"),
    ("2012-07-01", "3", "8", "C"),
    ("2013-01-01", "3", "7.75", "B"),
    ("2013-03-16", "3", "8.75", "C"),
    ("2013-07-01", "3", "8.50", "C"),
    ("2014-01-01", "3", "8.25", "C"),
    ("2014-07-01", "3", "8.15", "C"),
    ("2015-01-01", "2", "8.05", "B"),
    ("2016-07-01", "2", "8", "B"),
    ("2023-01-01", "4", "10.50", "B"),
    ("2023-07-01", "6", "12", "B"),
    ("2024-01-01", "7", "12.50", "B"),
    ("2024-07-01", "7", "12.25", "B"),
    ("2025-01-01", "6", "11.15", "B"),
    ("2025-07-01", "6", "10.15", "B"),
    ("2026-01-01", "4", "10.15", "B"),
    ("2026-07-01", "4", "10.40", "B-"),
)

INTEREST_RATES: dict[Kind, tuple[RateRow, ...]] = {
    kind: tuple(
        RateRow(dt.date.fromisoformat(row[0]), Percent.parse(row[column]), row[3])
        for row in _INTEREST
    )
    for kind, column in ((Kind.CONSUMER, 1), (Kind.COMMERCIAL, 2))
}

COST_SCALES: tuple[Scale, ...] = (
    Scale(
        valid_from=dt.date(2012, 7, 1),
        brackets=(
            Bracket(Money.parse("2500"), Percent.parse("15")),
            Bracket(Money.parse("5000"), Percent.parse("10")),
            Bracket(Money.parse("10000"), Percent.parse("5")),
            Bracket(Money.parse("200000"), Percent.parse("1")),
            Bracket(None, Percent.parse("0.5")),
        ),
        minimum=Money.parse("40"),
        maximum=Money.parse("6775"),
    ),
)
