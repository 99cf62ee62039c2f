"""Failures of the user's own business and of the numbers that identify people and companies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from klantenapp.services.errors.base import Refusal


@dataclass(eq=False)
class LegalNameMissing(Refusal):
    """A business without a name."""

    field: ClassVar[str | None] = "legal_name"


@dataclass(eq=False)
class BusinessExists(Refusal):
    """This administration has its business already."""


@dataclass(eq=False)
class BusinessMissing(Refusal):
    """The administration has no business yet: the wizard was left."""


@dataclass(eq=False)
class UnknownCountry(Refusal):
    """Not two letters of ISO 3166."""

    field: ClassVar[str | None] = "country"
    country: str


@dataclass(eq=False)
class KvkMalformed(Refusal):
    """Not eight digits."""

    field: ClassVar[str | None] = "kvk"
    kvk: str


@dataclass(eq=False)
class VatIdWrong(Refusal):
    """The form or the check digits are wrong."""

    field: ClassVar[str | None] = "vat_id"
    vat_id: str


@dataclass(eq=False)
class IbanWrong(Refusal):
    """The check digits or the form are wrong."""

    field: ClassVar[str | None] = "iban"
    iban: str


@dataclass(eq=False)
class IbanTooShort(Refusal):
    """A Dutch IBAN has 18 characters.

    Attributes:
        count: characters that are missing.
    """

    field: ClassVar[str | None] = "iban"
    count: int


@dataclass(eq=False)
class IbanTooLong(Refusal):
    """A Dutch IBAN has 18 characters.

    Attributes:
        count: characters too many.
    """

    field: ClassVar[str | None] = "iban"
    count: int


@dataclass(eq=False)
class EmailMalformed(Refusal):
    """Not one address."""

    field: ClassVar[str | None] = "email"
    email: str


@dataclass(eq=False)
class TextTooLong(Refusal):
    """A field holds more than a document can carry.

    Attributes:
        count: characters that are allowed.
    """

    count: int
