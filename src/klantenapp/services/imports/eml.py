"""Mails from .eml and .mbox files, however broken.

The standard parser reads the structure with its old policy, which never parses a header by itself:
the new one raises on malformed headers and takes minutes over long ones. What a header says is
read here, leniently.
"""

from __future__ import annotations

import datetime as dt
import email
import email.message
import email.utils
import hashlib
import mimetypes
import re
from dataclasses import dataclass, field
from email import policy
from typing import TYPE_CHECKING

from klantenapp.services.errors.imports import MailTooLarge, NotAMail
from klantenapp.services.imports import html_text
from klantenapp.services.imports.mail_text import (
    addresses,
    decoded,
    header_text,
    raw_text,
    safe_name,
)
from klantenapp.services.imports.result import RefusedLine
from klantenapp.services.imports.source import MAX_LINE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message

    from klantenapp.services.imports.mail_text import (
        Address,
    )
    from klantenapp.services.imports.source import Source

#: The largest mail, in bytes: 25 MB of attachments as they travel.
MAX_MAIL = 40_000_000
_MEGABYTE = 1_000_000
_MAX_PARTS = 1_000
_LONGEST_TEXT = 500_000
#: The line that starts a mail in an mbox; mails from the middle of a text do not look like it.
_FROM = re.compile(rb"From \S+.* \d{1,2}:\d{2}(?::\d{2})?.* \d{4}(?: [+-]\d{4})?\s*")
_QUOTED_FROM = re.compile(rb"(?m)^>(>*From )")
_HEADER = re.compile(rb"[!-9;-~]+[ \t]*:|[ \t]")
_PROPER = re.compile(rb"(?i)(?:from|to|subject|date|message-id)[ \t]*:")
_BLANK = re.compile(rb"\r?\n\r?\n")
_MAX_HEADERS = 500_000
_ID = re.compile(r"<[^<>\s]{1,500}>")
_TAG = re.compile(r"<[^<>]{1,200}>")
_KNOWN = frozenset({"from", "to", "subject", "date", "message-id", "received", "return-path"})
_EARLIEST, _LATEST = 1970, 2199


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came with a mail.

    Attributes:
        name: safe as a file name.
        media_type: as the mail claims.
        content: the bytes.
        inline: shown inside the text, such as a logo.
    """

    name: str
    media_type: str
    content: bytes = field(repr=False)
    inline: bool = False


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail.

    Attributes:
        line: where it starts in the file, from 1.
        message_id: with its angle brackets; None where the mail has none.
        in_reply_to: the message that it answers.
        references: the messages before it, oldest first.
        date: when it was sent, or received where that is unreadable; None where neither is known.
        sender, to, cc: the people.
        subject: one line.
        text: plain text; made from the HTML where the mail has nothing else.
        html: the HTML as it came, never shown as such; empty where there is none.
        attachments: files, also mails inside the mail.
        raw: the exact bytes.
    """

    line: int
    message_id: str | None
    in_reply_to: str | None
    references: tuple[str, ...]
    date: dt.datetime | None
    sender: tuple[Address, ...]
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    subject: str
    text: str
    html: str = field(repr=False)
    attachments: tuple[Attachment, ...]
    raw: bytes = field(repr=False)

    @property
    def digest(self) -> str:
        """The same for the same bytes, for mails without an id."""
        return hashlib.sha256(self.raw).hexdigest()


def is_mail(head: bytes) -> bool:
    """Whether a file starts as a mail or an mbox does."""
    text = head.lstrip(b"\xef\xbb\xbf\r\n")
    if text.startswith(b"From "):
        return True
    return bool(re.match(rb"[!-9;-~]{1,76}:[ \t\r\n]", text)) and not text.startswith(b"BEGIN:")


