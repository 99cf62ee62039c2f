"""Fills a `DocumentSnapshot` from a computed draft: the only thing that renderers read."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast

from sqlalchemy import select

from klantenapp.models.business import Business
from klantenapp.models.customer import Address, Contact, Customer
from klantenapp.models.file import Attachment, StoredFile
from klantenapp.models.payment import Mandate
from klantenapp.models.values import Period, total
from klantenapp.services.ledger.references import creditor_reference
from klantenapp.services.rendering.snapshot import (
    DocumentDiscount,
    DocumentSnapshot,
    Line,
    Look,
    Party,
    Payment,
    Reference,
    TaxTotal,
)
from klantenapp.services.sales import delivery, standard_texts, validity
from klantenapp.services.store import settings

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from klantenapp.models.document import Document
    from klantenapp.services.catalogue.tax import TaxRule
    from klantenapp.services.catalogue.tax_totals import RateTotal
    from klantenapp.services.rendering.snapshot import (
        DocumentKind,
    )
    from klantenapp.services.sales.calculating import Calculated, CalculatedLine
    from klantenapp.services.sales.inputs import DraftInput


#: Whether invoices carry a QR code for payment.
SHOW_QR: Final = settings.Key("documents.show_qr", default=True)
#: Lines show the code of their item.
SHOW_CODES: Final = settings.Key("documents.show_codes", default=False)
#: Documents in English write 1,234.56.
ENGLISH_NUMBERS: Final = settings.Key("documents.english_numbers", default=False)
#: Customers are asked to mention the RF reference (ISO 11649) of the number instead of the number.
RF_REFERENCE: Final = settings.Key("payments.rf_reference", default=False)


@dataclass(frozen=True, kw_only=True)
class Frame:
    """What a snapshot needs besides what the user filled in.

    Attributes:
        number: None for a draft.
        attachments_of: the document whose attachments are listed.
    """

    kind: str
    number: str | None = None
    refers_to: Reference | None = None
    attachments_of: int | None = None


def build(
    session: Session, draft: DraftInput, calculated: Calculated, frame: Frame
) -> DocumentSnapshot:
    """The document as it would be printed now."""
    business = session.get_one(Business, 1)
    customer = session.get(Customer, draft.customer_id) if draft.customer_id else None
    language = calculated.context.terms.language.value
    amounts = calculated.totals
    is_quote = frame.kind == "quote"
    contract = calculated.context.terms.contract
    texts = standard_texts.read(session, frame.kind, language)
    return DocumentSnapshot(
        kind=cast("DocumentKind", frame.kind),
        language=cast("Any", language),
        seller=seller(business),
        customer=_customer(session, customer, draft.contact_id, calculated),
        lines=tuple(_line(line, calculated) for line in calculated.lines),
        taxes=tuple(_tax(rate, calculated, language) for rate in amounts.rates),
        net_total=amounts.net,
        tax_total=amounts.tax,
        total=amounts.total,
        look=look(session, business, language),
        currency="EUR",
        number=frame.number,
        date=calculated.context.date,
        due_date=calculated.due_date if frame.kind == "invoice" else None,
        valid_until=(
            validity.last_day(session, calculated.context.date, draft.valid_until)
            if is_quote
            else None
        ),
        supply=_supply(draft),
        delivery=_delivery(session, draft, calculated, customer),
        customer_reference=draft.customer_reference or "",
        contract_reference=(contract.reference or "") if contract else "",
        discounts=_discounts(calculated),
        prices_include_tax=calculated.context.prices_include_tax,
        small_business=calculated.context.small_business,
        payment=_payment(session, business, calculated, draft, frame),
        refers_to=frame.refers_to,
        intro=draft.intro or texts.intro,
        closing=draft.closing or texts.closing,
        attachments=_attachments(session, frame.attachments_of),
    )


def seller(business: Business) -> Party:
    """The user's own business as it stands on paper."""
    return Party(
        legal_name=business.legal_name,
        trade_name=business.trade_name or "",
        contact_name=business.contact_name or "",
        street=business.street or "",
        postal_code=business.postal_code or "",
        city=business.city or "",
        country=business.country,
        kvk=business.kvk or "",
        vat_id=business.vat_id or "",
        iban=business.iban or "",
        bic=business.bic or "",
        email=business.email or "",
        phone=business.phone or "",
        website=business.website or "",
    )


