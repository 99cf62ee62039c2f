"""Failures of customers, contacts and addresses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from klantenapp.services.errors.base import Refusal


@dataclass(eq=False)
class NameMissing(Refusal):
    """A customer needs a name."""

    field: ClassVar[str | None] = "name"


@dataclass(eq=False)
class CustomerNumberTaken(Refusal):
    """Another customer has, or had, this number.

    Attributes:
        number: asked for. name: of that customer.
    """

    number: str
    name: str
    field: ClassVar[str | None] = "number"


@dataclass(eq=False)
class FieldTooLong(Refusal):
    """Longer than a field may be.

    Attributes:
        limit: in characters.
    """

    limit: int


@dataclass(eq=False)
class CustomerInUse(Refusal):
    """The customer has documents or payments; it can be archived, not deleted.

    Attributes:
        name: of the customer.
    """

    name: str


@dataclass(eq=False)
class MergeWithItself(Refusal):
    """A customer cannot be merged into itself, or into one that was merged."""

    number: str


@dataclass(eq=False)
class LabelEmpty(Refusal):
    """A label is a word."""

    field: ClassVar[str | None] = "labels"


@dataclass(eq=False)
class ContactNameMissing(Refusal):
    """A contact needs a name."""

    field: ClassVar[str | None] = "name"


@dataclass(eq=False)
class AddressInUse(Refusal):
    """An issued document was delivered to this address.

    Attributes:
        number: of that document.
    """

    number: str


@dataclass(eq=False)
class InvoiceAddressNeeded(Refusal):
    """The only invoice address cannot go."""

    field: ClassVar[str | None] = "kind"


@dataclass(eq=False)
class PhoneOdd(Refusal):
    """A number that cannot be dialled as it stands.

    Attributes:
        phone: as typed.
    """

    phone: str
    field: ClassVar[str | None] = "phone"


@dataclass(eq=False)
class PostalCodeOdd(Refusal):
    """Not the form that the country's postal codes have.

    Attributes:
        code: as typed.
    """

    code: str
    field: ClassVar[str | None] = "postal_code"


@dataclass(eq=False)
class TermTooLong(Refusal):
    """A warning: a large company owes a small supplier within 30 days (art. 6:119a lid 6 BW).

    Attributes:
        days: of the term.
    """

    days: int
    field: ClassVar[str | None] = "payment_term_id"


@dataclass(eq=False)
class GovernmentTermTooLong(Refusal):
    """A warning: a public authority pays within 30 days (art. 6:119b BW).

    Attributes:
        days: of the term.
    """

    days: int
    field: ClassVar[str | None] = "payment_term_id"


@dataclass(eq=False)
class TermNeedsAgreement(Refusal):
    """A warning: over 60 days between businesses must be agreed expressly (art. 6:119a BW).

    Attributes:
        days: of the term.
    """

    days: int
    field: ClassVar[str | None] = "payment_term_id"


@dataclass(eq=False)
class MarkUnreadable(Refusal):
    """A company mark that is no picture the program can show."""
