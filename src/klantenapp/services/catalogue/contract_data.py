"""A contract as it is filled in: frozen, complete, and nothing that is computed."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Final

from klantenapp.models.values import Quantity

if TYPE_CHECKING:
    import datetime as dt

    from klantenapp.models.values import Percent, UnitPrice

ALWAYS: Final = Quantity(0)
#: Days before the end on which a contract asks for attention, unless it says otherwise.
REMIND_DAYS: Final = 30


@dataclass(frozen=True, kw_only=True)
class AgreedPrice:
    """The price of an item from a quantity on, without tax."""

    item_id: int
    price: UnitPrice
    min_quantity: Quantity = ALWAYS


@dataclass(frozen=True, kw_only=True)
class GroupDiscount:
    """The discount on the items of a group that have no agreed price."""

    group_id: int
    percent: Percent


@dataclass(frozen=True, kw_only=True)
class ContractData:
    """What is filled in of a contract; what is None is not agreed, and stays as it was without.

    Attributes:
        valid_from, valid_to: both days included; valid_to None goes on until it is ended.
        at_end: what happens after `valid_to`: remind (so many days before), renew silently until a
            later contract begins, or stop.
        discount: on items without an agreed price and without a discount on their group.
        total_discount: on the invoice total.
    """

    customer_id: int
    name: str
    valid_from: dt.date
    valid_to: dt.date | None = None
    reference: str | None = None
    at_end: str = "remind"
    remind_days: int = REMIND_DAYS
    prices: tuple[AgreedPrice, ...] = ()
    discount: Percent | None = None
    group_discounts: tuple[GroupDiscount, ...] = ()
    total_discount: Percent | None = None
    tax_treatment: str | None = None
    fixed_tax_percent: Percent | None = None
    exemption_reason: str | None = None
    payment_term_id: int | None = None
    payment_method_id: int | None = None
    price_list_id: int | None = None
    is_draft: bool = False
    note: str | None = None


_PARTS: Final = frozenset({"prices", "group_discounts"})
#: Fields that are columns of the contract under the same name.
COLUMNS: Final = tuple(field.name for field in fields(ContractData) if field.name not in _PARTS)


def clean(data: ContractData) -> ContractData:
    """Trimmed, with what belongs to another tax treatment left out."""
    cleaned = replace(
        data,
        name=data.name.strip(),
        reference=_trimmed(data.reference),
        exemption_reason=_trimmed(data.exemption_reason),
        note=_trimmed(data.note),
    )
    if cleaned.tax_treatment != "fixed":
        cleaned = replace(cleaned, fixed_tax_percent=None)
    if cleaned.tax_treatment != "exempt":
        cleaned = replace(cleaned, exemption_reason=None)
    return cleaned


def _trimmed(text: str | None) -> str | None:
    return (text or "").strip() or None
