"""What can be refused about items, prices, contracts and tax."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from klantenapp.services.errors.base import Refusal

if TYPE_CHECKING:
    import datetime as dt

    from klantenapp.models.values import Money


@dataclass(eq=False)
class NoRateAtDate(Refusal):
    """The tax code has no rate on the day of supply.

    Attributes:
        code: key of the tax code.
        day: day of supply.
    """

    code: str
    day: dt.date
    field: ClassVar[str | None] = "supply_date"


@dataclass(eq=False)
class NoFixedRate(Refusal):
    """The treatment says one fixed rate, but which one is not filled in."""

    field: ClassVar[str | None] = "fixed_tax_percent"


@dataclass(eq=False)
class VatIdMissing(Refusal):
    """Reverse charge and intra-EU supplies need the customer's VAT id (art. 35a Wet OB)."""

    treatment: str
    field: ClassVar[str | None] = "vat_id"


@dataclass(eq=False)
class VatIdMalformed(Refusal):
    """The customer's VAT id has not the form of its country."""

    vat_id: str
    field: ClassVar[str | None] = "vat_id"


@dataclass(eq=False)
class VatIdNotForeign(Refusal):
    """An intra-EU supply needs a VAT id of another member state."""

    vat_id: str
    field: ClassVar[str | None] = "vat_id"


@dataclass(eq=False)
class IntraEuToDutchAddress(Refusal):
    """Intra-EU tax treatment, but the supply goes to an address in the Netherlands."""

    field: ClassVar[str | None] = "country"


@dataclass(eq=False)
class IntraEuOutsideEu(Refusal):
    """Intra-EU tax treatment, but the supply goes to a country outside the EU."""

    country: str
    field: ClassVar[str | None] = "country"


@dataclass(eq=False)
class ExportInsideEu(Refusal):
    """Export outside the EU, but the supply goes to a country inside it."""

    country: str
    field: ClassVar[str | None] = "country"


@dataclass(eq=False)
class SellerVatIdMissing(Refusal):
    """The seller's own VAT id is not filled in, and this treatment must name it."""

    field: ClassVar[str | None] = "business.vat_id"


@dataclass(eq=False)
class ForbiddenBySmallBusinessScheme(Refusal):
    """The seller is under the small-business scheme, which this treatment contradicts.

    Attributes:
        treatment: key of the tax treatment.
    """

    treatment: str
    field: ClassVar[str | None] = "tax_treatment"


@dataclass(eq=False)
class ExemptionReasonMissing(Refusal):
    """Exempt without saying which exemption: "exempt" alone is not specific enough."""

    field: ClassVar[str | None] = "exemption_reason"


@dataclass(eq=False)
class OutsideScopeMixed(Refusal):
    """Lines outside the scope of tax stand beside other lines (EN 16931 BR-O-11..14).

    Attributes:
        line: the first such line, counted from 1.
    """

    line: int
    field: ClassVar[str | None] = "lines"


@dataclass(eq=False)
class DiscountAboveTotal(Refusal):
    """The discount on the document is more than its lines.

    Attributes:
        discount: the discount asked for.
        limit: what the lines add up to.
    """

    discount: Money
    limit: Money
    field: ClassVar[str | None] = "discount"


@dataclass(eq=False)
class NoPrice(Refusal):
    """The item has no price: not in a contract, not on a list, and none of its own.

    Attributes:
        item: code of the item.
    """

    item: str
    field: ClassVar[str | None] = "unit_price"


@dataclass(eq=False)
class PriceListCircle(Refusal):
    """A price list is derived, by way of others, from itself.

    Attributes:
        names: the lists in the circle, in order of derivation.
    """

    names: tuple[str, ...]
    field: ClassVar[str | None] = "base_list_id"
