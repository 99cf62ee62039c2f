"""The request at the foot of a document: how to pay it, what happens to a credit, how to agree."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from klantenapp.services.rendering.snapshot import Payment
from klantenapp.services.rendering.words import grouped_iban

if TYPE_CHECKING:
    import datetime as dt

    from klantenapp.i18n import Translator
    from klantenapp.services.rendering.snapshot import DocumentSnapshot
    from klantenapp.services.rendering.words import Words


@dataclass(frozen=True, slots=True)
class Request:
    """What the customer is asked to do.

    Attributes:
        headline: in one line, with amount and day.
        text: how, in a sentence or two.
        banner: the same without the amount, for where that stands beside it in large type.
        short: headline for beside a QR code, where the amount stands elsewhere.
        has_code: the text counts on a QR code beside it.
    """

    headline: str
    text: str
    banner: str
    short: str
    has_code: bool = False


def payment_of(document: DocumentSnapshot) -> Payment:
    """How to pay: as agreed, else by transfer to the seller's account."""
    payment = document.payment or Payment(kind="transfer")
    if payment.kind == "transfer" and not payment.iban:
        return replace(payment, iban=document.seller.iban, bic=document.seller.bic)
    return payment


def mention_of(document: DocumentSnapshot) -> str:
    """What a transfer has to mention; empty for a draft."""
    payment = payment_of(document)
    return payment.reference or payment.text or document.number or ""


def request(words: Words, *, has_code: bool) -> Request:
    """What the document asks of the customer.

    Args:
        words: of the document.
        has_code: a QR code will stand beside it.
    """
    document = words.document
    if document.kind == "credit_note":
        return _credit(words)
    if document.kind == "quote":
        return _agreement(words)
    return _payment(document, words.t, has_code=has_code)


def _credit(words: Words) -> Request:
    document, t = words.document, words.t
    amount = t.money(document.total.cents)
    headline = t.gettext("You are credited {amount}").format(amount=amount)
    if document.refers_to:
        text = t.gettext(
            "We settle this amount with invoice {number}. If you have paid that invoice already,"
            " you get the amount back."
        ).format(number=document.refers_to.number)
    else:
        text = t.gettext("We settle this amount with your open invoices, or pay it back to you.")
    return Request(headline, text, t.gettext("Credited to you"), headline)


def _agreement(words: Words) -> Request:
    document, t = words.document, words.t
    if document.valid_until:
        headline = t.gettext("Do you agree? Let us know by {date}").format(
            date=t.long_date(document.valid_until)
        )
        banner = t.gettext("Quote, valid until {date}").format(
            date=t.long_date(document.valid_until)
        )
    else:
        headline, banner = t.gettext("Do you agree? Let us know"), t.gettext("Quote")
    text = t.gettext("Sign here and send it back, or reply to our e-mail.")
    return Request(headline, text, banner, headline)


def _payment(document: DocumentSnapshot, t: Translator, *, has_code: bool) -> Request:
    amount = t.money(document.payable.cents)
    if document.is_draft and not document.lines:
        draft = t.gettext("Draft")
        text = t.gettext("Number, amount and QR code come when the invoice is made final.")
        return Request(draft, text, draft, draft)
    if document.payable.cents <= 0:
        nothing = t.gettext("You have nothing left to pay")
        return Request(nothing, "", nothing, nothing)
    payment = payment_of(document)
    if payment.kind == "direct_debit":
        return _collection(document, payment, t)
    banner = _with_day(
        t, document.due_date, t.gettext("To be paid by {date}"), t.gettext("To be paid")
    )
    headline = _with_day(
        t, document.due_date, t.gettext("Pay {amount} by {date}"), t.gettext("Pay {amount}")
    ).format(amount=amount)
    if payment.kind != "transfer":
        text = t.gettext("Payment method: {name}.").format(name=payment.name)
        return Request(headline, text if payment.name else "", banner, t.gettext("How to pay"))
    short = t.gettext("Scan and pay") if has_code else t.gettext("How to pay")
    text = " ".join(
        part
        for part in (
            _transfer(document, payment, t) if payment.iban else "",
            t.gettext("Or scan the code with your bank app.") if has_code else "",
            _early(payment, t),
        )
        if part
    )
    return Request(headline, text, banner, short, has_code)


def _with_day(t: Translator, day: dt.date | None, dated: str, undated: str) -> str:
    return dated.replace("{date}", t.long_date(day)) if day else undated


def _transfer(document: DocumentSnapshot, payment: Payment, t: Translator) -> str:
    mention = mention_of(document)
    holder = payment.account_name or document.seller.name
    iban = grouped_iban(payment.iban)
    if not mention:
        return t.gettext("To {iban} of {name}, mentioning the invoice number.").format(
            iban=iban, name=holder
        )
    return t.gettext("To {iban} of {name}, mentioning {reference}.").format(
        iban=iban, name=holder, reference=mention
    )


def _collection(document: DocumentSnapshot, payment: Payment, t: Translator) -> Request:
    day = payment.collection_date or document.due_date
    headline = _with_day(
        t,
        day,
        t.gettext("We collect {amount} on or about {date}"),
        t.gettext("We collect {amount}"),
    ).format(amount=t.money(document.payable.cents))
    banner = _with_day(
        t, day, t.gettext("We collect on or about {date}"), t.gettext("We collect this amount")
    )
    text = ""
    if payment.iban and payment.mandate:  # without a mandate the account is not the customer's
        text = t.gettext("From your account {iban}, under mandate {mandate}.").format(
            iban=grouped_iban(payment.iban), mandate=payment.mandate
        )
    return Request(headline, text, banner, t.gettext("Direct debit"))


def _early(payment: Payment, t: Translator) -> str:
    """The offer of a discount for paying early."""
    if not (payment.discount and payment.discount_amount and payment.discount_until):
        return ""
    return t.gettext("If you pay by {date}, you may deduct {percent} ({amount}).").format(
        date=t.long_date(payment.discount_until),
        percent=t.percent(payment.discount.points),
        amount=t.money(payment.discount_amount.cents),
    )
