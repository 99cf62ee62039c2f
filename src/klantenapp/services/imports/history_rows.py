"""History, written: customers as needed, documents with lines and tax, ledger and payments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from klantenapp.models.business import Business
from klantenapp.models.catalogue import Item, PaymentTerm
from klantenapp.models.customer import Customer, FormerNumber
from klantenapp.models.document import NumberSeries
from klantenapp.services.customers import customers
from klantenapp.services.customers.customers import AddressData, CustomerData
from klantenapp.services.customers.terms import LEGAL_DAYS, TermOfPayment
from klantenapp.services.imports import countries
from klantenapp.services.store import clock, search

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from sqlalchemy.orm import Session

    from klantenapp.models.values import Money
    from klantenapp.services.imports.history import HistoryDocument
    from klantenapp.services.store import bulk

#: Category of documents without tax: outside the scope of the return, which they never enter.
_NO_TAX, _TAXED, _NO_BOX = "O", "S", "none"


def write(
    session: Session,
    batch: bulk.Batch,
    documents: Sequence[HistoryDocument],
    unknown_customer: str | None,
) -> None:
    """Insert everything, in the order in which rows refer to each other."""
    owners = _Customers(session, batch)
    owners.add_missing(documents, unknown_customer)
    rows = [(document, owners.find(document, unknown_customer)) for document in documents]
    series_id = _series(session)
    at = clock.now()
    ids = batch.add(
        "document",
        [
            _document(document, owner, owners.due(document, owner), series_id, at)
            for document, owner in rows
        ],
    )
    pairs = list(zip(ids, documents, strict=True))
    items: dict[str, int] = dict(session.execute(select(Item.code, Item.id)).all())
    batch.add("document_line", [line for pair in pairs for line in _lines(*pair, items)])
    batch.add("document_tax", [tax for pair in pairs for tax in _taxes(*pair)])
    _post(batch, list(zip(ids, rows, strict=True)), owners, at)


def _series(session: Session) -> int:
    """The series of numbers that are not given out here."""
    found = session.scalar(select(NumberSeries.id).where(NumberSeries.kind == "imported").limit(1))
    if found is None:
        made = NumberSeries(kind="imported", pattern="{number}", is_own=False)
        session.add(made)
        session.flush()
        return made.id
    return found


def _document(
    document: HistoryDocument,
    customer_id: int,
    due_date: dt.date | None,
    series_id: int,
    at: dt.datetime,
) -> dict[str, Any]:
    return {
        "kind": "credit_note" if document.is_credit else "invoice",
        "state": "issued",
        "customer_id": customer_id,
        "series_id": series_id,
        "number": document.number,
        "date": document.date,
        "due_date": due_date,
        "prices_include_tax": document.prices_include_tax,
        "net_total": document.net,
        "tax_total": document.tax,
        "total": document.net + document.tax,
        "is_imported": True,
        "created_at": at,
        "changed_at": at,
        "issued_at": at,
    }


def _lines(
    document_id: int, document: HistoryDocument, items: dict[str, int]
) -> Iterator[dict[str, Any]]:
    for position, line in enumerate(document.lines, start=1):
        yield {
            "document_id": document_id,
            "position": position,
            "item_id": items.get(line.item) if line.item else None,
            "description": line.description,
            "details": line.item,
            "quantity": line.quantity,
            "unit_price": line.unit_price,
            "tax_category": _TAXED if line.percent else _NO_TAX,
            "tax_percent": line.percent,
            "box": _NO_BOX,
            "net": line.net,
            "gross": line.gross if document.prices_include_tax else None,
        }


def _taxes(document_id: int, document: HistoryDocument) -> Iterator[dict[str, Any]]:
    for percent, base, tax in document.taxes:
        yield {
            "document_id": document_id,
            "category": _TAXED if percent else _NO_TAX,
            "percent": percent,
            "box": _NO_BOX,
            "base": base,
            "tax": tax,
        }


def _post(
    batch: bulk.Batch,
    rows: list[tuple[int, tuple[HistoryDocument, int]]],
    owners: _Customers,
    at: dt.datetime,
) -> None:
    """The ledger: what is owed, what was paid, and that the one settles the other."""
    booked = [
        (document_id, document, owner, _signed(document))
        for document_id, (document, owner) in rows
        if document.net + document.tax
    ]
    paid = [row for row in booked if row[1].paid_on]
    payments = batch.add(
        "payment",
        [
            {
                "customer_id": owner,
                "date": document.paid_on,
                "amount": amount,
                "reference": document.number,
                "created_at": at,
            }
            for _id, document, owner, amount in paid
        ],
    )
    entries = batch.add(
        "ledger_entry",
        [
            {
                "customer_id": owner,
                "kind": "credit_note" if document.is_credit else "invoice",
                "date": document.date,
                "due_date": owners.due(document, owner),
                "amount": amount,
                "document_id": document_id,
                "reference": document.number,
                "created_at": at,
            }
            for document_id, document, owner, amount in booked
        ],
    )
    settled = batch.add(
        "ledger_entry",
        [
            {
                "customer_id": owner,
                "kind": "refund" if document.is_credit else "payment",
                "date": document.paid_on,
                "amount": -amount,
                "payment_id": payment_id,
                "reference": document.number,
                "created_at": at,
            }
            for payment_id, (_id, document, owner, amount) in zip(payments, paid, strict=True)
        ],
    )
    owed = {row[0]: entry_id for entry_id, row in zip(entries, booked, strict=True)}
    batch.add(
        "settlement",
        [
            _settlement(owed[document_id], other, amount, document.paid_on, at)
            for other, (document_id, document, _owner, amount) in zip(settled, paid, strict=True)
        ],
    )


def _signed(document: HistoryDocument) -> Money:
    whole = document.net + document.tax
    return -whole if document.is_credit else whole


def _settlement(
    owed: int, other: int, amount: Money, date: dt.date | None, at: dt.datetime
) -> dict[str, Any]:
    debit, credit = (owed, other) if amount.cents > 0 else (other, owed)
    return {
        "debit_id": debit,
        "credit_id": credit,
        "amount": abs(amount),
        "date": date,
        "created_at": at,
    }


class _Customers:
    """Whose documents they are; those that are not there are made."""

    def __init__(self, session: Session, batch: bulk.Batch) -> None:
        self._session = session
        self._batch = batch
        self._by_number: dict[str, int] = {}
        self._by_name: dict[str, int] = {}
        self._terms: dict[int, TermOfPayment] = {}
        query = select(
            Customer.id,
            Customer.number,
            Customer.sort_name,
            Customer.payment_term_id,
            Customer.merged_into_id,
        )
        default = session.scalar(select(Business.payment_term_id))
        plain = {term.id: term for term in map(_term, session.scalars(select(PaymentTerm)))}
        self._default = plain.get(default, TermOfPayment(None, "", LEGAL_DAYS))
        for customer_id, number, name, term_id, merged in session.execute(query):
            self._by_number[number] = merged or customer_id
            if merged is None:
                self._by_name.setdefault(name, customer_id)
            self._terms[customer_id] = plain.get(term_id, self._default)
        for number, customer_id in session.execute(
            select(FormerNumber.number, FormerNumber.customer_id)
        ):
            self._by_number.setdefault(number, customer_id)

    def find(self, document: HistoryDocument, unknown: str | None) -> int:
        """Id of the customer of a document."""
        if document.customer is not None:
            return self._by_number[document.customer]
        return self._by_name[search.fold(document.customer_name or unknown or "")]

    def due(self, document: HistoryDocument, customer_id: int) -> dt.date | None:
        """The day it was due: as the file says, or by the customer's terms of now."""
        if document.is_credit:
            return None
        term = self._terms.get(customer_id, self._default)
        return document.due_date or term.due(document.date)

    def add_missing(self, documents: Sequence[HistoryDocument], unknown: str | None) -> None:
        """Make every customer that the documents name and nobody knows."""
        new: dict[tuple[str, str], CustomerData] = {}
        stated = {document.customer for document in documents}
        next_number = int(customers.next_number(self._session))
        for document in documents:
            number, name = document.customer, document.customer_name
            if number is not None:
                key, known = ("number", number), number in self._by_number
            else:
                name = name or unknown or ""
                key, known = ("name", search.fold(name)), search.fold(name) in self._by_name
            if known or key in new:
                continue
            while number is None or (document.customer is None and number in stated):
                number, next_number = str(next_number), next_number + 1
            new[key] = _customer(number, name or number, document.country)
        self._insert(new)

    def _insert(self, new: dict[tuple[str, str], CustomerData]) -> None:
        rows = [customers.clean(data) for data in new.values()]
        at = clock.now()
        ids = self._batch.add(
            "customer",
            [
                {name: getattr(row, name) for name in customers.COLUMNS}
                | {
                    "sort_name": search.fold(row.name),
                    "search": customers.search_text(row, (), row.addresses),
                    "created_at": at,
                }
                for row in rows
            ],
        )
        self._batch.add(
            "address",
            [
                vars(address) | {"customer_id": customer_id}
                for customer_id, row in zip(ids, rows, strict=True)
                for address in row.addresses
            ],
        )
        for customer_id, row in zip(ids, rows, strict=True):
            self._by_number[row.number or ""] = customer_id
            self._by_name.setdefault(search.fold(row.name), customer_id)


def _term(row: PaymentTerm) -> TermOfPayment:
    return TermOfPayment(row.id, row.name, row.days, row.end_of_month)


def _customer(number: str, name: str, country: str | None) -> CustomerData:
    code = countries.code_of(country) if country else None
    addresses = (AddressData(country=code),) if code else ()
    return CustomerData(name=name, number=number, addresses=addresses)
