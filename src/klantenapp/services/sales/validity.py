"""How long a quote is valid."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from klantenapp.services.store import settings

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

#: Days that a quote is valid, where the user fills in no day.
VALID_DAYS: Final = settings.Key("quotes.valid_days", default=30)


def last_day(session: Session, date: dt.date, typed: dt.date | None = None) -> dt.date:
    """The last day of a quote made on a day.

    Args:
        typed: what the user filled in.
    """
    return typed or date + dt.timedelta(days=settings.read(session, VALID_DAYS))
