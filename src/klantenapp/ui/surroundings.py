"""What the sidebar says about the open administration: one read after each change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from klantenapp.services.customers import business
from klantenapp.services.insights import todo
from klantenapp.services.store import backup
from klantenapp.services.store.clock import today
from klantenapp.ui.sidebar import Surroundings

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.orm import Session


def _counts(session: Session) -> tuple[tuple[str, int], ...]:
    """Waiting work, for the sidebar: bank lines to match, reminders to send."""
    waiting = todo.counts(session, today())
    return (
        ("payments", waiting.get("bank_lines", 0)),
        ("reminders", waiting.get("reminders", 0)),
    )


def read(session: Session, path: Path) -> Surroundings:
    """Read business, counts and backup of the administration in a file."""
    found = business.find(session)
    if found is None:
        return Surroundings()
    return Surroundings(
        business=found.trade_name or found.legal_name,
        year=today().year,
        last_backup=backup.last_verified(path),
        example=found.is_example,
        counts=_counts(session),
    )
