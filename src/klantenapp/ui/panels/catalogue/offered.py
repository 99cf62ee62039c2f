"""What the fields of an item offer: units, groups, tax codes with the rate of today."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from klantenapp import i18n
from klantenapp.services.catalogue import choices, items
from klantenapp.services.customers import business
from klantenapp.services.store import clock

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from klantenapp.models.values import Percent


@dataclass(frozen=True)
class Offered:
    """Everything to choose from at an item.

    Attributes:
        taxes: (code, words): "21%", or the name where there is no rate.
        group_ids: (id, name), for the filter.
        percents: code -> rate of today.
        charges_tax: False under the small-business scheme.
    """

    units: tuple[str, ...]
    groups: tuple[str, ...]
    taxes: tuple[tuple[str, str], ...]
    group_ids: tuple[tuple[int, str], ...]
    percents: dict[str, Percent | None]
    charges_tax: bool


def read(session: Session) -> Offered:
    """What there is now."""
    found = choices.choices(session)
    rates = items.tax_percents(session, clock.today())
    taxes = tuple((one.code, _words(one, rates.get(one.code))) for one in found.tax_codes)
    own = business.find(session)
    return Offered(
        tuple(one.name for one in found.units),
        tuple(one.name for one in found.item_groups),
        taxes,
        tuple((one.id, one.name) for one in found.item_groups),
        rates,
        own is None or own.tax_scheme != "kor",
    )


def _words(code: choices.Choice, percent: Percent | None) -> str:
    if percent is None or code.code not in {"high", "low", "zero"}:
        name = code.spoken(i18n.language())
        return name if percent is None else f"{name} ({i18n.percent(percent.points)})"
    return i18n.percent(percent.points)
