"""A mail as bytes: composed once, stored, shown, and sent as exactly those bytes."""

from __future__ import annotations

import email.policy
import email.utils
import html
import uuid
from dataclasses import dataclass
from email.headerregistry import Address as HeaderAddress
from email.message import EmailMessage
from typing import TYPE_CHECKING, Final, Literal
from urllib.parse import quote, urlencode

from klantenapp.services.errors.base import Invalid
from klantenapp.services.errors.mail import (
    AddressMissing,
    AttachmentsTooLarge,
    BodyMissing,
    SubjectMissing,
)
from klantenapp.services.errors.messages import SubjectHasLineBreak, TextTooLong
from klantenapp.services.messages.templates import BODY_LIMIT, SUBJECT_LIMIT
from klantenapp.services.store import clock, file_names, files

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy.orm import Session

    from klantenapp.services.errors.base import Refusal
    from klantenapp.services.messages.addresses import Address

_MEGABYTE: Final = 1_000_000
#: Base64 makes three bytes four, and adds line breaks.
_GROWTH: Final = 1.37
#: Longest link that mail programs take from another program.
_LINK_LIMIT: Final = 1_900
_POLICY: Final = email.policy.SMTP


@dataclass(frozen=True)
class Attached:
    """A stored file under the name that the receiver sees."""

    file_id: int
    name: str
    media_type: str


@dataclass(frozen=True)
class Mail:
    """What is sent, to whom.

    Attributes:
        sender: in whose name.
        to, cc, bcc: one parsed address each.
        body: plain text.
        payment: the paragraph of the body that says how to pay, drawn as a box; empty for none.
        files: stored files; their bytes are attached unchanged.
        in_reply_to: Message-ID of the mail that this one answers.
        customer_id, document_id: where it belongs on the timeline.
        kind: of the message on the timeline.
    """

    sender: Address
    to: tuple[Address, ...]
    subject: str
    body: str
    cc: tuple[Address, ...] = ()
    bcc: tuple[Address, ...] = ()
    payment: str = ""
    files: tuple[Attached, ...] = ()
    in_reply_to: str | None = None
    customer_id: int | None = None
    document_id: int | None = None
    kind: Literal["email", "reminder"] = "email"

    @property
    def recipients(self) -> tuple[str, ...]:
        """Every address once, in the order of the fields."""
        every = (*self.to, *self.cc, *self.bcc)
        return tuple(dict.fromkeys(address.email for address in every))


@dataclass(frozen=True)
class Composed:
    """The bytes of a mail and the id that answers to it name."""

    raw: bytes
    message_id: str