def mails_of(source: Source) -> Iterator[Mail | RefusedLine]:
    """Stream the mails of a file; one that cannot be taken is refused by its line, not raised.

    Raises:
        FileUnreadable: the file itself.
    """
    for line, data in _messages(source):
        if data is None:
            failure = MailTooLarge(source.name, line, MAX_MAIL // _MEGABYTE)
            yield RefusedLine(line, None, failure)
            continue
        mail = _mail(line, data)
        yield mail or RefusedLine(line, None, NotAMail(source.name, line))


def _messages(source: Source) -> Iterator[tuple[int, bytes | None]]:
    """Bytes of each mail with its line; None for one that is too large."""
    lines: list[bytes] = []
    size, start, number, blank = 0, 1, 0, True
    is_box = source.head().startswith(b"From ")
    with source.open() as stream:
        while line := stream.readline(MAX_LINE):
            number += 1
            if is_box and blank and (number == 1 or _FROM.fullmatch(line)):
                if lines or size:
                    yield start, _whole(lines, size)
                lines, size, start = [], 0, number
                blank = False
                continue
            blank = not line.strip()
            size += len(line)
            if size <= MAX_MAIL:
                lines.append(line)
            else:
                lines.clear()
    yield start, _whole(lines, size)


def _whole(lines: list[bytes], size: int) -> bytes | None:
    return None if size > MAX_MAIL else b"".join(lines)


def _mail(line: int, data: bytes) -> Mail | None:
    raw = _repaired(_QUOTED_FROM.sub(rb"\1", data))
    try:
        message = email.message_from_bytes(raw, policy=policy.compat32)
        headers = _headers(message)
        if not _KNOWN & headers.keys():
            return None
        body = _Body(message)
    except RecursionError:  # thousands of parts inside each other
        return None
    text = "\n\n".join(part for part in body.texts if part.strip())
    html = "\n".join(body.pages)
    if not text.strip() and html:
        text = html_text.text_of(html)
    ids = _ID.findall(header_text(" ".join(headers.get("references", []))))
    return Mail(
        line=line,
        message_id=_id(headers.get("message-id")),
        in_reply_to=_id(headers.get("in-reply-to")) or (ids[-1] if ids else None),
        references=tuple(ids),
        date=_date(headers),
        sender=addresses(headers.get("from") or headers.get("sender") or []),
        to=addresses(headers.get("to", [])),
        cc=addresses(headers.get("cc", [])),
        subject=header_text(headers.get("subject", [""])[0])[:1_000],
        text=_tidy(text),
        html=html,
        attachments=tuple(body.attachments),
        raw=data,
    )


def _repaired(data: bytes) -> bytes:
    """Headers with a line in between that is none: the parser would take the rest for text."""
    head, blank, body = _divided(data)
    lines = head.split(b"\n")
    strange = [
        index for index, line in enumerate(lines) if line.strip() and not _HEADER.match(line)
    ]
    if not strange or not any(_PROPER.match(line) for line in lines[strange[0] :]):
        return data
    for index in strange:
        lines[index] = b"\t" + lines[index]
    return b"\n".join(lines) + blank + body


def _divided(data: bytes) -> tuple[bytes, bytes, bytes]:
    """Headers, the blank line, and the rest."""
    match = _BLANK.search(data[:_MAX_HEADERS])
    if not match:
        return data, b"", b""
    return data[: match.start()], match[0], data[match.end() :]


def _headers(message: Message) -> dict[str, list[str]]:
    """Header values as they stand, per lower-case name."""
    found: dict[str, list[str]] = {}
    for name, value in message.raw_items():
        found.setdefault(name.lower(), []).append(str(value))
    return found


def _id(values: list[str] | None) -> str | None:
    text = header_text(values[0]) if values else ""
    match = _ID.search(text)
    if match:
        return match[0]
    word = text.split(" ")[0].strip("<>")
    return f"<{word[:500]}>" if word else None


def _date(headers: dict[str, list[str]]) -> dt.datetime | None:
    """The sender's date, or that of the last server: an unreadable date is no reason to refuse."""
    received = [value.rpartition(";")[2] for value in headers.get("received", [])]
    for text in (*headers.get("date", []), *received):
        try:
            moment = email.utils.parsedate_to_datetime(header_text(text))
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        if _EARLIEST <= moment.year <= _LATEST:
            return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
    return None


def _tidy(text: str) -> str:
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(letter for letter in plain[:_LONGEST_TEXT] if letter >= " " or letter in "\n\t")
    lines = (line.rstrip() for line in kept.encode("utf-8", "replace").decode().split("\n"))
    return "\n".join(lines).strip()


class _Body:
    """The texts, pages and files of a mail, in order."""

    def __init__(self, message: Message) -> None:
        self.texts: list[str] = []
        self.pages: list[str] = []
        self.attachments: list[Attachment] = []
        stack, count = [message], 0
        while stack and count < _MAX_PARTS:
            count += 1
            part = stack.pop()
            inside = part.get_payload() if part.is_multipart() else None
            if part.get_content_type() == "message/rfc822" and part is not message:
                self._add_mail(part)
            elif isinstance(inside, list):
                stack.extend(sub for sub in reversed(inside) if not isinstance(sub, str))
            else:
                self._add_leaf(part)

    def _add_mail(self, part: Message) -> None:
        inside = part.get_payload()
        mail = inside[0] if isinstance(inside, list) and inside else None
        if mail is None or isinstance(mail, str):
            return
        subject = _headers(mail).get("subject", [""])[0]
        name = safe_name(part.get_filename() or f"{header_text(subject)[:60]}.eml", "mail.eml")
        try:
            content = mail.as_bytes()
        except (ValueError, LookupError, TypeError, AttributeError):  # headers it cannot write
            content = str(mail.get_payload()).encode("utf-8", "replace")
        self.attachments.append(Attachment(name, "message/rfc822", content))

    def _add_leaf(self, part: Message) -> None:
        kind = part.get_content_type()
        disposition = str(part.get("content-disposition", "")).strip().lower()
        named = _file_name(part)
        content = _content(part)
        is_file = disposition.startswith("attachment") or bool(named)
        if not is_file and kind.startswith("text/"):
            self._add_text(kind, decoded(content, _charset(part)))
        elif content or named:
            extension = mimetypes.guess_extension(kind) or ""
            default = f"attachment-{len(self.attachments) + 1}{extension}"
            inline = disposition.startswith("inline") or part.get("content-id") is not None
            name = safe_name(named, default)
            self.attachments.append(Attachment(name, kind, content, inline))

    def _add_text(self, kind: str, text: str) -> None:
        if kind == "text/html":
            self.pages.append(text[: html_text.MAX_HTML])
        elif kind == "text/enriched":
            if not self.texts:
                self.texts.append(_TAG.sub("", text[:_LONGEST_TEXT]))
        else:
            self.texts.append(text[:_LONGEST_TEXT])


def _content(part: Message) -> bytes:
    try:
        payload = part.get_payload(decode=True)
    except (ValueError, LookupError, TypeError, AssertionError):
        payload = None
    return payload if isinstance(payload, bytes) else b""


def _charset(part: Message) -> str | None:
    try:
        value = part.get_param("charset")
    except (ValueError, TypeError, IndexError):
        return None
    if isinstance(value, tuple):  # RFC 2231: charset, language, text
        value = value[2]
    return str(value) if value else None


def _file_name(part: Message) -> str | None:
    """The name of a file; read from a copy whose headers are decoded first."""
    copy = email.message.Message()
    for name, value in part.raw_items():
        if name.lower() in {"content-disposition", "content-type"}:
            copy[name] = " ".join(raw_text(str(value)).split())
    try:
        found = copy.get_filename()
    except (ValueError, TypeError, IndexError, LookupError):
        return None
    return str(found) if found else None
