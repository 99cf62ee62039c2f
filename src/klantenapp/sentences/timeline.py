"""What an entry of a timeline is called, for window, command line and dossier."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from klantenapp.i18n import N_, _

if TYPE_CHECKING:
    from klantenapp.services.messages.timeline import Entry

#: (event, kind of document) -> its sentence.
EVENTS: Final[dict[tuple[str, str], str]] = {
    ("issued", "invoice"): N_("Invoice {reference} made final"),
    ("issued", "credit_note"): N_("Credit note {reference} made final"),
    ("issued", "quote"): N_("Quote {reference} made final"),
    ("paid", "invoice"): N_("Invoice {reference} paid"),
    ("credited", "invoice"): N_("Invoice {reference} credited"),
    ("written_off", "invoice"): N_("Invoice {reference} written off"),
    ("accepted", "quote"): N_("Quote {reference} accepted"),
    ("declined", "quote"): N_("Quote {reference} declined"),
    ("contract_ended", ""): N_("Contract {reference} ended"),
}
#: (kind, direction) -> title with the person, and without.
_WITH: Final[dict[tuple[str, str], tuple[str, str]]] = {
    ("call", "in"): (N_("Called by {person}"), N_("Phone call received")),
    ("call", "out"): (N_("Called {person}"), N_("Phone call made")),
    ("call", "none"): (N_("Phone call with {person}"), N_("Phone call")),
    ("meeting", "none"): (N_("Meeting with {person}"), N_("Meeting")),
    ("note", "none"): (N_("Note"), N_("Note")),
    ("letter", "in"): (N_("Letter from {person}"), N_("Letter received")),
    ("letter", "out"): (N_("Letter to {person}"), N_("Letter sent")),
    ("letter", "none"): (N_("Letter, {person}"), N_("Letter")),
}
#: (kind of document, status) -> title of a mail that carries it.
_CARRIED: Final[dict[tuple[str, str], str]] = {
    ("invoice", "sent"): N_("Invoice {number} sent"),
    ("credit_note", "sent"): N_("Credit note {number} sent"),
    ("quote", "sent"): N_("Quote {number} sent"),
}
_KINDS: Final[dict[str, str]] = {
    "email": N_("E-mail"),
    "letter": N_("Letter"),
    "reminder": N_("Reminder"),
    "call": N_("Phone call"),
    "meeting": N_("Meeting"),
    "note": N_("Note"),
    "event": N_("Event"),
}
_STATUSES: Final[dict[str, str]] = {
    "draft": N_("Draft"),
    "queued": N_("In the outbox"),
    "sending": N_("Being sent"),
    "sent": N_("Sent"),
    "failed": N_("Not sent"),
    "unknown": N_("Perhaps sent"),
    "received": N_("Received"),
}


def title(entry: Entry) -> str:
    """One line that says what the entry is."""
    if entry.kind == "event":
        return _(EVENTS[entry.event, entry.document_kind]).format(reference=entry.reference)
    if entry.kind in {"call", "meeting", "note", "letter"}:
        known = _WITH.get((entry.kind, entry.direction)) or _WITH[entry.kind, "none"]
        return _(known[0] if entry.person else known[1]).format(person=entry.person)
    carried = _CARRIED.get((entry.document_kind, entry.status or ""))
    if carried and entry.kind == "email" and entry.document_number in entry.subject:
        return _(carried).format(number=entry.document_number)
    return entry.subject or kind_name(entry.kind)


def kind_name(kind: str) -> str:
    """The word for a kind of entry."""
    return _(_KINDS[kind])


def status_name(status: str | None) -> str:
    """The word for where a mail is; empty for what is no mail."""
    return _(_STATUSES[status]) if status else ""
