"""Failures of payments, refunds and write-offs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from klantenapp.services.errors.base import Refusal

if TYPE_CHECKING:
    import datetime as dt

    from klantenapp.models.values import Money


@dataclass(eq=False)
class NothingOpen(Refusal):
    """Nothing of the document is open.

    Attributes:
        number: of the document.
    """

    number: str


@dataclass(eq=False)
class AmountNotPositive(Refusal):
    """An amount of zero or less cannot be booked."""

    field: ClassVar[str | None] = "amount"


@dataclass(eq=False)
class AllocatesTooMuch(Refusal):
    """More is assigned to documents than came in.

    Attributes:
        assigned: in all. amount: of the payment.
    """

    assigned: Money
    amount: Money
    field: ClassVar[str | None] = "allocations"


@dataclass(eq=False)
class AllocationAboveOpen(Refusal):
    """More is assigned to one document than is open on it."""

    number: str
    open_amount: Money
    field: ClassVar[str | None] = "allocations"


@dataclass(eq=False)
class OtherCustomer(Refusal):
    """The document belongs to another customer than the payment."""

    number: str
    field: ClassVar[str | None] = "allocations"


@dataclass(eq=False)
class PaymentInFuture(Refusal):
    """A payment is dated today or earlier."""

    date: dt.date
    field: ClassVar[str | None] = "date"


@dataclass(eq=False)
class DuplicateBankReference(Refusal):
    """A payment under this bank reference was booked before.

    Attributes:
        reference: of the bank. date: of the first payment.
    """

    reference: str
    date: dt.date
    field: ClassVar[str | None] = "reference"


@dataclass(eq=False)
class RefundAboveCredit(Refusal):
    """More would be paid back than the customer has in credit."""

    amount: Money
    credit: Money
    field: ClassVar[str | None] = "amount"


@dataclass(eq=False)
class NotWrittenOff(Refusal):
    """Nothing of the invoice was written off, so nothing can be recovered."""

    number: str


@dataclass(eq=False)
class DifferenceTooLarge(Refusal):
    """The difference is more than may be written off without more ado.

    Attributes:
        amount: of the difference. limit: the setting.
    """

    amount: Money
    limit: Money
    field: ClassVar[str | None] = "amount"


@dataclass(eq=False)
class ReasonMissing(Refusal):
    """A write-off wants a reason."""

    field: ClassVar[str | None] = "reason"


@dataclass(eq=False)
class WriteOffInFuture(Refusal):
    """Nothing is written off before its day."""

    date: dt.date
    field: ClassVar[str | None] = "date"


@dataclass(eq=False)
class RecoversTooMuch(Refusal):
    """More came in on an invoice than was written off.

    Attributes:
        lost: what stands written off.
    """

    number: str
    lost: Money
    field: ClassVar[str | None] = "amount"


@dataclass(eq=False)
class NoDiscount(Refusal):
    """The invoice has no early-payment discount, or a part of it was paid already."""

    number: str


@dataclass(eq=False)
class DiscountTooLate(Refusal):
    """The early-payment discount held through an earlier day."""

    number: str
    until: dt.date
    field: ClassVar[str | None] = "date"


@dataclass(eq=False)
class NoCredit(Refusal):
    """The customer has nothing in credit that could be paid back or used."""


@dataclass(eq=False)
class CreditInstead(Refusal):
    """A document is not taken back: it is credited.

    Attributes:
        number: of the document.
    """

    number: str


@dataclass(eq=False)
class NoSuchRow(Refusal):
    """The history of the customer has no row under that number.

    Attributes:
        row: asked for. rows: how many there are.
    """

    row: int
    rows: int
