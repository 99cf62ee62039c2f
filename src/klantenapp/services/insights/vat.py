"""The tax return by box, and the list of supplies within the EU; imported documents never count.

Source of the boxes: form "Aangifte omzetbelasting", 1a to 1e, 3a and 3b are fed by sales. By
invoice date (factuurstelsel, Wet OB art. 13) or by receipt (kasstelsel, art. 26).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Integer, and_, case, func, or_, select, type_coerce
from sqlalchemy.orm import aliased

from klantenapp import i18n
from klantenapp.i18n import N_, _
from klantenapp.models.business import Business
from klantenapp.models.document import Document, DocumentTax
from klantenapp.models.ledger import LedgerEntry, Settlement
from klantenapp.models.values import ZERO, Money, divide_half_up, total
from klantenapp.services.insights.table import Column, ReportTable, figure
from klantenapp.services.insights.wanted import told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from klantenapp.services.insights.wanted import Wanted

NAME: Final = "vat-return"
INVOICE: Final = "invoice"
RECEIPT: Final = "receipt"
#: Boxes that sales feed, in the order of the form, with what they are for.
BOXES: Final = {
    "1a": N_("Supplies taxed at the high rate"),
    "1b": N_("Supplies taxed at the low rate"),
    "1c": N_("Supplies taxed at other rates"),
    "1e": N_("Supplies taxed at 0% or reverse-charged to the customer"),
    "3a": N_("Supplies to countries outside the EU"),
    "3b": N_("Supplies to or services in countries within the EU"),
}
#: Kept with supplies that belong in no box.
NO_BOX: Final = "none"
_Parts = dict[str, tuple[int, int]]


@dataclass(frozen=True)
class BoxAmounts:
    """Turnover and tax of a box."""

    base: Money
    tax: Money


@dataclass(frozen=True)
class VatReturn:
    """What the sales of a period put into the return.

    Attributes:
        basis: "invoice" or "receipt".
        boxes: every box that sales feed, also where nothing is in it.
        unreported: turnover that belongs in no box (exempt, or services outside the EU).
        ledger_difference: what the ledger has of the same documents minus base and tax of all of
            this; anything but zero is a mistake to look into.
    """

    basis: str
    boxes: dict[str, BoxAmounts]
    unreported: Money
    ledger_difference: Money

    @property
    def tax(self) -> Money:
        """Tax owed over sales: what box 5a starts from."""
        return total(box.tax for box in self.boxes.values())


def vat_return(session: Session, wanted: Wanted) -> VatReturn:
    """Base and tax per box of the period.

    By invoice date each issued document counts on its date, credit notes negative. By receipt a
    document counts for the part of it that was settled in the period with money, or with a credit
    that was itself counted down then: base and tax of the part are those of the whole up to that
    amount minus those up to the amount before, so that all parts together are exactly the whole.
    """
    basis = wanted.vat_basis or session.scalar(select(Business.vat_basis)) or INVOICE
    if basis == RECEIPT:
        parts, ledger = _by_receipt(session, wanted)
    else:
        parts, ledger = _by_invoice(session, wanted)
    boxes = {box: BoxAmounts(ZERO, ZERO) for box in BOXES}
    boxes |= {
        box: BoxAmounts(Money(base), Money(tax))
        for box, (base, tax) in sorted(parts.items())
        if box != NO_BOX
    }
    unreported = Money(parts.get(NO_BOX, (0, 0))[0])
    whole = sum(base + tax for base, tax in parts.values())
    return VatReturn(basis, boxes, unreported, Money(ledger - whole))


def _by_invoice(session: Session, wanted: Wanted) -> tuple[_Parts, int]:
    sign = case((Document.kind == "credit_note", -1), else_=1)
    own = [*own_documents(wanted), *wanted.within(Document.date)]
    rows = session.execute(
        select(
            DocumentTax.box,
            func.sum(sign * type_coerce(DocumentTax.base, Integer)),
            func.sum(sign * type_coerce(DocumentTax.tax, Integer)),
        )
        .join(Document, Document.id == DocumentTax.document_id)
        .where(*own)
        .group_by(DocumentTax.box)
    )
    ledger = session.scalar(
        select(func.sum(type_coerce(LedgerEntry.amount, Integer)))
        .join(Document, Document.id == LedgerEntry.document_id)
        .where(LedgerEntry.kind.in_(("invoice", "credit_note")), *own)
    )
    return {box: (base, tax) for box, base, tax in rows}, ledger or 0


def own_documents(wanted: Wanted) -> list[Any]:
    """Conditions for issued invoices and credit notes that were made here."""
    found: list[Any] = [
        Document.state == "issued",
        Document.kind.in_(("invoice", "credit_note")),
        Document.is_imported.is_(False),
        *wanted.of(Document.customer_id),
    ]
    return found


def by_document(session: Session, wanted: Wanted, box: str) -> dict[int, tuple[int, int]]:
    """Document -> base and tax in cents that it puts into a box of the period's return."""
    if (wanted.vat_basis or INVOICE) == RECEIPT:
        return _received_by_document(session, wanted, box)
    sign = case((Document.kind == "credit_note", -1), else_=1)
    rows = session.execute(
        select(
            Document.id,
            func.sum(sign * type_coerce(DocumentTax.base, Integer)),
            func.sum(sign * type_coerce(DocumentTax.tax, Integer)),
        )
        .join(Document, Document.id == DocumentTax.document_id)
        .where(DocumentTax.box == box, *own_documents(wanted), *wanted.within(Document.date))
        .group_by(Document.id)
    )
    return {row[0]: (row[1], row[2]) for row in rows}


