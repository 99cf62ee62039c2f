"""The agreed prices of a contract as rows of a grid."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from klantenapp import i18n
from klantenapp.i18n import _
from klantenapp.services.catalogue import list_prices
from klantenapp.services.catalogue.price_list_view import difference
from klantenapp.ui.agreements.words import change_tone, change_words, quantity_words
from klantenapp.ui.tables.columns import Column
from klantenapp.ui.tables.grid import Editor
from klantenapp.ui.widgets.value_inputs import PriceInput, QuantityInput

if TYPE_CHECKING:
    from collections.abc import Mapping

    from klantenapp.models.values import Percent, Quantity, UnitPrice
    from klantenapp.services.catalogue.contract_data import ContractData
    from klantenapp.services.catalogue.contract_view import ItemWords


@dataclass(frozen=True)
class PriceRow:
    """One agreed price; id is its place in the contract.

    Attributes:
        standard: the item's own price.
        change: with the standard price.
        dearer: one costs more here than when fewer are taken.
    """

    id: int
    item_id: int
    code: str
    name: str
    unit: str
    min_quantity: Quantity
    standard: UnitPrice | None
    price: UnitPrice
    change: Percent | None
    dearer: bool


def rows(data: ContractData, items: Mapping[int, ItemWords]) -> list[PriceRow]:
    """A row for every agreed price, in order."""
    tiers: dict[int, list[tuple[Quantity, UnitPrice]]] = {}
    for price in data.prices:
        tiers.setdefault(price.item_id, []).append((price.min_quantity, price.price))
    dearer = {
        (item_id, quantity)
        for item_id, found in tiers.items()
        for quantity in list_prices.dearer(sorted(found))
    }
    made = []
    for place, price in enumerate(data.prices):
        item = items.get(price.item_id)
        standard = item.price if item else None
        made.append(
            PriceRow(
                place,
                price.item_id,
                item.code if item else "",
                item.name if item else "",
                (item.unit or "") if item else "",
                price.min_quantity,
                standard,
                price.price,
                difference(price.price, standard),
                (price.item_id, price.min_quantity) in dearer,
            )
        )
    return made


def columns() -> list[Column]:
    """Columns of the grid; unit and standard price go first where room lacks."""
    return [
        Column("name", _("Item"), "strong", width=200, stretch=True),
        Column("unit", _("Unit"), "muted", width=86, priority=2),
        Column("min_quantity", _("Quantity"), "text", width=104, value=_from, tone=_from_tone),
        Column(
            "standard",
            _("Standard €"),
            "muted",
            width=104,
            priority=1,
            right=True,
            value=_standard,
        ),
        Column("price", _("Contract €"), "price_strong", width=110, tone=_price_tone),
        Column(
            "change",
            _("Difference"),
            width=88,
            right=True,
            value=lambda found: change_words(found.change),
            tone=lambda found: change_tone(found.change),
        ),
    ]


def _from(found: PriceRow) -> str:
    return quantity_words(found.min_quantity)


def _from_tone(_found: PriceRow) -> str:
    return "muted"


def _standard(found: PriceRow) -> str:
    return i18n.price(found.standard.units) if found.standard is not None else "–"


def _price_tone(found: PriceRow) -> str | None:
    return "warn" if found.dearer else None


def editors() -> dict[str, Editor]:
    """Cells that can be typed in."""

    def quantity(found: Any) -> Any:
        return found.min_quantity

    return {
        "min_quantity": Editor(QuantityInput, quantity),
        "price": Editor(PriceInput, lambda found: found.price),
    }
