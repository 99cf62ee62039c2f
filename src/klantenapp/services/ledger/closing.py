"""Closing the books through a day: after a filed return or year nothing before it changes.

Closing and reopening are in the history of the file, reopening with its reason, and neither is
taken back with undo: what was filed may rest on it.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from klantenapp.models.audit import AuditEntry
from klantenapp.models.business import Business
from klantenapp.services.errors.business import BusinessMissing
from klantenapp.services.errors.ledger import (
    ClosedFurther,
    CloseInFuture,
    NothingClosed,
    ReopenWithoutReason,
)
from klantenapp.services.store import clock
from klantenapp.services.store.changes import recorder_of
from klantenapp.services.store.operations import FINAL, register

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

CLOSE: Final = register("period.close", FINAL)
REOPEN: Final = register("period.reopen", FINAL)


@dataclass(frozen=True)
class Closing:
    """One time that the books were closed or opened again.

    Attributes:
        opened: they were opened again.
        before, through: the last closed day before and after it; None is none.
        reason: why they were opened again.
        origin: "window" or "cli".
    """

    at: dt.datetime
    opened: bool
    before: dt.date | None
    through: dt.date | None
    reason: str
    origin: str


def closed_through(session: Session) -> dt.date | None:
    """The last closed day; None where nothing is closed."""
    return session.scalar(select(Business.locked_through))


def close(session: Session, through: dt.date) -> None:
    """Close the books through a day: nothing is issued, voided or dated on or before it.

    Raises:
        BusinessMissing.
        CloseInFuture: the day is still to come.
        ClosedFurther: they are closed through a later day; that asks for `reopen`.
    """
    row = _business(session)
    if through > clock.today():
        raise CloseInFuture(through)
    if row.locked_through is not None and through < row.locked_through:
        raise ClosedFurther(row.locked_through)
    _set(session, row, through, "")


def reopen(session: Session, reason: str, through: dt.date | None = None) -> None:
    """Open closed days again, and keep why.

    Args:
        reason: for who looks later.
        through: what stays closed; None opens everything.

    Raises:
        BusinessMissing.
        NothingClosed: nothing is closed after that day.
        ReopenWithoutReason: it does not say why.
    """
    row = _business(session)
    if row.locked_through is None or (through is not None and through >= row.locked_through):
        raise NothingClosed
    if not reason.strip():
        raise ReopenWithoutReason
    _set(session, row, through, reason.strip())


def _business(session: Session) -> Business:
    row = session.get(Business, 1)
    if row is None:
        raise BusinessMissing
    return row


def _set(session: Session, row: Business, through: dt.date | None, reason: str) -> None:
    before = row.locked_through
    row.locked_through = through
    told = {
        "before": before.isoformat() if before is not None else None,
        "through": through.isoformat() if through is not None else None,
        "reason": reason,
    }
    recorder_of(session).detail = json.dumps(told, ensure_ascii=False)


def history(session: Session) -> list[Closing]:
    """Every closing and reopening, the latest first."""
    rows = session.execute(
        select(AuditEntry.at, AuditEntry.operation, AuditEntry.origin, AuditEntry.detail)
        .where(AuditEntry.operation.in_((CLOSE, REOPEN)))
        .order_by(AuditEntry.id.desc())
    )
    found = []
    for row in rows:
        told = json.loads(row.detail or "{}")
        found.append(
            Closing(
                row.at,
                row.operation == REOPEN,
                _day(told.get("before")),
                _day(told.get("through")),
                told.get("reason") or "",
                row.origin,
            )
        )
    return found


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