def invoice_address(session: Session, customer_id: int) -> Address | None:
    """Where invoices go: the invoice address, else the first of any kind."""
    rows = session.scalars(
        select(Address)
        .where(Address.customer_id == customer_id)
        .order_by(Address.kind != "invoice", Address.position, Address.id)
    )
    return next(iter(rows), None)


def customer_party(
    session: Session, customer: Customer, contact_id: int | None, *, vat_id: bool
) -> Party:
    """A customer as it stands on paper.

    Args:
        contact_id: the person it goes to; None is the first contact that receives invoices.
        vat_id: print the btw-id (reverse charge and intra-EU).
    """
    address = invoice_address(session, customer.id)
    contact = session.get(Contact, contact_id) if contact_id else _receiver(session, customer.id)
    return Party(
        legal_name=customer.name,
        contact_name=contact.name if contact else "",
        extra_line=(address.name or "") if address else "",
        street=(address.street or "") if address else "",
        postal_code=(address.postal_code or "") if address else "",
        city=(address.city or "") if address else "",
        country=address.country if address else "NL",
        vat_id=(customer.vat_id or "") if vat_id else "",
        kvk=customer.kvk or "",
        email=customer.invoice_email or customer.email or "",
        number=customer.number,
    )


def _receiver(session: Session, customer_id: int) -> Contact | None:
    rows = session.scalars(
        select(Contact)
        .where(Contact.customer_id == customer_id)
        .order_by(Contact.receives.not_in(("invoices", "all")), Contact.position, Contact.id)
    )
    return next(iter(rows), None)


def _customer(
    session: Session, customer: Customer | None, contact_id: int | None, calculated: Calculated
) -> Party:
    if customer is None:
        return Party(legal_name="")
    treatment = calculated.context.terms.tax.value.treatment
    needs_vat_id = treatment in {"reverse_charge", "intra_eu"}
    return customer_party(session, customer, contact_id, vat_id=needs_vat_id)


def _line(line: CalculatedLine, calculated: Calculated) -> Line:
    gross = line.amount if calculated.context.prices_include_tax else None
    counts = line.typed.counts
    mark = "optional" if line.typed.optional else "alternative"
    return Line(
        description=line.description,
        details=line.details or "",
        item_code=line.item_code,
        quantity=line.typed.quantity,
        unit=line.unit or "",
        unit_price=line.unit_price,
        discount=line.discount or None,
        net=line.net if counts else line.amount,
        gross=gross,
        tax_category=cast("Any", line.rule.category.value if line.rule else "S"),
        tax_percent=line.rule.percent if line.rule else None,
        mark="" if counts else cast("Any", mark),
        price_source=cast("Any", str(line.source)),
    )


def _tax(rate: RateTotal, calculated: Calculated, language: str) -> TaxTotal:
    rule = rule_of(calculated, rate)
    return TaxTotal(
        category=cast("Any", rate.category.value),
        base=rate.base,
        tax=rate.tax,
        percent=rate.percent,
        sentence=rule.wording.spoken(language) if rule and rule.wording else "",
        exemption_code=rule.reason_code if rule else "",
    )


def rule_of(calculated: Calculated, rate: RateTotal) -> TaxRule | None:
    """The tax rule behind a total."""
    rules = (line.rule for line in calculated.lines if line.rule is not None)
    return next(
        (each for each in rules if (each.category, each.percent) == (rate.category, rate.percent)),
        None,
    )


def _discounts(calculated: Calculated) -> tuple[DocumentDiscount, ...]:
    percent = calculated.context.terms.total_discount.value
    if not percent:
        return ()
    gross = calculated.context.prices_include_tax
    return tuple(
        DocumentDiscount(
            net=rate.discount,
            gross=_gross_discount(calculated, rate) if gross else None,
            percent=percent,
            tax_category=cast("Any", rate.category.value),
            tax_percent=rate.percent,
        )
        for rate in calculated.totals.rates
        if rate.discount
    )


