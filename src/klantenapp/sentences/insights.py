"""Sentences about reports."""

from __future__ import annotations

from klantenapp.i18n import N_
from klantenapp.services.errors import insights

SENTENCES: dict[type[Exception], str] = {
    insights.ReportUnknown: N_("There is no report “{name}”. Choose from: {known}."),
}
