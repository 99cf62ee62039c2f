"""Sentences about reports."""

from __future__ import annotations

from klantenapp.i18n import N_
from klantenapp.services.errors import insights

SENTENCES: dict[type[Exception], str] = {
    insights.ReportUnknown: N_("There is no report “{name}”. Choose from: {known}."),
    insights.DayInFuture: N_(
        "{day} is still to come, and this report looks back. Choose today or an earlier day; the"
        " cash forecast looks ahead."
    ),
    insights.GroupUnknown: N_("There is no label “{name}”. Choose from: {known}."),
    insights.NoGroups: N_("There are no labels yet. Put one on a customer first."),
    insights.NotCompared: N_("“{name}” has no period before to compare with. These have: {known}."),
    insights.DecisionWithoutNote: N_("Say why, so that you know it later."),
    insights.LimitNegative: N_("{limit} is below zero. Fill in a limit of nothing or more."),
}

OPERATIONS: dict[str, str] = {
    "credit.decide": N_("Decide about credit"),
}
