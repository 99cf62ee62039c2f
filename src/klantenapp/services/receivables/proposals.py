"""A bank line, and what is proposed for it: the words of matching. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from klantenapp.models.values import ZERO

if TYPE_CHECKING:
    import datetime as dt

    from klantenapp.models.values import Money


class Reason(StrEnum):
    """What speaks for a proposal."""

    CREDITOR_REFERENCE = "creditor_reference"
    PAYMENT_REFERENCE = "payment_reference"
    NUMBER = "number"
    WITHOUT_YEAR = "number_without_year"
    NUMBER_TYPO = "number_typo"
    ACCOUNT = "known_account"
    NAME = "name"
    AMOUNT_EXACT = "amount_exact"
    SUM_EXACT = "sum_exact"
    ALL_OPEN = "all_open"
    EARLY_DISCOUNT = "early_discount"
    WITH_COSTS = "with_costs"
    WITH_INTEREST = "with_interest"
    WITH_COSTS_AND_INTEREST = "with_costs_and_interest"
    SMALL_DIFFERENCE = "small_difference"
    PART_PAYMENT = "part_payment"
    OVERPAYMENT = "overpayment"
    OLDEST_FIRST = "oldest_first"


class Doubt(StrEnum):
    """What speaks against a proposal."""

    OTHER_ACCOUNT = "other_account"
    OTHER_NAME = "other_name"
    OTHER_NUMBER = "other_number"
    UNKNOWN_NUMBER = "unknown_number"
    SEVERAL_CUSTOMERS = "several_customers"
    SEVERAL_FIT = "several_fit"
    OVERPAID = "overpaid"


class Certainty(StrEnum):
    """How sure a proposal is: zeker, waarschijnlijk, onzeker."""

    CERTAIN = "certain"
    LIKELY = "likely"
    UNSURE = "unsure"


RANK = {Certainty.CERTAIN: 0, Certainty.LIKELY: 1, Certainty.UNSURE: 2}


@dataclass(frozen=True, slots=True)
class BankLine:
    """What a bank says about one payment.

    Attributes:
        amount: signed; negative went out.
        name: of the other party.
        account: IBAN of the other party, compact.
        reference: structured reference, "" where there is none.
    """

    id: int
    day: dt.date
    amount: Money
    name: str = ""
    account: str = ""
    text: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the line for one open item, signed as the line."""

    item_id: int
    amount: Money


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a line could be; parts, costs, interest and what is left add up to its amount.

    Attributes:
        certainty: how sure.
        customer_id: whose payment it is.
        parts: per open item.
        costs, interest: of a reminder, paid with it.
        left: neither of an open item nor of a reminder.
        discount: early-payment discount that was taken.
        difference: small difference that can be written off.
        reasons: what speaks for it.
        doubts: what speaks against it.
        also: other customers whose items are among the parts.
    """

    certainty: Certainty
    customer_id: int
    parts: tuple[Part, ...]
    costs: Money = ZERO
    interest: Money = ZERO
    left: Money = ZERO
    discount: Money = ZERO
    difference: Money = ZERO
    reasons: tuple[Reason, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    also: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """Everything proposed for a line, the surest first.

    Attributes:
        own_transfer: the other account is the user's own.
    """

    line: BankLine
    proposals: tuple[Proposal, ...] = ()
    own_transfer: bool = False

    @property
    def certainty(self) -> Certainty | None:
        """Of the first proposal; None where there is none."""
        return self.proposals[0].certainty if self.proposals else None
