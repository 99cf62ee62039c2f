"""Bank files that were imported, with what came of their lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from klantenapp.models.audit import ImportBatch
from klantenapp.models.bank import BankAccount, BankLine, BankStatement
from klantenapp.models.values import ZERO, Money

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class BatchRow:
    """One imported file.

    Attributes:
        id: of the batch.
        accounts: own accounts in it.
        read, skipped: lines in the file, and those that were there already.
        lines: rows that came in; waiting: those still to be handled.
        difference: closing less opening and lines, where that is known.
        undone: it was taken back.
    """

    id: int
    file_name: str
    at: dt.datetime
    format: str
    accounts: str
    from_date: dt.date | None
    to_date: dt.date | None
    read: int
    skipped: int
    lines: int
    waiting: int
    difference: Money
    gap: Money
    undone: bool


def batches(session: Session) -> list[BatchRow]:
    """Every bank file, the newest first."""
    statements = {
        row.batch_id: row
        for row in session.execute(
            select(
                BankStatement.batch_id,
                func.min(BankStatement.format).label("format"),
                func.group_concat(BankAccount.iban.distinct()).label("accounts"),
                func.min(BankStatement.from_date).label("start"),
                func.max(BankStatement.to_date).label("end"),
                func.sum(BankStatement.read).label("read"),
                func.sum(BankStatement.skipped).label("skipped"),
                func.sum(BankStatement.difference).label("difference"),
                func.sum(BankStatement.gap).label("gap"),
            )
            .join(BankAccount, BankAccount.id == BankStatement.bank_account_id)
            .group_by(BankStatement.batch_id)
        )
    }
    lines = {
        batch_id: (count, waiting)
        for batch_id, count, waiting in session.execute(
            select(
                BankLine.batch_id,
                func.count(),
                func.count().filter(BankLine.state == "open"),
            ).group_by(BankLine.batch_id)
        )
    }
    found = []
    for batch in session.execute(
        select(ImportBatch.id, ImportBatch.file_name, ImportBatch.at, ImportBatch.state)
        .where(ImportBatch.kind == "bank")
        .order_by(ImportBatch.id.desc())
    ):
        said = statements.get(batch.id)
        count, waiting = lines.get(batch.id, (0, 0))
        found.append(
            BatchRow(
                batch.id,
                batch.file_name,
                batch.at,
                said.format if said else "",
                said.accounts if said else "",
                said.start if said else None,
                said.end if said else None,
                (said.read or 0) if said else 0,
                (said.skipped or 0) if said else 0,
                count,
                waiting,
                _money(said.difference if said else None),
                _money(said.gap if said else None),
                batch.state != "whole",
            )
        )
    return found


def _money(value: Money | int | None) -> Money:
    """A sum comes back as the column's type, or as plain cents."""
    if value is None:
        return ZERO
    return value if isinstance(value, Money) else Money(value)
