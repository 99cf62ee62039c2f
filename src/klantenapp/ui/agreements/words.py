"""Words that price lists and contracts share: tiers, differences, periods."""

from __future__ import annotations

from typing import TYPE_CHECKING

from klantenapp import i18n
from klantenapp.i18n import _

if TYPE_CHECKING:
    import datetime as dt

    from klantenapp.models.values import Percent, Quantity

#: Cents to which prices are rounded, with words.
ROUNDINGS = (1, 5, 50, 100)


def rounding_words(cents: int) -> str:
    """To what a price is rounded."""
    return {
        1: _("to the cent"),
        5: _("to 5 cents"),
        50: _("to 50 cents"),
        100: _("to whole euros"),
    }[cents]


def quantity_words(quantity: Quantity) -> str:
    """From which quantity a price holds."""
    if not quantity:
        return _("always")
    return _("from {quantity}").format(quantity=i18n.quantity(quantity.units))


def change_words(change: Percent | None) -> str:
    """A difference in percent, with its sign."""
    if change is None:
        return "–"
    if not change:
        return _("equal")
    sign = "+" if change.points > 0 else ""
    return sign + i18n.percent(change.points, 1)


def change_tone(change: Percent | None) -> str:
    """Green where lower, amber where higher."""
    if not change:
        return "muted"
    return "ok" if change.points < 0 else "warn"


def period_words(start: dt.date | None, end: dt.date | None) -> str:
    """A period in few words, open sides left out."""
    if start is not None and end is not None:
        return _("{start} through {end}").format(start=i18n.date(start), end=i18n.date(end))
    if end is not None:
        return _("through {end}").format(end=i18n.date(end))
    if start is not None:
        return _("from {start}").format(start=i18n.date(start))
    return _("always")
