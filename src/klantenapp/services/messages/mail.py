"""The only file that opens a network connection: SMTP over verified TLS, never without.

A transport hands one mail over at a time. What goes wrong is told apart by what it means: the
mail waits (no network), it is refused, or nobody knows whether it was taken.
"""

from __future__ import annotations

import base64
import re
import smtplib
import socket
import ssl
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol, Self

from klantenapp.services.errors.mail import (
    AppPasswordNeeded,
    BasicSignInOff,
    CertificateExpired,
    CertificateOfAnother,
    CertificateUntrusted,
    ConnectionLost,
    MailRefused,
    MailTooLargeForServer,
    NotAMailServer,
    Offline,
    PasswordWrong,
    PerhapsSent,
    RecipientRefused,
    SenderRefused,
    ServerRefused,
    ServerSilent,
    ServerUnknown,
    SignInImpossible,
    TlsFailed,
    TlsMissing,
    TriedTooEarly,
)
from klantenapp.services.messages import providers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from klantenapp.services.errors.base import Refusal
    from klantenapp.services.messages.accounts import Account

#: Seconds that a server may take for one answer.
TIMEOUT: Final = 30
#: Seconds for the answer to a whole mail, which servers scan first (RFC 5321, 4.5.3.2.6).
FINAL_TIMEOUT: Final = 120
_CHUNK: Final = 65_536
_OWN_NAME: Final = "[127.0.0.1]"
_MEGABYTE: Final = 1_000_000
#: What a reply keeps for the user to read.
_REPLY_LIMIT: Final = 300
_OK, _OK_FORWARD, _GO_AHEAD, _SIGNED_IN, _CHALLENGE = 250, 251, 354, 235, 334
_PERMANENT: Final = 500
_LATER: Final = 4
#: OpenSSL's codes of why a certificate is not accepted.
_EXPIRED, _NOT_YET_VALID, _HOST_MISMATCH, _IP_MISMATCH = 10, 9, 62, 64


@dataclass(frozen=True)
class Envelope:
    """Who a mail comes from and goes to, whatever its headers say."""

    sender: str
    recipients: tuple[str, ...]


class Transport(Protocol):
    """A way for mail to leave; SMTP with a password is one."""

    def deliver(self, raw: bytes, envelope: Envelope, before_data: Callable[[], None]) -> None:
        """Hand one mail over.

        Args:
            before_data: called once, when everybody is accepted and the content goes next; what
                it raises stops the mail.

        Raises:
            PerhapsSent: the content went, and no answer came.
            Refusal: nothing was sent; `problems` says what that means for the mail.
        """

    def close(self) -> None:
        """Take leave; never raises."""