def problems(
    mail: Mail, sizes: Sequence[int] = (), megabytes: int = 25
) -> Iterator[tuple[str, Refusal]]:
    """What stands in the way of sending it, by field.

    Args:
        sizes: of the attached files, in bytes.
        megabytes: the provider's limit for a whole message.
    """
    if not mail.to:
        yield "to", AddressMissing()
    if not mail.subject.strip():
        yield "subject", SubjectMissing()
    if len(mail.subject) > SUBJECT_LIMIT:
        yield "subject", TextTooLong(len(mail.subject), SUBJECT_LIMIT)
    if any(not letter.isprintable() for letter in mail.subject):
        yield "subject", SubjectHasLineBreak()
    if not mail.body.strip():
        yield "body", BodyMissing()
    if len(mail.body) > BODY_LIMIT:
        yield "body", TextTooLong(len(mail.body), BODY_LIMIT)
    weight = int(sum(sizes) * _GROWTH)
    if weight > megabytes * _MEGABYTE:
        limit = int(megabytes / _GROWTH)
        yield "files", AttachmentsTooLarge(-(-sum(sizes) // _MEGABYTE), limit)


def compose(
    session: Session,
    mail: Mail,
    *,
    for_program: bool = False,
    extra: Sequence[tuple[str, bytes]] = (),
) -> Composed:
    """Make the bytes.

    Args:
        mail: without `problems`.
        for_program: to be opened in a mail program as a draft: the blind copies stand in it.
        extra: files that are not stored: name and bytes.

    Raises:
        Invalid: a field is wrong.
        NotFound: an attached file is gone.
    """
    wrong = tuple(problems(mail))
    if wrong:
        raise Invalid(wrong)
    message = EmailMessage(policy=_POLICY)
    message_id = f"<{uuid.uuid4()}@{mail.sender.email.rpartition('@')[2]}>"
    message["From"] = _header([mail.sender])
    message["To"] = _header(mail.to)
    if mail.cc:
        message["Cc"] = _header(mail.cc)
    if for_program:
        if mail.bcc:
            message["Bcc"] = _header(mail.bcc)
        message["X-Unsent"] = "1"
    message["Subject"] = mail.subject
    message["Date"] = email.utils.format_datetime(clock.now().astimezone())
    message["Message-ID"] = message_id
    if mail.in_reply_to:
        message["In-Reply-To"] = mail.in_reply_to
        message["References"] = mail.in_reply_to
    # Quoted-printable in any case: no server on the way has to know eight bits.
    message.set_content(mail.body + "\n", cte="quoted-printable")
    message.add_alternative(as_html(mail), subtype="html", cte="quoted-printable")
    for attached in mail.files:
        content = files.content(session, attached.file_id)
        _attach(message, attached.name, attached.media_type, content)
    for name, content in extra:
        _attach(message, name, file_names.media_type(name), content)
    return Composed(message.as_bytes(), message_id)


def as_html(mail: Mail) -> str:
    """The same text as a page without pictures, links or scripts; what was typed is escaped."""
    parts = []
    for paragraph in mail.body.split("\n\n"):
        lines = paragraph.strip("\n").split("\n")
        if mail.payment and paragraph.strip() == mail.payment.strip():
            parts.append(_box(lines))
        else:
            text = "<br>\n".join(html.escape(line) for line in lines)
            parts.append(f'<p style="margin:0 0 16px 0">{text}</p>')
    inside = "\n".join(parts)
    return (
        '<!DOCTYPE html>\n<html><head><meta charset="utf-8"></head>\n'
        '<body style="font-family:Inter,Arial,sans-serif;font-size:14px;line-height:1.5;'
        f'color:#1B1C1E">\n{inside}\n</body></html>\n'
    )


def link(mail: Mail) -> str:
    """A mailto link for the mail program of this computer; it carries no files.

    A text that is too long for a link is cut there, with three dots.
    """
    fields = {"subject": mail.subject}
    if mail.cc:
        fields["cc"] = ",".join(address.email for address in mail.cc)
    if mail.bcc:
        fields["bcc"] = ",".join(address.email for address in mail.bcc)
    to = ",".join(quote(address.email, safe="@") for address in mail.to)
    body = mail.body.replace("\n", "\r\n")
    whole = f"mailto:{to}?" + urlencode(fields | {"body": body}, quote_via=quote)
    while len(whole) > _LINK_LIMIT and body:
        body = body[: len(body) * 9 // 10].rstrip(". ")
        whole = f"mailto:{to}?" + urlencode(fields | {"body": f"{body}..."}, quote_via=quote)
    return whole


def _header(every: Sequence[Address]) -> tuple[HeaderAddress, ...]:
    return tuple(HeaderAddress(one.name, addr_spec=one.email) for one in every)


def _attach(message: EmailMessage, name: str, media_type: str, content: bytes) -> None:
    main, _, sub = media_type.partition("/")
    name = file_names.safe(name)
    if main in {"message", "multipart"} or not sub:
        # A mail inside a mail is attached as the file it is, byte for byte.
        main, sub = "application", "octet-stream"
    message.add_attachment(content, maintype=main, subtype=sub, filename=name)


def _box(lines: Sequence[str]) -> str:
    rows = []
    for number, line in enumerate(lines):
        label, _, value = line.partition(": ")
        weight = ";font-weight:600" if number == 0 else ""
        rows.append(
            f'<tr><td style="padding:2px 16px 2px 0;color:#56575C">{html.escape(label)}</td>'
            f'<td style="padding:2px 0{weight}">{html.escape(value)}</td></tr>'
        )
    return (
        '<table style="border:1px solid #E3E3DE;border-radius:8px;border-spacing:0;'
        'padding:12px 16px;margin:0 0 16px 0">' + "".join(rows) + "</table>"
    )
