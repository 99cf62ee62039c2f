"""Sentences about contact with customers: the timeline, templates, mail and attachments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from klantenapp.i18n import N_
from klantenapp.services.errors import messages

if TYPE_CHECKING:
    from klantenapp.services.errors.base import Refusal

SENTENCES: dict[type[Refusal], str] = {
    messages.EmptyText: N_("There is no text yet. Write what was said or is to be remembered."),
    messages.TextTooLong: N_(
        "The text has {length} characters, and {limit} fit. Shorten it, or add a file."
    ),
    messages.FollowUpTooEarly: N_(
        "{day} lies before the contact itself. Choose a later day to come back to it."
    ),
    messages.OtherCustomersDocument: N_(
        "{number} is another customer's. Choose an invoice of this customer."
    ),
    messages.NotEditable: N_(
        "What was sent or received stays as it was. Add a note to say more about it."
    ),
    messages.MailOnItsWay: N_(
        "This mail is still in the outbox. Stop it there first, then remove it."
    ),
    messages.MailKnown: N_("The mail “{subject}” is in the administration already."),
    messages.PlaceholderUnknown: N_(
        "The text names {{{name}}}, which does not exist. You can use: {known}."
    ),
    messages.PlaceholderEmpty: N_(
        "Nothing is known for {{{name}}}. Fill it in, or take it out of the text."
    ),
    messages.SubjectHasLineBreak: N_("A subject is one line. Take out the line break."),
}

NOT_FOUND: dict[str, str] = {
    "message": N_("This message is no longer there. Refresh the timeline."),
    "file": N_("This file is no longer there."),
}

OPERATIONS: dict[str, str] = {
    "note.add": N_("Add note"),
    "call.add": N_("Record call"),
    "meeting.add": N_("Record meeting"),
    "note.change": N_("Change note"),
    "note.pin": N_("Pin note"),
    "message.remove": N_("Remove message"),
    "message.link": N_("Link message to invoice"),
    "message.assign": N_("Put message with customer"),
    "template.change": N_("Change template"),
    "follow_up.finish": N_("Finish follow-up"),
}
