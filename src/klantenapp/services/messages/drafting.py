"""The mail that fits a document or a customer: who gets it, what it says, what goes with it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal

from sqlalchemy import select

from klantenapp.i18n import N_, translator
from klantenapp.models.contract import Contract
from klantenapp.models.customer import Contact, Customer
from klantenapp.models.document import Document
from klantenapp.models.file import Attachment, StoredFile
from klantenapp.models.message import Message
from klantenapp.services.errors.base import Invalid, NotFound
from klantenapp.services.errors.mail import AddressMalformed, AddressMissing, SenderMissing
from klantenapp.services.messages import accounts, addresses, templates, values
from klantenapp.services.messages.compose import Attached, Mail
from klantenapp.services.store import file_names

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from klantenapp.services.messages.addresses import Address
    from klantenapp.services.messages.templates import Text
    from klantenapp.services.messages.values import Values

Purpose = Literal["invoices", "quotes", "reminders", "none"]

_PURPOSES: Final[dict[str, Purpose]] = {
    "invoice": "invoices",
    "invoice_again": "invoices",
    "credit_note": "invoices",
    "statement": "invoices",
    "quote": "quotes",
    "free": "none",
}
#: Kind of document -> what its file is called.
_FILE_NAMES: Final[dict[str, str]] = {
    "invoice": N_("Invoice"),
    "credit_note": N_("Credit note"),
    "quote": N_("Quote"),
}


@dataclass(frozen=True)
class Candidate:
    """Somebody who can get the mail.

    Attributes:
        contact_id: None for the customer's own address.
        note: role, or what the contact receives.
        chosen: gets this kind of mail unless the user decides otherwise.
    """

    contact_id: int | None
    address: Address
    role: str
    receives: str
    chosen: bool


@dataclass(frozen=True)
class FileChoice:
    """A file that can go along, and whether it does unless the user decides otherwise."""

    attached: Attached
    size: int
    chosen: bool


@dataclass(frozen=True)
class Prepared:
    """Everything a composer starts with.

    Attributes:
        kind: of the template.
        template: its text, with placeholders.
        values: what the placeholders stand for.
        sender: None where nobody knows the user's own address.
    """

    kind: str
    language: str
    customer_id: int
    customer: str
    document_id: int | None
    document_kind: str
    document_number: str
    template: Text
    values: Values
    sender: Address | None
    candidates: tuple[Candidate, ...]
    files: tuple[FileChoice, ...]

    def mail(self) -> Mail:
        """The mail as it is without any change by the user.

        Raises:
            Invalid: nobody gets it, or there is no sender.
            PlaceholderEmpty, PlaceholderUnknown: the template needs what is not known.
        """
        if self.sender is None:
            raise Invalid((("from", SenderMissing()),))
        to = tuple(one.address for one in self.candidates if one.chosen)
        if not to:
            raise Invalid((("to", AddressMissing()),))
        text = templates.fill(self.template, self.values)
        return Mail(
            sender=self.sender,
            to=to,
            subject=text.subject,
            body=text.body,
            payment=self.values.get("payment") or "",
            files=tuple(one.attached for one in self.files if one.chosen),
            customer_id=self.customer_id,
            document_id=self.document_id,
        )


def for_document(
    session: Session, document_id: int, kind: str = "", language: str = ""
) -> Prepared:
    """The mail that sends a document.

    Args:
        kind: of the template; by the document, and whether it was sent before, where empty.
        language: the customer's where empty.

    Raises:
        NotFound: no such document, or it is for nobody.
    """
    document = session.get(Document, document_id)
    if document is None or document.customer_id is None:
        raise NotFound("document", str(document_id))
    kind = kind or _kind_of(session, document)
    chosen = _candidates(session, document.customer_id, _PURPOSES.get(kind, "none"))
    contact_id = next((one.contact_id for one in chosen if one.chosen), None)
    language = language or document.language or ""
    language = language or values.language_of(session, document.customer_id, contact_id)
    return _prepared(
        session,
        kind,
        language,
        document.customer_id,
        chosen,
        values.for_document(session, document_id, language, contact_id),
        document,
    )


def for_customer(
    session: Session, customer_id: int, kind: str = "free", language: str = ""
) -> Prepared:
    """A mail to a customer about nothing in particular, or of another kind without a document.

    Raises:
        NotFound: no such customer.
    """
    chosen = _candidates(session, customer_id, _PURPOSES.get(kind, "reminders"))
    contact_id = next((one.contact_id for one in chosen if one.chosen), None)
    language = language or values.language_of(session, customer_id, contact_id)
    known = values.for_customer(session, customer_id, language, contact_id)
    return _prepared(session, kind, language, customer_id, chosen, known, None)


def recipients(session: Session, customer_id: int, purpose: Purpose) -> tuple[Address, ...]:
    """Who gets a kind of mail, for what is sent without a composer."""
    chosen = _candidates(session, customer_id, purpose)
    return tuple(one.address for one in chosen if one.chosen)


def sender(session: Session) -> Address | None:
    """In whose name mail goes; None where no address is known."""
    try:
        return accounts.read(session).sender
    except (AddressMissing, AddressMalformed):
        return None


def _prepared(  # noqa: PLR0913, PLR0917 - the parts of one thing, put together in one place
    session: Session,
    kind: str,
    language: str,
    customer_id: int,
    candidates: tuple[Candidate, ...],
    known: Values,
    document: Document | None,
) -> Prepared:
    return Prepared(
        kind=kind,
        language=language,
        customer_id=customer_id,
        customer=known["customer"] or "",
        document_id=document.id if document else None,
        document_kind=document.kind if document else "",
        document_number=(document.number or "") if document else "",
        template=templates.read(session, kind, language),
        values=known,
        sender=sender(session),
        candidates=candidates,
        files=_files(session, customer_id, document, language),
    )


def _kind_of(session: Session, document: Document) -> str:
    if document.kind != "invoice":
        return document.kind
    sent = session.scalar(
        select(Message.id)
        .where(
            Message.document_id == document.id,
            Message.kind == "email",
            Message.direction == "out",
            Message.status != "draft",
            Message.deleted_at.is_(None),
        )
        .limit(1)
    )
    return "invoice" if sent is None else "invoice_again"


def _candidates(session: Session, customer_id: int, purpose: Purpose) -> tuple[Candidate, ...]:
    """Contacts in their order, then the customer's own addresses; malformed ones are left out."""
    customer = session.get(Customer, customer_id)
    if customer is None:
        raise NotFound("customer", str(customer_id))
    rows = session.execute(
        select(Contact.id, Contact.name, Contact.email, Contact.role, Contact.receives)
        .where(Contact.customer_id == customer_id, Contact.email.is_not(None))
        .order_by(Contact.position, Contact.id)
    )
    found: dict[str, Candidate] = {}
    for row in rows:
        wanted = row.receives == "all" or (purpose != "none" and row.receives == purpose)
        _add(found, row.id, row.name, row.email or "", (row.role or "", row.receives, wanted))
    if customer.invoice_email and purpose in {"invoices", "reminders"}:
        _add(found, None, customer.name, customer.invoice_email, ("", "invoices", True))
    if customer.email:
        nobody = not any(one.chosen for one in found.values())
        _add(found, None, customer.name, customer.email, ("", "none", nobody))
    if not any(one.chosen for one in found.values()) and found:
        first = next(iter(found))
        found[first] = replace(found[first], chosen=True)
    return tuple(found.values())


