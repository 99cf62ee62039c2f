"""Contracts by the day they end: what has to be talked about, and what goes on by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from klantenapp import i18n
from klantenapp.i18n import N_, _
from klantenapp.services.catalogue import contract_view
from klantenapp.services.insights.table import Column, ReportTable

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy.orm import Session

    from klantenapp.services.catalogue.contract_view import ContractRow

NAME: Final = "contracts-ending"
#: What happens at the end of a contract, in words.
AT_END: Final = {
    "remind": N_("Remind me"),
    "renew": N_("Renews silently"),
    "stop": N_("Stops"),
}


def report(
    session: Session,
    as_of: dt.date,
    period: tuple[dt.date | None, dt.date | None] = (None, None),
    customer_id: int | None = None,
) -> ReportTable:
    """Contracts that hold on a day or later and end, the first to end first.

    Args:
        as_of: contracts that ended before this day are left out.
        period: only those that end on one of these days.
        customer_id: of one customer alone.
    """
    start, end = period
    found = [
        (last, row)
        for row in contract_view.rows(session, as_of, customer_id)
        if row.state != contract_view.DRAFT and (last := _last(row)) is not None
        if last >= as_of and (start is None or last >= start) and (end is None or last <= end)
    ]
    found.sort(key=lambda pair: (pair[0], pair[1].customer, pair[1].id))
    filters = [(_("As of"), i18n.date(as_of))]
    if start is not None or end is not None:
        filters.append((_("Ends"), f"{_day(start)} – {_day(end)}"))
    return ReportTable(
        NAME,
        _("Contracts ending"),
        _("Confirmed contracts by their last day; terminated ones by the day they end early."),
        tuple(filters),
        (
            Column("customer_number", _("Number")),
            Column("customer", _("Customer")),
            Column("contract", _("Contract")),
            Column("reference", _("Reference")),
            Column("valid_from", _("Valid from"), "date"),
            Column("ends_on", _("Ends on"), "date"),
            Column("days_left", _("Days left"), "int"),
            Column("at_end", _("At the end")),
            Column("prices", _("Prices"), "int"),
        ),
        tuple(
            (
                row.customer_number,
                row.customer,
                row.name,
                row.reference,
                row.valid_from,
                last,
                (last - as_of).days,
                _("Terminated") if row.ended_on else _(AT_END[row.at_end]),
                row.prices,
            )
            for last, row in found
        ),
        links=tuple(("contract", row.id) for _last_day, row in found),
    )


def _last(row: ContractRow) -> dt.date | None:
    """The day it ends: of one that renews, the end of what is agreed so far."""
    if row.ended_on is not None:
        return row.in_force.end
    return row.valid_to


def _day(day: dt.date | None) -> str:
    return i18n.date(day) if day is not None else ""
