"""The collection dossier of a customer: what a bailiff or a judge asks, as one PDF and a ZIP.

In the order of a file: overview, agreements, invoices with what belongs to them, reminders with
proof of sending, the calculation of today, and all contact.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from klantenapp import i18n
from klantenapp.i18n import N_, translator
from klantenapp.models.business import Business
from klantenapp.models.contract import Contract
from klantenapp.models.customer import Customer
from klantenapp.models.document import Document
from klantenapp.models.file import Attachment, StoredFile
from klantenapp.models.values import ZERO, total
from klantenapp.services.errors.base import NotFound
from klantenapp.services.messages.template_texts import KIND_NAMES
from klantenapp.services.reminders import (
    contact_sheet,
    dossier_sheets,
    due,
    legal_tables,
    policy,
    worklist,
)
from klantenapp.services.reminders.amounts import Claim, claim
from klantenapp.services.reminders.dossier_sheets import Case
from klantenapp.services.store import file_names, files

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator, Sequence

    from sqlalchemy.orm import Session

    from klantenapp.services.messages.timeline import Entry
    from klantenapp.services.reminders.due import Item
    from klantenapp.services.reminders.legal_tables import Tables
    from klantenapp.services.reminders.worklist import Row
    from klantenapp.services.rendering.pdf.case_sheet import CaseSheet

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


@dataclass(frozen=True)
class Names:
    """Words that only the window and the command line know.

    Attributes:
        titles: what an entry of the timeline is called (`sentences.timeline.title`).
        statuses: the word for where a mail is.
    """

    titles: Callable[[Entry], str]
    statuses: Callable[[str | None], str]


def make(
    session: Session,
    customer_id: int,
    day: dt.date,
    names: Names,
    *,
    document_id: int | None = None,
    step: Callable[[int, int], object] = lambda _done, _total: None,
) -> Dossier:
    """Collect everything about what a customer owes, in the language of the user.

    Args:
        document_id: only what is about this invoice.
        step: called with parts done and 0; what it raises stops the work.

    Raises:
        NotFound: no such customer, or no invoice of this customer.
    """
    case = _case(session, customer_id, day, document_id)
    pieces: list[Piece] = []
    for piece in _pieces(session, case, names, document_id):
        pieces.append(piece)
        step(len(pieces), 0)
    say = case.words.gettext
    title = say(N_("Collection dossier"))
    named = [
        replace(one, name=f"{at:02d} {file_names.safe(one.name)}")
        for at, one in enumerate(pieces, start=2)
    ]
    contents = [f"01 {title}.pdf", *(one.name for one in named)]
    sheet = dossier_sheets.overview(session, case, dossier_sheets.given(session, case), contents)
    named.insert(0, Piece(contents[0], _paper(sheet)))
    whole = joined([one.content for one in named if one.is_pdf])
    who = case.customer
    word = say(N_("Dossier"))
    about = ""
    if document_id is not None:
        about = f" {session.get_one(Document, document_id).number}"
    name = file_names.safe(f"{word} {who.number} {who.name}{about} {day.isoformat()}")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{name}.pdf", whole)
        for one in named:
            archive.writestr(one.name, one.content)
            step(len(pieces), 0)
    return Dossier(name, whole, packed.getvalue(), tuple(one.name for one in named))


def calculation_sheet(session: Session, row: Row) -> bytes:
    """The calculation of one letter on paper."""
    customer = session.get(Customer, row.debtor.id)
    business = session.get(Business, 1)
    if customer is None or business is None:
        raise NotFound("customer", str(row.debtor.id))
    case = Case(business, customer, (row,), translator(i18n.language()), row.claim.day)
    return _paper(dossier_sheets.calculation_of(case, row))


# --- what is claimed ---------------------------------------------------------------------------


def _case(session: Session, customer_id: int, day: dt.date, document_id: int | None) -> Case:
    customer = session.get(Customer, customer_id)
    business = session.get(Business, 1)
    if customer is None or business is None:
        raise NotFound("customer", str(customer_id))
    rows = claims(session, customer_id, day, document_id)
    if document_id is not None:
        document = session.get(Document, document_id)
        if document is None or document.customer_id != customer_id:
            raise NotFound("document", str(document_id))
    return Case(business, customer, rows, translator(i18n.language()), day, document_id)


def claims(
    session: Session, customer_id: int, day: dt.date, document_id: int | None = None
) -> list[Row]:
    """Overdue invoices of a customer with what was claimed of them so far, through a day.

    An invoice of which every step was taken is no longer on the worklist; it is claimed as at its
    last step.
    """
    tables = legal_tables.read(session, day)
    rows = worklist.read(session, day, [customer_id])
    found = due.read(session, day, [customer_id])
    listed = {item.document_id for row in rows for item in row.items}
    done = [item for item in found.items if item.document_id not in listed and item.left > ZERO]
    if done:
        debtor = found.debtors[customer_id]
        policies = policy.policies(session)
        chosen = policies.get(debtor.policy_id or 0) or policy.default(session)
        audience = policy.audience_of(debtor.kind)
        last = chosen.steps_for(audience)[-1]
        rows.append(worklist.Row(debtor, audience, last, tuple(done), Claim(day, ZERO)))
    kept = (_only(row, document_id) for row in rows)
    return [_claimed(session, row, tables, day) for row in kept if row.items]


def _only(row: Row, document_id: int | None) -> Row:
    items = tuple(item for item in row.items if document_id in {None, item.document_id})
    return replace(row, items=items)


def _claimed(session: Session, row: Row, tables: Tables, day: dt.date) -> Row:
    """At its next step where that may go today, else at the last one that was taken."""
    if row.is_ready:
        return replace(row, claim=claim(row.step, row.audience, row.items, day, tables))
    taken = {sent.kind for item in row.items for sent in item.sent}
    policies = policy.policies(session)
    chosen = policies.get(row.debtor.policy_id or 0) or policy.default(session)
    steps = [one for one in chosen.steps_for(row.audience) if one.kind in taken]
    if not steps:
        return replace(row, claim=Claim(day, total(item.left for item in row.items)))
    return replace(row, claim=claim(steps[-1], row.audience, row.items, day, tables))


# --- pieces ------------------------------------------------------------------------------------


def _pieces(session: Session, case: Case, names: Names, document_id: int | None) -> Iterator[Piece]:
    yield from _calculations(case)
    yield from _contracts(session, case)
    yield from _invoices(session, case)
    yield from _reminders(session, case)
    yield from _contact(session, case, names, document_id)


def _paper(sheet: CaseSheet) -> bytes:
    from klantenapp.services.rendering.pdf import case_sheet  # noqa: PLC0415 - loads late

    return case_sheet.render(sheet)


def _calculations(case: Case) -> Iterator[Piece]:
    word = case.words.gettext(N_("Calculation"))
    for row in case.rows:
        sheet = dossier_sheets.calculation_of(case, row)
        yield Piece(f"{word} {_numbers(row.items)}.pdf", _paper(sheet))


def _numbers(items: Sequence[Item]) -> str:
    more = f" +{len(items) - 1}" if len(items) > 1 else ""
    return f"{items[0].number}{more}"


def _contracts(session: Session, case: Case) -> Iterator[Piece]:
    """What was agreed, and the signed contracts that were kept as files."""
    word = case.words.gettext(N_("Contract"))
    for name, sheet in dossier_sheets.agreements(session, case):
        yield Piece(f"{word} {name}.pdf", _paper(sheet))
    found = session.execute(
        select(Attachment.name, Attachment.file_id, StoredFile.media_type)
        .join(Contract, Attachment.contract_id == Contract.id)
        .join(StoredFile, StoredFile.id == Attachment.file_id)
        .where(Contract.customer_id == case.customer.id)
        .order_by(Attachment.id)
    )
    for row in found:
        content = files.content(session, row.file_id)
        yield Piece(f"{word} {row.name}", content, _is_pdf(row.media_type, content))


def _invoices(session: Session, case: Case) -> Iterator[Piece]:
    """The stored invoices, and the files that were put with them."""
    found = session.execute(
        select(Document.id, Document.number, Document.pdf_id)
        .where(Document.id.in_(case.document_ids))
        .order_by(Document.date, Document.id)
    ).all()
    word = case.words.gettext(N_("Invoice"))
    for row in found:
        if row.pdf_id is not None:
            yield Piece(f"{word} {row.number}.pdf", files.content(session, row.pdf_id))
        others = session.execute(
            select(Attachment.name, Attachment.file_id, StoredFile.media_type)
            .join(StoredFile, StoredFile.id == Attachment.file_id)
            .where(Attachment.document_id == row.id)
            .order_by(Attachment.id)
        )
        for other in others:
            content = files.content(session, other.file_id)
            yield Piece(f"{row.number} {other.name}", content, _is_pdf(other.media_type, content))


def _is_pdf(media_type: str, content: bytes) -> bool:
    """Whether its pages can be put in the whole: a file from outside may only be called so."""
    if media_type != _PDF:
        return False
    from pikepdf import Pdf, PdfError  # noqa: PLC0415 - heavy, and only needed here

    try:
        with Pdf.open(io.BytesIO(content)) as found:
            return len(found.pages) > 0
    except PdfError:  # damaged, or locked with a password
        return False


def _reminders(session: Session, case: Case) -> Iterator[Piece]:
    """The letters about these invoices, and the exact bytes of the mails."""
    for one in dossier_sheets.given(session, case):
        name = f"{one.day.isoformat()} {case.words.gettext(KIND_NAMES[one.kind])}"
        if one.file_id is not None:
            yield Piece(f"{name}.pdf", files.content(session, one.file_id))
        if one.raw_id is not None:
            yield Piece(f"{name}.eml", files.content(session, one.raw_id), is_pdf=False)


def _contact(
    session: Session, case: Case, names: Names, document_id: int | None
) -> Iterator[Piece]:
    """All contact in order of time, what happened by itself too."""
    content = contact_sheet.pdf(
        session,
        customer_id=None if document_id is not None else case.customer.id,
        document_id=document_id,
        titles=names.titles,
        statuses=names.statuses,
    )
    word = case.words.gettext(N_("Contact"))
    yield Piece(f"{word}.pdf", content)


def joined(contents: Sequence[bytes]) -> bytes:
    """One PDF of several, page after page."""
    from pikepdf import Pdf  # noqa: PLC0415 - heavy, and only needed here

    out = io.BytesIO()
    with Pdf.new() as whole:
        for content in contents:
            with Pdf.open(io.BytesIO(content)) as part:
                whole.pages.extend(part.pages)
        whole.save(out, deterministic_id=True)
    return out.getvalue()