def _add(
    found: dict[str, Candidate],
    contact_id: int | None,
    name: str,
    email: str,
    about: tuple[str, str, bool],
) -> None:
    try:
        address = addresses.named(name, email)
    except AddressMalformed:
        return
    found.setdefault(address.email.lower(), Candidate(contact_id, address, *about))


def _files(
    session: Session, customer_id: int, document: Document | None, language: str
) -> tuple[FileChoice, ...]:
    """The stored PDF, then what the user keeps with document, customer and its contracts."""
    choices = []
    if document is not None and document.pdf_id is not None:
        size = session.scalar(select(StoredFile.size).where(StoredFile.id == document.pdf_id))
        word = translator(language).gettext(_FILE_NAMES[document.kind])
        name = file_names.safe(f"{word} {document.number}".replace(" ", "-") + ".pdf")
        attached = Attached(document.pdf_id, name, "application/pdf")
        choices.append(FileChoice(attached, size or 0, chosen=True))
    contracts = select(Contract.id).where(Contract.customer_id == customer_id)
    condition = (Attachment.customer_id == customer_id) | Attachment.contract_id.in_(contracts)
    if document is not None:
        condition |= Attachment.document_id == document.id
    rows = session.execute(
        select(Attachment.file_id, Attachment.name, StoredFile.media_type, StoredFile.size)
        .join(StoredFile, StoredFile.id == Attachment.file_id)
        .where(condition)
        .order_by(Attachment.document_id.desc(), Attachment.id)
    )
    choices += [FileChoice(Attached(row[0], row[1], row[2]), row[3], chosen=False) for row in rows]
    return tuple(choices)
