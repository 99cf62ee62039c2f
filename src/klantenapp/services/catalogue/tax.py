"""How a line is taxed: category, rate, legal sentence, return box and what must be on file.

Pure: no session, no translation, no clock. A tax code (what the item is) and a treatment (how this
customer is taxed) together give one `TaxRule`; `klantenapp.services.catalogue.tax_totals` adds up.

The legal sentences are law, not interface: they exist in Dutch and English, stand here as data and
never pass through the message catalogues. Source: `facts/dutch-rules.md` 1.2, 1.7, 1.8, 2.2, 6.4.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from klantenapp.models.values import NO_PERCENT, Percent, Period
from klantenapp.services.errors.catalogue import NoFixedRate, NoRateAtDate

if TYPE_CHECKING:
    from collections.abc import Iterable


class Treatment(StrEnum):
    """How a customer, contract or document is taxed."""

    DOMESTIC = "domestic"
    REVERSE_CHARGE = "reverse_charge"
    INTRA_EU = "intra_eu"
    EXPORT = "export"
    EXEMPT = "exempt"
    OUTSIDE_SCOPE = "outside_scope"
    FIXED = "fixed"


class Nature(StrEnum):
    """What is supplied; decides where it is taxed abroad."""

    GOODS = "goods"
    SERVICE = "service"


class Category(StrEnum):
    """Tax category of EN 16931 (UNTDID 5305)."""

    STANDARD = "S"
    ZERO = "Z"
    EXEMPT = "E"
    REVERSE_CHARGE = "AE"
    INTRA_EU = "K"
    EXPORT = "G"
    OUTSIDE_SCOPE = "O"


class Box(StrEnum):
    """Box of the Dutch tax return that sales feed; no box is None."""

    HIGH = "1a"
    LOW = "1b"
    OTHER = "1c"
    NOT_CHARGED = "1e"
    EXPORT = "3a"
    INTRA_EU = "3b"


class Evidence(StrEnum):
    """What must be known or kept before a treatment may be used."""

    SELLER_VAT_ID = "seller_vat_id"
    BUYER_VAT_ID = "buyer_vat_id"
    EU_COUNTRY = "eu_country"
    EU_DELIVERY = "eu_delivery"
    NON_EU_COUNTRY = "non_eu_country"
    NON_EU_DELIVERY = "non_eu_delivery"
    TRANSPORT_PROOF = "transport_proof"
    EXPORT_PROOF = "export_proof"
    EXEMPTION_REASON = "exemption_reason"


@dataclass(frozen=True, slots=True)
class Wording:
    """A legal sentence, word for word, in both languages."""

    nl: str
    en: str

    def spoken(self, language: str) -> str:
        """The sentence in the customer's language; every language but Dutch reads English."""
        return self.nl if language == "nl" else self.en


REVERSE_CHARGED = Wording(
    "Btw verlegd naar afnemer, artikel 12 Wet OB",
    "VAT reverse charged to the customer (btw verlegd, article 12 Wet OB)",
)
REVERSE_CHARGED_EU = Wording(
    "Btw verlegd naar afnemer, artikel 12 Wet OB / art. 196 Btw-richtlijn",
    "VAT reverse charged to the customer (btw verlegd, art. 196 VAT Directive)",
)
INTRA_COMMUNITY = Wording(
    "Intracommunautaire levering – 0% btw (art. 9 lid 2 onder b jo. Tabel II a.6 Wet OB 1968)",
    "Intra-Community supply – 0% VAT (art. 138 VAT Directive)",
)
EXPORTED = Wording(
    "Uitvoer buiten de EU – 0% btw (Tabel II a.2 Wet OB 1968)",
    "Export outside the EU – 0% VAT (art. 146 VAT Directive)",
)
SERVICE_OUTSIDE_EU = Wording(
    "Dienst buiten de EU – geen Nederlandse btw (artikel 6 Wet OB 1968)",
    "Service supplied outside the EU – outside the scope of Dutch VAT",
)
OUTSIDE_SCOPE = Wording("Valt buiten de heffing van btw", "Outside the scope of VAT")
SMALL_BUSINESS = Wording(
    "Vrijgesteld van omzetbelasting op grond van artikel 25 Wet op de omzetbelasting 1968"
    " (kleineondernemersregeling)",
    "Exempt from VAT under article 25 of the Dutch VAT Act 1968 (small-business exemption)",
)


