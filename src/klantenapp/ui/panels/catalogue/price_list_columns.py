"""Columns of the prices of a list, and how they are typed in."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from klantenapp import i18n
from klantenapp.i18n import _
from klantenapp.ui.agreements.words import change_tone, change_words, quantity_words
from klantenapp.ui.tables.columns import Column
from klantenapp.ui.tables.grid import Editor
from klantenapp.ui.widgets.chips import ChipLook
from klantenapp.ui.widgets.value_inputs import PriceInput, QuantityInput

if TYPE_CHECKING:
    from klantenapp.services.catalogue.price_list_view import PriceRow


def columns(base: str) -> list[Column]:
    """Columns of the prices; unit and standard price go first where room lacks."""
    return [
        Column("name", _("Item"), "text", width=200, stretch=True, value=_name),
        Column("unit", _("Unit"), "muted", width=70, priority=2, value=_unit),
        Column(
            "standard",
            _("Standard €"),
            "muted",
            width=96,
            priority=1,
            right=True,
            value=_standard,
        ),
        Column("min_quantity", _("From quantity"), "text", width=110, value=_from, tone=_from_tone),
        Column("price", _("Price €"), "price_strong", width=100, tone=_price_tone),
        Column("origin", _("Origin"), "chip", width=128, value=partial(_origin, base=base)),
        Column(
            "difference",
            _("Difference"),
            width=86,
            right=True,
            value=_difference,
            tone=_difference_tone,
        ),
    ]


def _name(found: PriceRow) -> str:
    return found.name if found.first else ""


def _unit(found: PriceRow) -> str:
    return (found.unit or "") if found.first else ""


def _standard(found: PriceRow) -> str:
    if not found.first:
        return ""
    return i18n.price(found.standard.units) if found.standard is not None else "–"


def _from(found: PriceRow) -> str:
    return quantity_words(found.min_quantity)


def _from_tone(found: PriceRow) -> str | None:
    return None if found.min_quantity else "muted"


def _price_tone(found: PriceRow) -> str | None:
    if found.dearer:
        return "warn"
    return None if found.own else "muted"


def _origin(found: PriceRow, base: str) -> ChipLook | str:
    if found.own:
        return ChipLook(_("Own price"), "info", "pencil-line")
    return base if found.price is not None else "–"


def _difference(found: PriceRow) -> str:
    return change_words(found.difference)


def _difference_tone(found: PriceRow) -> str:
    return change_tone(found.difference)


def editors() -> dict[str, Editor]:
    """Which columns are typed in, and with what."""
    return {
        "price": Editor(PriceInput, lambda found: found.price),
        "min_quantity": Editor(
            QuantityInput,
            lambda found: found.min_quantity,
            lambda found: found.own and bool(found.min_quantity),
        ),
    }
