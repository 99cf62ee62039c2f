"""History: invoices and credit notes of another program, kept as they were.

They count in revenue, ageing and payment behaviour, and never in the tax return. Their numbers are
a series of their own, they have no PDF, and nothing about them can be changed; the import as a
whole can be taken back.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from klantenapp.models.business import Business
from klantenapp.models.document import Document
from klantenapp.models.values import total
from klantenapp.services.errors.history import CustomerAbsent, DocumentNumberTaken
from klantenapp.services.errors.ledger import PeriodLocked
from klantenapp.services.imports import history, history_rows
from klantenapp.services.imports.result import ImportResult, RefusedLine
from klantenapp.services.store import bulk, clock
from klantenapp.services.store.operations import register

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

    from klantenapp.models.values import Money
    from klantenapp.services.imports.history import HistoryDocument
    from klantenapp.services.imports.tabular import Record

IMPORT: Final = register("import.invoices", bulk.BY_BATCH)


@dataclass(frozen=True, slots=True)
class Choices:
    """What the user says about the history.

    Attributes:
        credit_prefix: with which the numbers of credit notes start; without one the sign tells.
        unknown_customer: name of the customer that takes every row without one.
        skip_refused: bring the other documents in although some rows are wrong.
    """

    credit_prefix: str | None = None
    unknown_customer: str | None = None
    skip_refused: bool = False


@dataclass(frozen=True)
class Plan:
    """What an import would do.

    Attributes:
        read: rows in the file.
        documents: that come in.
        aside: rows without a customer.
        refused: rows that are wrong.
    """

    read: int
    documents: tuple[HistoryDocument, ...]
    aside: tuple[RefusedLine, ...]
    refused: tuple[RefusedLine, ...]

    @property
    def result(self) -> ImportResult:
        """Its counts: rows read and set aside, documents created."""
        return ImportResult(
            self.read,
            created=len(self.documents),
            skipped=len(self.aside),
            refused=self.refused,
            aside=self.aside,
        )

    @property
    def sum(self) -> Money:
        """Of all documents without tax, credit notes deducted."""
        return total(
            -document.net if document.is_credit else document.net for document in self.documents
        )


def plan(session: Session, records: Iterable[Record], choices: Choices) -> Plan:
    """Find out what would come in, without writing."""
    read = 0
    groups: dict[str, list[Record]] = {}
    aside: list[RefusedLine] = []
    refused: list[RefusedLine] = []
    for record in records:
        read += 1
        if record.refused:
            refused += record.refused
        elif not _has_customer(record) and choices.unknown_customer is None:
            aside.append(RefusedLine(record.line, "customer", CustomerAbsent()))
        else:
            groups.setdefault(record.text("number") or "", []).append(record)
    documents = _documents(session, groups, choices, refused)
    refused.sort(key=lambda line: line.line)
    return Plan(read, tuple(documents), tuple(aside), tuple(refused))


def run(
    session: Session,
    records: Iterable[Record],
    file_name: str,
    file_digest: str,
    choices: Choices,
) -> ImportResult:
    """Bring history in, as one batch that can be undone.

    Returns:
        the outcome; with refused rows and without `skip_refused` nothing was written.
    """
    planned = plan(session, records, choices)
    result = planned.result
    if planned.refused and not choices.skip_refused:
        return ImportResult(
            result.read, skipped=result.skipped, refused=result.refused, aside=result.aside
        )
    if planned.documents:
        with bulk.batch(session, "invoices", file_name, file_digest) as batch:
            history_rows.write(session, batch, planned.documents, choices.unknown_customer)
    return result


def _has_customer(record: Record) -> bool:
    return record.text("customer") is not None or record.text("customer_name") is not None


def _documents(
    session: Session,
    groups: dict[str, list[Record]],
    choices: Choices,
    refused: list[RefusedLine],
) -> Iterable[HistoryDocument]:
    """A document for every number; what cannot be one is added to the refused."""
    taken = set(session.scalars(select(Document.number).where(Document.number.is_not(None))))
    through = session.scalar(select(Business.locked_through))
    today = clock.today()
    found: list[HistoryDocument] = []
    for number, rows in groups.items():
        if number in taken:
            failure = DocumentNumberTaken(number)
            refused.append(RefusedLine(rows[0].line, "number", failure))
            continue
        document = history.document_of(rows, choices.credit_prefix, today)
        if isinstance(document, RefusedLine):
            refused.append(document)
            continue
        locked = [
            day
            for day in (document.date, document.paid_on)
            if day is not None and through is not None and day <= through
        ]
        if locked and through is not None:
            refused.append(RefusedLine(document.line, "date", PeriodLocked(locked[0], through)))
            continue
        found.append(document)
    return found