def exemption(reason: str) -> Wording | None:
    """The sentence of an exemption under article 11; None where no reason is given.

    Args:
        reason: the letter of article 11 paragraph 1 ("o"), or a whole sentence of the user's own.
    """
    reason = reason.strip()
    if not reason:
        return None
    if len(reason) <= 2:  # noqa: PLR2004 - the letters of article 11 are at most two characters
        letter = reason.lower()
        return Wording(
            f"Vrijgesteld van btw – artikel 11 lid 1 onder {letter} Wet OB 1968",
            f"Exempt from VAT – article 11(1)({letter}) of the Dutch VAT Act 1968",
        )
    return Wording(reason, reason)


ALWAYS = Period()


@dataclass(frozen=True, slots=True)
class Rate:
    """A percentage during a period of supply dates, both edges included."""

    percent: Percent
    period: Period = ALWAYS


@dataclass(frozen=True, slots=True)
class TaxCode:
    """What an item is taxed as at home. Data, so that a user can add rates, codes and boxes.

    Attributes:
        key: name of the code, e.g. "high".
        rates: dated rates; an exempt code has none.
        box: return box of a domestic supply at the rate of the moment.
        exempt: exempt under article 11.
        exemption: the letter of article 11, or the sentence to print, of an exempt code.
        wording: sentence to print with a domestic supply, e.g. why it is zero-rated.
    """

    key: str
    rates: tuple[Rate, ...] = ()
    box: Box | None = None
    exempt: bool = False
    exemption: str = ""
    wording: Wording | None = None

    def percent_on(self, day: dt.date) -> Percent:
        """The rate on that day of supply.

        Raises:
            NoRateAtDate: none of the rates covers the day.
        """
        for rate in self.rates:
            if day in rate.period:
                return rate.percent
        raise NoRateAtDate(self.key, day)


#: The Dutch rates by day of supply (`facts/dutch-rules.md` 2.1).
DUTCH_CODES: tuple[TaxCode, ...] = (
    TaxCode(
        "high",
        (
            Rate(Percent(1900), Period(dt.date(2001, 1, 1), dt.date(2012, 9, 30))),
            Rate(Percent(2100), Period(dt.date(2012, 10, 1))),
        ),
        Box.HIGH,
    ),
    TaxCode(
        "low",
        (
            Rate(Percent(600), Period(dt.date(1986, 10, 1), dt.date(2018, 12, 31))),
            Rate(Percent(900), Period(dt.date(2019, 1, 1))),
        ),
        Box.LOW,
    ),
    TaxCode("zero", (Rate(NO_PERCENT),), Box.NOT_CHARGED),
    TaxCode("exempt", exempt=True),
)


@dataclass(frozen=True, slots=True)
class Terms:
    """What decides the tax of a whole document.

    Attributes:
        supplied: day of supply; chooses the rate.
        reported: day that decides the return period (the document's date); an old rate there
            goes to box 1c. None is the day of supply.
        treatment: how the customer is taxed.
        fixed: the rate of the treatment "fixed".
        exemption: reason of the treatment "exempt": a letter of article 11, or a sentence.
        small_business: the seller is under the small-business scheme (article 25).
        codes: the tax codes in use, which give a fixed rate its box.
    """

    supplied: dt.date
    reported: dt.date | None = None
    treatment: Treatment = Treatment.DOMESTIC
    fixed: Percent | None = None
    exemption: str = ""
    small_business: bool = False
    codes: tuple[TaxCode, ...] = DUTCH_CODES


@dataclass(frozen=True, slots=True)
class TaxRule:
    """How one line is taxed.

    Attributes:
        category: EN 16931 category.
        percent: the rate; None only outside the scope of tax.
        wording: sentence that the document must print, if any.
        box: box of the tax return, None where the supply is not reported.
        evidence: what must be known or kept.
        reason_code: VATEX code for e-invoices, "" where there is none.
    """

    category: Category
    percent: Percent | None
    wording: Wording | None = None
    box: Box | None = None
    evidence: frozenset[Evidence] = frozenset()
    reason_code: str = ""

    @property
    def prints_rate(self) -> bool:
        """Whether a rate may stand beside the line: under an exemption even 0 % may not."""
        return self.category in {Category.STANDARD, Category.ZERO}


def resolve(code: TaxCode, nature: Nature, terms: Terms) -> TaxRule:
    """How a line with this code is taxed under these terms.

    The small-business scheme comes first: nothing on its documents carries tax. An exempt item
    stays exempt wherever tax would have followed it (an exemption goes before zero-rating, EU
    Court C-240/05); only what lies outside the scope of tax does not need one.

    Raises:
        NoRateAtDate: the code has no rate on the day of supply.
        NoFixedRate: treatment "fixed" without its rate.
    """
    if terms.small_business:
        return TaxRule(Category.EXEMPT, NO_PERCENT, SMALL_BUSINESS)
    if terms.treatment is Treatment.OUTSIDE_SCOPE:
        return _outside_scope(OUTSIDE_SCOPE)
    if terms.treatment is Treatment.EXPORT and nature is Nature.SERVICE:
        return _outside_scope(SERVICE_OUTSIDE_EU, Evidence.NON_EU_COUNTRY)
    if terms.treatment is Treatment.EXEMPT or code.exempt:
        return _exempt(code, terms)
    elsewhere = _NOT_CHARGED.get((terms.treatment, nature))
    if elsewhere is not None:
        return elsewhere
    return _fixed(terms) if terms.treatment is Treatment.FIXED else _domestic(code, terms)


