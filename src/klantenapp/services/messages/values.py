"""What the placeholders of a text stand for: read from customer, document and business."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from klantenapp.i18n import N_, translator
from klantenapp.models.business import Business
from klantenapp.models.customer import Contact, Customer
from klantenapp.models.document import Document
from klantenapp.models.ledger import LedgerEntry
from klantenapp.services.errors.base import NotFound
from klantenapp.services.store import clock

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from klantenapp.i18n import Translator
    from klantenapp.models.values import Money

Values = dict[str, str | None]


def for_customer(
    session: Session, customer_id: int, language: str, contact_id: int | None = None
) -> Values:
    """What every text can use.

    Args:
        customer_id: who gets it.
        language: of the text.
        contact_id: who is addressed; the customer's own salutation where absent.

    Raises:
        NotFound: no such customer.
    """
    customer = session.get(Customer, customer_id)
    if customer is None:
        raise NotFound("customer", str(customer_id))
    contact = session.get(Contact, contact_id) if contact_id is not None else None
    words = translator(language)
    return {
        "customer": customer.name,
        "customer_number": customer.number,
        "contact": contact.name if contact else customer.name,
        "salutation": _salutation(words, customer, contact),
        "today": words.long_date(clock.today()),
        **seller(session, words),
    }


def for_document(
    session: Session, document_id: int, language: str, contact_id: int | None = None
) -> Values:
    """What a text about an invoice, credit note or quote can use.

    Raises:
        NotFound: no such document.
    """
    document = session.get(Document, document_id)
    if document is None or document.customer_id is None:
        raise NotFound("document", str(document_id))
    words = translator(language)
    values = for_customer(session, document.customer_id, language, contact_id)
    left = _open(session, document)
    values |= {
        "number": document.number,
        "date": words.long_date(document.date) if document.date else None,
        "due_date": words.long_date(document.due_date) if document.due_date else None,
        "valid_until": words.long_date(document.valid_until) if document.valid_until else None,
        "total": words.money(document.total.cents),
        "open": words.money(left.cents),
        "reference": document.customer_reference,
        "original": _original(session, document),
    }
    values["payment"] = payment(words, left, values["iban"], document.number)
    return values


def payment(words: Translator, left: Money, iban: str | None, mention: str | None) -> str:
    """The lines that say how to pay; empty where nothing is to be paid or no account is known."""
    if left.cents <= 0 or not iban or not mention:
        return ""
    lines = (
        (N_("Still to be paid"), words.money(left.cents)),
        (N_("To account"), iban),
        (N_("Mentioning"), mention),
    )
    return "\n".join(f"{words.gettext(label)}: {value}" for label, value in lines)


def language_of(session: Session, customer_id: int, contact_id: int | None = None) -> str:
    """The language in which a customer is written to: the contact's, the customer's, ours."""
    found = session.execute(
        select(
            select(Contact.language).where(Contact.id == contact_id).scalar_subquery(),
            select(Customer.language).where(Customer.id == customer_id).scalar_subquery(),
            select(Business.language).scalar_subquery(),
        )
    ).one()
    return next((language for language in found if language), "nl")


def seller(session: Session, words: Translator) -> Values:
    """What every text can say about the user's own business.

    Raises:
        NotFound: there is no business yet.
    """
    business = session.scalar(select(Business))
    if business is None:
        raise NotFound("business", "1")
    name = business.trade_name or business.legal_name
    sender = business.contact_name or name
    contact = ", ".join(part for part in (name if sender != name else "", business.phone) if part)
    # Handelsregisterwet art. 27: the number stands on every outgoing letter and e-mail.
    kvk = words.gettext(N_("KvK {number}")).format(number=business.kvk) if business.kvk else ""
    return {
        "business": name,
        "sender": sender,
        "phone": business.phone,
        "email": business.email,
        "website": business.website,
        "iban": _grouped(business.iban),
        "signature": "\n".join(line for line in (sender, contact, kvk) if line),
    }


def _salutation(words: Translator, customer: Customer, contact: Contact | None) -> str:
    own = (contact and contact.salutation) or customer.salutation
    return (own or words.gettext(N_("Dear Sir or Madam"))).rstrip(" ,")


def _open(session: Session, document: Document) -> Money:
    found = session.scalar(
        select(LedgerEntry.open_amount).where(
            LedgerEntry.document_id == document.id, LedgerEntry.kind == document.kind
        )
    )
    return document.total if found is None else found


def _original(session: Session, document: Document) -> str | None:
    if document.refers_to_id is None:
        return None
    return session.scalar(select(Document.number).where(Document.id == document.refers_to_id))


def _grouped(iban: str | None) -> str | None:
    """In fours, as people read it."""
    plain = (iban or "").replace(" ", "")
    return " ".join(plain[n : n + 4] for n in range(0, len(plain), 4)) or None
