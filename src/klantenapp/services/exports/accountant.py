"""What an accountant asks for over a period: journal, receipts, open items, tax, and the PDFs."""

from __future__ import annotations

from collections import defaultdict
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Integer, case, select, type_coerce

from klantenapp.i18n import N_, _
from klantenapp.models.customer import Customer
from klantenapp.models.document import Document, DocumentTax
from klantenapp.models.ledger import LedgerEntry
from klantenapp.models.payment import Payment
from klantenapp.models.values import Money, total
from klantenapp.services.exports import archive_file, everything, spreadsheet
from klantenapp.services.exports.everything import Exported
from klantenapp.services.insights import reports
from klantenapp.services.insights.table import Column, ReportTable
from klantenapp.services.insights.vat import BOXES
from klantenapp.services.insights.wanted import Wanted, told

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sqlalchemy.orm import Session

    from klantenapp.services.exports.everything import Tell

_METHODS: Final = {
    "transfer": N_("Bank transfer"),
    "direct_debit": N_("Direct debit"),
    "cash": N_("Cash"),
    "card": N_("Card"),
    "other": N_("Other"),
}


def export(
    session: Session, path: Path, wanted: Wanted, tell: Tell = everything.no_word
) -> Exported:
    """Write the set for a period into one ZIP; open items are those at its end.

    Args:
        tell: called (steps done, of how many); what it raises stops the work, without a trace.

    Raises:
        EndBeforeStart: the period ends before it begins.
        FormatUnknown, DiskFull, FolderNotWritable.
    """
    reports.known("vat-return", wanted)
    # A period that still runs is open until today.
    end = min(wanted.end or wanted.as_of, wanted.as_of)
    at_end = Wanted(as_of=end, start=wanted.start, end=wanted.end, named=wanted.named)
    tables = [
        sales_journal(session, wanted),
        receipts(session, wanted),
        *(
            reports.make(session, name, at_end)
            for name in ("open-invoices", "ageing", "vat-return", "icp", "untaxed", "write-offs")
        ),
    ]
    with archive_file.writing(path) as archive:
        for step, table in enumerate(tables):
            tell(step, len(tables) + 1)
            with archive.part(f"{table.title}.xlsx") as part:
                spreadsheet.write_xlsx(table, part)
        chosen = (Document.kind != "quote", *wanted.within(Document.date))
        told = partial(tell, len(tables), len(tables) + 1)
        everything.add_pdfs(session, archive, chosen, tell=told)
        number = archive.count
    return Exported(path, {table.name: len(table.rows) for table in tables}, number)


def _documents(session: Session, wanted: Wanted) -> Sequence[Any]:
    sign = case((Document.kind == "credit_note", -1), else_=1)
    return session.execute(
        select(
            Document.id,
            Document.date,
            Document.number,
            Customer.number,
            Customer.name,
            Customer.vat_id,
            Document.due_date,
            sign * type_coerce(Document.net_total, Integer),
            sign * type_coerce(Document.tax_total, Integer),
            sign * type_coerce(Document.total, Integer),
        )
        .join(Customer, Customer.id == Document.customer_id)
        .where(
            Document.state == "issued",
            Document.kind.in_(("invoice", "credit_note")),
            *wanted.within(Document.date),
        )
        .order_by(Document.date, Document.id)
    ).all()


def sales_journal(session: Session, wanted: Wanted) -> ReportTable:
    """Every invoice and credit note of the period with its tax per box; imported ones too."""
    rows = _documents(session, wanted)
    bases = _bases(session, wanted)
    boxes = [*BOXES, "none"]
    lines = tuple(
        (
            *row[1:7],
            *(Money(bases[row[0]].get(box, 0)) for box in boxes),
            Money(row[7]),
            Money(row[8]),
            Money(row[9]),
        )
        for row in rows
    )
    first = 6
    width = first + len(boxes) + 3
    sums = tuple(
        total(amount for line in lines if isinstance(amount := line[at], Money))
        for at in range(first, width)
    )
    return ReportTable(
        "sales-journal",
        _("Sales journal"),
        _("Issued invoices by date, credit notes negative; turnover per box of the tax return."),
        told(session, wanted, period=True),
        (
            Column("date", _("Date"), "date"),
            Column("number", _("Invoice")),
            Column("customer_number", _("Number")),
            Column("customer", _("Customer")),
            Column("vat_id", _("VAT id")),
            Column("due", _("Due"), "date"),
            *(
                Column(
                    f"box_{box}",
                    _("Box {box}").format(box=box) if box in BOXES else _("In no box"),
                    "money",
                )
                for box in boxes
            ),
            Column("net", _("Net"), "money"),
            Column("tax", _("Tax"), "money"),
            Column("total", _("Total"), "money"),
        ),
        lines,
        (*(None,) * first, *sums),
    )


def _bases(session: Session, wanted: Wanted) -> dict[int, dict[str, int]]:
    """Document -> box -> signed base in cents."""
    sign = case((Document.kind == "credit_note", -1), else_=1)
    found: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for document_id, box, base in session.execute(
        select(
            DocumentTax.document_id, DocumentTax.box, sign * type_coerce(DocumentTax.base, Integer)
        )
        .join(Document, Document.id == DocumentTax.document_id)
        .where(Document.state == "issued", *wanted.within(Document.date))
    ):
        found[document_id][box] += base
    return found


def receipts(session: Session, wanted: Wanted) -> ReportTable:
    """Money that came in and went out in the period; what was taken back is there twice."""
    rows = session.execute(
        select(
            LedgerEntry.date,
            Customer.number,
            Customer.name,
            Payment.method,
            LedgerEntry.reference,
            LedgerEntry.kind,
            -type_coerce(LedgerEntry.amount, Integer),
        )
        .join(Payment, Payment.id == LedgerEntry.payment_id)
        .join(Customer, Customer.id == LedgerEntry.customer_id)
        .where(
            LedgerEntry.kind.in_(("payment", "refund", "void")), *wanted.within(LedgerEntry.date)
        )
        .order_by(LedgerEntry.date, LedgerEntry.id)
    ).all()
    kinds = {"payment": _("Payment"), "refund": _("Refund"), "void": _("Taken back")}
    return ReportTable(
        "receipts",
        _("Receipts"),
        _("Payments received by day; refunds and payments taken back are negative."),
        told(session, wanted, period=True),
        (
            Column("date", _("Date"), "date"),
            Column("customer_number", _("Number")),
            Column("customer", _("Customer")),
            Column("method", _("Method")),
            Column("reference", _("Reference")),
            Column("kind", _("Kind")),
            Column("amount", _("Amount"), "money"),
        ),
        tuple(
            (row[0], row[1], row[2], _(_METHODS[row[3]]), row[4], kinds[row[5]], Money(row[6]))
            for row in rows
        ),
        (*(None,) * 6, total(Money(row[6]) for row in rows)),
    )
