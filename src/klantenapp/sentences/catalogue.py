"""Sentences about items, prices, contracts and tax."""

from __future__ import annotations

from klantenapp.i18n import N_
from klantenapp.services.errors import catalogue

SENTENCES: dict[type[Exception], str] = {
    catalogue.NoRateAtDate: N_(
        "Tax code “{code}” has no rate on {day}. Change the date of supply, or add a rate for that"
        " day in the settings."
    ),
    catalogue.NoFixedRate: N_("Fill in the fixed tax rate, or choose another tax treatment."),
    catalogue.VatIdMissing: N_(
        "This tax treatment needs the customer's VAT id on the invoice. Fill it in with the"
        " customer, or choose another tax treatment."
    ),
    catalogue.VatIdMalformed: N_(
        "“{vat_id}” is not a valid VAT id. Check it with the customer and correct it."
    ),
    catalogue.VatIdNotForeign: N_(
        "An intra-EU supply needs a VAT id of another EU country; “{vat_id}” is not one. Correct"
        " the VAT id, or choose another tax treatment."
    ),
    catalogue.IntraEuToDutchAddress: N_(
        "Intra-EU is not possible for an address in the Netherlands. Choose another tax treatment,"
        " or correct the country."
    ),
    catalogue.IntraEuOutsideEu: N_(
        "Intra-EU is not possible: {country} is not in the EU. Choose export, or correct the"
        " country."
    ),
    catalogue.ExportInsideEu: N_(
        "Export is not possible: {country} is in the EU. Choose another tax treatment, or correct"
        " the country."
    ),
    catalogue.SellerVatIdMissing: N_(
        "Your own VAT id must be on this invoice. Fill it in under Settings, Company."
    ),
    catalogue.ForbiddenBySmallBusinessScheme: N_(
        "You use the small-business scheme, so this tax treatment is not possible. Choose"
        " domestic, or change the scheme in the settings."
    ),
    catalogue.ExemptionReasonMissing: N_(
        "Say which exemption applies: the letter of article 11, or the sentence to print."
    ),
    catalogue.OutsideScopeMixed: N_(
        "Line {line} is outside the scope of tax and cannot be on one invoice with taxed lines."
        " Make a separate invoice for it."
    ),
    catalogue.DiscountAboveTotal: N_(
        "The discount of {discount} is more than the total of {limit}. Lower the discount."
    ),
    catalogue.NoPrice: N_(
        "There is no price for {item}. Type one, or give the item a price or a place on a price"
        " list."
    ),
    catalogue.PriceListCircle: N_(
        "A price list cannot be derived from itself: {names}. Choose another base list."
    ),
}

OPERATIONS: dict[str, str] = {}
