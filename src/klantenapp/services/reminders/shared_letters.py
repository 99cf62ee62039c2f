"""Fourteen-day letters about several invoices: what was claimed since about a part of them.

Together no more may be claimed than the letter announced, on whatever days it is claimed.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sqlalchemy import select

from klantenapp.models.message import Message
from klantenapp.models.reminder import Reminder, ReminderInvoice
from klantenapp.models.values import ZERO
from klantenapp.services.reminders.steps import Apart

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from klantenapp.models.values import Money

_LETTER = "fourteen_day_letter"


def claimed_apart(
    session: Session, day: dt.date, counts: ColumnElement[bool]
) -> Mapping[int, tuple[Apart, ...]]:
    """Per letter what was claimed until a day about its invoices; none for letters without.

    Args:
        counts: which reminders were sent, by the message that took them.
    """
    about: dict[int, list[tuple[int, Money]]] = defaultdict(list)
    for reminder_id, document_id, costs in _invoices(session, day, counts, claims=True):
        about[document_id].append((reminder_id, costs))
    if not about:
        return {}
    letters: dict[int, dict[int, tuple[int, Money]]] = defaultdict(dict)
    for letter_id, document_id, _costs in _invoices(session, day, counts, claims=False):
        later = [one for one in about.get(document_id, ()) if one[0] > letter_id]
        if later:  # a later claim about the same invoice replaces the one before
            letters[letter_id][document_id] = later[-1]
    return {letter_id: _grouped(claimed) for letter_id, claimed in letters.items()}


def _grouped(claimed: Mapping[int, tuple[int, Money]]) -> tuple[Apart, ...]:
    """By the reminder that claimed it: its costs count once."""
    documents: dict[tuple[int, Money], set[int]] = defaultdict(set)
    for document_id, reminder in claimed.items():
        documents[reminder].add(document_id)
    return tuple(Apart(frozenset(ids), costs) for (_id, costs), ids in documents.items())


def _invoices(
    session: Session, day: dt.date, counts: ColumnElement[bool], *, claims: bool
) -> list[tuple[int, int, Money]]:
    """Reminder, invoice and costs: of what claims costs, or of the letters that announced them."""
    which = (
        (Reminder.kind != _LETTER, Reminder.costs > ZERO) if claims else (Reminder.kind == _LETTER,)
    )
    query = (
        select(Reminder.id, ReminderInvoice.document_id, Reminder.costs)
        .join(ReminderInvoice, ReminderInvoice.reminder_id == Reminder.id)
        .outerjoin(Message, Message.id == Reminder.message_id)
        .where(*which, Reminder.date <= day, counts)
        .order_by(Reminder.date, Reminder.id)
    )
    return [(row.id, row.document_id, row.costs) for row in session.execute(query)]
