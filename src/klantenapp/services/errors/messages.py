"""Failures of contact with customers: the timeline, templates, attachments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from klantenapp.services.errors.base import Refusal

if TYPE_CHECKING:
    import datetime as dt


# --- the timeline ------------------------------------------------------------------------------


@dataclass(eq=False)
class EmptyText(Refusal):
    """A note, call or meeting without a word."""

    field: ClassVar[str | None] = "text"


@dataclass(eq=False)
class TextTooLong(Refusal):
    """More text than one entry holds.

    Attributes:
        length, limit: in characters.
    """

    field: ClassVar[str | None] = "text"
    length: int
    limit: int


@dataclass(eq=False)
class FollowUpTooEarly(Refusal):
    """The day to come back to it lies before the contact itself."""

    field: ClassVar[str | None] = "follow_up_on"
    day: dt.date


@dataclass(eq=False)
class OtherCustomersDocument(Refusal):
    """The invoice that an entry is linked to is another customer's.

    Attributes:
        number: of the invoice.
    """

    field: ClassVar[str | None] = "document"
    number: str


@dataclass(eq=False)
class NotEditable(Refusal):
    """What was sent or received stays as it was; only own notes, calls and meetings change."""


@dataclass(eq=False)
class MailOnItsWay(Refusal):
    """A mail in the outbox is stopped first, and only then removed."""


@dataclass(eq=False)
class MailKnown(Refusal):
    """This very mail is in the administration already."""

    subject: str


# --- templates ---------------------------------------------------------------------------------


@dataclass(eq=False)
class PlaceholderUnknown(Refusal):
    """A text names a value that does not exist.

    Attributes:
        name: what stands between the braces.
        known: the names that can be used.
    """

    name: str
    known: tuple[str, ...]


@dataclass(eq=False)
class PlaceholderEmpty(Refusal):
    """A text names a value of which nothing is known here.

    Attributes:
        name: what stands between the braces.
    """

    field: ClassVar[str | None] = "body"
    name: str


@dataclass(eq=False)
class SubjectHasLineBreak(Refusal):
    """A subject is one line; a line break in it could add headers of somebody else's choosing."""

    field: ClassVar[str | None] = "subject"


# --- attachments -------------------------------------------------------------------------------


@dataclass(eq=False)
class NothingInFile(Refusal):
    """A file of no bytes, often one that is not downloaded yet."""

    name: str


@dataclass(eq=False)
class FileTooBig(Refusal):
    """Larger than what is kept in the administration.

    Attributes:
        megabytes, limit: in megabytes.
    """

    name: str
    megabytes: int
    limit: int


@dataclass(eq=False)
class NotOpened(Refusal):
    """A kind of file that can do harm is saved, never opened from here."""

    name: str
