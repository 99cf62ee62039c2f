"""Imports that are whole or absent, and mails that went once (I7, I12)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from sqlalchemy import text

from klantenapp.services.care.findings import Finding
from klantenapp.services.store import bulk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session


def batches(session: Session) -> Iterator[Finding]:
    """An import batch has all of its rows, as they came in, or none."""
    for row in session.connection().execute(
        text("SELECT id, file_name, state, counts, digest FROM import_batch")
    ):
        there = bulk.counts(session, row.id)
        wanted = json.loads(row.counts) if row.state == "whole" else {}
        if row.state == "undoing" or there != wanted:
            yield Finding("I7", "batch", row.file_name, f"{there} <> {wanted}")
        elif row.state == "whole" and bulk.digest(session, row.id, wanted) != row.digest:
            yield Finding("I7", "batch_changed", row.file_name, str(row.id))


def outbox(session: Session) -> Iterator[Finding]:
    """No mail went twice, and what went says when."""
    for row in session.connection().execute(
        text(
            """SELECT m.header_id, COUNT(*) AS times FROM outbox AS o
            JOIN message AS m ON m.id = o.message_id
            WHERE o.state = 'sent' AND m.header_id IS NOT NULL
            GROUP BY m.header_id HAVING COUNT(*) > 1"""
        )
    ):
        yield Finding("I12", "mail_twice", row.header_id, str(row.times))
    for row in session.connection().execute(
        text("SELECT id FROM outbox WHERE (state = 'sent') <> (sent_at IS NOT NULL)")
    ):
        yield Finding("I12", "mail_moment", str(row.id))


QUESTIONS: Final = (batches, outbox)
