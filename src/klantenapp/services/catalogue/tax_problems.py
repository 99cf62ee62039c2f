"""What stands in the way of a tax treatment, said at the field where it can be mended. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from klantenapp.services.catalogue.tax import Category, Evidence, Treatment, resolve
from klantenapp.services.errors.catalogue import (
    ExemptionReasonMissing,
    ExportInsideEu,
    ForbiddenBySmallBusinessScheme,
    IntraEuOutsideEu,
    IntraEuToDutchAddress,
    NoFixedRate,
    NoRateAtDate,
    OutsideScopeMixed,
    SellerVatIdMissing,
    VatIdMalformed,
    VatIdMissing,
    VatIdNotForeign,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from klantenapp.services.catalogue.tax import Nature, TaxCode, TaxRule, Terms
    from klantenapp.services.errors.base import Refusal

#: Members of the EU (ISO 3166; Greece is GR here and EL in VAT ids).
EU_COUNTRIES = frozenset(
    "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split()  # noqa: SIM905 - reads better than 27 strings
)
#: Goods to Northern Ireland are still intra-EU, under VAT ids that start with XI.
NORTHERN_IRELAND = "XI"

#: Treatments that the small-business scheme contradicts: its sentence and a reverse charge exclude
#: each other, intra-EU supplies carry no Dutch zero rate under it, and a fixed rate is tax.
FORBIDDEN_TO_SMALL_BUSINESS = frozenset(
    {Treatment.REVERSE_CHARGE, Treatment.INTRA_EU, Treatment.FIXED}
)


@dataclass(frozen=True, slots=True)
class Parties:
    """What is known of seller and buyer.

    Attributes:
        seller_vat_id: the seller's own btw-id.
        vat_id: the customer's VAT id, compact.
        vat_id_valid: its form and check digits fit its country (`customers` checks that).
        country: ISO country of the customer.
        delivery_country: ISO country that goods go to; "" is the customer's.
    """

    seller_vat_id: str = ""
    vat_id: str = ""
    vat_id_valid: bool = True
    country: str = "NL"
    delivery_country: str = ""

    @property
    def destination(self) -> str:
        """Where goods go."""
        return self.delivery_country or self.country


def problems(
    lines: Sequence[tuple[TaxCode, Nature]], terms: Terms, parties: Parties
) -> list[tuple[str | None, Refusal]]:
    """Everything that forbids issuing a document under these terms; empty is lawful.

    Args:
        lines: tax code and nature per line, in order.
        terms: what the document says about tax.
        parties: what is known of seller and buyer.

    Returns:
        (field, failure) pairs, each failure once, ready for `errors.base.Invalid`.
    """
    found: dict[tuple[type[Refusal], str | None], Refusal] = {}
    for failure in _find(lines, terms, parties):
        found.setdefault((type(failure), failure.field), failure)
    return [(failure.field, failure) for failure in found.values()]


def _find(
    lines: Sequence[tuple[TaxCode, Nature]], terms: Terms, parties: Parties
) -> Iterator[Refusal]:
    if terms.small_business and terms.treatment in FORBIDDEN_TO_SMALL_BUSINESS:
        yield ForbiddenBySmallBusinessScheme(terms.treatment)
        return
    rules: list[TaxRule] = []
    for code, nature in lines:
        try:
            rules.append(resolve(code, nature, terms))
        except (NoRateAtDate, NoFixedRate) as failure:
            yield failure
    for rule in dict.fromkeys(rules):
        yield from _missing(rule, terms, parties)
    yield from _mixed(rules)


def _missing(rule: TaxRule, terms: Terms, parties: Parties) -> Iterator[Refusal]:
    """Evidence that the rule needs and the parties lack; proofs on paper cannot be checked here."""
    if Evidence.SELLER_VAT_ID in rule.evidence and not parties.seller_vat_id:
        yield SellerVatIdMissing()
    if Evidence.BUYER_VAT_ID in rule.evidence:
        yield from _vat_id(rule, terms, parties)
    if Evidence.EU_COUNTRY in rule.evidence:
        yield from _inside_eu(parties.country, EU_COUNTRIES)
    if Evidence.EU_DELIVERY in rule.evidence:
        yield from _inside_eu(parties.destination, EU_COUNTRIES | {NORTHERN_IRELAND})
    if Evidence.NON_EU_COUNTRY in rule.evidence and parties.country in EU_COUNTRIES:
        yield ExportInsideEu(parties.country)
    if Evidence.NON_EU_DELIVERY in rule.evidence and parties.destination in EU_COUNTRIES:
        yield ExportInsideEu(parties.destination)
    if Evidence.EXEMPTION_REASON in rule.evidence and rule.wording is None:
        yield ExemptionReasonMissing()


def _vat_id(rule: TaxRule, terms: Terms, parties: Parties) -> Iterator[Refusal]:
    if not parties.vat_id:
        yield VatIdMissing(terms.treatment)
        return
    if not parties.vat_id_valid:
        yield VatIdMalformed(parties.vat_id)
        return
    prefix = parties.vat_id[:2].upper()
    member = EU_COUNTRIES - {"NL", "GR"} | {"EL"}
    if rule.category is Category.INTRA_EU:
        member |= {NORTHERN_IRELAND}
    if terms.treatment is Treatment.INTRA_EU and prefix not in member:
        yield VatIdNotForeign(parties.vat_id)


def _inside_eu(country: str, members: frozenset[str]) -> Iterator[Refusal]:
    if country == "NL":
        yield IntraEuToDutchAddress()
    elif country not in members:
        yield IntraEuOutsideEu(country)


def _mixed(rules: Iterable[TaxRule]) -> Iterator[Refusal]:
    outside = [rule.category is Category.OUTSIDE_SCOPE for rule in rules]
    if any(outside) and not all(outside):
        yield OutsideScopeMixed(outside.index(True) + 1)
