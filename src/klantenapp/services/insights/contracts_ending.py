"""Contracts by the day they end: what has to be talked about, and what goes on by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from klantenapp import i18n
from klantenapp.i18n import N_, _
from klantenapp.services.catalogue import contract_view
from klantenapp.services.insights.table import Column, ReportTable, Word
from klantenapp.services.insights.wanted import members, told

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy.orm import Session

    from klantenapp.services.catalogue.contract_view import ContractRow
    from klantenapp.services.insights.wanted import Wanted

NAME: Final = "contracts-ending"
#: What happens at the end of a contract, in words.
AT_END: Final = {
    "remind": N_("Remind me"),
    "renew": N_("Renews silently"),
    "stop": N_("Stops"),
}


def report(
    session: Session,
    wanted: Wanted,
) -> ReportTable:
    """Contracts that hold on a day or later and end, the first to end first.

    Contracts that ended before the day are left out; with a period only those that end in it are
    there.
    """
    as_of, start, end = wanted.as_of, wanted.start, wanted.end
    of = members(session, wanted)
    found = [
        (last, row)
        for row in contract_view.rows(session, as_of, wanted.customer_id)
        if row.state != contract_view.DRAFT and (last := _last(row)) is not None
        if of is None or row.customer_id in of
        if last >= as_of and (start is None or last >= start) and (end is None or last <= end)
    ]
    found.sort(key=lambda pair: (pair[0], pair[1].customer, pair[1].id))
    filters = [*told(session, wanted, as_of=True)]
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
                Word(_("Terminated"), "terminated")
                if row.ended_on
                else Word(_(AT_END[row.at_end]), row.at_end),
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
