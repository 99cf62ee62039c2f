"""Every report by its name: what a command or a screen can ask for, and how it is made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from klantenapp.services.errors.agreements import EndBeforeStart
from klantenapp.services.errors.insights import ReportUnknown
from klantenapp.services.insights import (
    ageing,
    backtest,
    behaviour,
    contracts_ending,
    credit_report,
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
        as_json: what machines get, where that is something else than the rows.
    """

    make: Callable[[Session, Wanted], ReportTable]
    dates: tuple[str, ...] = _DAY
    as_json: Callable[[Session, Wanted], dict[str, Any]] | None = None


REPORTS: Final[dict[str, Report]] = {
    ageing.NAME: Report(ageing.report),
    revenue.NAME: Report(revenue.report, _PERIOD),
    "revenue-by-month": Report(revenue.report_by_month, _PERIOD),
    "revenue-by-quarter": Report(revenue.report_by_quarter, _PERIOD),
    "revenue-by-item": Report(revenue.report_by_item, _PERIOD),
    "revenue-by-group": Report(revenue.report_by_group, _PERIOD),
    behaviour.NAME: Report(behaviour.report, _PERIOD),
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
    "open-invoices": Report(
        lambda session, wanted: open_invoices.report(session, wanted.as_of, wanted.customer_id)
    ),
    "statement": Report(
        lambda session, wanted: statement.report(
            session, wanted.as_of, (wanted.start, wanted.end), wanted.customer_id
        ),
        (*_DAY, *_PERIOD),
    ),
    "price-agreements": Report(
        lambda session, wanted: price_agreements.report(session, wanted.as_of, wanted.customer_id)
    ),
    "contracts-ending": Report(
        lambda session, wanted: contracts_ending.report(
            session, wanted.as_of, (wanted.start, wanted.end), wanted.customer_id
        ),
        (*_DAY, *_PERIOD),
    ),
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
    """
    if name not in REPORTS:
        raise ReportUnknown(name, tuple(sorted(REPORTS)))
    if wanted.start is not None and wanted.end is not None and wanted.end < wanted.start:
        raise EndBeforeStart(wanted.start, wanted.end)
    return REPORTS[name]
