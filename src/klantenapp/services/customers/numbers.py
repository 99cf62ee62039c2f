"""Numbers that identify people and companies, checked as they are left.

Each check gives the problem or None; whether it warns or refuses is up to the caller. Rules and
libraries: `facts/dutch-rules.md` 3.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from klantenapp.services.errors.business import (
    EmailMalformed,
    IbanTooLong,
    IbanTooShort,
    IbanWrong,
    KvkMalformed,
    UnknownCountry,
    VatIdWrong,
)

if TYPE_CHECKING:
    from klantenapp.services.errors.base import Refusal

_DUTCH_IBAN: Final = 18
_DUTCH_CODE: Final = re.compile(r"([1-9]\d{3})\s*([A-Za-z]{2})")


def compact(text: str | None) -> str | None:
    """A number as it is stored: upper case, without spaces, dots and dashes; empty is None."""
    if text is None:
        return None
    return re.sub(r"[\s.\-\u2010-\u2015]", "", text).upper() or None


def kvk_problem(kvk: str | None) -> Refusal | None:
    """Eight digits; there is no public check digit."""
    number = compact(kvk)
    if number is None or re.fullmatch(r"[0-9]{8}", number):
        return None
    return KvkMalformed(str(kvk))


def vat_id_problem(vat_id: str | None) -> Refusal | None:
    """Form and check digits of a VAT id of any country of the EU; others are not judged."""
    number = compact(vat_id)
    if number is None:
        return None
    import stdnum.eu.vat

    prefix = number[:2].lower()
    if not number[:2].isalpha():
        return VatIdWrong(str(vat_id))
    if prefix == "el":
        prefix = "gr"
    if prefix == "nl" and not re.fullmatch(r"NL\d{9}B\d{2}", number):
        return VatIdWrong(str(vat_id))  # stdnum fills a number that is too short with zeros
    if prefix not in stdnum.eu.vat.MEMBER_STATES and prefix != "xi":
        return None
    return None if stdnum.eu.vat.is_valid(number) else VatIdWrong(str(vat_id))


def iban_problem(iban: str | None) -> Refusal | None:
    """Length of a Dutch one, then form and check digits of any."""
    number = compact(iban)
    if number is None:
        return None
    if number.startswith("NL") and len(number) != _DUTCH_IBAN:
        missing = _DUTCH_IBAN - len(number)
        return IbanTooShort(missing) if missing > 0 else IbanTooLong(-missing)
    import stdnum.iban

    # The national account checks are left out: they refuse accounts that exist.
    valid = stdnum.iban.is_valid(number, check_country=False)
    return None if valid else IbanWrong(str(iban))


def email_problem(email: str | None) -> Refusal | None:
    """One address with a form that can exist; whether it does is not asked."""
    if email is None or not email.strip():
        return None
    from email_validator import EmailNotValidError, validate_email

    try:
        validate_email(email.strip(), check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return EmailMalformed(email)
    return None


def country_problem(country: str) -> Refusal | None:
    """Two letters, as ISO 3166 has them."""
    return None if re.fullmatch(r"[A-Z]{2}", country) else UnknownCountry(country)


def postal_code(text: str | None, country: str) -> str | None:
    """A postal code as it is written: in the Netherlands "8011ab" becomes "8011 AB"."""
    code = (text or "").strip()
    found = _DUTCH_CODE.fullmatch(code)
    if country == "NL" and found:
        return f"{found.group(1)} {found.group(2).upper()}"
    return code or None