class Smtp:
    """A signed-in connection, for as many mails as there are."""

    def __init__(self, account: Account, password: str, timeout: float = TIMEOUT) -> None:
        """Connect, encrypt and sign in.

        Raises:
            Refusal: one of `problems.WAY` or `problems.ACCOUNT`.
        """
        self._account = account
        self._timeout = timeout
        self._final_timeout = FINAL_TIMEOUT if timeout >= TIMEOUT else timeout
        self._smtp = _connected(account, timeout)
        try:
            with _explained(account, timeout):
                _sign_in(self._smtp, account, password)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def deliver(self, raw: bytes, envelope: Envelope, before_data: Callable[[], None]) -> None:
        """Hand one mail over, to all of its recipients or to none; raises as `Transport`."""
        with _explained(self._account, self._timeout):
            self._open(raw, envelope)
        try:
            before_data()
        except BaseException:
            self._reset()
            raise
        with _explained(self._account, self._timeout):
            code, text = self._smtp.docmd("DATA")
            if code != _GO_AHEAD:
                self._reset()
                raise _refused(code, text)
            self._content(raw)
        try:
            code, text = self._end()
        except (OSError, smtplib.SMTPException) as problem:
            raise PerhapsSent(self._account.host) from problem
        if code != _OK:
            raise _refused(code, text)

    def close(self) -> None:
        """Take leave of the server."""
        try:
            self._smtp.quit()
        except (OSError, smtplib.SMTPException):
            self._smtp.close()

    def _open(self, raw: bytes, envelope: Envelope) -> None:
        """Say from whom and to whom; afterwards the server has accepted everybody."""
        limit = self._smtp.esmtp_features.get("size", "")
        if limit.isdigit() and 0 < int(limit) < len(raw):
            raise MailTooLargeForServer(-(-len(raw) // _MEGABYTE), int(limit) // _MEGABYTE)
        options = [f"SIZE={len(raw)}"] if "size" in self._smtp.esmtp_features else []
        code, text = self._smtp.mail(envelope.sender, options)
        if code != _OK:
            self._reset()
            raise _refused(code, text, sender=envelope.sender)
        for recipient in envelope.recipients:
            code, text = self._smtp.rcpt(recipient)
            if code not in {_OK, _OK_FORWARD}:
                self._reset()
                raise _refused(code, text, recipient=recipient)

    def _content(self, raw: bytes) -> None:
        """Send the mail itself; without its end the server cannot take it."""
        lines = re.sub(rb"(?m)^\.", b"..", raw)
        # In pieces: the time that one call may take covers all that it sends.
        for start in range(0, len(lines), _CHUNK):
            self._smtp.send(lines[start : start + _CHUNK])
        if not lines.endswith(b"\r\n"):
            self._smtp.send(b"\r\n")

    def _end(self) -> tuple[int, bytes]:
        """Send the end, and wait for the server to take the mail."""
        self._smtp.send(b".\r\n")
        if self._smtp.sock is not None:
            self._smtp.sock.settimeout(self._final_timeout)
        try:
            return self._smtp.getreply()
        finally:
            if self._smtp.sock is not None:
                self._smtp.sock.settimeout(self._timeout)

    def _reset(self) -> None:
        """Forget the mail that was begun; what goes wrong here shows at the next one."""
        try:
            self._smtp.rset()
        except (OSError, smtplib.SMTPException):
            self._smtp.close()


def try_out(account: Account, password: str, timeout: float = TIMEOUT) -> None:
    """Connect and sign in, and send nothing.

    Raises:
        Refusal: one of `problems.WAY` or `problems.ACCOUNT`, each with its explanation.
    """
    Smtp(account, password, timeout).close()


def _context(account: Account) -> ssl.SSLContext:
    """Verifies name and certificate; the account's own certificate only adds to who is trusted."""
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if account.certificate:
        context.load_verify_locations(cadata=account.certificate)
    return context


def _connected(account: Account, timeout: float) -> smtplib.SMTP:
    """An encrypted connection that has not signed in."""
    with _explained(account, timeout):
        # The name of this computer is nobody's business; some servers refuse a strange one besides.
        if account.security == "tls":
            return smtplib.SMTP_SSL(
                account.host,
                account.port,
                local_hostname=_OWN_NAME,
                timeout=timeout,
                context=_context(account),
            )
        smtp = smtplib.SMTP(account.host, account.port, local_hostname=_OWN_NAME, timeout=timeout)
        try:
            _encrypt(smtp, account)
        except BaseException:
            smtp.close()
            raise
        return smtp


def _encrypt(smtp: smtplib.SMTP, account: Account) -> None:
    smtp.ehlo_or_helo_if_needed()
    if not smtp.has_extn("starttls"):
        raise TlsMissing(account.host)
    smtp.starttls(context=_context(account))


def _sign_in(smtp: smtplib.SMTP, account: Account, password: str) -> None:
    """Give user and password, where the account has a user; never before TLS."""
    smtp.ehlo_or_helo_if_needed()
    if not account.user:
        return
    if not isinstance(smtp.sock, ssl.SSLSocket):
        raise TlsMissing(account.host)
    offered = smtp.esmtp_features.get("auth", "").upper().split()
    if "PLAIN" in offered:
        secret = _base64(f"\0{account.user}\0{password}")
        code, text = smtp.docmd("AUTH", f"PLAIN {secret}")
    elif "LOGIN" in offered:
        code, text = smtp.docmd("AUTH", "LOGIN")
        for part in (account.user, password):
            if code == _CHALLENGE:
                code, text = smtp.docmd(_base64(part))
    else:
        raise BasicSignInOff(account.host) if offered else SignInImpossible(account.host)
    if code != _SIGNED_IN:
        raise _not_signed_in(account, code, text)


def _base64(text: str) -> str:
    return base64.b64encode(text.encode()).decode("ascii")


def _not_signed_in(account: Account, code: int, text: bytes) -> Refusal:
    """What a refusal to sign in means, by the texts of the large providers."""
    reply = _reply(code, text)
    if "5.7.30" in reply or "5.7.139" in reply or "basic authentication" in reply.lower():
        return BasicSignInOff(account.host)
    known = providers.of_host(account.host)
    if (known and known.app_password) or re.search(
        r"application-specific|app(lication)? password", reply, re.IGNORECASE
    ):
        return AppPasswordNeeded(known.name if known else account.host)
    if code < _PERMANENT:
        return TriedTooEarly(reply)
    return PasswordWrong(account.host, account.user)


def _refused(code: int, text: bytes, *, sender: str = "", recipient: str = "") -> Refusal:
    """What the server's answer to a mail means."""
    reply = _reply(code, text)
    if code < _PERMANENT:
        return TriedTooEarly(reply)
    if recipient:
        return RecipientRefused(recipient, reply)
    if sender:
        return SenderRefused(sender, reply)
    return MailRefused(reply)


def _reply(code: int, text: bytes) -> str:
    words = " ".join(text.decode("utf-8", "replace").split())
    plain = "".join(letter for letter in words if letter.isprintable())
    return f"{code} {plain}"[:_REPLY_LIMIT]


@contextmanager
def _explained(account: Account, timeout: float) -> Iterator[None]:
    """Turn what the network raises into failures that say what to do."""
    try:
        yield
    except smtplib.SMTPException as problem:
        raise _protocol(account, timeout, problem) from problem
    except OSError as problem:
        raise _network(account, timeout, problem) from problem


def _network(account: Account, timeout: float, problem: OSError) -> Refusal:
    """What an error of the network, of a name or of encryption means."""
    host, port = account.host, account.port
    meaning: tuple[tuple[type[OSError], Callable[[], Refusal]], ...] = (
        (ssl.SSLCertVerificationError, lambda: _certificate(host, problem)),
        (ssl.SSLEOFError, lambda: ConnectionLost(host)),
        (ssl.SSLError, lambda: TlsFailed(host, port)),
        (TimeoutError, lambda: ServerSilent(host, round(timeout))),
        (socket.gaierror, lambda: _no_name(host, problem)),
        (ConnectionRefusedError, lambda: ServerRefused(host, port)),
        (ConnectionError, lambda: ConnectionLost(host)),
    )
    return next((make() for kind, make in meaning if isinstance(problem, kind)), Offline())


def _protocol(account: Account, timeout: float, problem: smtplib.SMTPException) -> Refusal:
    """What an error of the conversation means."""
    if isinstance(problem, smtplib.SMTPServerDisconnected):
        cause = problem.__context__
        if isinstance(cause, OSError):
            return _network(account, timeout, cause)
        return ConnectionLost(account.host)
    if isinstance(problem, smtplib.SMTPResponseException):
        text = problem.smtp_error
        reply = _reply(problem.smtp_code, text if isinstance(text, bytes) else text.encode())
        if problem.smtp_code // 100 == _LATER:
            return TriedTooEarly(reply)
        if not isinstance(problem, smtplib.SMTPConnectError):
            return MailRefused(reply)
    return NotAMailServer(account.host, account.port)


def _certificate(host: str, problem: OSError) -> Refusal:
    code = problem.verify_code if isinstance(problem, ssl.SSLCertVerificationError) else 0
    if code in {_HOST_MISMATCH, _IP_MISMATCH}:
        return CertificateOfAnother(host)
    if code in {_EXPIRED, _NOT_YET_VALID}:
        return CertificateExpired(host)
    return CertificateUntrusted(host)


def _no_name(host: str, problem: OSError) -> Refusal:
    """Without a network the name service cannot be asked; with one, the name can be wrong."""
    if problem.errno == socket.EAI_AGAIN:
        return Offline()
    return ServerUnknown(host)
