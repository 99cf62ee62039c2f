"""Sending reminders: checked again, drawn, stored, mailed or printed, and kept with the customer.

Nothing of a reminder changes afterwards: the letter is a stored file, the mail stored bytes, and
the amounts are kept with their calculation.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from klantenapp.i18n import translator
from klantenapp.models.document import Document
from klantenapp.models.ledger import LedgerEntry
from klantenapp.models.message import Message, MessageFile, Outbox
from klantenapp.models.reminder import Reminder, ReminderInvoice
from klantenapp.models.values import ZERO
from klantenapp.services.errors.base import NotFound
from klantenapp.services.errors.reminders import (
    AlreadyPaid,
    InvoiceDisputed,
    NeverReminded,
    NotInDefault,
    NotOverdue,
    OtherStepNext,
    RemindedToday,
    RemindersPaused,
    StepLocked,
    StepsFinished,
)
from klantenapp.services.messages import drafting, outbox
from klantenapp.services.messages.compose import Attached, Mail
from klantenapp.services.messages.notes import write_search
from klantenapp.services.reminders import calculation, legal_tables, letters, locks, worklist
from klantenapp.services.reminders.steps import DAY
from klantenapp.services.store import clock, file_names, files
from klantenapp.services.store.operations import FINAL, register

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from klantenapp.services.errors.base import Refusal
    from klantenapp.services.messages.templates import Text
    from klantenapp.services.reminders.letters import Letter
    from klantenapp.services.reminders.worklist import Row

SEND: Final = register("reminder.send", FINAL)


@dataclass(frozen=True)
class Wanted:
    """A letter that the user chose to send.

    Attributes:
        step: the kind that was on the list.
        document_ids: the invoices that were in it.
        template: of this one letter, where the user changed its text.
        channel: mail or letter; the row's where empty.
    """

    customer_id: int
    step: str
    document_ids: tuple[int, ...]
    template: Text | None = None
    channel: str = ""


@dataclass(frozen=True)
class Sent:
    """A reminder that was recorded.

    Attributes:
        file_id: the letter as PDF; of a mail too, for the file.
        locked_until: the first day of a next step, where this one makes it wait.
    """

    reminder_id: int
    customer_id: int
    customer: str
    step: str
    channel: str
    file_id: int
    locked_until: dt.date | None


def send(session: Session, wanted: Sequence[Wanted], day: dt.date | None = None) -> list[Sent]:
    """Send letters; all or none.

    Args:
        day: of posting; today where absent.

    Raises:
        AlreadyPaid, NotOverdue, InvoiceDisputed, RemindersPaused, NeverReminded, RemindedToday,
        NotInDefault, StepLocked, StepsFinished, OtherStepNext: the letter may not go.
    """
    posted = day or clock.today()
    customers = list(dict.fromkeys(one.customer_id for one in wanted))
    rows = worklist.read(session, posted, customers)
    return [_send(session, _row(session, rows, one, posted), one, posted) for one in wanted]


def ready(session: Session, day: dt.date) -> list[Wanted]:
    """Every letter that may go on a day."""
    return [wanted_of(row) for row in worklist.read(session, day) if row.is_ready]


def wanted_of(row: Row) -> Wanted:
    """What a row of the list asks for."""
    ids = tuple(item.document_id for item in row.items)
    return Wanted(row.debtor.id, row.step.kind, ids)


def locked_until(session: Session, kind: str, posted: dt.date) -> dt.date | None:
    """The first day on which the law allows what comes after a step."""
    return locks.locked_until(kind, posted, legal_tables.delivery_days(session))


# --- inside ------------------------------------------------------------------------------------


def _row(session: Session, rows: Sequence[Row], wanted: Wanted, day: dt.date) -> Row:
    """The row as it is now; refuses with the reason where it is no longer what was chosen."""
    of_invoice = {item.document_id: row for row in rows for item in row.items}
    for document_id in wanted.document_ids:
        row = of_invoice.get(document_id)
        if row is None:
            raise _not_listed(session, document_id, day)
        if not row.is_ready:
            raise _not_ready(row, document_id, day)
        ids = {item.document_id for item in row.items}
        if row.step.kind != wanted.step or ids != set(wanted.document_ids):
            raise OtherStepNext(row.debtor.name)
    if not wanted.document_ids:
        raise NotFound("document", "")
    return of_invoice[wanted.document_ids[0]]


def _not_listed(session: Session, document_id: int, day: dt.date) -> Refusal:
    found = session.execute(
        select(Document.number, Document.due_date, LedgerEntry.open_amount)
        .join(LedgerEntry, LedgerEntry.document_id == Document.id)
        .where(Document.id == document_id, LedgerEntry.amount > ZERO)
    ).one_or_none()
    if found is None:
        return NotFound("document", str(document_id))
    number, due, left = found.number or "", found.due_date, found.open_amount
    if left <= ZERO:
        return AlreadyPaid(number)
    if due is None or due >= day:
        return NotOverdue(number, due or day)
    return StepsFinished(number)


def _not_ready(row: Row, document_id: int, day: dt.date) -> Refusal:
    name = row.debtor.name
    until = row.locked_until or day
    if row.reason == "dispute":
        number = next(item.number for item in row.items if item.document_id == document_id)
        return InvoiceDisputed(number, row.note)
    if row.reason == "never" or (row.reason == "pause" and row.locked_until is None):
        return NeverReminded(name)
    if row.reason == "default":
        return NotInDefault(name)
    if row.reason in {"pause", "promise", "plan"}:
        return RemindersPaused(name, until - DAY)
    if row.reason == "reminded_today" or any(
        sent.day == day for item in row.items for sent in item.sent
    ):
        return RemindedToday(name)
    return StepLocked(name, until)


def _send(session: Session, row: Row, wanted: Wanted, day: dt.date) -> Sent:
    letter = letters.write(session, row, wanted.template)
    file_id = files.store(session, letters.pdf(session, letter), "application/pdf")
    channel = wanted.channel or row.channel
    if channel == "mail":
        message_id, mailed = _mail(session, row, letter)
        channel = "mail" if mailed else "letter"
    else:
        message_id, mailed = None, False
    if not mailed:
        message_id = _letter(session, row, letter, file_id)
    until = locked_until(session, row.step.kind, day)
    what = row.claim
    reminder = Reminder(
        customer_id=row.debtor.id,
        kind=row.step.kind,
        date=day,
        channel=channel,
        principal=what.principal,
        costs=what.costs,
        interest=what.interest,
        announced_costs=what.announced,
        locked_until=until,
        calculation=json.dumps(calculation.as_data(row), ensure_ascii=False),
        message_id=message_id,
        file_id=file_id,
        created_at=clock.now(),
    )
    session.add(reminder)
    session.flush()
    session.add_all(
        ReminderInvoice(
            reminder_id=reminder.id, document_id=item.document_id, open_amount=item.left
        )
        for item in row.items
    )
    return Sent(reminder.id, row.debtor.id, row.debtor.name, row.step.kind, channel, file_id, until)


def _mail(session: Session, row: Row, letter: Letter) -> tuple[int | None, bool]:
    """Put the mail in the outbox; without an address or a sender it is no mail."""
    to = drafting.recipients(session, row.debtor.id, "reminders")
    sender = drafting.sender(session)
    if not to or sender is None:
        return None, False
    mail = Mail(
        sender=sender,
        to=to,
        subject=letter.text.subject,
        body=letter.text.body,
        payment=letter.payment,
        files=_invoices(session, row, letter.language),
        customer_id=row.debtor.id,
        document_id=row.items[0].document_id if len(row.items) == 1 else None,
        kind="reminder",
    )
    queued = session.get_one(Outbox, outbox.queue(session, mail))
    return queued.message_id, True


def _invoices(session: Session, row: Row, language: str) -> tuple[Attached, ...]:
    """The stored PDFs of the invoices; imported ones have none."""
    ids = [item.document_id for item in row.items]
    rows = session.execute(select(Document.id, Document.pdf_id).where(Document.id.in_(ids)))
    found = {row.id: row.pdf_id for row in rows}
    word = translator(language).gettext("Invoice")
    return tuple(
        Attached(pdf_id, file_names.safe(f"{word}-{item.number}.pdf"), "application/pdf")
        for item in row.items
        if (pdf_id := found.get(item.document_id)) is not None
    )


def _letter(session: Session, row: Row, letter: Letter, file_id: int) -> int:
    """The letter on the customer's timeline."""
    now = clock.now()
    message = Message(
        customer_id=row.debtor.id,
        document_id=row.items[0].document_id if len(row.items) == 1 else None,
        kind="reminder",
        direction="out",
        at=now,
        subject=letter.text.subject,
        body=letter.text.body,
        created_at=now,
    )
    write_search(message)
    session.add(message)
    session.flush()
    name = letters.file_name(translator(letter.language), row, row.claim.day)
    session.add(MessageFile(message_id=message.id, file_id=file_id, name=name))
    return message.id
