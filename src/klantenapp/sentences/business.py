"""Sentences about the user's own business and about numbers that identify."""

from __future__ import annotations

from klantenapp.i18n import N_, NN_
from klantenapp.services.errors import business

SENTENCES: dict[type[Exception], str | tuple[str, str]] = {
    business.LegalNameMissing: N_("Fill in the name of your company; it stands on every invoice."),
    business.BusinessExists: N_(
        "This administration has its company details already. Change them under Settings, or start"
        " a new administration."
    ),
    business.BusinessMissing: N_(
        "This administration has no company details yet. Fill them in first, with the name and"
        " address that go on your invoices."
    ),
    business.UnknownCountry: N_(
        "“{country}” is not a country code. Use two letters, such as NL or DE."
    ),
    business.KvkMalformed: N_(
        "“{kvk}” is not a Chamber of Commerce number: that has 8 digits. Check it on your extract."
    ),
    business.VatIdWrong: N_(
        "“{vat_id}” is not a valid VAT id. A Dutch one looks like NL123456789B01; check the digits."
    ),
    business.IbanWrong: N_("“{iban}” is not a valid IBAN: the check digits are wrong. Check it."),
    business.IbanTooShort: NN_(
        "This IBAN is {count} character too short. A Dutch one has 18.",
        "This IBAN is {count} characters too short. A Dutch one has 18.",
    ),
    business.IbanTooLong: NN_(
        "This IBAN is {count} character too long. A Dutch one has 18.",
        "This IBAN is {count} characters too long. A Dutch one has 18.",
    ),
    business.EmailMalformed: N_(
        "“{email}” is not an e-mail address. Check it, for instance the part after the @."
    ),
    business.TextTooLong: NN_(
        "This text is too long. Use at most {count} character.",
        "This text is too long. Use at most {count} characters.",
    ),
}

OPERATIONS: dict[str, str] = {
    "business.create": N_("Set up company"),
    "business.change": N_("Change company details"),
}