def _received_by_document(session: Session, wanted: Wanted, box: str) -> dict[int, tuple[int, int]]:
    settled = _settled(session, wanted)
    taxes = _taxes(session, [document_id for document_id, *_rest in settled])
    found: dict[int, tuple[int, int]] = {}
    for document_id, sign, before, upto in settled:
        for of, base, tax in _allotted(taxes[document_id], before, upto):
            if of == box:
                old = found.get(document_id, (0, 0))
                found[document_id] = (old[0] + sign * base, old[1] + sign * tax)
    return found


def _by_receipt(session: Session, wanted: Wanted) -> tuple[_Parts, int]:
    """Parts per box, and the sum of the settlements that they were taken from."""
    settled = _settled(session, wanted)
    taxes = _taxes(session, [document_id for document_id, *_rest in settled])
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    ledger = 0
    for document_id, sign, before, upto in settled:
        ledger += sign * (upto - before)
        for box, base, tax in _allotted(taxes[document_id], before, upto):
            sums[box][0] += sign * base
            sums[box][1] += sign * tax
    return {box: (base, tax) for box, (base, tax) in sums.items()}, ledger


def _allotted(
    taxes: list[tuple[str, int, int]], before: int, upto: int
) -> Iterator[tuple[str, int, int]]:
    """Base and tax of a document between two settled amounts."""
    amounts = [amount for _box, base, tax in taxes for amount in (base, tax)]
    first, last = shared(amounts, before), shared(amounts, upto)
    for index, (box, _base, _tax) in enumerate(taxes):
        at = index * 2
        yield box, last[at] - first[at], last[at + 1] - first[at + 1]


def shared(amounts: list[int], settled: int) -> list[int]:
    """The part of each amount when so much of their sum is settled; the parts sum to it exactly.

    Each part is the rounded growth of the running sum, so that none is off by more than a cent,
    and all of the amounts come out when all is settled.
    """
    whole = sum(amounts)
    if not whole:
        return [0] * len(amounts)
    parts, running, given = [], 0, 0
    for amount in amounts:
        running += amount
        upto = divide_half_up(running * settled, whole)
        parts.append(upto - given)
        given = upto
    return parts


