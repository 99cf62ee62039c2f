"""Dutch public holidays, for the pure modules that take them as an argument."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt


@lru_cache(maxsize=8)
def public_holidays(first_year: int, last_year: int) -> frozenset[dt.date]:
    """The public holidays of some years, both included.

    Good Friday and every Fifth of May count, as in the Algemene termijnenwet (art. 3): a day too
    many only makes a term end later, which is the safe side.
    """
    from holidays.constants import OPTIONAL, PUBLIC  # noqa: PLC0415 - heavy, and rarely needed
    from holidays.utils import country_holidays  # noqa: PLC0415 - as above

    calendar = country_holidays(
        "NL", years=range(first_year, last_year + 1), categories=(PUBLIC, OPTIONAL)
    )
    return frozenset(calendar)
