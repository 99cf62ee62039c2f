"""Audit trail: every operation with its moment and what it touched."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from klantenapp.i18n import N_, _
from klantenapp.models.audit import AuditEntry, AuditImage
from klantenapp.services.insights.table import Column, ReportTable, Word
from klantenapp.services.insights.wanted import told

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from klantenapp.services.insights.wanted import Wanted

NAME: Final = "audit"
_ORIGINS: Final = {"window": N_("Window"), "cli": N_("Command line")}


def report(session: Session, wanted: Wanted) -> ReportTable:
    """Operations in order; one that took another back names it."""
    images = (
        select(AuditImage.entry_id, func.count().label("number"))
        .group_by(AuditImage.entry_id)
        .subquery()
    )
    undone = aliased(AuditEntry)
    rows = session.execute(
        select(
            AuditEntry.id,
            AuditEntry.at,
            AuditEntry.operation,
            AuditEntry.origin,
            images.c.number,
            AuditEntry.undoes_id,
            undone.operation.label("undone"),
            AuditEntry.detail,
            AuditEntry.hash,
        )
        .outerjoin(images, images.c.entry_id == AuditEntry.id)
        .outerjoin(undone, undone.id == AuditEntry.undoes_id)
        .where(*_within(wanted))
        .order_by(AuditEntry.id)
    )
    lines = []
    for row in rows:
        at = row.at.astimezone()
        lines.append(
            (
                row.id,
                at.date(),
                f"{at:%H:%M:%S}",
                Word(_named(wanted, row.operation), row.operation),
                Word(_(_ORIGINS[row.origin]), row.origin) if row.origin in _ORIGINS else row.origin,
                row.number or 0,
                f"{row.undoes_id}: {_named(wanted, row.undone)}" if row.undoes_id else None,
                row.detail,
                row.hash[:12],
            )
        )
    return ReportTable(
        NAME,
        _("Audit trail"),
        _("Every operation in order of its number; each is chained to the one before."),
        told(session, wanted, period=True),
        (
            Column("entry", _("Number"), "int"),
            Column("date", _("Date"), "date"),
            Column("time", _("Time")),
            Column("operation", _("Operation")),
            Column("origin", _("From")),
            Column("changes", _("Changes"), "int"),
            Column("undoes", _("Takes back")),
            Column("detail", _("Detail")),
            Column("hash", _("Fingerprint")),
        ),
        tuple(lines),
    )


def _named(wanted: Wanted, operation: str) -> str:
    """The label of an operation; of one that this version no longer knows its name."""
    try:
        return wanted.named(operation)
    except KeyError:
        return operation


def _within(wanted: Wanted) -> list[ColumnElement[bool]]:
    """Days of the user's own calendar, as moments."""
    found = []
    if wanted.start is not None:
        found.append(AuditEntry.at >= _midnight(wanted.start))
    if wanted.end is not None:
        found.append(AuditEntry.at < _midnight(wanted.end + dt.timedelta(days=1)))
    return found


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time()).astimezone()
