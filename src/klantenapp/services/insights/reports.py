"""Every report by its name: what a command or a screen can ask for, and how it is made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from klantenapp.services.errors.agreements import EndBeforeStart
from klantenapp.services.errors.insights import ReportUnknown
from klantenapp.services.insights import (
    contracts_ending,
    open_invoices,
    price_agreements,
    statement,
)

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from klantenapp.services.insights.table import ReportTable


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a report is asked for; None is everything, or today.

    Attributes:
        start, end: period, both days included.
        as_of: the day that it looks from.
        customer_id: of one customer alone.
    """

    as_of: dt.date
    start: dt.date | None = None
    end: dt.date | None = None
    customer_id: int | None = None


@dataclass(frozen=True)
class Report:
    """One report.

    Attributes:
        make: its rows.
        dates: which of as_of, from and to it goes by; they are told with the rows.
    """

    make: Callable[[Session, Wanted], ReportTable]
    dates: tuple[str, ...] = ("as_of",)


REPORTS: Final[dict[str, Report]] = {
    "open-invoices": Report(
        lambda session, wanted: open_invoices.report(session, wanted.as_of, wanted.customer_id)
    ),
    "statement": Report(
        lambda session, wanted: statement.report(
            session, wanted.as_of, (wanted.start, wanted.end), wanted.customer_id
        ),
        ("as_of", "from", "to"),
    ),
    "price-agreements": Report(
        lambda session, wanted: price_agreements.report(session, wanted.as_of, wanted.customer_id)
    ),
    "contracts-ending": Report(
        lambda session, wanted: contracts_ending.report(
            session, wanted.as_of, (wanted.start, wanted.end), wanted.customer_id
        ),
        ("as_of", "from", "to"),
    ),
}


def make(session: Session, name: str, wanted: Wanted) -> ReportTable:
    """A report by name.

    Raises:
        ReportUnknown: there is no report of that name.
        EndBeforeStart: the period ends before it begins.
    """
    if name not in REPORTS:
        raise ReportUnknown(name, tuple(sorted(REPORTS)))
    if wanted.start is not None and wanted.end is not None and wanted.end < wanted.start:
        raise EndBeforeStart(wanted.start, wanted.end)
    return REPORTS[name].make(session, wanted)
