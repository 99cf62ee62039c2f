"""The legal tables that a new administration starts with; the user can add rows.

Source: `facts/dutch-rules.md` 4.1 and 4.2, as known on 23 November 2026, with the certainty given
there. A rate with a certainty below B is shown with a note to check it.
"""

from __future__ import annotations

from klantenapp.models.values import Money, Percent
from klantenapp.services.reminders.collection_costs import Bracket, Scale
from klantenapp.services.reminders.interest import Kind, RateRow
from klantenapp.services.store import legal_rates

INTEREST_RATES: dict[Kind, tuple[RateRow, ...]] = {
    kind: tuple(RateRow(row.valid_from, Percent(row.points), row.certainty) for row in rows)
    for kind, rows in (
        (Kind.CONSUMER, legal_rates.CONSUMER_INTEREST),
        (Kind.COMMERCIAL, legal_rates.COMMERCIAL_INTEREST),
    )
}

COST_SCALES: tuple[Scale, ...] = (
    Scale(
        valid_from=legal_rates.COST_SCALE_FROM,
        brackets=tuple(
            Bracket(None if up_to is None else Money(up_to), Percent(points))
            for up_to, points in legal_rates.COST_SCALE
        ),
        minimum=Money(legal_rates.COST_MINIMUM),
        maximum=Money(legal_rates.COST_MAXIMUM),
    ),
)