def _gross_discount(calculated: Calculated, rate: RateTotal) -> Any:
    """What goes off with tax: gross lines of the rate less what remains of it."""
    lines = total(
        line.amount
        for line in calculated.lines
        if line.typed.counts
        and line.rule is not None
        and (line.rule.category, line.rule.percent) == (rate.category, rate.percent)
    )
    return lines - rate.base - rate.tax


def _supply(draft: DraftInput) -> Period | None:
    if draft.supply_from is None and draft.supply_to is None:
        return None
    start = draft.supply_from or draft.supply_to
    return Period(start, draft.supply_to or start)


def _delivery(
    session: Session, draft: DraftInput, calculated: Calculated, customer: Customer | None
) -> Party | None:
    """Where goods go, where that is not where the invoice goes."""
    if customer is None:
        return None
    address = delivery.address(session, draft, goods=delivery.has_goods(calculated.lines))
    if address is None or delivery.same_place(address, invoice_address(session, customer.id)):
        return None
    return Party(
        legal_name=address.name or customer.name,
        street=address.street or "",
        postal_code=address.postal_code or "",
        city=address.city or "",
        country=address.country,
    )


def _payment(
    session: Session,
    business: Business,
    calculated: Calculated,
    draft: DraftInput,
    frame: Frame,
) -> Payment | None:
    if frame.kind != "invoice":
        return None
    method = calculated.context.terms.payment_method.value
    english = calculated.context.terms.language.value == "en"
    term = calculated.context.terms.payment_term.value
    off = calculated.totals.total.share(term.discount) if term.discount else None
    until = _discount_until(calculated.context.date, term.discount_days) if off else None
    mandate = _mandate(session, draft.customer_id) if method.kind == "direct_debit" else None
    return Payment(
        kind=cast("Any", method.kind),
        name=(english and method.name_en) or method.name,
        iban=mandate.iban if mandate else (business.iban or ""),
        bic="" if mandate else (business.bic or ""),
        account_name=mandate.account_name
        if mandate
        else (business.trade_name or business.legal_name),
        reference=_reference(session, frame, collected=mandate is not None),
        text=frame.number or "",
        mandate=mandate.reference if mandate else "",
        collection_date=calculated.due_date if mandate else None,
        discount=term.discount if off else None,
        discount_amount=off,
        discount_until=until,
    )


def _reference(session: Session, frame: Frame, *, collected: bool) -> str:
    """The RF reference to mention; none for a draft, or where the user does not want it."""
    if collected or not frame.number or not settings.read(session, RF_REFERENCE):
        return ""
    return creditor_reference(frame.number) or ""


def _discount_until(date: dt.date, days: int | None) -> dt.date:
    return date + dt.timedelta(days=days or 0)


def _mandate(session: Session, customer_id: int | None) -> Mandate | None:
    return session.scalar(
        select(Mandate)
        .where(Mandate.customer_id == customer_id, Mandate.ended_on.is_(None))
        .order_by(Mandate.id.desc())
        .limit(1)
    )


def look(session: Session, business: Business, language: str = "nl") -> Look:
    """How the business's papers look in a language."""
    digest = None
    if business.logo_id is not None:
        digest = session.scalar(select(StoredFile.digest).where(StoredFile.id == business.logo_id))
    return Look(
        style=cast("Any", business.invoice_style),
        colour=business.colour or "",
        logo=digest or "",
        columns=("item_code",) if settings.read(session, SHOW_CODES) else (),
        english_numbers=language == "en" and settings.read(session, ENGLISH_NUMBERS),
        hide_qr=not settings.read(session, SHOW_QR),
    )


def _attachments(session: Session, document_id: int | None) -> tuple[str, ...]:
    if document_id is None:
        return ()
    return tuple(
        session.scalars(
            select(Attachment.name)
            .where(Attachment.document_id == document_id)
            .order_by(Attachment.id)
        )
    )


def reference_to(document: Document) -> Reference:
    """A document as another one refers to it."""
    return Reference(number=document.number or "", date=document.date)
