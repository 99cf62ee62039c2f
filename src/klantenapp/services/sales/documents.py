"""Documents as people see them: lists with derived status, and one document whole.

The status is never stored. It is the first that holds of draft, paid, credited, written off,
overdue, part paid, sent; for quotes draft, accepted, declined, expired, sent.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Text, and_, case, cast, func, select
from sqlalchemy.orm import aliased

from klantenapp.models.customer import Customer
from klantenapp.models.document import Document, QuoteDecision, Recurring
from klantenapp.models.ledger import LedgerEntry, Settlement
from klantenapp.models.reminder import ReminderHold
from klantenapp.models.values import ZERO, Money
from klantenapp.services.errors.base import NotFound
from klantenapp.services.errors.sales import StillADraft
from klantenapp.services.sales import filtering
from klantenapp.services.sales.filtering import ENTRY, OPEN, matching, status_condition

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from sqlalchemy.orm import Session

#: Which documents to list.
Filter = filtering.Filter

_POSTED: Final = ("invoice", "credit_note", "opening")


@dataclass(frozen=True)
class DocumentRow:
    """One line of a list of documents.

    Attributes:
        days: until due; negative is overdue; None without due date or when settled.
        open_amount: what is still to be paid; of a credit note what is unused; positive.
        settled_on: day of the last entry that settled it, where nothing is open.
        is_disputed: the customer disputes it, and it is still open.
    """

    id: int
    kind: str
    number: str | None
    customer_id: int | None
    customer_number: str | None
    customer: str
    date: dt.date | None
    due_date: dt.date | None
    valid_until: dt.date | None
    status: str
    days: int | None
    total: Money
    open_amount: Money
    reference: str | None
    is_imported: bool
    settled_on: dt.date | None = None
    is_disputed: bool = False

    @property
    def shown_status(self) -> str:
        """The status in words for people: a credit note is settled, not paid."""
        return shown_status(self.kind, self.status)


_SORTS: Final[dict[str, Any]] = {
    "number": (Document.series_year, Document.series_number, Document.number),
    "customer": (Customer.sort_name,),
    "date": (Document.date,),
    "due": (Document.due_date,),
    "total": (Document.total,),
    "open": (OPEN,),
    "valid_until": (Document.valid_until,),
    "changed": (Document.changed_at,),
}


def _from(query: Any) -> Any:
    return (
        query.select_from(Document)
        .outerjoin(Customer, Customer.id == Document.customer_id)
        .outerjoin(ENTRY, and_(ENTRY.document_id == Document.id, ENTRY.kind.in_(_POSTED)))
    )


def list_ids(
    session: Session, wanted: Filter, sort: tuple[str, bool], today: dt.date
) -> array[int]:
    """Ids of the documents, in order.

    Args:
        sort: key (number, customer, date, due, total, open, valid_until, changed) and whether
            descending.
    """
    key, descending = sort
    order = [column.desc() if descending else column for column in _SORTS[key]]
    if key == "date":
        # A draft has no date yet: it gets today's, so it is the newest.
        order = [each.nulls_first() if descending else each.nulls_last() for each in order]
    tail = Document.id.desc() if descending else Document.id
    query = _from(select(Document.id)).where(*matching(wanted, today)).order_by(*order, tail)
    return array("q", session.scalars(query))


def list_rows(session: Session, ids: Sequence[int], today: dt.date) -> list[DocumentRow]:
    """The rows of these documents, in any order."""
    query = _from(
        select(
            Document.id,
            Document.kind,
            Document.state,
            Document.number,
            Document.customer_id,
            Customer.number.label("customer_number"),
            Customer.name.label("customer"),
            Document.date,
            Document.due_date,
            Document.valid_until,
            Document.total,
            OPEN.label("open_amount"),
            Document.customer_reference.label("reference"),
            Document.is_imported,
        )
    ).where(Document.id.in_(ids))
    found = session.execute(query).all()
    settled = _settled_by(session, [row.id for row in found if row.state == "issued"])
    decided = _decisions(session, [row.id for row in found if row.kind == "quote"])
    disputed = _disputed(session, [row.id for row in found if row.kind == "invoice"])
    rows = []
    for row in found:
        status = (
            _quote_status(row, decided.get(row.id), today)
            if row.kind == "quote"
            else _status(row, settled[row.id], today)
        )
        open_amount = abs(_money(row.open_amount))
        waiting = row.due_date is not None and bool(open_amount)
        rows.append(
            DocumentRow(
                id=row.id,
                kind=row.kind,
                number=row.number,
                customer_id=row.customer_id,
                customer_number=row.customer_number,
                customer=row.customer or "",
                date=row.date,
                due_date=row.due_date,
                valid_until=row.valid_until,
                status=status,
                days=(row.due_date - today).days if waiting else None,
                total=row.total,
                open_amount=open_amount,
                reference=row.reference,
                is_imported=row.is_imported,
                settled_on=_settled_on(settled[row.id]) if not open_amount else None,
                is_disputed=row.id in disputed and bool(open_amount),
            )
        )
    return rows


def _disputed(session: Session, ids: Sequence[int]) -> set[int]:
    """Invoices among these of which a dispute stands."""
    query = select(ReminderHold.document_id).where(
        ReminderHold.document_id.in_(ids),
        ReminderHold.kind == "dispute",
        ReminderHold.ended_on.is_(None),
    )
    return {found for found in session.scalars(query) if found is not None}


def _settled_on(settled: dict[str, tuple[Money, dt.date]]) -> dt.date | None:
    return max((day for _amount, day in settled.values()), default=None)


def _money(value: Money | int) -> Money:
    return value if isinstance(value, Money) else Money(value)


def _settled_by(
    session: Session, ids: Iterable[int]
) -> dict[int, dict[str, tuple[Money, dt.date]]]:
    """Per invoice: how much of it each kind of entry settled, counter-rows taken off, and when."""
    other = aliased(LedgerEntry)
    query = (
        select(
            ENTRY.document_id,
            other.kind,
            func.sum(Settlement.amount),
            func.max(case((Settlement.amount > ZERO, other.date))),
        )
        .join(Settlement, Settlement.debit_id == ENTRY.id)
        .join(other, other.id == Settlement.credit_id)
        .where(ENTRY.document_id.in_(list(ids)), ENTRY.kind.in_(("invoice", "opening")))
        .group_by(ENTRY.document_id, other.kind)
    )
    settled: dict[int, dict[str, tuple[Money, dt.date]]] = defaultdict(dict)
    for document_id, kind, amount, day in session.execute(query):
        if amount and document_id is not None:
            settled[document_id][kind] = (amount, day)
    return settled


def _status(row: Any, settled: dict[str, tuple[Money, dt.date]], today: dt.date) -> str:
    if row.state == "draft":
        return "draft"
    if not _money(row.open_amount):
        if _lost(settled):
            return "written_off"
        return "credited" if settled and set(settled) == {"credit_note"} else "paid"
    if row.kind == "credit_note":
        return "sent"
    if row.due_date is not None and row.due_date < today:
        return "overdue"
    return "part_paid" if settled else "sent"


def shown_status(kind: str, status: str) -> str:
    """The status that a screen names; scripts read the code itself."""
    return "settled" if kind == "credit_note" and status in {"paid", "credited"} else status


def _lost(settled: dict[str, tuple[Money, dt.date]]) -> bool:
    """More was written off than paid; a small payment difference leaves an invoice paid."""
    nothing = (ZERO, None)
    return settled.get("write_off", nothing)[0] > settled.get("payment", nothing)[0]


def _quote_status(row: Any, outcome: str | None, today: dt.date) -> str:
    if row.state == "draft":
        return "draft"
    if outcome is not None:
        return outcome
    expired = row.valid_until is not None and row.valid_until < today
    return "expired" if expired else "sent"


def _decisions(session: Session, ids: list[int]) -> dict[int, str]:
    query = (
        select(QuoteDecision.document_id, QuoteDecision.outcome)
        .where(QuoteDecision.document_id.in_(ids))
        .order_by(QuoteDecision.id)
    )
    return dict(session.execute(query).all())


@dataclass(frozen=True)
class Totals:
    """Footer of a list: number of documents, sum of totals and of what is open."""

    count: int
    total: Money
    open_amount: Money


def list_totals(session: Session, wanted: Filter, today: dt.date) -> Totals:
    """Sums over a filter; credit notes count negative."""
    signed = case((Document.kind == "credit_note", -Document.total), else_=Document.total)
    row = session.execute(
        _from(select(func.count(), func.sum(signed), func.sum(OPEN))).where(
            *matching(wanted, today)
        )
    ).one()
    return Totals(row[0], _money(row[1] or ZERO), _money(row[2] or ZERO))


def counts(session: Session, wanted: Filter, today: dt.date) -> dict[str, int]:
    """How many documents each quick filter shows, all in one query."""
    keys = ("draft", "open", "sent", "overdue", "part_paid", "paid", "other")
    row = session.execute(
        _from(
            select(
                func.count(),
                *(func.count().filter(status_condition(key, today)) for key in keys),
            )
        ).where(*matching(wanted, today))
    ).one()
    return dict(zip(("all", *keys), row, strict=True))


def quote_counts(session: Session, wanted: Filter, today: dt.date) -> dict[str, int]:
    """How many quotes each quick filter shows."""
    keys = ("draft", "waiting", "accepted", "declined", "expired")
    row = session.execute(
        _from(
            select(
                func.count(),
                *(func.count().filter(status_condition(key, today)) for key in keys),
            )
        ).where(*matching(wanted, today))
    ).one()
    return dict(zip(("all", *keys), row, strict=True))


def tab_counts(session: Session) -> dict[str, int]:
    """How many invoices and credit notes, quotes and schedules there are."""
    is_quote = Document.kind == "quote"
    row = session.execute(select(func.count().filter(~is_quote), func.count().filter(is_quote)))
    invoices, quotes = row.one()
    schedules = session.scalar(select(func.count()).select_from(Recurring))
    return {"invoices": invoices, "quotes": quotes, "recurring": schedules or 0}


def years(session: Session) -> list[int]:
    """Years in which there are documents, newest first."""
    year = func.substr(cast(Document.date, Text), 1, 4)
    found = session.scalars(
        select(year).where(Document.date.is_not(None)).distinct().order_by(year.desc())
    )
    return [int(each) for each in found]


def find(session: Session, number: str, kinds: tuple[str, ...] | None = None) -> int:
    """Id of the issued document under a number.

    Raises:
        NotFound: there is none.
        StillADraft: it is the id of a draft, which has no number yet.
    """
    query = select(Document.id).where(Document.number == number)
    if kinds is not None:
        query = query.where(Document.kind.in_(kinds))
    found = session.scalar(query.order_by(Document.is_imported).limit(1))
    if found is None:
        if number.isdigit() and _is_draft(session, int(number)):
            raise StillADraft
        raise NotFound("quote" if kinds == ("quote",) else "invoice", number)
    return found


def _is_draft(session: Session, document_id: int) -> bool:
    query = select(Document.id).where(Document.id == document_id, Document.state == "draft")
    return session.scalar(query) is not None


def draft_id(session: Session, document_id: int) -> int:
    """The id, where it is that of a draft.

    Raises:
        NotFound: there is no such draft.
    """
    found = session.scalar(
        select(Document.id).where(Document.id == document_id, Document.state == "draft")
    )
    if found is None:
        raise NotFound("invoice", str(document_id))
    return found


def row(session: Session, document_id: int, today: dt.date) -> DocumentRow:
    """One document as a row of the list.

    Raises:
        NotFound: there is none.
    """
    found = list_rows(session, [document_id], today)
    if not found:
        raise NotFound("document", str(document_id))
    return found[0]
