"""One document whole, as a screen or a script reads it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from klantenapp.models.catalogue import Item
from klantenapp.models.document import Document, DocumentLine, DocumentTax
from klantenapp.models.values import NO_PERCENT
from klantenapp.services.sales import documents, drafts
from klantenapp.services.sales.calculating import calculate

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy.orm import Session

    from klantenapp.models.values import Money, Percent, Quantity, UnitPrice


@dataclass(frozen=True)
class LineView:
    """One line; `price_source` says where the price comes from.

    Attributes:
        item: code of the item.
        net: amount without tax, after the line's discount.
        tax_percent: None outside the scope of tax.
    """

    item: str | None
    description: str
    quantity: Quantity
    unit_price: UnitPrice
    discount_percent: Percent
    price_source: str
    tax_category: str | None
    tax_percent: Percent | None
    net: Money


@dataclass(frozen=True)
class TaxView:
    """Tax of one category and rate."""

    category: str
    percent: Percent | None
    base: Money
    tax: Money


@dataclass(frozen=True)
class DocumentView:
    """A document; amounts are positive on credit notes too.

    Attributes:
        open: what is still to be paid, or unused of a credit.
        refers_to: number of a credit note's original.
    """

    id: int
    number: str | None
    kind: str
    status: str
    customer_number: str | None
    date: dt.date | None
    due_date: dt.date | None
    currency: str
    net_total: Money
    tax_total: Money
    total: Money
    open: Money
    lines: tuple[LineView, ...]
    taxes: tuple[TaxView, ...]
    refers_to: str | None


def view(session: Session, document_id: int, today: dt.date) -> DocumentView:
    """A document; a draft is computed as it would be issued now.

    Raises:
        NotFound: no such document.
    """
    row = documents.row(session, document_id, today)
    document = session.get_one(Document, document_id)
    if document.state == "draft":
        return _of_draft(session, document, row)
    refers_to = None
    if document.refers_to_id is not None:
        refers_to = session.get_one(Document, document.refers_to_id).number
    return DocumentView(
        id=document.id,
        number=document.number,
        kind=document.kind,
        status=row.status,
        customer_number=row.customer_number,
        date=document.date,
        due_date=document.due_date,
        currency="EUR",
        net_total=document.net_total,
        tax_total=document.tax_total,
        total=document.total,
        open=row.open_amount,
        lines=_lines(session, document_id),
        taxes=_taxes(session, document_id),
        refers_to=refers_to,
    )


def _lines(session: Session, document_id: int) -> tuple[LineView, ...]:
    rows = session.execute(
        select(DocumentLine, Item.code)
        .outerjoin(Item, Item.id == DocumentLine.item_id)
        .where(DocumentLine.document_id == document_id)
        .order_by(DocumentLine.position)
    )
    return tuple(
        LineView(
            item=code,
            description=line.description,
            quantity=line.quantity,
            unit_price=line.unit_price,
            discount_percent=line.discount or NO_PERCENT,
            price_source=line.source,
            tax_category=line.tax_category,
            tax_percent=line.tax_percent,
            net=line.net,
        )
        for line, code in rows
    )


def _taxes(session: Session, document_id: int) -> tuple[TaxView, ...]:
    rows = session.scalars(
        select(DocumentTax).where(DocumentTax.document_id == document_id).order_by(DocumentTax.id)
    )
    return tuple(
        TaxView(row.category, None if row.category == "O" else row.percent, row.base, row.tax)
        for row in rows
    )


def _of_draft(session: Session, document: Document, row: documents.DocumentRow) -> DocumentView:
    calculated = calculate(session, drafts.read(session, document.id))
    refers_to = None
    if document.refers_to_id is not None:
        refers_to = session.get_one(Document, document.refers_to_id).number
    return DocumentView(
        id=document.id,
        number=None,
        kind=document.kind,
        status="draft",
        customer_number=row.customer_number,
        date=calculated.context.date,
        due_date=calculated.due_date if document.kind == "invoice" else None,
        currency="EUR",
        net_total=calculated.totals.net,
        tax_total=calculated.totals.tax,
        total=calculated.totals.total,
        open=row.open_amount,
        lines=tuple(
            LineView(
                item=line.item_code or None,
                description=line.description,
                quantity=line.typed.quantity,
                unit_price=line.unit_price,
                discount_percent=line.discount or NO_PERCENT,
                price_source=str(line.source),
                tax_category=line.rule.category.value if line.rule else None,
                tax_percent=line.rule.percent if line.rule else None,
                net=line.net,
            )
            for line in calculated.lines
        ),
        taxes=tuple(
            TaxView(rate.category.value, rate.percent, rate.base, rate.tax)
            for rate in calculated.totals.rates
        ),
        refers_to=refers_to,
    )
