"""What is open, invoice by invoice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from klantenapp.i18n import _
from klantenapp.models.values import total
from klantenapp.services.insights.table import Column, ReportTable
from klantenapp.services.insights.wanted import members, told
from klantenapp.services.ledger.past import open_items_on

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from klantenapp.services.insights.wanted import Wanted

NAME: Final = "open-invoices"


def report(session: Session, wanted: Wanted) -> ReportTable:
    """Everything that is or was open at the end of a day, the longest due first."""
    as_of, of = wanted.as_of, members(session, wanted)
    items = [
        item
        for item in open_items_on(session, as_of, customer_id=wanted.customer_id)
        if of is None or item.customer_id in of
    ]
    rows = tuple(
        (
            item.customer_number,
            item.customer,
            item.number,
            item.date,
            item.due_date,
            max(0, (as_of - item.due_date).days) if item.due_date else None,
            item.amount,
            item.open_amount,
        )
        for item in items
    )
    amounts = total(item.amount for item in items), total(item.open_amount for item in items)
    return ReportTable(
        NAME,
        _("Open invoices"),
        _("Including tax; credits and money received in advance are negative."),
        told(session, wanted, as_of=True),
        (
            Column("customer_number", _("Number")),
            Column("customer", _("Customer")),
            Column("invoice", _("Invoice")),
            Column("date", _("Date"), "date"),
            Column("due_date", _("Due date"), "date"),
            Column("days_late", _("Days late"), "int"),
            Column("total", _("Total"), "money"),
            Column("open", _("Open"), "money"),
        ),
        rows,
        (_("Total"), None, None, None, None, None, *amounts),
        tuple(
            ("invoice", item.document_id)
            if item.document_id is not None
            else ("customer", item.customer_id)
            for item in items
        ),
    )
