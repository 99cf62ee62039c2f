"""Why a price is what it is, and why a bank line belongs to an invoice, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from klantenapp import i18n
from klantenapp.i18n import N_
from klantenapp.services.catalogue.pricing import Level, Reason, Source
from klantenapp.services.receivables import proposals

if TYPE_CHECKING:
    from klantenapp.services.catalogue.pricing import Candidate

PRICE_SOURCES: dict[Source, str] = {
    Source.MANUAL: N_("Typed by hand"),
    Source.CONTRACT: N_("Contract"),
    Source.CONTRACT_DISCOUNT: N_("Contract discount"),
    Source.PRICE_LIST: N_("Price list"),
    Source.ITEM: N_("Standard price"),
}

PRICE_LEVELS: dict[Level, str] = {
    Level.DOCUMENT: N_("Price list of this document"),
    Level.CONTRACT: N_("Price list of the contract"),
    Level.CUSTOMER: N_("Price list of the customer"),
    Level.BUSINESS: N_("Your default price list"),
}

PRICE_REASONS: dict[Reason, str] = {
    Reason.CHOSEN: N_("This price is used"),
    Reason.OUTRANKED: N_("Something above it has a price"),
    Reason.DRAFT: N_("Is still a draft"),
    Reason.NOT_YET_VALID: N_("Valid from {start}"),
    Reason.EXPIRED: N_("Valid through {end}"),
    Reason.BELOW_QUANTITY: N_("From a quantity of {quantity}"),
    Reason.NO_PRICE: N_("Has no price for this item"),
    Reason.NO_DISCOUNT: N_("Gives no discount on this item"),
    Reason.HAS_CONTRACT_PRICE: N_("This item has a contract price"),
}

CERTAINTIES: dict[proposals.Certainty, str] = {
    proposals.Certainty.CERTAIN: N_("Certain"),
    proposals.Certainty.LIKELY: N_("Likely"),
    proposals.Certainty.UNSURE: N_("Unsure"),
}

MATCH_REASONS: dict[proposals.Reason, str] = {
    proposals.Reason.CREDITOR_REFERENCE: N_("Payment reference of the invoice (RF)"),
    proposals.Reason.PAYMENT_REFERENCE: N_("Dutch payment reference of the invoice"),
    proposals.Reason.NUMBER: N_("Invoice number in the text"),
    proposals.Reason.WITHOUT_YEAR: N_("Invoice number without the year in the text"),
    proposals.Reason.NUMBER_TYPO: N_("Invoice number with one wrong digit"),
    proposals.Reason.ACCOUNT: N_("Known account"),
    proposals.Reason.NAME: N_("The name is alike"),
    proposals.Reason.AMOUNT_EXACT: N_("Exactly the open amount"),
    proposals.Reason.SUM_EXACT: N_("Exactly the sum of these invoices"),
    proposals.Reason.ALL_OPEN: N_("Exactly everything that is open"),
    proposals.Reason.EARLY_DISCOUNT: N_("The open amount less the early-payment discount"),
    proposals.Reason.WITH_COSTS: N_("The open amount with the collection costs"),
    proposals.Reason.WITH_INTEREST: N_("The open amount with the interest"),
    proposals.Reason.WITH_COSTS_AND_INTEREST: N_(
        "The open amount with the collection costs and the interest"
    ),
    proposals.Reason.SMALL_DIFFERENCE: N_("Almost the open amount"),
    proposals.Reason.PART_PAYMENT: N_("Part of the open amount"),
    proposals.Reason.OVERPAYMENT: N_("More than the open amount"),
    proposals.Reason.OLDEST_FIRST: N_("The oldest invoices first"),
}

MATCH_DOUBTS: dict[proposals.Doubt, str] = {
    proposals.Doubt.OTHER_ACCOUNT: N_("The account belongs to another customer"),
    proposals.Doubt.OTHER_NAME: N_("The name is that of another customer"),
    proposals.Doubt.OTHER_NUMBER: N_("The text names another invoice"),
    proposals.Doubt.UNKNOWN_NUMBER: N_("The text names an invoice that is not open"),
    proposals.Doubt.SEVERAL_CUSTOMERS: N_("The text names invoices of several customers"),
    proposals.Doubt.SEVERAL_FIT: N_("Several invoices fit"),
    proposals.Doubt.OVERPAID: N_("More is paid than is open"),
}


def price_origin(candidate: Candidate) -> str:
    """Where a price comes from: whose list, or which kind of source."""
    label = PRICE_LEVELS[candidate.level] if candidate.level else PRICE_SOURCES[candidate.source]
    return i18n._(label)


def price_reason(candidate: Candidate) -> str:
    """Why a price is used or not, with the day or quantity that decides it."""
    period, quantity = candidate.period, candidate.min_quantity
    return i18n._(PRICE_REASONS[candidate.reason]).format(
        start=i18n.date(period.start) if period and period.start else "",
        end=i18n.date(period.end) if period and period.end else "",
        quantity=i18n.quantity(quantity.units) if quantity else "",
    )


def certainty(word: proposals.Certainty) -> str:
    """How sure a proposal is, in one word."""
    return i18n._(CERTAINTIES[word])


def match_reason(reason: proposals.Reason | proposals.Doubt) -> str:
    """What speaks for or against a proposal."""
    if isinstance(reason, proposals.Doubt):
        return i18n._(MATCH_DOUBTS[reason])
    return i18n._(MATCH_REASONS[reason])
