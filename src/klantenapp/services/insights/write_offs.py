"""Write-offs: what was given up and what came in after all, with the tax to claim back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Integer, select, type_coerce
from sqlalchemy.orm import aliased

from klantenapp.i18n import N_, _
from klantenapp.models.customer import Customer
from klantenapp.models.document import Document
from klantenapp.models.ledger import LedgerEntry
from klantenapp.models.values import Money, divide_half_up, total
from klantenapp.services.insights.table import Column, ReportTable, Word
from klantenapp.services.insights.wanted import told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from klantenapp.services.insights.wanted import Wanted

NAME: Final = "write-offs"
_KINDS: Final = {"write_off": N_("Write-off"), "recovery": N_("Recovered")}


def _read(session: Session, wanted: Wanted) -> Sequence[Any]:
    void = aliased(LedgerEntry)
    query = (
        select(
            LedgerEntry.date,
            Customer.id,
            Customer.number,
            Customer.name,
            LedgerEntry.document_id,
            Document.number,
            LedgerEntry.kind,
            LedgerEntry.note,
            type_coerce(LedgerEntry.amount, Integer),
            type_coerce(Document.tax_total, Integer),
            type_coerce(Document.total, Integer),
            Document.is_imported,
        )
        .join(Customer, Customer.id == LedgerEntry.customer_id)
        .outerjoin(Document, Document.id == LedgerEntry.document_id)
        .outerjoin(void, void.voids_id == LedgerEntry.id)
        .where(
            LedgerEntry.kind.in_(tuple(_KINDS)),
            void.id.is_(None),
            *wanted.within(LedgerEntry.date),
        )
        .order_by(LedgerEntry.date, LedgerEntry.id)
    )
    query = query.where(*wanted.of(LedgerEntry.customer_id))
    return session.execute(query).all()


def report(session: Session, wanted: Wanted) -> ReportTable:
    """Every write-off that stands, and every recovery, by day.

    The tax in it is that of the invoice in proportion; it may be claimed back once it is clear
    that it will not come, at the latest a year after the due day (Wet OB art. 29).
    """
    rows = _read(session, wanted)
    amounts = [Money(-row[8]) for row in rows]
    taxes = [
        Money(0) if row[11] or not row[10] else Money(divide_half_up(-row[8] * row[9], row[10]))
        for row in rows
    ]
    return ReportTable(
        NAME,
        _("Write-offs"),
        _(
            "What was written off, including tax, by day; what came in after all is negative. The"
            " tax in it is that of the invoice in proportion; imported invoices have none."
        ),
        told(session, wanted, period=True),
        (
            Column("date", _("Date"), "date"),
            Column("number", _("Invoice")),
            Column("customer_number", _("Number")),
            Column("customer", _("Customer")),
            Column("kind", _("Kind")),
            Column("reason", _("Reason")),
            Column("amount", _("Amount"), "money"),
            Column("tax", _("Tax in it"), "money"),
        ),
        tuple(
            (row[0], row[5], row[2], row[3], Word(_(_KINDS[row[6]]), row[6]), row[7], amount, tax)
            for row, amount, tax in zip(rows, amounts, taxes, strict=True)
        ),
        (None, None, None, None, None, None, total(amounts), total(taxes)),
        tuple(("invoice", row[4]) if row[4] is not None else ("customer", row[1]) for row in rows),
    )
