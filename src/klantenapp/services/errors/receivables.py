"""Failures of bank lines: importing, matching, ignoring."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from klantenapp.services.errors.base import Refusal

if TYPE_CHECKING:
    import datetime as dt

    from klantenapp.models.values import Money


@dataclass(eq=False)
class UnknownBankAccount(Refusal):
    """A statement of an account that is not known as the user's own.

    Attributes:
        iban: one or more accounts, as the file has them.
    """

    iban: tuple[str, ...]


@dataclass(eq=False)
class BankLineNotOpen(Refusal):
    """The line was matched, ignored or set aside already.

    Attributes:
        date, amount: of the line.
    """

    date: dt.date
    amount: Money


@dataclass(eq=False)
class BankLineNotMatched(Refusal):
    """The line is matched to nothing, so there is nothing to unlink."""

    date: dt.date
    amount: Money


@dataclass(eq=False)
class AssignmentUnbalanced(Refusal):
    """What is assigned is not what the bank line brought.

    Attributes:
        assigned: in all. amount: of the line.
    """

    assigned: Money
    amount: Money
    field: ClassVar[str | None] = "allocations"


@dataclass(eq=False)
class AssignmentAboveOpen(Refusal):
    """More is assigned to one open item than is open on it."""

    number: str
    open_amount: Money
    field: ClassVar[str | None] = "allocations"


@dataclass(eq=False)
class RuleEmpty(Refusal):
    """A rule that would ignore every line."""

    field: ClassVar[str | None] = "value"
