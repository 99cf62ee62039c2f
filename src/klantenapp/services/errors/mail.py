"""Failures of mail: addresses, composing, the account, the way to the server, one mail."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from klantenapp.services.errors.base import Refusal

# --- addresses and composing -------------------------------------------------------------------


@dataclass(eq=False)
class AddressMissing(Refusal):
    """A mail without anybody to go to."""

    field: ClassVar[str | None] = "to"


@dataclass(eq=False)
class AddressMalformed(Refusal):
    """No mail address, or one that mail servers do not take."""

    text: str


@dataclass(eq=False)
class AddressLineBreak(Refusal):
    """A line break in an address could add headers of somebody else's choosing."""


@dataclass(eq=False)
class SeveralAddresses(Refusal):
    """A list of addresses where one belongs."""

    text: str


@dataclass(eq=False)
class SubjectMissing(Refusal):
    """A mail that nobody would open."""

    field: ClassVar[str | None] = "subject"


@dataclass(eq=False)
class BodyMissing(Refusal):
    """A mail without a word."""

    field: ClassVar[str | None] = "body"


@dataclass(eq=False)
class AttachmentsTooLarge(Refusal):
    """Mail servers refuse messages of that size.

    Attributes:
        megabytes: of the files together, rounded up.
        limit: in megabytes.
    """

    field: ClassVar[str | None] = "files"
    megabytes: int
    limit: int


# --- the account and the way to the server ------------------------------------------------------


@dataclass(eq=False)
class NoAccount(Refusal):
    """Nobody said yet through which server mail goes."""


@dataclass(eq=False)
class HostMalformed(Refusal):
    """No name of a server."""

    field: ClassVar[str | None] = "host"
    text: str


@dataclass(eq=False)
class PortOutOfRange(Refusal):
    """No port of a server."""

    field: ClassVar[str | None] = "port"
    port: int


@dataclass(eq=False)
class CertificateUnreadable(Refusal):
    """The extra certificate to trust is no certificate in PEM form."""

    field: ClassVar[str | None] = "certificate"


@dataclass(eq=False)
class PasswordMissing(Refusal):
    """The password is not in the keyring, and was not typed in this session."""

    field: ClassVar[str | None] = "password"
    user: str


@dataclass(eq=False)
class Offline(Refusal):
    """No way to the internet; that is normal, and the mail waits."""


@dataclass(eq=False)
class ServerUnknown(Refusal):
    """The name of the server leads nowhere."""

    host: str


@dataclass(eq=False)
class ServerRefused(Refusal):
    """Nothing answers on that port."""

    host: str
    port: int


@dataclass(eq=False)
class ServerSilent(Refusal):
    """The server did not answer in time."""

    host: str
    seconds: int


@dataclass(eq=False)
class ConnectionLost(Refusal):
    """The server hung up before the mail was handed over; nothing was sent."""

    host: str


@dataclass(eq=False)
class NotAMailServer(Refusal):
    """What answers does not speak SMTP."""

    host: str
    port: int


@dataclass(eq=False)
class TlsMissing(Refusal):
    """The server offers no encryption; the password is not sent in the clear."""

    host: str


@dataclass(eq=False)
class TlsFailed(Refusal):
    """The encrypted connection could not be made, often because the port does it otherwise."""

    host: str
    port: int


@dataclass(eq=False)
class CertificateOfAnother(Refusal):
    """The certificate is for another name than the server's."""

    host: str


@dataclass(eq=False)
class CertificateExpired(Refusal):
    """The certificate is past its date, or this computer's clock is wrong."""

    host: str


@dataclass(eq=False)
class CertificateUntrusted(Refusal):
    """Nobody whom this computer trusts vouches for the certificate."""

    host: str


@dataclass(eq=False)
class PasswordWrong(Refusal):
    """The server does not accept user name and password."""

    host: str
    user: str


@dataclass(eq=False)
class AppPasswordNeeded(Refusal):
    """The provider wants a password made for this program, not the one of the account."""

    provider: str


@dataclass(eq=False)
class BasicSignInOff(Refusal):
    """The provider no longer accepts passwords from programs (Microsoft: 550 5.7.30)."""

    host: str


@dataclass(eq=False)
class SignInImpossible(Refusal):
    """The server offers no way of signing in that we know."""

    host: str


# --- one mail on its way -----------------------------------------------------------------------


@dataclass(eq=False)
class SenderRefused(Refusal):
    """The server does not send in the name of this address."""

    address: str
    reply: str


@dataclass(eq=False)
class RecipientRefused(Refusal):
    """The server knows no such mailbox; the mail went to nobody."""

    address: str
    reply: str


@dataclass(eq=False)
class MailRefused(Refusal):
    """The server does not take the mail."""

    reply: str


@dataclass(eq=False)
class TriedTooEarly(Refusal):
    """The server asks to try again later (greylisting, too many mails); that is done."""

    reply: str


@dataclass(eq=False)
class MailTooLargeForServer(Refusal):
    """Larger than the server announces to take.

    Attributes:
        megabytes, limit: in megabytes.
    """

    megabytes: int
    limit: int


@dataclass(eq=False)
class PerhapsSent(Refusal):
    """The connection broke after the mail was handed over and before the server confirmed it."""

    host: str


@dataclass(eq=False)
class StoppedWhileSending(Refusal):
    """The program ended between handing over and the server's answer."""


@dataclass(eq=False)
class MailNotWaiting(Refusal):
    """The mail is not in the state that the act needs: sent, stopped or on its way meanwhile."""


@dataclass(eq=False)
class SentAlready(Refusal):
    """Too late to stop: the mail is on its way."""

    is_final: ClassVar[bool] = True


@dataclass(eq=False)
class SendingElsewhere(Refusal):
    """Another window or command is sending the outbox of this file now."""


@dataclass(eq=False)
class SenderMissing(Refusal):
    """Nobody knows the user's own mail address yet."""
