"""How long a veertiendagenbrief must wait before a consumer owes costs. Pure.

Source: art. 6:96 paragraph 6 BW and Hoge Raad 25-11-2016 (ECLI:NL:HR:2016:2704). A letter is
presumed delivered on the second delivery day after it was posted; Sundays, Mondays and public
holidays are none. The fourteen days start the day after delivery; costs are due from the day after
the fourteenth.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container

#: Delivery days that pass before a letter counts as delivered.
DELIVERY_DAYS = 2
#: Whole days that a consumer has to pay, counted from the day after delivery.
TERM_DAYS = 14
DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Waiting:
    """The days that count, from posting to the first day of costs."""

    posted: dt.date
    delivered: dt.date
    pay_through: dt.date
    costs_from: dt.date


def waiting(
    posted: dt.date, holidays: Container[dt.date], delivery_days: int = DELIVERY_DAYS
) -> Waiting:
    """The waiting time of a letter.

    Args:
        posted: day of posting.
        holidays: public holidays, at least for the three weeks after posting.
        delivery_days: that pass before it counts as delivered; never fewer than the law's two.
    """
    delivered, passed = posted, 0
    while passed < max(delivery_days, DELIVERY_DAYS):
        delivered += DAY
        passed += is_delivery_day(delivered, holidays)
    pay_through = delivered + TERM_DAYS * DAY
    return Waiting(posted, delivered, pay_through, pay_through + DAY)


def is_delivery_day(day: dt.date, holidays: Container[dt.date]) -> bool:
    """Whether post is presumed to be delivered on a day."""
    return day.isoweekday() not in {1, 7} and day not in holidays
