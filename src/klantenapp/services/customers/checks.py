"""What is known of a number as it is left: its form and digits are right, or what to look at.

Nothing here refuses; an odd number is the user's to keep. Rules and libraries:
`facts/dutch-rules.md` 3.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from klantenapp.services.customers import numbers
from klantenapp.services.errors.customers import PhoneOdd, PostalCodeOdd

if TYPE_CHECKING:
    from collections.abc import Callable

    from klantenapp.services.errors.base import Refusal

#: Forms of postal codes of the countries that small Dutch businesses invoice most.
_POSTAL_CODES: Final = {
    "NL": r"[1-9]\d{3} ?(?!SA|SD|SS)[A-Z]{2}",
    "BE": r"[1-9]\d{3}",
    "DE": r"\d{5}",
    "FR": r"\d{5}",
    "LU": r"(L-)?\d{4}",
    "AT": r"\d{4}",
}


@dataclass(frozen=True)
class Check:
    """Outcome of looking at one number.

    Attributes:
        kind: vat_id, kvk, iban, phone, email or postal_code.
        verified: what was looked at and is right: "digits" (form and check digits), "form" (the
            form alone: there are no check digits), or "" where there is nothing to judge.
        problem: what is odd; None where nothing is.
    """

    kind: str
    verified: str = ""
    problem: Refusal | None = None

    @property
    def is_ok(self) -> bool:
        """Something was verified, and it is right."""
        return bool(self.verified) and self.problem is None


def check(kind: str, value: str | None, country: str = "NL") -> Check:
    """Look at a number.

    Args:
        kind: as in `Check`.
        value: what was typed; empty is nothing to judge.
        country: of the customer, for phone and postal code.
    """
    if value is None or not value.strip():
        return Check(kind)
    problem = _PROBLEMS[kind](value, country)
    return Check(kind, "" if problem else _verified(kind, value, country), problem)


def _verified(kind: str, value: str, country: str) -> str:
    if kind == "postal_code":
        return "form" if country in _POSTAL_CODES else ""
    if kind == "vat_id":
        return "digits" if _in_the_union(value) else ""
    return {"kvk": "form", "iban": "digits", "phone": "form", "email": "form"}[kind]


def _in_the_union(value: str) -> bool:
    import stdnum.eu.vat

    prefix = (numbers.compact(value) or "")[:2].lower()
    return {"el": "gr"}.get(prefix, prefix) in stdnum.eu.vat.MEMBER_STATES


def phone_problem(value: str, country: str) -> Refusal | None:
    """A number that can exist in the country, or abroad with its +."""
    import phonenumbers  # noqa: PLC0415 - large, and used only when a number is left

    try:
        parsed = phonenumbers.parse(value, country)
    except phonenumbers.NumberParseException:
        return PhoneOdd(value)
    return None if phonenumbers.is_possible_number(parsed) else PhoneOdd(value)


def postal_code_problem(value: str, country: str) -> Refusal | None:
    """The form that the country's postal codes have."""
    form = _POSTAL_CODES.get(country)
    if form is None or re.fullmatch(form, value.strip().upper()):
        return None
    return PostalCodeOdd(value)


_PROBLEMS: Final[dict[str, Callable[[str, str], Refusal | None]]] = {
    "vat_id": lambda value, _country: numbers.vat_id_problem(value),
    "kvk": lambda value, _country: numbers.kvk_problem(value),
    "iban": lambda value, _country: numbers.iban_problem(value),
    "email": lambda value, _country: numbers.email_problem(value),
    "phone": phone_problem,
    "postal_code": postal_code_problem,
}
