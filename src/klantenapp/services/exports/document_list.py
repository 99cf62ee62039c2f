"""The list of invoices as a table for a file: what the filter of the list shows, in its order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from klantenapp import i18n
from klantenapp.i18n import N_, _
from klantenapp.models.values import total
from klantenapp.services.insights.table import Column, ReportTable, Word
from klantenapp.services.insights.wanted import period_words
from klantenapp.services.sales import documents
from klantenapp.services.sales.status_words import status_words

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from sqlalchemy.orm import Session

    from klantenapp.models.values import Money
    from klantenapp.services.insights.table import Row
    from klantenapp.services.sales.documents import DocumentRow, Filter

_KINDS: Final = {"invoice": N_("Invoice"), "credit_note": N_("Credit note")}
#: So many ids in one query; SQLite takes no endless list of values.
_AT_ONCE: Final = 1000


def table(
    session: Session, wanted: Filter, sort: tuple[str, bool], today: dt.date, told: str = ""
) -> ReportTable:
    """Every document that a filter shows; credit notes negative, as in every spreadsheet.

    Args:
        wanted: which documents.
        sort: as `documents.list_ids` takes it.
        today: day by which "overdue" is told.
        told: the chosen status in words, "" for all.
    """
    found = list(_found(session, wanted, sort, today))
    filters = [(_("As of"), i18n.date(today))]
    if told:
        filters.append((_("Status"), told))
    if wanted.start is not None or wanted.end is not None:
        filters.append((_("Period"), period_words(wanted.start, wanted.end)))
    if wanted.text.strip():
        filters.append((_("Searched for"), wanted.text.strip()))
    return ReportTable(
        "invoices",
        _("Invoices"),
        _("What the list of invoices shows, including tax, credit notes negative."),
        tuple(filters),
        (
            Column("number", _("Invoice")),
            Column("kind", _("Kind")),
            Column("customer_number", _("Customer number")),
            Column("customer", _("Customer")),
            Column("reference", _("Reference")),
            Column("date", _("Date"), "date"),
            Column("due_date", _("Due date"), "date"),
            Column("status", _("Status")),
            Column("settled_on", _("Settled on"), "date"),
            Column("total", _("Total"), "money"),
            Column("open", _("Open"), "money"),
        ),
        tuple(_row(each) for each in found),
        (
            _("Total"),
            *(None,) * 8,
            total(_signed(row, row.total) for row in found),
            total(_signed(row, row.open_amount) for row in found),
        ),
    )


def _found(
    session: Session, wanted: Filter, sort: tuple[str, bool], today: dt.date
) -> Iterator[DocumentRow]:
    ids: Sequence[int] = documents.list_ids(session, wanted, sort, today)
    for start in range(0, len(ids), _AT_ONCE):
        part = ids[start : start + _AT_ONCE]
        rows = {row.id: row for row in documents.list_rows(session, part, today)}
        yield from (rows[each] for each in part)


def _row(found: DocumentRow) -> Row:
    status = found.shown_status
    return (
        found.number,
        Word(_(_KINDS[found.kind]), found.kind),
        found.customer_number,
        found.customer,
        found.reference,
        found.date,
        found.due_date,
        Word(status_words()[status], status),
        found.settled_on,
        _signed(found, found.total),
        _signed(found, found.open_amount),
    )


def _signed(found: DocumentRow, amount: Money) -> Money:
    return -amount if found.kind == "credit_note" else amount