def _settled(session: Session, wanted: Wanted) -> list[tuple[int, int, int, int]]:
    """Per own document: its sign, and its settled cents before the period and at its end."""
    debit, credit = aliased(LedgerEntry), aliased(LedgerEntry)
    counted = or_(
        and_(debit.kind == "invoice", credit.kind.in_(("payment", "credit_note"))),
        and_(credit.kind == "credit_note", debit.kind.in_(("refund", "invoice"))),
    )
    day = func.max(debit.date, credit.date, Settlement.date)
    rows = session.execute(
        select(
            debit.kind,
            debit.document_id,
            credit.kind,
            credit.document_id,
            type_coerce(Settlement.amount, Integer),
            func.date(day),
        )
        .join(debit, debit.id == Settlement.debit_id)
        .join(credit, credit.id == Settlement.credit_id)
        .where(counted)
    )
    sums: dict[tuple[int, int], list[int]] = defaultdict(lambda: [0, 0])
    start = wanted.start.isoformat() if wanted.start is not None else ""
    end = wanted.end.isoformat() if wanted.end is not None else "9999-12-31"
    for debit_kind, debit_id, credit_kind, credit_id, cents, when in rows:
        if when > end:
            continue
        sides = []
        if debit_kind == "invoice":
            sides.append((debit_id, 1))
        if credit_kind == "credit_note":
            sides.append((credit_id, -1))
        for side in sides:
            sums[side][1] += cents
            if when < start:
                sums[side][0] += cents
    own = set(session.scalars(select(Document.id).where(*own_documents(wanted))))
    return [
        (document_id, sign, before, upto)
        for (document_id, sign), (before, upto) in sums.items()
        if document_id in own and before != upto
    ]


def _taxes(session: Session, ids: list[int]) -> dict[int, list[tuple[str, int, int]]]:
    """Tax rows of own documents, in cents."""
    wanted = set(ids)
    found: dict[int, list[tuple[str, int, int]]] = defaultdict(list)
    rows = session.execute(
        select(
            DocumentTax.document_id,
            DocumentTax.box,
            type_coerce(DocumentTax.base, Integer),
            type_coerce(DocumentTax.tax, Integer),
        )
        .join(Document, Document.id == DocumentTax.document_id)
        .where(Document.is_imported.is_(False), Document.state == "issued")
        .order_by(DocumentTax.document_id, DocumentTax.id)
    )
    for document_id, box, base, tax in rows:
        if document_id in wanted:
            found[document_id].append((box, base, tax))
    return found


def basis_words(basis: str) -> str:
    """How the return counts, in words."""
    if basis == RECEIPT:
        return _(
            "By receipt (cash accounting): each payment counts on its day, for its part of the"
            " invoice. Imported documents do not count."
        )
    return _(
        "By invoice date (invoice accounting), credit notes deducted. Imported documents do not"
        " count."
    )


def euros(amount: Money) -> str:
    """An amount as it stands among the filters."""
    return i18n.money(amount.cents)


def report(session: Session, wanted: Wanted) -> ReportTable:
    """The return by box, with its reconciliation to the ledger beside it."""
    found = vat_return(session, wanted)
    return ReportTable(
        NAME,
        _("Tax return"),
        basis_words(found.basis),
        told(session, wanted, period=True),
        (
            Column("box", _("Box")),
            Column("what", _("What")),
            Column("base", _("Turnover"), "money"),
            Column("tax", _("Tax"), "money"),
        ),
        tuple(
            (box, _(BOXES[box]) if box in BOXES else "", amounts.base, amounts.tax)
            for box, amounts in found.boxes.items()
        ),
        (_("Total"), None, total(box.base for box in found.boxes.values()), found.tax),
        tuple(replace(wanted, part=("box", box), vat_basis=found.basis) for box in found.boxes),
        (
            figure("in_no_box", _("In no box"), euros(found.unreported), found.unreported),
            figure(
                "ledger_difference",
                _("Difference with the ledger"),
                euros(found.ledger_difference),
                found.ledger_difference,
            ),
        ),
    )


def as_json(session: Session, wanted: Wanted) -> dict[str, Any]:
    """What the command line promises: boxes by name, and the difference with the ledger."""
    found = vat_return(session, wanted)
    return {
        "from": wanted.start,
        "to": wanted.end,
        "basis": found.basis,
        "boxes": found.boxes,
        "ledger_difference": found.ledger_difference,
    }
