"""What the status of an invoice or credit note is called, for lists on screen and in files."""

from __future__ import annotations

from klantenapp.i18n import pgettext


def status_words() -> dict[str, str]:
    """Status as `documents.shown_status` gives it -> its word, in the language of the interface."""
    return {
        "draft": pgettext("status", "Draft"),
        "sent": pgettext("status", "Sent"),
        "part_paid": pgettext("status", "Part paid"),
        "overdue": pgettext("status", "Overdue"),
        "paid": pgettext("status", "Paid"),
        "settled": pgettext("status", "Settled"),
        "credited": pgettext("status", "Credited"),
        "written_off": pgettext("status", "Bad debt"),
    }
