"""Failures of direct debit: mandates, collection batches and returns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from klantenapp.services.errors.base import Refusal

if TYPE_CHECKING:
    import datetime as dt


@dataclass(eq=False)
class MandateReferenceWrong(Refusal):
    """A reference has 1 to 35 letters, digits and simple signs (SEPA)."""

    reference: str
    field: ClassVar[str | None] = "reference"


@dataclass(eq=False)
class MandateReferenceTaken(Refusal):
    """Another mandate has this reference."""

    reference: str
    field: ClassVar[str | None] = "reference"


@dataclass(eq=False)
class AccountNameMissing(Refusal):
    """A mandate wants the name on the account."""

    field: ClassVar[str | None] = "account_name"


@dataclass(eq=False)
class SignedInFuture(Refusal):
    """A mandate is signed today or earlier."""

    date: dt.date
    field: ClassVar[str | None] = "signed_on"


@dataclass(eq=False)
class MandateInUse(Refusal):
    """A mandate that something was collected under stays; it can be ended."""

    reference: str


@dataclass(eq=False)
class CreditorIncomplete(Refusal):
    """Collecting wants the user's own IBAN and creditor id."""


@dataclass(eq=False)
class NoMandate(Refusal):
    """The customer of an invoice has no mandate that holds.

    Attributes:
        number: of the invoice. customer: name.
    """

    number: str
    customer: str


@dataclass(eq=False)
class MandateNotSigned(Refusal):
    """The customer did not sign the mandate yet.

    Attributes:
        number: of the invoice. reference: of the mandate.
    """

    number: str
    customer: str
    reference: str


@dataclass(eq=False)
class MandateExpired(Refusal):
    """Nothing was collected under the mandate for 36 months, so it lapsed (SDD rulebook).

    Attributes:
        expired_on: the day on which it lapsed.
    """

    number: str
    customer: str
    reference: str
    expired_on: dt.date


@dataclass(eq=False)
class NothingToCollect(Refusal):
    """No invoice was chosen, or what was chosen is paid or under way already."""


@dataclass(eq=False)
class CollectionTooSoon(Refusal):
    """Banks want the file a working day ahead, and collect on working days.

    Attributes:
        first: the first day that can be chosen.
    """

    first: dt.date
    field: ClassVar[str | None] = "collection_date"


@dataclass(eq=False)
class BatchStateWrong(Refusal):
    """The batch is in a state in which this cannot be done.

    Attributes:
        reference: of the batch.
    """

    reference: str


@dataclass(eq=False)
class NoSuchCollection(Refusal):
    """The bank line belongs to no collection that can be booked or returned."""