def _outside_scope(wording: Wording, *evidence: Evidence) -> TaxRule:
    return TaxRule(
        Category.OUTSIDE_SCOPE,
        None,
        wording,
        evidence=frozenset(evidence),
        reason_code="VATEX-EU-O",
    )


def _exempt(code: TaxCode, terms: Terms) -> TaxRule:
    """The document's reason goes before the item's; the box is the exempt code's own."""
    by_treatment = terms.exemption if terms.treatment is Treatment.EXEMPT else ""
    wording = exemption(by_treatment) or exemption(code.exemption) or code.wording
    box = code.box if code.exempt else _exempt_box(terms.codes)
    evidence = frozenset({Evidence.EXEMPTION_REASON})
    return TaxRule(Category.EXEMPT, NO_PERCENT, wording, box, evidence)


def _exempt_box(codes: Iterable[TaxCode]) -> Box | None:
    return next((code.box for code in codes if code.exempt), None)


def _domestic(code: TaxCode, terms: Terms) -> TaxRule:
    percent = code.percent_on(terms.supplied)
    category = Category.STANDARD if percent else Category.ZERO
    return TaxRule(category, percent, code.wording, _box(code, percent, terms))


def _box(code: TaxCode, percent: Percent, terms: Terms) -> Box | None:
    """A positive rate that is no longer the code's own when it is reported goes to box 1c."""
    reported = terms.reported or terms.supplied
    if not percent or reported <= terms.supplied:
        return code.box
    current = any(rate.percent == percent and reported in rate.period for rate in code.rates)
    return code.box if current else Box.OTHER


def _fixed(terms: Terms) -> TaxRule:
    """One rate for every taxed line; a rate of a known code goes to that code's box."""
    if terms.fixed is None:
        raise NoFixedRate
    for code in terms.codes:
        if any(
            rate.percent == terms.fixed and terms.supplied in rate.period for rate in code.rates
        ):
            return _domestic(code, terms)
    category = Category.STANDARD if terms.fixed else Category.ZERO
    return TaxRule(category, terms.fixed, box=Box.OTHER if terms.fixed else Box.NOT_CHARGED)


_DOMESTIC_REVERSE = TaxRule(
    Category.REVERSE_CHARGE,
    NO_PERCENT,
    REVERSE_CHARGED,
    Box.NOT_CHARGED,
    frozenset({Evidence.SELLER_VAT_ID, Evidence.BUYER_VAT_ID}),
    "VATEX-EU-AE",
)

#: Treatments that do not depend on the item's own rate, by what is supplied.
_NOT_CHARGED: dict[tuple[Treatment, Nature], TaxRule] = {
    (Treatment.REVERSE_CHARGE, Nature.GOODS): _DOMESTIC_REVERSE,
    (Treatment.REVERSE_CHARGE, Nature.SERVICE): _DOMESTIC_REVERSE,
    (Treatment.INTRA_EU, Nature.GOODS): TaxRule(
        Category.INTRA_EU,
        NO_PERCENT,
        INTRA_COMMUNITY,
        Box.INTRA_EU,
        frozenset(
            {
                Evidence.SELLER_VAT_ID,
                Evidence.BUYER_VAT_ID,
                Evidence.EU_DELIVERY,
                Evidence.TRANSPORT_PROOF,
            }
        ),
        "VATEX-EU-IC",
    ),
    (Treatment.INTRA_EU, Nature.SERVICE): TaxRule(
        Category.REVERSE_CHARGE,
        NO_PERCENT,
        REVERSE_CHARGED_EU,
        Box.INTRA_EU,
        frozenset({Evidence.SELLER_VAT_ID, Evidence.BUYER_VAT_ID, Evidence.EU_COUNTRY}),
        "VATEX-EU-AE",
    ),
    (Treatment.EXPORT, Nature.GOODS): TaxRule(
        Category.EXPORT,
        NO_PERCENT,
        EXPORTED,
        Box.EXPORT,
        frozenset({Evidence.SELLER_VAT_ID, Evidence.NON_EU_DELIVERY, Evidence.EXPORT_PROOF}),
        "VATEX-EU-G",
    ),
}
