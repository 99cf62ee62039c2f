"""What is open, invoice by invoice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from klantenapp import i18n
from klantenapp.i18n import _
from klantenapp.models.values import total
from klantenapp.services.insights.table import Column, ReportTable
from klantenapp.services.ledger.past import open_items_on

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy.orm import Session

NAME: Final = "open-invoices"


def report(session: Session, as_of: dt.date, customer_id: int | None = None) -> ReportTable:
    """Everything that is or was open at the end of a day, the longest due first."""
    items = open_items_on(session, as_of, customer_id=customer_id)
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
        ((_("As of"), i18n.date(as_of)),),
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
        (None, None, None, None, None, None, *amounts),
    )
