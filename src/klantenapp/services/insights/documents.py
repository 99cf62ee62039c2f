"""The documents behind a total: every invoice and credit note that a report counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Integer, case, func, select, type_coerce

from klantenapp.i18n import N_, _
from klantenapp.models.catalogue import Item, ItemGroup
from klantenapp.models.customer import Customer
from klantenapp.models.document import Document, DocumentLine
from klantenapp.models.values import Money, total
from klantenapp.services.insights import vat
from klantenapp.services.insights.revenue import counted
from klantenapp.services.insights.table import Column, ReportTable, Word
from klantenapp.services.insights.wanted import told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from klantenapp.services.insights.wanted import Wanted

NAME: Final = "documents"
_KINDS: Final = {"invoice": N_("Invoice"), "credit_note": N_("Credit note")}


def report(session: Session, wanted: Wanted) -> ReportTable:
    """Invoices and credit notes by date, credit notes negative.

    Of an item or a group of items only its lines count, of a box of the tax return only what goes
    into it, so that the total is the amount that was looked behind.
    """
    parts = _parts(session, wanted)
    rows = [
        (row, *(parts[row.id] if parts is not None else (row.net, row.tax)))
        for row in _documents(session, wanted, parts)
    ]
    return ReportTable(
        NAME,
        _("Invoices"),
        _basis(wanted),
        (*told(session, wanted, period=True), *part_words(session, wanted)),
        (
            Column("date", _("Date"), "date"),
            Column("number", _("Invoice")),
            Column("kind", _("Kind")),
            Column("customer_number", _("Number")),
            Column("customer", _("Customer")),
            Column("net", _("Net"), "money"),
            Column("tax", _("Tax"), "money"),
        ),
        tuple(
            (
                row.date,
                row.number,
                Word(_(_KINDS[row.kind]), row.kind),
                row.customer_number,
                row.customer,
                Money(net),
                Money(tax) if tax is not None else None,
            )
            for row, net, tax in rows
        ),
        (
            _("Total"),
            *(None,) * 4,
            total(Money(net) for _row, net, _tax in rows),
            total(Money(tax) for _row, _net, tax in rows if tax is not None),
        ),
        tuple(("invoice", row.id) for row, _net, _tax in rows),
    )


def _documents(
    session: Session, wanted: Wanted, parts: dict[int, tuple[int, int | None]] | None
) -> Sequence[Any]:
    sign = case((Document.kind == "credit_note", -1), else_=1)
    query = (
        select(
            Document.id,
            Document.date,
            Document.number,
            Document.kind,
            Customer.number.label("customer_number"),
            Customer.name.label("customer"),
            (sign * type_coerce(Document.net_total, Integer)).label("net"),
            (sign * type_coerce(Document.tax_total, Integer)).label("tax"),
        )
        .join(Customer, Customer.id == Document.customer_id)
        .order_by(Document.date, Document.id)
    )
    if parts is None:
        return session.execute(query.where(*counted(wanted))).all()
    rows = session.execute(query.where(Document.state == "issued")).all()
    return [row for row in rows if row.id in parts]


def _parts(session: Session, wanted: Wanted) -> dict[int, tuple[int, int | None]] | None:
    """Document -> its net and tax in what was looked behind; None where the whole of it counts."""
    match wanted.part:
        case None:
            return None
        case ("box", str(box)):
            return dict(vat.by_document(session, wanted, box))
        case ("whole", _):
            return _of_whole(session, wanted)
        case (kind, part_id):
            return _of_items(session, wanted, grouped=kind == "item_group", part_id=part_id)


def _line_sums(session: Session, wanted: Wanted, *conditions: Any) -> dict[int, int]:
    signed = case(
        (Document.kind == "credit_note", -type_coerce(DocumentLine.net, Integer)),
        else_=type_coerce(DocumentLine.net, Integer),
    )
    rows = session.execute(
        select(Document.id, func.sum(signed))
        .join(DocumentLine, DocumentLine.document_id == Document.id)
        .outerjoin(Item, Item.id == DocumentLine.item_id)
        .where(*counted(wanted), *conditions)
        .group_by(Document.id)
    )
    return {row[0]: row[1] for row in rows}


def _of_items(
    session: Session, wanted: Wanted, *, grouped: bool, part_id: object
) -> dict[int, tuple[int, int | None]]:
    column = Item.item_group_id if grouped else DocumentLine.item_id
    condition = column.is_(None) if part_id is None else column == part_id
    return {key: (net, None) for key, net in _line_sums(session, wanted, condition).items()}


def _of_whole(session: Session, wanted: Wanted) -> dict[int, tuple[int, int | None]]:
    """What of each document stands on none of its lines: discounts on the whole of it."""
    lines = _line_sums(session, wanted)
    sign = case((Document.kind == "credit_note", -1), else_=1)
    nets = session.execute(
        select(Document.id, sign * type_coerce(Document.net_total, Integer)).where(*counted(wanted))
    )
    rest = {key: net - lines.get(key, 0) for key, net in nets}
    return {key: (net, None) for key, net in rest.items() if net}


def part_words(session: Session, wanted: Wanted) -> tuple[tuple[str, str], ...]:
    """What was looked behind, in words."""
    if wanted.part is None:
        return ()
    kind, key = wanted.part
    if kind == "box":
        return ((_("Box"), str(key)),)
    if kind == "whole":
        return ((_("Item"), _("Discounts on whole documents")),)
    grouped = kind == "item_group"
    name = _("Without group") if grouped else _("Without item")
    if key is not None:
        table = ItemGroup if grouped else Item
        name = session.scalar(select(table.name).where(table.id == key)) or ""
    return ((_("Item group") if grouped else _("Item"), name),)


def _basis(wanted: Wanted) -> str:
    match wanted.part:
        case ("box", str()):
            return vat.basis_words(wanted.vat_basis or vat.INVOICE)
        case None:
            return _(
                "Issued invoices by date, without tax, credit notes negative; imported documents"
                " count."
            )
        case _:
            return _(
                "Of each invoice what was chosen, by date, without tax, credit notes negative;"
                " imported documents count."
            )
