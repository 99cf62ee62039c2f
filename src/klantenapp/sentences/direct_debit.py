"""Sentences about direct debit."""

from __future__ import annotations

from klantenapp.i18n import N_
from klantenapp.services.errors import direct_debit

SENTENCES: dict[type[Exception], str] = {
    direct_debit.MandateReferenceWrong: N_(
        "“{reference}” is no mandate reference. Use at most 35 letters, digits and dashes."
    ),
    direct_debit.MandateReferenceTaken: N_(
        "The mandate reference {reference} exists already. Choose another one."
    ),
    direct_debit.AccountNameMissing: N_("Fill in the name on the account."),
    direct_debit.SignedInFuture: N_("{date} is in the future. Fill in the day of signing."),
    direct_debit.MandateInUse: N_(
        "Something was collected under mandate {reference} already. End it instead of deleting it."
    ),
    direct_debit.CreditorIncomplete: N_(
        "Collecting needs your own IBAN and your creditor id. Fill them in under Settings, Company."
    ),
    direct_debit.NoMandate: N_(
        "{customer} has no mandate that holds, so {number} cannot be collected. Add the mandate"
        " with the customer."
    ),
    direct_debit.MandateNotSigned: N_(
        "{customer} did not sign mandate {reference} yet, so {number} cannot be collected. Fill in"
        " the day of signing with the customer."
    ),
    direct_debit.MandateExpired: N_(
        "Mandate {reference} of {customer} lapsed on {expired_on}: nothing was collected under it"
        " for 36 months. {number} needs a new mandate."
    ),
    direct_debit.NothingToCollect: N_("There is nothing to collect. Choose open invoices."),
    direct_debit.CollectionTooSoon: N_(
        "The bank cannot collect on that day any more. Choose {first} or a later working day."
    ),
    direct_debit.BatchStateWrong: N_(
        "This cannot be done with collection {reference} in the state it is in."
    ),
    direct_debit.NoSuchCollection: N_("This bank line belongs to no collection."),
}

NOT_FOUND: dict[str, str] = {
    "mandate": N_("This mandate does not exist any more."),
    "collection_batch": N_("This collection does not exist any more."),
}

OPERATIONS: dict[str, str] = {
    "mandate.add": N_("Add mandate"),
    "mandate.sign": N_("Sign mandate"),
    "mandate.end": N_("End mandate"),
    "mandate.delete": N_("Delete mandate"),
    "collection.make": N_("Make collection file"),
    "collection.announce": N_("Announce collection"),
    "collection.send": N_("Collection handed to the bank"),
    "collection.cancel": N_("Cancel collection"),
    "collection.book": N_("Book collection"),
}
