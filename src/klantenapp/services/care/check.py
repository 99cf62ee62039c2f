"""Proof that an administration is sound: every invariant of DESIGN 4, in one call.

Runs after each restore and migration, at the end of every test that writes, and on request. Rows
are read as plain columns, once per question, so that it stays quick with 100,000 invoices.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import text

from klantenapp.services.care import check_documents, check_ledger, check_rows
from klantenapp.services.care.findings import Finding
from klantenapp.services.store import audit, schema

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy.orm import Session

#: More of one kind do not help anybody.
MOST: Final = 100


def run(
    session: Session, *, contents: bool = True, step: Callable[[int, int], object] | None = None
) -> list[Finding]:
    """Check everything; an empty list is proof.

    Args:
        contents: read every stored file and compare it with its hash, too.
        step: called with (questions answered, questions) as it goes; may raise to stop it.

    Returns:
        Findings in the order of the invariants, at most `MOST` per question.
    """
    damaged = list(_integrity(session))
    if damaged:
        # Nothing else can be trusted, and most would fail on the damage.
        return damaged
    questions: list[Callable[[Session], Iterator[Finding]]] = [
        _references,
        *check_documents.QUESTIONS,
        *check_ledger.QUESTIONS,
        *check_rows.QUESTIONS,
        _schema,
        _chain,
    ]
    if contents:
        questions.append(check_documents.stored_contents)
    found: list[Finding] = []
    for number, question in enumerate(questions):
        if step is not None:
            step(number, len(questions))
        found += _few(question(session))
    return sorted(found, key=lambda finding: int(finding.invariant[1:]))


def _few(findings: Iterator[Finding]) -> Iterator[Finding]:
    for number, finding in enumerate(findings):
        if number == MOST:
            return
        yield finding


def _integrity(session: Session) -> Iterator[Finding]:
    for row in session.connection().execute(text("PRAGMA integrity_check(20)")):
        if row[0] != "ok":
            yield Finding("I1", "damaged", detail=str(row[0]))


def _references(session: Session) -> Iterator[Finding]:
    for row in session.connection().execute(text("PRAGMA foreign_key_check")):
        yield Finding("I1", "reference", f"{row[0]} {row[1]}", str(row[2]))


def _schema(session: Session) -> Iterator[Finding]:
    for name in schema.differences(session.connection()):
        yield Finding("I10", "schema", name)


def _chain(session: Session) -> Iterator[Finding]:
    entry_id = audit.broken_entry(session)
    if entry_id is not None:
        yield Finding("I11", "history", str(entry_id))
