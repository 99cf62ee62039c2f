"""The collection dossier of a customer: what a bailiff or a judge asks, as one PDF and a ZIP.

In the order of a file: overview, contract, invoices, reminders with proof of sending, the
calculation of today, and all contact.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast

from sqlalchemy import select

from klantenapp.i18n import N_, translator
from klantenapp.models.business import Business
from klantenapp.models.contract import Contract
from klantenapp.models.customer import Customer
from klantenapp.models.document import Document
from klantenapp.models.file import Attachment, StoredFile
from klantenapp.models.message import Message, Outbox
from klantenapp.models.reminder import Reminder, ReminderInvoice
from klantenapp.models.values import ZERO, total
from klantenapp.services.errors.base import NotFound
from klantenapp.services.messages import values
from klantenapp.services.messages.template_texts import KIND_NAMES
from klantenapp.services.reminders import calculation, worklist
from klantenapp.services.rendering.snapshot import (
    LetterRow,
    LetterSnapshot,
    LetterTable,
    Paragraph,
)
from klantenapp.services.sales import issuing, snapshots
from klantenapp.services.store import file_names, files

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence

    from sqlalchemy.orm import Session

    from klantenapp.i18n import Translator
    from klantenapp.services.reminders.worklist import Row

_PDF: Final = "application/pdf"


@dataclass(frozen=True)
class Piece:
    """One file of the dossier; PDFs are pages of the whole as well."""

    name: str
    content: bytes
    is_pdf: bool = True


@dataclass(frozen=True)
class Dossier:
    """The dossier: one PDF, and a ZIP with that PDF and every piece as its own file."""

    name: str
    pdf: bytes
    zip: bytes
    pieces: tuple[str, ...]


def make(
    session: Session,
    customer_id: int,
    day: dt.date,
    *,
    document_id: int | None = None,
    step: Callable[[int, int], object] = lambda _done, _total: None,
) -> Dossier:
    """Collect everything about what a customer owes.

    Args:
        document_id: only what is about this invoice.
        step: called with parts done and parts in all.

    Raises:
        NotFound: no such customer.
    """
    customer = session.get(Customer, customer_id)
    if customer is None:
        raise NotFound("customer", str(customer_id))
    words = translator(values.language_of(session, customer_id))
    rows = [
        row
        for row in worklist.read(session, day, [customer_id])
        if document_id in {None, *(item.document_id for item in row.items)}
    ]
    pieces: list[Piece] = []
    for part in (
        _overview(session, customer, rows, words, day),
        _contracts(session, customer_id, words),
        _invoices(session, rows, words),
        _reminders(session, customer_id, rows, words),
        _contact(session, customer, words, day),
    ):
        for piece in part:
            pieces.append(piece)
            step(len(pieces), 0)
    named = [
        Piece(f"{at:02d} {file_names.safe(one.name)}", one.content, one.is_pdf)
        for at, one in enumerate(pieces, start=1)
    ]
    whole = _joined([one.content for one in named if one.is_pdf])
    word = words.gettext(N_("Dossier"))
    name = file_names.safe(f"{word} {customer.number} {customer.name} {day.isoformat()}")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{name}.pdf", whole)
        for one in named:
            archive.writestr(one.name, one.content)
    return Dossier(name, whole, packed.getvalue(), tuple(one.name for one in named))


def calculation_sheet(session: Session, row: Row) -> bytes:
    """The calculation of one letter on paper."""
    words = translator(values.language_of(session, row.debtor.id))
    return _sheet(session, row.debtor.id, words, row.claim.day, _calculation(row, words))


# --- inside ------------------------------------------------------------------------------------


def _calculation(row: Row, words: Translator) -> tuple[str, tuple[Paragraph, ...], LetterTable]:
    lines = calculation.lines(row, words)
    text = "\n".join(
        f"{line.text}: {words.money(line.amount.cents)}" if line.amount is not None else line.text
        for line in lines
    )
    rows = [
        LetterRow(text=line.text, amount=line.amount)
        for line in lines[:-1]
        if line.is_total and line.amount is not None and not line.is_announced
    ]
    title = words.gettext(N_("Calculation"))
    table = LetterTable(title=title, rows=tuple(rows), total=row.claim.total)
    return title, (Paragraph.plain(text),), table


def _sheet(
    session: Session,
    customer_id: int,
    words: Translator,
    day: dt.date,
    what: tuple[str, tuple[Paragraph, ...], LetterTable | None],
) -> bytes:
    """A page with the head of the business: title, paragraphs and a table."""
    from klantenapp.services.rendering.pdf import letter as paper  # noqa: PLC0415 - loads late

    business = session.get(Business, 1)
    customer = session.get(Customer, customer_id)
    if business is None or customer is None:
        raise NotFound("business", "1")
    snapshot = LetterSnapshot(
        language=cast("Any", words.code),
        seller=snapshots.seller(business),
        customer=snapshots.customer_party(session, customer, None, vat_id=False),
        date=day,
        subject=what[0],
        body=what[1],
        look=snapshots.look(session, business),
        table=what[2],
    )
    return paper.render(snapshot, issuing.logo(session))


def _overview(
    session: Session, customer: Customer, rows: Sequence[Row], words: Translator, day: dt.date
) -> list[Piece]:
    amounts = tuple(
        LetterRow(
            text=words.gettext(N_("Invoice {number}, due {due}")).format(
                number=item.number, due=words.date(item.due)
            ),
            amount=item.left,
        )
        for row in rows
        for item in row.items
    )
    owed = total(line.amount for line in amounts)
    text = words.gettext(N_("{name}, customer {number}: {amount} overdue on {date}.")).format(
        name=customer.name,
        number=customer.number,
        amount=words.money(owed.cents),
        date=words.long_date(day),
    )
    table = LetterTable(title=words.gettext(N_("Overdue")), rows=amounts, total=owed)
    title = words.gettext(N_("Collection dossier"))
    what = (title, (Paragraph.plain(text),), table if owed > ZERO else None)
    found = [Piece(f"{title}.pdf", _sheet(session, customer.id, words, day, what))]
    for row in rows:
        if row.is_ready:
            name = words.gettext(N_("Calculation"))
            found.append(
                Piece(f"{name} {row.items[0].number}.pdf", calculation_sheet(session, row))
            )
    return found


def _contracts(session: Session, customer_id: int, words: Translator) -> list[Piece]:
    """Signed contracts that were kept as files."""
    found = session.execute(
        select(Contract.name, Attachment.name, Attachment.file_id, StoredFile.media_type)
        .join(Attachment, Attachment.contract_id == Contract.id)
        .join(StoredFile, StoredFile.id == Attachment.file_id)
        .where(Contract.customer_id == customer_id)
    )
    word = words.gettext(N_("Contract"))
    return [
        Piece(f"{word} {row[1]}", files.content(session, row[2]), row[3] == _PDF) for row in found
    ]


def _invoices(session: Session, rows: Sequence[Row], words: Translator) -> list[Piece]:
    ids = [item.document_id for row in rows for item in row.items]
    found = session.execute(
        select(Document.number, Document.pdf_id)
        .where(Document.id.in_(ids), Document.pdf_id.is_not(None))
        .order_by(Document.date, Document.id)
    ).all()
    word = words.gettext(N_("Invoice"))
    return [Piece(f"{word} {row[0]}.pdf", files.content(session, row[1] or 0)) for row in found]


def _reminders(
    session: Session, customer_id: int, rows: Sequence[Row], words: Translator
) -> list[Piece]:
    """The letters about these invoices, and the bytes of the mails with when they were taken."""
    ids = [item.document_id for row in rows for item in row.items]
    about = select(ReminderInvoice.reminder_id).where(ReminderInvoice.document_id.in_(ids))
    found = session.execute(
        select(Reminder.kind, Reminder.date, Reminder.file_id, Message.raw_id, Outbox.sent_at)
        .outerjoin(Message, Message.id == Reminder.message_id)
        .outerjoin(Outbox, Outbox.message_id == Message.id)
        .where(Reminder.customer_id == customer_id, Reminder.id.in_(about))
        .order_by(Reminder.date, Reminder.id)
    )
    pieces: list[Piece] = []
    for row in found:
        name = f"{row.date.isoformat()} {words.gettext(KIND_NAMES[row.kind])}"
        if row.file_id is not None:
            pieces.append(Piece(f"{name}.pdf", files.content(session, row.file_id)))
        if row.raw_id is not None:
            pieces.append(Piece(f"{name}.eml", files.content(session, row.raw_id), is_pdf=False))
    return pieces


def _contact(session: Session, customer: Customer, words: Translator, day: dt.date) -> list[Piece]:
    """All contact in order of time, with when each mail was taken by a server: proof of sending."""
    found = session.execute(
        select(Message.at, Message.kind, Message.subject, Message.body, Outbox.sent_at)
        .outerjoin(Outbox, Outbox.message_id == Message.id)
        .where(Message.customer_id == customer.id, Message.deleted_at.is_(None))
        .order_by(Message.at, Message.id)
    ).all()
    if not found:
        return []
    paragraphs = []
    for row in found:
        moment = row.at.astimezone()
        head = f"{words.date(moment.date())} {moment:%H:%M}"
        sent = ""
        if row.sent_at is not None:
            taken = row.sent_at.astimezone()
            sent = " · " + words.gettext(N_("sent {date} {time}")).format(
                date=words.date(taken.date()), time=f"{taken:%H:%M}"
            )
        lines = [f"{head}{sent}", row.subject or "", (row.body or "").strip()]
        paragraphs.append(Paragraph.plain("\n".join(line for line in lines if line)))
    title = words.gettext(N_("Contact"))
    what = (title, tuple(paragraphs), None)
    return [Piece(f"{title}.pdf", _sheet(session, customer.id, words, day, what))]


def _joined(contents: Sequence[bytes]) -> bytes:
    """One PDF of several; damaged ones were refused when they were stored."""
    from pikepdf import Pdf  # noqa: PLC0415 - heavy, and only needed here

    out = io.BytesIO()
    with Pdf.new() as whole:
        for content in contents:
            with Pdf.open(io.BytesIO(content)) as part:
                whole.pages.extend(part.pages)
        whole.save(out, deterministic_id=True)
    return out.getvalue()
