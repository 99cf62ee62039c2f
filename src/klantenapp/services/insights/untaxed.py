"""Supplies without tax: the list of those within the EU, and every one with its reason.

Imported documents never count.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from sqlalchemy import Integer, case, func, or_, select, type_coerce

from klantenapp.i18n import N_, _
from klantenapp.models.customer import Customer
from klantenapp.models.document import Document, DocumentTax
from klantenapp.models.values import Money, total
from klantenapp.services.insights.table import Column, ReportTable, Word, figure
from klantenapp.services.insights.vat import (
    INVOICE,
    NO_BOX,
    euros,
    own_documents,
    vat_return,
)
from klantenapp.services.insights.wanted import told

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from klantenapp.services.insights.wanted import Wanted

ICP: Final = "icp"
NAME: Final = "untaxed"


@dataclass(frozen=True)
class IcpRow:
    """Supplies to one customer elsewhere in the EU (opgaaf ICP, Wet OB art. 37a)."""

    customer_id: int
    customer_number: str
    customer: str
    vat_id: str
    goods: Money
    services: Money


def icp(session: Session, wanted: Wanted) -> list[IcpRow]:
    """Per btw-id, as it stood on the documents, goods and services apart; by invoice date.

    Goods are category K, services AE within box 3b (EN 16931). Together they are box 3b by invoice
    date; a customer whose supplies cancel out is left out.
    """
    cents = type_coerce(DocumentTax.base, Integer)
    signed = case((Document.kind == "credit_note", -cents), else_=cents)
    goods = func.coalesce(func.sum(signed).filter(DocumentTax.category == "K"), 0)
    services = func.coalesce(func.sum(signed).filter(DocumentTax.category != "K"), 0)
    printed = func.json_extract(Document.snapshot, "$.customer.vat_id")
    vat_id = func.coalesce(func.nullif(printed, ""), Customer.vat_id, "")
    query = (
        select(Customer.id, Customer.number, Customer.name, vat_id, goods, services)
        .select_from(DocumentTax)
        .join(Document, Document.id == DocumentTax.document_id)
        .join(Customer, Customer.id == Document.customer_id)
        .where(DocumentTax.box == "3b", *own_documents(wanted), *wanted.within(Document.date))
        .group_by(Customer.id, vat_id)
        .having(or_(goods != 0, services != 0))
        .order_by(vat_id, Customer.number)
    )
    return [
        IcpRow(row[0], row[1], row[2], row[3], Money(row[4]), Money(row[5]))
        for row in session.execute(query)
    ]


def icp_report(session: Session, wanted: Wanted) -> ReportTable:
    """The list of supplies within the EU, with its difference to box 3b."""
    found = icp(session, wanted)
    goods, services = total(row.goods for row in found), total(row.services for row in found)
    by_invoice = replace(wanted, vat_basis=INVOICE)
    box = vat_return(session, by_invoice).boxes["3b"].base
    return ReportTable(
        ICP,
        _("ICP list"),
        _(
            "Supplies to businesses elsewhere in the EU without tax, by invoice date, credit notes"
            " deducted. Imported documents do not count."
        ),
        told(session, wanted, period=True),
        (
            Column("vat_id", _("VAT id")),
            Column("customer_number", _("Number")),
            Column("customer", _("Customer")),
            Column("goods", _("Goods"), "money"),
            Column("services", _("Services"), "money"),
            Column("total", _("Total"), "money"),
        ),
        tuple(
            (
                row.vat_id,
                row.customer_number,
                row.customer,
                row.goods,
                row.services,
                row.goods + row.services,
            )
            for row in found
        ),
        (_("Total"), None, None, goods, services, goods + services),
        tuple(
            replace(by_invoice, part=("box", "3b"), customer_id=row.customer_id) for row in found
        ),
        (
            figure(
                "box_difference",
                _("Difference with box 3b"),
                euros(box - goods - services),
                box - goods - services,
            ),
        ),
        replace(by_invoice, part=("box", "3b")),
    )


def untaxed_report(session: Session, wanted: Wanted) -> ReportTable:
    """Turnover without tax on the invoice, by reason, per document."""
    cents = type_coerce(DocumentTax.base, Integer)
    signed = case((Document.kind == "credit_note", -cents), else_=cents)
    rows = session.execute(
        select(
            Document.id,
            Document.date,
            Document.number,
            Customer.name,
            DocumentTax.category,
            DocumentTax.box,
            signed,
        )
        .join(Document, Document.id == DocumentTax.document_id)
        .join(Customer, Customer.id == Document.customer_id)
        .where(DocumentTax.category != "S", *own_documents(wanted), *wanted.within(Document.date))
        .order_by(Document.date, Document.id, DocumentTax.id)
    ).all()
    return ReportTable(
        NAME,
        _("Turnover without tax"),
        _("Invoice lines without tax, by invoice date, with the reason; credit notes negative."),
        told(session, wanted, period=True),
        (
            Column("date", _("Date"), "date"),
            Column("number", _("Invoice")),
            Column("customer", _("Customer")),
            Column("reason", _("Reason")),
            Column("box", _("Box")),
            Column("base", _("Turnover"), "money"),
        ),
        tuple(
            (
                row[1],
                row[2],
                row[3],
                Word(_(_REASONS[row[4]]), row[4]),
                "" if row[5] == NO_BOX else row[5],
                Money(row[6]),
            )
            for row in rows
        ),
        (None, None, None, None, None, total(Money(row[6]) for row in rows)),
        tuple(("invoice", row[0]) for row in rows),
    )


_REASONS: Final = {
    "Z": N_("Zero rate"),
    "E": N_("Exempt"),
    "AE": N_("Reverse charge"),
    "K": N_("Goods within the EU"),
    "G": N_("Export"),
    "O": N_("Outside the scope of tax"),
}
