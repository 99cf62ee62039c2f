"""Values to show a template with: of the newest document that it fits, else made up."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from klantenapp.i18n import N_, translator
from klantenapp.models.customer import Customer
from klantenapp.models.document import Document
from klantenapp.models.values import Money
from klantenapp.services.messages import templates, values
from klantenapp.services.messages.template_texts import PLACEHOLDERS, REMINDERS
from klantenapp.services.store import clock

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from klantenapp.services.messages.values import Values

_DOCUMENTS: Final = {
    "invoice": "invoice",
    "invoice_again": "invoice",
    "credit_note": "credit_note",
    "quote": "quote",
}
_PRINCIPAL, _COSTS, _INTEREST = Money(54_450), Money(8_168), Money(477)


def example(session: Session, kind: str, language: str) -> Values:
    """Every placeholder of a kind with a value: real ones where there are."""
    kind = templates.base(kind)
    made = _made_up(session, kind, language)
    found: Values = {}
    if kind in _DOCUMENTS:
        newest = session.scalar(
            select(Document.id)
            .where(
                Document.kind == _DOCUMENTS[kind],
                Document.state == "issued",
                Document.customer_id.is_not(None),
            )
            .order_by(Document.date.desc(), Document.id.desc())
            .limit(1)
        )
        if newest is not None:
            found = values.for_document(session, newest, language)
    else:
        first = session.scalar(select(Customer.id).order_by(Customer.id).limit(1))
        if first is not None:
            found = values.for_customer(session, first, language)
    real = {name: value for name, value in found.items() if value}
    return {name: (made | real).get(name) for name in PLACEHOLDERS[kind]}


def _made_up(session: Session, kind: str, language: str) -> Values:
    words = translator(language)
    today = clock.today()
    total = _PRINCIPAL + _COSTS + _INTEREST if kind == "notice" else _PRINCIPAL
    seller = values.seller(session, words)
    number = "2026-0148"
    due = words.date(today - dt.timedelta(days=40))
    line = words.gettext(N_("Invoice {number}, due on {day}: {amount}"))
    made: Values = {
        **seller,
        "customer": "Voorbeeld Bouw B.V.",
        "customer_number": "10045",
        "contact": "Henk Voorbeeld",
        "salutation": words.gettext(N_("Dear Sir or Madam")),
        "today": words.long_date(today),
        "number": number,
        "date": words.long_date(today),
        "due_date": words.long_date(today + dt.timedelta(days=30)),
        "valid_until": words.long_date(today + dt.timedelta(days=30)),
        "total": words.money(total.cents),
        "open": words.money(_PRINCIPAL.cents),
        "reference": "PO-44871",
        "original": "2026-0131",
        "balance": words.money(_PRINCIPAL.cents),
        "overdue": words.money(_PRINCIPAL.cents),
        "payment": values.payment(words, total, seller["iban"], number),
    }
    if kind == "collection":
        amount = words.money(_PRINCIPAL.cents)
        invoice = words.gettext(N_("Invoice {number}: {amount}"))
        made |= {
            "date": words.long_date(today + dt.timedelta(days=14)),
            "specification": invoice.format(number=number, amount=amount),
            "account": "NL91 ABNA 0417 1643 00",
            "mandate": "M10045-1",
            "creditor": "NL13ZZZ012345670000",
        }
    if kind in REMINDERS:
        amount = words.money(_PRINCIPAL.cents)
        made |= {
            "numbers": number,
            "specification": line.format(number=number, day=due, amount=amount),
            "principal": amount,
            "costs": words.money(_COSTS.cents),
            "announced_costs": words.money(_COSTS.cents),
            "costs_tax": "",
            "included": "",
            "interest": words.money(_INTEREST.cents),
        }
    return made
