"""Sentences about customers."""

from __future__ import annotations

from klantenapp.i18n import N_
from klantenapp.services.errors import customers

SENTENCES: dict[type[Exception], str] = {
    customers.NameMissing: N_("A customer needs a name. Fill it in."),
    customers.CustomerNumberTaken: N_(
        "Customer number {number} belongs to {name}. Choose another number."
    ),
    customers.FieldTooLong: N_("This is too long: at most {limit} characters fit. Shorten it."),
    customers.CustomerInUse: N_(
        "{name} has invoices, payments, contracts, messages or files and cannot be deleted. Archive"
        " the customer instead."
    ),
    customers.MergeWithItself: N_("Customer {number} cannot be merged into itself."),
    customers.LabelEmpty: N_("A label needs a name."),
    customers.ContactNameMissing: N_("A contact needs a name. Fill it in."),
    customers.AddressInUse: N_(
        "{number} was delivered to this address. Leave it, or give it another kind."
    ),
    customers.InvoiceAddressNeeded: N_(
        "This is the only invoice address. Add another one first, or change this one."
    ),
    customers.PhoneOdd: N_("“{phone}” does not look like a phone number. Check the digits."),
    customers.PostalCodeOdd: N_(
        "“{code}” does not look like a postal code of this country. Check it."
    ),
    customers.TermTooLong: N_(
        "{days} days is longer than the law allows: a large company pays a small supplier within"
        " 30 days (art. 6:119a BW). What is agreed beyond that counts as 30 days."
    ),
    customers.GovernmentTermTooLong: N_(
        "{days} days is longer than the law allows: a public authority pays within 30 days"
        " (art. 6:119b BW)."
    ),
    customers.TermNeedsAgreement: N_(
        "Over 60 days counts only where both expressly agreed and it is not unfair to you"
        " (art. 6:119a BW)."
    ),
    customers.MarkUnreadable: N_("This picture cannot be read. Choose a PNG or JPG file."),
}

NOT_FOUND: dict[str, str] = {
    "customer": N_("There is no customer {key}. Check the number."),
    "contact": N_("This contact is not there any more."),
    "address": N_("This address is not there any more."),
    "label": N_("This label is not there any more."),
}

OPERATIONS: dict[str, str] = {
    "customer.add": N_("New customer"),
    "customer.change": N_("Edit customer"),
    "customer.archive": N_("Archive customer"),
    "customer.restore": N_("Bring back customer"),
    "customer.merge": N_("Merge customers"),
    "customer.delete": N_("Delete customer"),
    "customer.label": N_("Labels of customer"),
    "customer.mark": N_("Company mark"),
    "label.add": N_("New label"),
    "label.rename": N_("Rename label"),
    "label.delete": N_("Delete label"),
    "contact.add": N_("New contact"),
    "contact.change": N_("Edit contact"),
    "contact.remove": N_("Delete contact"),
    "contact.first": N_("First contact"),
    "address.add": N_("New address"),
    "address.change": N_("Edit address"),
    "address.remove": N_("Delete address"),
}
