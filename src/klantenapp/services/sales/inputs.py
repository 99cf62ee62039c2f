"""What a user fills in on a draft: frozen, complete, and nothing that is computed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from klantenapp.models.values import ONE
from klantenapp.services.customers.terms import Overrides, TaxTerms

if TYPE_CHECKING:
    import datetime as dt

    from klantenapp.models.values import Percent, Quantity, UnitPrice

#: What marks a line of a quote as an alternative to the line before it.
ALTERNATIVE = "1"


@dataclass(frozen=True, kw_only=True)
class LineInput:
    """One line as typed.

    Attributes:
        id: of a line that exists; None is a new one.
        unit_price: typed by the user, which makes it manual; None is priced by agreement.
        discount: typed by the user; None is what the price brings along.
        tax_code_id: None takes the item's, or the high rate on a free line.
        optional: on quotes; in the total only once it is chosen.
        alternative: on quotes; instead of the line before it, not in the total.
    """

    id: int | None = None
    item_id: int | None = None
    description: str = ""
    details: str | None = None
    quantity: Quantity = ONE
    unit: str | None = None
    unit_price: UnitPrice | None = None
    discount: Percent | None = None
    tax_code_id: int | None = None
    nature: str | None = None
    optional: bool = False
    alternative: str | None = None
    credits_line_id: int | None = None

    @property
    def counts(self) -> bool:
        """Whether the line is in the totals."""
        return not self.optional and not self.alternative


@dataclass(frozen=True, kw_only=True)
class DraftInput:
    """A draft as filled in. None is inherited, or not filled in.

    Attributes:
        date: None follows today until it is issued.
        due_date: typed, which overrides the payment term.
        prices_include_tax: None is derived from customer and price list.
    """

    customer_id: int | None = None
    date: dt.date | None = None
    due_date: dt.date | None = None
    valid_until: dt.date | None = None
    supply_from: dt.date | None = None
    supply_to: dt.date | None = None
    language: str | None = None
    contact_id: int | None = None
    customer_reference: str | None = None
    payment_term_id: int | None = None
    payment_method_id: int | None = None
    price_list_id: int | None = None
    delivery_address_id: int | None = None
    tax_treatment: str | None = None
    fixed_tax_percent: Percent | None = None
    exemption_reason: str | None = None
    prices_include_tax: bool | None = None
    total_discount: Percent | None = None
    intro: str | None = None
    closing: str | None = None
    note: str | None = None
    lines: tuple[LineInput, ...] = ()

    @property
    def overrides(self) -> Overrides:
        """What the document says itself about terms."""
        tax = None
        if self.tax_treatment is not None:
            tax = TaxTerms(self.tax_treatment, self.fixed_tax_percent, self.exemption_reason)
        return Overrides(
            payment_term_id=self.payment_term_id,
            payment_method_id=self.payment_method_id,
            price_list_id=self.price_list_id,
            language=self.language,
            tax=tax,
            total_discount=self.total_discount,
        )


#: Fields of a draft that are columns of the document under the same name.
HEADER = tuple(name for name in DraftInput.__dataclass_fields__ if name != "lines")
