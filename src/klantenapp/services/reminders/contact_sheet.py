"""The contact sheet of one customer or one document: its whole timeline as a PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from klantenapp import i18n
from klantenapp.i18n import N_, translator
from klantenapp.models.customer import Customer
from klantenapp.models.document import Document
from klantenapp.models.message import Message
from klantenapp.services.customers import business
from klantenapp.services.errors.base import NotFound
from klantenapp.services.messages import timeline
from klantenapp.services.rendering.pdf import contact
from klantenapp.services.rendering.pdf.contact import ContactEntry, ContactSheet
from klantenapp.services.store import clock

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from klantenapp.services.messages.timeline import Entry

#: Characters of one entry; the mail itself has the rest.
LIMIT: Final = 20_000
_WHOLE: Final = 1_000_000_000


def pdf(
    session: Session,
    *,
    customer_id: int | None = None,
    document_id: int | None = None,
    titles: Callable[[Entry], str],
    statuses: Callable[[str | None], str],
) -> bytes:
    """Everything that was said and sent, oldest first, events included.

    Args:
        titles: what an entry is called (`sentences.timeline.title`).
        statuses: the word for where a mail is.

    Raises:
        NotFound: no such customer or document.
    """
    subject = _subject(session, customer_id, document_id)
    entries = timeline.page(session, customer_id=customer_id, document_id=document_id, size=_WHOLE)
    entries.reverse()
    bodies = _bodies(session, [one.id for one in entries if one.is_cut])
    own = business.read(session)
    made = tuple(_entry(one, bodies.get(one.id, one.text), titles, statuses) for one in entries)
    sheet = ContactSheet(
        language=i18n.language(),
        subject=subject,
        author=own.trade_name or own.legal_name,
        period=_period(entries),
        printed=clock.today(),
        entries=made,
        is_document=document_id is not None,
    )
    return contact.render(sheet)


def _subject(session: Session, customer_id: int | None, document_id: int | None) -> str:
    if document_id is not None:
        found = session.scalar(select(Document.number).where(Document.id == document_id))
    else:
        found = session.scalar(select(Customer.name).where(Customer.id == customer_id))
    if found is None:
        raise NotFound("document" if document_id else "customer", str(document_id or customer_id))
    return found


def _bodies(session: Session, ids: list[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for start in range(0, len(ids), 500):
        query = select(Message.id, Message.body).where(Message.id.in_(ids[start : start + 500]))
        found |= {row.id: row.body for row in session.execute(query)}
    return found


def _entry(
    entry: Entry,
    text: str,
    titles: Callable[[Entry], str],
    statuses: Callable[[str | None], str],
) -> ContactEntry:
    words = translator(i18n.language())
    at = entry.key.at.astimezone()
    when = words.long_date(at.date())
    title = titles(entry)
    about = [
        entry.subject if entry.subject and entry.subject != title else "",
        entry.person or "" if entry.kind in {"email", "letter", "reminder"} else "",
        entry.document_number if entry.kind != "event" else "",
        statuses(entry.status),
    ]
    if len(text) > LIMIT:
        text = text[:LIMIT] + words.gettext(N_("… (the whole text is kept with the message)"))
    return ContactEntry(
        when if entry.day_only else f"{when}, {at:%H:%M}",
        title,
        " · ".join(part for part in about if part),
        text,
        tuple(file.name for file in entry.files),
    )


def _period(entries: list[Entry]) -> str:
    if not entries:
        return ""
    first, last = (one.key.at.astimezone().date() for one in (entries[0], entries[-1]))
    words = translator(i18n.language())
    return words.gettext(N_("{first} to {last}")).format(
        first=words.long_date(first), last=words.long_date(last)
    )
