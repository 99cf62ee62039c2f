"""How long the law, or what a letter promised, keeps the step after it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from klantenapp.services.reminders import holidays
from klantenapp.services.reminders.steps import DAY, NOTICE_DAYS
from klantenapp.services.reminders.waiting import waiting

if TYPE_CHECKING:
    import datetime as dt


def locked_until(kind: str, posted: dt.date, delivery_days: int) -> dt.date | None:
    """The first day of what comes after a letter; None where it makes nothing wait.

    Args:
        kind: of the step that was sent.
        posted: day of posting, or on which a server took the mail.
        delivery_days: before a letter counts as delivered.
    """
    if kind == "fourteen_day_letter":
        public = holidays.public_holidays(posted.year, posted.year + 1)
        return waiting(posted, public, delivery_days).costs_from
    return posted + (NOTICE_DAYS + 1) * DAY if kind == "notice" else None
