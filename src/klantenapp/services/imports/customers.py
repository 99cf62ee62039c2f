"""Customers from a table, a contact list or cards: planned first, then written whole or not at all.

The same file again finds the same customers: by number, then VAT id or KvK, e-mail, and name with
postal code. What the file leaves empty stays as it is.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from klantenapp.models.catalogue import PaymentMethod, PaymentTerm, PriceList
from klantenapp.services.customers import customers, numbers
from klantenapp.services.customers.customers import AddressData, ContactData, CustomerData
from klantenapp.services.errors.base import NotFound, Refusal
from klantenapp.services.errors.imports import NotWhole, NumberTwice, PostalCodeAbsent
from klantenapp.services.imports import customer_rows
from klantenapp.services.imports.known import Known
from klantenapp.services.imports.planned import (
    ADDRESS,
    COLUMNS,
    Change,
    CustomerPlan,
    PlannedCustomer,
)
from klantenapp.services.imports.result import RefusedLine
from klantenapp.services.store import bulk
from klantenapp.services.store.operations import register

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

    from klantenapp.services.imports.result import ImportResult
    from klantenapp.services.imports.tabular import Record

IMPORT: Final = register("import.customers", bulk.BY_BATCH)

#: Words that become ids when they are written.
_WORDS: Final = ("payment_terms_days", "payment_method", "price_list")
_ID_OF: Final = {
    "payment_terms_days": "payment_term_id",
    "payment_method": "payment_method_id",
    "price_list": "price_list_id",
}
_LONGEST_TERM: Final = 365


def plan(session: Session, records: Iterable[Record]) -> CustomerPlan:
    """Find out what each row would do, without writing."""
    read = 0
    drafts: list[PlannedCustomer] = []
    refused: list[RefusedLine] = []
    warnings: list[RefusedLine] = []
    lines: dict[str, int] = {}
    terms = _Terms(session)
    for record in records:
        read += 1
        wrong = [*record.refused]
        if not wrong:
            draft = _draft(record)
            wrong = _problems(draft, lines, terms)
            if draft.data.number:
                lines.setdefault(draft.data.number, draft.line)
            drafts += [] if wrong else [draft]
            if draft.data.kind == "business" and not _code(draft.data):
                warnings.append(RefusedLine(draft.line, "postal_code", PostalCodeAbsent()))
        refused += wrong
    rows = _found(Known.read(session), drafts, terms)
    return CustomerPlan(read, tuple(rows), tuple(refused), tuple(warnings))


def run(
    session: Session,
    records: Iterable[Record],
    file_name: str,
    file_digest: str,
    *,
    skip_refused: bool = False,
    left_out: frozenset[int] = frozenset(),
) -> ImportResult:
    """Bring customers in, as one batch that can be undone.

    Args:
        session: of the running operation `IMPORT`.
        records: of the file.
        file_name, file_digest: of the file, for the history.
        skip_refused: bring the other rows in although some are wrong.
        left_out: lines that the user wants to skip.

    Returns:
        the outcome; with refused rows and without `skip_refused` nothing was written.
    """
    planned = plan(session, records)
    if planned.refused and not skip_refused:
        return replace(planned.result, created=0, updated=0)
    rows = [row for row in planned.rows if row.line not in left_out]
    counted = replace(planned, rows=tuple(rows)).result
    result = replace(counted, skipped=counted.skipped + len(planned.rows) - len(rows))
    new = [row for row in rows if row.customer_id is None]
    changed = [row for row in rows if row.customer_id is not None and row.changes]
    if new or changed:
        with bulk.batch(session, "customers", file_name, file_digest) as batch:
            customer_rows.insert(session, batch, new)
            for row in changed:
                customer_rows.update(session, row)
    return result


# --- planning -------------------------------------------------------------------------------


def _draft(record: Record) -> PlannedCustomer:
    values = dict(record.values)
    columns = {name: values[name] for name in COLUMNS if name in values}
    address = {name: values[name] for name in ADDRESS if name in values}
    contact = record.text("contact")
    labels = values.get("labels")
    data = CustomerData(
        name=record.text("name") or "",
        number=record.text("number"),
        **columns,  # type: ignore[arg-type] # the fields' kinds make these text
        addresses=(AddressData(**address),) if address else (),  # type: ignore[arg-type] # text
        contacts=(ContactData(name=contact, receives="all"),) if contact else (),
        labels=labels if isinstance(labels, tuple) else (),
    )
    words: dict[str, Any] = {name: values[name] for name in _WORDS if name in values}
    return PlannedCustomer(record.line, data, words, frozenset(values), None)


class _Terms:
    """Payment terms, methods and price lists by the words of a file, read once."""

    def __init__(self, session: Session) -> None:
        plain = (
            PaymentTerm.end_of_month.is_(False),
            PaymentTerm.discount.is_(None),
        )
        terms = select(PaymentTerm.days, PaymentTerm.id).where(*plain)
        methods = select(PaymentMethod.kind, PaymentMethod.id)
        lists = select(PriceList.name, PriceList.id)
        self._ids: dict[str, dict[Any, int]] = {
            "payment_terms_days": _first(session, terms.order_by(PaymentTerm.id)),
            "payment_method": _first(session, methods.order_by(PaymentMethod.id)),
            "price_list": _first(session, lists),
        }

    def problem(self, name: str, word: Any) -> Refusal | None:
        """A term of so many days is made where there is none; the others must be there."""
        if name == "payment_terms_days":
            return None if word <= _LONGEST_TERM else NotWhole(str(word))
        return None if word in self._ids[name] else NotFound(name, str(word))

    def id_of(self, name: str, word: Any) -> int | None:
        """What the customer would keep; None is still to be made."""
        return self._ids[name].get(word)


def _first(session: Session, query: Select[Any, int]) -> dict[Any, int]:
    found: dict[Any, int] = {}
    for word, row_id in session.execute(query):
        found.setdefault(word, row_id)
    return found


def _problems(draft: PlannedCustomer, lines: dict[str, int], terms: _Terms) -> list[RefusedLine]:
    """What is wrong with a row, at its fields."""
    data = draft.data
    found: list[tuple[str, Refusal | None]] = [
        ("vat_id", numbers.vat_id_problem(data.vat_id)),
        ("kvk", numbers.kvk_problem(data.kvk)),
        ("iban", numbers.iban_problem(data.iban)),
        ("email", numbers.email_problem(data.email)),
    ]
    if data.number and data.number in lines:
        found.append(("number", NumberTwice(data.number, lines[data.number])))
    found += [(name, terms.problem(name, word)) for name, word in draft.words.items()]
    try:
        customers.clean(data)
    except Refusal as problem:
        found.append((problem.field or "name", problem))
    return [RefusedLine(draft.line, name, problem) for name, problem in found if problem]


def _code(data: CustomerData) -> str | None:
    return next((address.postal_code for address in data.addresses), None)


def _found(known: Known, drafts: list[PlannedCustomer], terms: _Terms) -> list[PlannedCustomer]:
    """Say who each row is already: sure finds first, and nobody twice."""
    found: dict[int, int] = {}
    taken: set[int] = set()
    stated = {draft.data.number for draft in drafts if draft.data.number}
    for name_too in (True, False):
        for position, draft in enumerate(drafts):
            if position in found:
                continue
            customer_id = known.find(draft.data, name_too=name_too)
            other = known.customers.get(customer_id) if customer_id is not None else None
            if customer_id is None or other is None or customer_id in taken:
                continue
            # a row with its own number is not who another row names by number
            if other.number in stated and draft.data.number not in {None, other.number}:
                continue
            found[position] = customer_id
            taken.add(customer_id)
    return [
        replace(
            draft,
            customer_id=found.get(position),
            changes=(_changes(known, found[position], draft, terms) if position in found else ()),
        )
        for position, draft in enumerate(drafts)
    ]


def _changes(
    known: Known, customer_id: int, draft: PlannedCustomer, terms: _Terms
) -> tuple[Change, ...]:
    """What the file says and the customer does not; an empty cell says nothing."""
    current, stored = known.customers[customer_id], customers.clean(draft.data)
    found: list[Change] = []
    for name in ("name", *COLUMNS):
        new, old = getattr(stored, name), getattr(current, name)
        if name in draft.given and new is not None and new != old:
            found.append(Change(name, old, str(new)))
    if stored.number and known.numbers.get(stored.number) != customer_id:
        found.append(Change("number", current.number, stored.number))
    found += _address_changes(current, draft)
    for name, word in draft.words.items():
        old_id = getattr(current, _ID_OF[name])
        if terms.id_of(name, word) != old_id or old_id is None:
            found.append(Change(name, None, str(word)))
    names = {contact.name for contact in current.contacts}
    found += [Change("contact", None, c.name) for c in draft.data.contacts if c.name not in names]
    missing = [word for word in draft.data.labels if word not in current.labels]
    if missing:
        found.append(Change("labels", ", ".join(current.labels) or None, ", ".join(missing)))
    return tuple(found)


def _address_changes(current: CustomerData, draft: PlannedCustomer) -> list[Change]:
    if not draft.data.addresses:
        return []
    old = current.addresses[0] if current.addresses else AddressData()
    address = draft.data.addresses[0]
    if "country" not in draft.given:
        address = replace(address, country=old.country)
    new = replace(address, postal_code=customers.postal_code(address))
    return [
        Change(name, getattr(old, name), getattr(new, name))
        for name in ADDRESS
        if name in draft.given and getattr(new, name) and getattr(new, name) != getattr(old, name)
    ]
