"""The beginning of an answer to a mail that came in."""

from __future__ import annotations

import email
import email.policy
import re
from typing import TYPE_CHECKING, Final

from klantenapp.i18n import N_, translator
from klantenapp.models.message import Message
from klantenapp.services.errors.base import NotFound, Refusal
from klantenapp.services.messages import addresses, drafting, values
from klantenapp.services.messages.addresses import Address
from klantenapp.services.messages.compose import Mail
from klantenapp.services.messages.templates import SUBJECT_LIMIT
from klantenapp.services.store import files

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

#: Characters of the mail before that are quoted.
_QUOTED: Final = 5_000
_ANSWER: Final = re.compile(r"(?i)^\s*(re|antw|aw|sv)\s*:")


def answer(session: Session, message_id: int) -> Mail:
    """To whoever sent it, about what it was about, with its words below.

    Raises:
        NotFound: no such mail, or it is with no customer yet.
    """
    message = session.get(Message, message_id)
    if message is None or message.customer_id is None or message.raw_id is None:
        raise NotFound("message", str(message_id))
    sender = _sender(files.content(session, message.raw_id))
    language = values.language_of(session, message.customer_id)
    known = values.for_customer(session, message.customer_id, language)
    words = translator(language)
    day = words.long_date(message.at.astimezone().date())
    head = words.gettext(N_("On {day} {person} wrote:")).format(
        day=day, person=message.person or (sender.shown if sender else "")
    )
    quoted = "\n".join(f"> {line}" for line in message.body[:_QUOTED].split("\n"))
    parts = (f"{known['salutation']},", "", known["signature"] or "", f"{head}\n{quoted}")
    subject = message.subject if _ANSWER.match(message.subject) else f"Re: {message.subject}"
    return Mail(
        sender=drafting.sender(session) or Address("", ""),
        to=(sender,) if sender else (),
        subject=subject[:SUBJECT_LIMIT],
        body="\n\n".join(parts),
        in_reply_to=message.header_id,
        customer_id=message.customer_id,
        document_id=message.document_id,
    )


def _sender(raw: bytes) -> Address | None:
    """Where an answer goes: the address to answer to, else the sender's."""
    parsed = email.message_from_bytes(raw, policy=email.policy.compat32)
    for name in ("reply-to", "from"):
        for title, address in email.utils.getaddresses(parsed.get_all(name, [])):
            try:
                return addresses.named(str(title), address)
            except Refusal:
                continue
    return None
