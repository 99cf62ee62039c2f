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
        "{name} has invoices or payments and cannot be deleted. Archive the customer instead."
    ),
    customers.MergeWithItself: N_("Customer {number} cannot be merged into itself."),
    customers.LabelEmpty: N_("A label needs a name."),
}

NOT_FOUND: dict[str, str] = {
    "customer": N_("There is no customer {key}. Check the number."),
}

OPERATIONS: dict[str, str] = {
    "customer.add": N_("New customer"),
    "customer.change": N_("Edit customer"),
    "customer.archive": N_("Archive customer"),
    "customer.restore": N_("Bring back customer"),
    "customer.merge": N_("Merge customers"),
    "customer.delete": N_("Delete customer"),
}
