"""Every report by its name: what a command or a screen can ask for, and how it is made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from klantenapp.services.errors.agreements import EndBeforeStart
from klantenapp.services.errors.insights import DayInFuture, ReportUnknown
from klantenapp.services.insights import (
    ageing,
    backtest,
    behaviour_report,
    contracts_ending,
    credit_report,
    documents,
    forecast,
    open_invoices,
    price_agreements,
    quiet,
    quotes,
    reminders,
    revenue,
    statement,
    trail,
    untaxed,
    vat,
    write_offs,
)
from klantenapp.services.store import clock

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from klantenapp.services.insights.table import ReportTable
    from klantenapp.services.insights.wanted import Wanted

_DAY: Final = ("as_of",)
_PERIOD: Final = ("from", "to")


@dataclass(frozen=True)
class Report:
    """One report.

    Attributes:
        make: its rows.
        dates: which of as_of, from and to it goes by; they are told with the rows.
        ahead: it may look from a day that is still to come.
        as_json: what machines get, where that is something else than the rows.
    """

    make: Callable[[Session, Wanted], ReportTable]
    dates: tuple[str, ...] = _DAY
    as_json: Callable[[Session, Wanted], dict[str, Any]] | None = None
    ahead: bool = False


REPORTS: Final[dict[str, Report]] = {
    ageing.NAME: Report(ageing.report),
    revenue.NAME: Report(revenue.report, _PERIOD),
    "revenue-by-month": Report(revenue.report_by_month, _PERIOD),
    "revenue-by-quarter": Report(revenue.report_by_quarter, _PERIOD),
    "revenue-by-item": Report(revenue.report_by_item, _PERIOD),
    "revenue-by-group": Report(revenue.report_by_group, _PERIOD),
    behaviour_report.NAME: Report(behaviour_report.report, (*_DAY, *_PERIOD)),
    forecast.NAME: Report(forecast.report, _DAY, forecast.as_json),
    backtest.NAME: Report(backtest.report, (*_DAY, *_PERIOD)),
    credit_report.NAME: Report(credit_report.report),
    vat.NAME: Report(vat.report, _PERIOD, vat.as_json),
    untaxed.ICP: Report(untaxed.icp_report, _PERIOD),
    untaxed.NAME: Report(untaxed.untaxed_report, _PERIOD),
    reminders.NAME: Report(reminders.report, (*_DAY, *_PERIOD)),
    quotes.NAME: Report(quotes.report, (*_DAY, *_PERIOD)),
    write_offs.NAME: Report(write_offs.report, _PERIOD),
    quiet.NAME: Report(quiet.report),
    trail.NAME: Report(trail.report, _PERIOD),
    documents.NAME: Report(documents.report, _PERIOD),
    open_invoices.NAME: Report(open_invoices.report),
    statement.NAME: Report(statement.report, (*_DAY, *_PERIOD)),
    price_agreements.NAME: Report(price_agreements.report, ahead=True),
    contracts_ending.NAME: Report(contracts_ending.report, (*_DAY, *_PERIOD), ahead=True),
}


def make(session: Session, name: str, wanted: Wanted) -> ReportTable:
    """A report by name.

    Raises:
        ReportUnknown: there is no report of that name.
        EndBeforeStart: the period ends before it begins.
    """
    return known(name, wanted).make(session, wanted)


def known(name: str, wanted: Wanted) -> Report:
    """The report of that name, after a look at what is asked of it.

    Raises:
        ReportUnknown: there is no report of that name.
        EndBeforeStart: the period ends before it begins.
        DayInFuture: it looks back, and the day or the whole period is still to come.
    """
    if name not in REPORTS:
        raise ReportUnknown(name, tuple(sorted(REPORTS)))
    if wanted.start is not None and wanted.end is not None and wanted.end < wanted.start:
        raise EndBeforeStart(wanted.start, wanted.end)
    found, today = REPORTS[name], clock.today()
    for day in (wanted.as_of, wanted.start):
        if not found.ahead and day is not None and day > today:
            raise DayInFuture(day)
    return found
