"""Words for customers: kinds, treatments, lateness, last contact."""

from __future__ import annotations

from typing import TYPE_CHECKING

from klantenapp import i18n
from klantenapp.i18n import _, ngettext
from klantenapp.services.store import clock

if TYPE_CHECKING:
    import datetime as dt

    from klantenapp.services.customers.listing import CustomerRow

#: Mean days late from which a customer is amber, and red.
_LATE, _VERY_LATE = 10, 30

#: Icon of a kind of contact.
CONTACT_ICONS = {
    "email": "mail",
    "letter": "mail",
    "reminder": "bell",
    "call": "phone",
    "meeting": "users",
    "note": "sticky-note",
    "event": "activity",
}


def kinds() -> list[tuple[str, str]]:
    """Kinds of customers."""
    return [
        ("business", _("Business customer")),
        ("consumer", _("Consumer")),
        ("government", _("Government")),
    ]


def treatments() -> list[tuple[str, str]]:
    """Tax treatments."""
    return [
        ("domestic", _("Dutch VAT")),
        ("reverse_charge", _("VAT reverse charge")),
        ("intra_eu", _("Within the EU")),
        ("export", _("Export outside the EU")),
        ("exempt", _("Exempt")),
        ("outside_scope", _("Outside the scope of VAT")),
        ("fixed", _("Fixed rate")),
    ]


def treatment_word(treatment: str) -> str:
    """The word of one treatment."""
    return dict(treatments())[treatment]


def language_word(code: str) -> str:
    """A language of documents by its code."""
    return {"nl": _("Dutch"), "en": _("English")}[code]


def late_words(days: int | None) -> str | None:
    """How late a customer pays: "5 days", "on time", "3 days early"; None where unknown."""
    if days is None:
        return None
    if days == 0:
        return _("on time")
    if days < 0:
        return ngettext("{days} day early", "{days} days early", -days).format(days=-days)
    return ngettext("{days} day", "{days} days", days).format(days=days)


def late_tone(days: int | None) -> str:
    """Amber over ten days late, red over thirty."""
    if days is not None and days > _LATE:
        return "danger" if days > _VERY_LATE else "warn"
    return "muted"


def contact_words(found: tuple[str, dt.datetime] | None) -> tuple[str, str] | None:
    """Icon and day of the last contact."""
    if found is None:
        return None
    kind, moment = found
    return CONTACT_ICONS[kind], i18n.short_date(moment.astimezone().date(), clock.today())


def place(row: CustomerRow) -> str:
    """City, with its country where that is not the Netherlands."""
    if row.country and row.country != "NL":
        return f"{row.city or ''} ({row.country})".strip()
    return row.city or ""
