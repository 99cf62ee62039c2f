"""Sentences of the failures that belong to no chapter; a chapter may say them better."""

from __future__ import annotations

from klantenapp.i18n import N_, NotADate, NotANumber
from klantenapp.services.errors.base import NotFound

SENTENCES: dict[type[Exception], str] = {
    NotFound: N_("Nothing is known under “{key}”. Check it, or pick it from the list."),
    NotANumber: N_("“{text}” is not a number. Type an amount like 1.234,56 or a sum like 3*12,50."),
    NotADate: N_("“{text}” is not a date. Type day, month and year, like 23-11-2026."),
}

NOT_FOUND: dict[str, str] = {
    "customer": N_("There is no customer {key}. Check the number, or look in the customer list."),
    "item": N_("There is no item {key}. Check the code, or look in the list of items."),
}

OPERATIONS: dict[str, str] = {}
