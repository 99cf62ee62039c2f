"""What a document says in words: labels, totals and the request for payment.

In the language of the document, from its snapshot and nothing else; the PDF, the mail that goes
with it and the preview all read their words here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from klantenapp.i18n import N_, translator
from klantenapp.models.values import ZERO, total

if TYPE_CHECKING:
    import datetime as dt

    from klantenapp.i18n import Translator
    from klantenapp.models.values import Money, Percent, Period
    from klantenapp.services.rendering.snapshot import (
        DocumentSnapshot,
        Line,
        Look,
        Party,
        Reference,
        TaxTotal,
    )

_TITLES = {"invoice": N_("Invoice"), "credit_note": N_("Credit note"), "quote": N_("Quote")}
_DRAFTS = {
    "invoice": N_("Draft invoice"),
    "credit_note": N_("Draft credit note"),
    "quote": N_("Draft quote"),
}
_NUMBERS = {
    "invoice": N_("Invoice number"),
    "credit_note": N_("Credit note number"),
    "quote": N_("Quote number"),
}
_DATES = {
    "invoice": N_("Invoice date"),
    "credit_note": N_("Credit note date"),
    "quote": N_("Quote date"),
}
#: What the totals call a category where no percentage is charged.
_UNTAXED = {
    "AE": N_("VAT reverse charged on {base}"),
    "E": N_("Exempt from VAT: {base}"),
    "O": N_("No VAT on {base}"),
}
_UNTAXED_LINE = {"AE": N_("reverse"), "E": N_("exempt"), "O": N_("none")}


def in_language(language: str, look: Look) -> Translator:
    """Words and numbers of a document: its language, and the number format of the business."""
    return translator(language, "en" if look.english_numbers else "nl")


def grouped_iban(iban: str) -> str:
    """An account number as people read it: "NL02 ABNA 0123 4567 89", kept on one line."""
    bare = iban.replace(" ", "")
    return "\u00a0".join(bare[at : at + 4] for at in range(0, len(bare), 4))


def period_text(t: Translator, period: Period, *, whole: bool = False) -> str:
    """A day, or a period of days; its first day without the year unless that is wanted whole."""
    start, end = period.start, period.end
    if start is None or end is None or start == end:
        day = start or end
        return t.date(day) if day else ""
    first = t.date(start)[:5] if start.year == end.year and not whole else t.date(start)
    return t.gettext("{start} to {end}").format(start=first, end=t.date(end))


def address_lines(t: Translator, party: Party, home: str) -> list[str]:
    """Lines of an address below the name.

    Args:
        t: words to say "t.a.v." and countries in.
        party: whose address.
        home: country that is not named, because the letter is posted there.
    """
    attention = t.gettext("Attn. {name}").format(name=party.contact_name)
    return [
        line
        for line in (
            party.legal_name if party.trade_name not in ("", party.legal_name) else "",
            attention if party.contact_name not in ("", party.name) else "",
            party.street,
            party.extra_line,
            f"{party.postal_code} {party.city}".strip(),
            country_name(t, party.country) if party.country not in ("", home) else "",
        )
        if line
    ]


def seller_lines(t: Translator, seller: Party, abroad: str) -> list[str]:
    """Who the document is from, below the name: people, address and how to reach them."""
    legal = seller.legal_name if seller.legal_name != seller.name else ""
    return [
        line
        for line in (
            legal,
            seller.contact_name if seller.contact_name not in (legal, seller.name) else "",
            seller.street,
            seller.extra_line,
            f"{seller.postal_code} {seller.city}".strip(),
            country_name(t, seller.country) if abroad not in ("", seller.country) else "",
            seller.phone,
            seller.email,
            seller.website,
        )
        if line
    ]


def registration(t: Translator, seller: Party) -> list[tuple[str, str]]:
    """Numbers of the seller that stand at the foot of every document."""
    return [
        (label, value)
        for label, value in (
            (t.gettext("Chamber of Commerce"), seller.kvk),
            (t.gettext("VAT id"), seller.vat_id),
            ("IBAN", grouped_iban(seller.iban)),
        )
        if value
    ]


def country_name(t: Translator, code: str) -> str:
    """A country in words; the code where it is unknown."""
    from babel import Locale

    return str(Locale(t.code).territories.get(code.upper(), code))


@dataclass(frozen=True, slots=True)
class TotalRow:
    """A line of the totals; `weight` tells how it looks."""

    label: str
    value: str
    weight: Literal["plain", "grand", "note"] = "plain"


class Words:
    """The words of one document."""

    def __init__(self, document: DocumentSnapshot) -> None:
        self.document = document
        self.t = in_language(document.language, document.look)

    @property
    def title(self) -> str:
        """What it is."""
        titles = _DRAFTS if self.document.is_draft else _TITLES
        return self.t.gettext(titles[self.document.kind])

    @property
    def full_title(self) -> str:
        """What it is, with its number."""
        return f"{self.title} {self.document.number or ''}".strip()

    @property
    def watermark(self) -> str:
        """Across a draft."""
        return self.t.gettext("DRAFT")

    @cached_property
    def taxes(self) -> list[TaxTotal]:
        """Taxes with one entry per category and rate, highest rate first."""
        merged: dict[tuple[str, Percent | None], TaxTotal] = {}
        for tax in self.document.taxes:
            key = (tax.category, tax.percent)
            other = merged.get(key)
            merged[key] = tax if other is None else _sum(other, tax)
        return sorted(merged.values(), key=lambda tax: -(tax.percent.points if tax.percent else 0))

    def details(self) -> list[tuple[str, str]]:
        """Number, dates and references, each with its label; the first stands out."""
        document, t = self.document, self.t
        needs_vat_id = any(tax.category in ("AE", "K") for tax in document.taxes)
        rows = (
            (_NUMBERS[document.kind], document.number or ""),
            (_DATES[document.kind], self._date(document.date)),
            (N_("Delivery date"), period_text(t, document.supply) if document.supply else ""),
            (N_("Due date"), self._date(document.due_date)),
            (N_("Valid until"), self._date(document.valid_until)),
            (self._reference_label(), self._reference(document.refers_to)),
            (N_("Your reference"), document.customer_reference),
            (N_("Purchase order"), document.purchase_order),
            (N_("Our reference"), document.our_reference),
            (N_("Contract"), document.contract_reference),
            (N_("Your VAT id"), document.customer.vat_id if needs_vat_id else ""),
            (N_("Delivered to"), self._delivery()),
        )
        return [(t.gettext(label), value) for label, value in rows if value]

    def _date(self, day: dt.date | None) -> str:
        return self.t.date(day) if day else ""

    def _reference_label(self) -> str:
        return N_("Corrects invoice") if self.document.kind == "credit_note" else N_("Concerns")

    def _reference(self, other: Reference | None) -> str:
        if other is None:
            return ""
        if other.date is None:
            return other.number
        return self.t.gettext("{number} of {date}").format(
            number=other.number, date=self.t.date(other.date)
        )

    def _delivery(self) -> str:
        place = self.document.delivery
        if place is None:
            return ""
        return "\n".join([place.name, *address_lines(self.t, place, self.document.seller.country)])

    def tax_of(self, line: Line) -> str:
        """What the tax column says of a line."""
        if line.tax_category in _UNTAXED_LINE:
            return self.t.gettext(_UNTAXED_LINE[line.tax_category])
        return self.t.percent(line.tax_percent.points if line.tax_percent else 0)

    def mark_of(self, line: Line) -> str:
        """Why a line of a quote is not in the totals."""
        return {
            "": "",
            "optional": self.t.gettext("Optional, not in the total"),
            "alternative": self.t.gettext("Alternative, not in the total"),
        }[line.mark]

    def totals(self) -> list[TotalRow]:
        """Subtotal, discount, tax per rate, total, and what was paid already."""
        document, t = self.document, self.t
        before, after = self._tax_rows()
        grand = t.gettext("Total including VAT") if after else t.gettext("Total")
        rows = [*self._before_tax(), *before, self._row(grand, document.total, "grand"), *after]
        if document.deductions:
            rows += [self._row(part.text, -part.amount) for part in document.deductions]
            rows.append(self._row(t.gettext("To be paid"), document.payable, "grand"))
        return rows

    def _row(
        self, label: str, amount: Money, weight: Literal["plain", "grand", "note"] = "plain"
    ) -> TotalRow:
        return TotalRow(label, self.t.money(amount.cents), weight)

    def _before_tax(self) -> list[TotalRow]:
        document, t = self.document, self.t
        shows_net = not (document.prices_include_tax or document.small_business)
        rows: list[TotalRow] = []
        if shows_net or document.discounts:
            lines = total(line.amount for line in document.lines if not line.mark)
            rows.append(self._row(t.gettext("Subtotal"), lines))
        by_label: dict[str, Money] = {}
        for part in document.discounts:
            label = part.text or (
                t.gettext("Discount {percent}").format(percent=t.percent(part.percent.points))
                if part.percent
                else t.gettext("Discount")
            )
            by_label[label] = by_label.get(label, ZERO) + part.amount
        rows += [self._row(label, -amount) for label, amount in by_label.items()]
        if shows_net and document.discounts:
            rows.append(self._row(t.gettext("Total excluding VAT"), document.net_total))
        return rows

    def _tax_rows(self) -> tuple[list[TotalRow], list[TotalRow]]:
        """Tax per rate: before the total where it is added, after it where it is included."""
        document = self.document
        if document.small_business:
            return [], []
        if not document.prices_include_tax:
            return [self._row(self._tax_label(tax), tax.tax) for tax in self.taxes], []
        rows = [
            self._row(self._included_label(tax), tax.tax, "note")
            for tax in self.taxes
            if tax.category not in _UNTAXED
        ]
        untaxed = [tax for tax in self.taxes if tax.category in _UNTAXED]
        return [], [*rows, *(self._row(self._tax_label(tax), tax.tax, "note") for tax in untaxed)]

    def _tax_label(self, tax: TaxTotal) -> str:
        base = self.t.money(tax.base.cents)
        if tax.category in _UNTAXED:
            return self.t.gettext(_UNTAXED[tax.category]).format(base=base)
        return self.t.gettext("VAT {percent} on {base}").format(
            percent=self.t.percent(tax.percent.points if tax.percent else 0), base=base
        )

    def _included_label(self, tax: TaxTotal) -> str:
        return self.t.gettext("Includes VAT {percent} on {base}").format(
            percent=self.t.percent(tax.percent.points if tax.percent else 0),
            base=self.t.money(tax.base.cents),
        )

    def legal_sentences(self) -> list[str]:
        """What the law wants said, each sentence once."""
        sentences = [tax.sentence for tax in self.taxes] + list(self.document.legal_sentences)
        if self.document.prices_include_tax and not self.document.small_business:
            sentences.append(self.t.gettext("All prices include VAT."))
        return list(dict.fromkeys(sentence for sentence in sentences if sentence))

    def attachments(self) -> str:
        """The attachments that go with it, in one line; empty without any."""
        names = ", ".join(self.document.attachments)
        return self.t.gettext("Attachments: {names}").format(names=names) if names else ""


def _sum(one: TaxTotal, other: TaxTotal) -> TaxTotal:
    """One entry for two return boxes of one category and rate."""
    sentences = dict.fromkeys(part for part in (one.sentence, other.sentence) if part)
    return replace(
        one,
        base=one.base + other.base,
        tax=one.tax + other.tax,
        sentence="\n".join(sentences),
    )
