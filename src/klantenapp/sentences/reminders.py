"""Sentences about reminders, collection costs and interest."""

from __future__ import annotations

from klantenapp.i18n import N_
from klantenapp.services.errors import reminders

SENTENCES: dict[type[Exception], str] = {
    reminders.NoInterestRate: N_(
        "There is no statutory interest rate for {day}. Add one in the settings, under Reminders."
    ),
    reminders.NoCostScale: N_(
        "There is no scale of collection costs for {day}. Add one in the settings, under Reminders."
    ),
}

OPERATIONS: dict[str, str] = {}
