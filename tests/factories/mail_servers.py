"""Mail servers for tests: real SMTP over real TLS on this computer, each with its own temper."""

from __future__ import annotations

import asyncio
import datetime as dt
import ipaddress
import socket
import ssl
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from klantenapp.services.messages.accounts import Account

if TYPE_CHECKING:
    from pathlib import Path

USER, PASSWORD = "administratie@noordkade.example", "geheim é"
NOW = dt.datetime.now(dt.UTC)
#: What the key of an authority is not for.
NOT_USED = (
    "digital_signature",
    "content_commitment",
    "key_encipherment",
    "data_encipherment",
    "key_agreement",
    "encipher_only",
    "decipher_only",
)


class Authority:
    """Signs certificates for servers of tests.

    Attributes:
        pem: its own certificate, which an account can trust.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Test authority")])
        certificate = self._builder(self._name, self._key, 0, 365).add_extension(
            x509.BasicConstraints(ca=True, path_length=None), critical=True
        )
        usage = dict.fromkeys(NOT_USED, False)
        certificate = certificate.add_extension(
            x509.KeyUsage(**usage, key_cert_sign=True, crl_sign=True), critical=True
        )
        self._certificate = certificate.sign(self._key, hashes.SHA256())
        self.pem = self._certificate.public_bytes(serialization.Encoding.PEM).decode()

    def context(self, host: str = "localhost", first: int = -1, last: int = 30) -> ssl.SSLContext:
        """What a server of that name shows, valid from and until so many days from now."""
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
        names = [x509.DNSName(host)]
        if host == "localhost":
            names.append(x509.IPAddress(ipaddress.ip_address("127.0.0.1")))
        made = (
            self._builder(subject, key, first, last)
            .add_extension(x509.SubjectAlternativeName(names), critical=False)
            .sign(self._key, hashes.SHA256())
        )
        path = self._folder / f"{host}{first}{last}.pem"
        path.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
            + made.public_bytes(serialization.Encoding.PEM)
        )
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(path)
        return context

    def _builder(self, subject, key, first: int, last: int) -> x509.CertificateBuilder:
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self._name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(NOW + dt.timedelta(days=first - 1))
            .not_valid_after(NOW + dt.timedelta(days=last))
        )


@dataclass
class Temper:
    """What a server does that a good one does not.

    Attributes:
        received: (sender, recipients, content) of every mail that it took.
        refuse: address -> reply to its RCPT, for so many times (-1: always).
        data_reply: reply to the content instead of taking it.
        drop: hang up: "before_data", "in_data" or "after_data" (it took the mail).
        hang: seconds to wait before answering: at "greeting", "rcpt" or "data".
        sign_in_reply: reply to signing in.
    """

    received: list[tuple[str, list[str], bytes]] = field(default_factory=list)
    refuse: dict[str, tuple[str, int]] = field(default_factory=dict)
    data_reply: str = ""
    drop: str = ""
    hang: dict[str, float] = field(default_factory=dict)
    sign_in_reply: str = ""
    seen: list[str] = field(default_factory=list)

    def at(self, moment: str) -> None:
        """Called where the conversation is: "accepted", "content", "confirmed"."""


class _Handler:
    def __init__(self, temper: Temper) -> None:
        self.temper = temper

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802 - aiosmtpd's
        await self._wait("rcpt")
        reply, times = self.temper.refuse.get(address, ("", 0))
        if reply and times:
            self.temper.refuse[address] = (reply, times - 1)
            return reply
        envelope.rcpt_tos.append(address)
        self.temper.at("accepted")
        return "250 OK"

    async def handle_DATA(self, server, _session, envelope):  # noqa: N802 - aiosmtpd's
        await self._wait("data")
        if self.temper.data_reply:
            return self.temper.data_reply
        self.temper.received.append(
            (envelope.mail_from, list(envelope.rcpt_tos), envelope.original_content)
        )
        if self.temper.drop == "after_data":
            server.transport.abort()
        self.temper.at("content")
        # The answer goes out before this runs.
        asyncio.get_running_loop().call_later(0.001, self.temper.at, "confirmed")
        return "250 OK, taken"

    async def _wait(self, moment: str) -> None:
        await asyncio.sleep(self.temper.hang.get(moment, 0))


class _Server(SMTP):
    temper: Temper

    async def smtp_DATA(self, arg):  # noqa: N802 - aiosmtpd's
        if self.temper.drop == "before_data":
            self.transport.abort()
            return
        if self.temper.drop == "in_data":
            await self.push("354 go ahead")
            self.transport.abort()
            return
        await super().smtp_DATA(arg)


class MailServer(Controller):
    """A server with a temper, running until the block ends.

    Args:
        tls: "tls", "starttls" or "none".
    """

    def __init__(
        self, context: ssl.SSLContext, tls: str = "starttls", temper: Temper | None = None
    ):
        self.temper = temper or Temper()
        self._tls, self._context = tls, context
        super().__init__(
            _Handler(self.temper),
            hostname="127.0.0.1",
            port=0,
            ssl_context=context if tls == "tls" else None,
            auth_required=tls == "starttls",
            auth_require_tls=tls == "starttls",
            authenticator=self._authenticate,
            require_starttls=tls == "starttls",
            tls_context=context if tls == "starttls" else None,
            data_size_limit=2_000_000,
        )

    def factory(self):
        server = _Server(self.handler, **self.SMTP_kwargs)
        server.temper = self.temper
        return server

    def _trigger_server(self) -> None:
        """The port is chosen by the system, so it is known only now; nobody has to knock."""
        self._factory_invoked.set()
        self.smtpd = self.handler
        self.port = self.server.sockets[0].getsockname()[1]

    def _authenticate(self, _server, _session, _envelope, mechanism, data):
        self.temper.seen.append(mechanism)
        if self.temper.sign_in_reply:
            return AuthResult(success=False, handled=False, message=self.temper.sign_in_reply)
        right = (
            isinstance(data, LoginPassword)
            and data.login.decode() == USER
            and data.password.decode() == PASSWORD
        )
        return AuthResult(success=right, handled=False)

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.stop(no_assert=True)

    def account(self, authority: Authority, host: str = "localhost", **more) -> Account:
        values = {
            "provider": "other",
            "host": host,
            "port": self.port,
            "security": "tls" if self._tls == "tls" else "starttls",
            "user": USER,
            "address": USER,
            "name": "Noordkade Installatie",
            "certificate": authority.pem,
        }
        return Account(**(values | more))


class DeafServer:
    """Accepts connections and never says a word."""

    def __init__(self, greeting: bytes = b"") -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self._greeting = greeting
        self._open: list = []
        self._thread = threading.Thread(target=self._accept, daemon=True)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._socket.close()
        for one in self._open:
            one.close()

    def _accept(self):
        while True:
            try:
                one, _ = self._socket.accept()
            except OSError:
                return
            self._open.append(one)
            if self._greeting:
                one.sendall(self._greeting)
