"""What can be refused about price lists and contracts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from klantenapp.services.errors.base import Refusal

if TYPE_CHECKING:
    import datetime as dt

    from klantenapp.models.values import Percent, Quantity


@dataclass(eq=False)
class AgreementNameMissing(Refusal):
    """A price list or a contract needs a name."""

    field: ClassVar[str | None] = "name"


@dataclass(eq=False)
class PriceListNameTaken(Refusal):
    """Another price list has this name; documents and imports know a list by its name."""

    name: str
    field: ClassVar[str | None] = "name"


@dataclass(eq=False)
class EndBeforeStart(Refusal):
    """A period ends before it begins.

    Attributes:
        start, end: of the period.
    """

    start: dt.date
    end: dt.date
    field: ClassVar[str | None] = "valid_to"


@dataclass(eq=False)
class TierTwice(Refusal):
    """An item has two prices from the same quantity.

    Attributes:
        item: code of the item. quantity: from which both would hold.
    """

    item: str
    quantity: Quantity
    field: ClassVar[str | None] = "prices"


@dataclass(eq=False)
class TierDearer(Refusal):
    """A warning: more of an item costs more each than less of it.

    Attributes:
        item: code of the item. quantity: from which the dearer price holds.
    """

    item: str
    quantity: Quantity
    field: ClassVar[str | None] = "prices"


@dataclass(eq=False)
class PriceNegative(Refusal):
    """A price is zero or more."""

    item: str
    field: ClassVar[str | None] = "prices"


@dataclass(eq=False)
class QuantityNegative(Refusal):
    """A tier begins at zero or more."""

    item: str
    field: ClassVar[str | None] = "prices"


@dataclass(eq=False)
class DiscountOutOfRange(Refusal):
    """A discount lies between 0 and 100 %.

    Attributes:
        percent: asked for.
    """

    percent: Percent


@dataclass(eq=False)
class ChangeOutOfRange(Refusal):
    """Prices cannot fall by more than everything, or become more than eleven times as high."""

    percent: Percent
    field: ClassVar[str | None] = "percent"


@dataclass(eq=False)
class PriceListInUse(Refusal):
    """The list prices something, so it cannot go.

    Attributes:
        name: of the list. users: what uses it, by name.
    """

    name: str
    users: tuple[str, ...]


@dataclass(eq=False)
class PriceListTaxLocked(Refusal):
    """A document used the list, so its prices cannot change from with tax to without or back."""

    name: str
    field: ClassVar[str | None] = "includes_tax"


@dataclass(eq=False)
class PriceListIsDraft(Refusal):
    """Only a list that is no draft can be given to a customer."""

    name: str
    field: ClassVar[str | None] = "price_list"


@dataclass(eq=False)
class ContractOverlap(Refusal):
    """The customer has another contract on some of these days.

    Attributes:
        name: of the other contract. start: its first day. end: its last day.
    """

    name: str
    start: dt.date
    end: dt.date


@dataclass(eq=False)
class ContractOverlapOpen(Refusal):
    """The customer has another contract, without an end, on some of these days.

    Attributes:
        name: of the other contract. start: its first day.
    """

    name: str
    start: dt.date


@dataclass(eq=False)
class GroupTwice(Refusal):
    """A contract gives a group of items two discounts.

    Attributes:
        group: name of the group.
    """

    group: str
    field: ClassVar[str | None] = "group_discounts"


@dataclass(eq=False)
class ContractInUse(Refusal):
    """Issued documents were priced by the contract; it can be ended, not deleted."""

    name: str


@dataclass(eq=False)
class EndOutsideContract(Refusal):
    """A contract can end early on one of its own days only.

    Attributes:
        start: first day of the contract.
    """

    start: dt.date
    field: ClassVar[str | None] = "ended_on"


@dataclass(eq=False)
class ContractIsDraft(Refusal):
    """A draft is not in force, so it cannot be ended."""

    name: str


@dataclass(eq=False)
class ContractValueWrong(Refusal):
    """A file of input has a value that its key cannot take.

    Attributes:
        key: whose value. value: as written. expected: what it should be, as an example or a list.
    """

    key: str
    value: str
    expected: str


@dataclass(eq=False)
class ContractKeyMissing(Refusal):
    """A file of input lacks a key that must be there."""

    key: str
