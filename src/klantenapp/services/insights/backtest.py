"""Backtest: how good the expected payment days would have been, on what really happened.

For every paid invoice, in the order they were issued, the day is predicted on the invoice's own day
from nothing but what had been paid by then, and compared with two simple answers: "pays on the due
day" and "pays after the median of all". Errors are absolute days between predicted and paid.
"""

from __future__ import annotations

import datetime as dt
import heapq
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from klantenapp import i18n
from klantenapp.i18n import _
from klantenapp.models.values import WHOLE, Days, Percent, divide_half_up
from klantenapp.services.insights.behaviour import median
from klantenapp.services.insights.expectation import History
from klantenapp.services.insights.forecast import kinds_of_customers
from klantenapp.services.insights.paid import paid_invoices
from klantenapp.services.insights.table import Column, ReportTable, Word, figure
from klantenapp.services.insights.wanted import members, told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from klantenapp.services.insights.paid import Paid
    from klantenapp.services.insights.wanted import Wanted

NAME: Final = "forecast-backtest"
_NEAR: Final = 7


@dataclass(frozen=True)
class Score:
    """How good one way of predicting was.

    Attributes:
        mean_error, median_error: absolute days.
        near: share of invoices predicted within a week.
    """

    method: str
    mean_error: Days
    median_error: Days
    near: Percent


@dataclass(frozen=True)
class Backtest:
    """The three ways compared over the same invoices.

    Attributes:
        invoices: predicted; the first ones, before anything was paid, are left out.
        inside: share that was paid within the stated interval, which is meant to be a half.
    """

    invoices: int
    scores: tuple[Score, ...]
    inside: Percent | None


def backtest(session: Session, wanted: Wanted) -> Backtest:
    """Predict each paid invoice from what was known on its own day."""
    paid = paid_invoices(session, wanted.as_of)
    kinds = kinds_of_customers(session)
    history, known = History(), _InOrder(paid)
    of = members(session, wanted)
    errors: tuple[list[int], list[int], list[int]] = ([], [], [])
    inside = 0
    for each in sorted(paid, key=lambda one: (one.issued, one.entry_id)):
        for earlier in known.before(each.issued):
            history.learn(earlier.customer_id, kinds[earlier.customer_id], earlier.late)
        overall = history.median
        if overall is None or not _asked(each, wanted, of):
            continue
        expected = history.expect(each.customer_id, kinds[each.customer_id], each.due, each.issued)
        really = each.due + dt.timedelta(days=each.late)
        errors[0].append(abs((expected.day - really).days))
        errors[1].append(abs(each.late))
        errors[2].append(abs(each.late - overall))
        inside += expected.early <= really <= expected.late
    if not errors[0]:
        return Backtest(0, (), None)
    methods = (
        Word(_("Customer's own history"), "own_history"),
        Word(_("On the due date"), "due_date"),
        Word(_("Median of all customers"), "median_of_all"),
    )
    return Backtest(
        len(errors[0]),
        tuple(_score(name, each) for name, each in zip(methods, errors, strict=True)),
        Percent(divide_half_up(inside * WHOLE, len(errors[0]))),
    )


def _asked(each: Paid, wanted: Wanted, of: set[int] | None) -> bool:
    return (
        (of is None or each.customer_id in of)
        and (wanted.start is None or each.issued >= wanted.start)
        and (wanted.end is None or each.issued <= wanted.end)
    )


class _InOrder:
    """Paid invoices by the day of payment, handed out as time goes on."""

    def __init__(self, paid: Sequence[Paid]) -> None:
        self._waiting = [
            (each.issued + dt.timedelta(days=each.taken), each.entry_id, each) for each in paid
        ]
        heapq.heapify(self._waiting)

    def before(self, day: dt.date) -> list[Paid]:
        """What was paid before a day and not handed out yet."""
        found = []
        while self._waiting and self._waiting[0][0] < day:
            found.append(heapq.heappop(self._waiting)[2])
        return found


def _score(method: str, errors: Sequence[int]) -> Score:
    near = sum(error <= _NEAR for error in errors)
    return Score(
        method,
        Days.mean(errors),
        median(errors),
        Percent(divide_half_up(near * WHOLE, len(errors))),
    )


def report(session: Session, wanted: Wanted) -> ReportTable:
    """The comparison as a table."""
    found = backtest(session, wanted)
    figures = [figure("invoices", _("Invoices"), str(found.invoices), str(found.invoices))]
    if found.inside is not None:
        words = i18n.percent(found.inside.points)
        label = _("Paid within the stated interval")
        figures.append(figure("inside_percent", label, words, found.inside))
    return ReportTable(
        NAME,
        _("How good the forecast is"),
        _(
            "Each paid invoice is predicted on its own date from what was paid before it; the"
            " error is the number of days between predicted and paid."
        ),
        told(session, wanted, as_of=True, period=True),
        (
            Column("method", _("Method")),
            Column("mean_error", _("Mean error in days"), "days", chart=True),
            Column("median_error", _("Median error in days"), "days"),
            Column("within_week_percent", _("Within a week"), "percent"),
        ),
        tuple(
            (score.method, score.mean_error, score.median_error, score.near)
            for score in found.scores
        ),
        figures=tuple(figures),
    )
