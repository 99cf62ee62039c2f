"""Through which server mail goes out, and in whose name; the password is never part of it."""

from __future__ import annotations

import re
import ssl
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast

from sqlalchemy import select

from klantenapp.models.business import Business
from klantenapp.services.errors.base import Invalid
from klantenapp.services.errors.mail import (
    AddressLineBreak,
    AddressMalformed,
    AddressMissing,
    CertificateUnreadable,
    HostMalformed,
    PortOutOfRange,
    SeveralAddresses,
)
from klantenapp.services.messages import addresses, providers
from klantenapp.services.messages.addresses import Address
from klantenapp.services.store import settings
from klantenapp.services.store.operations import REVERSIBLE, register

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from klantenapp.services.errors.base import Refusal
    from klantenapp.services.messages.providers import Security

CHANGE: Final = register("mail_account.change", REVERSIBLE)

PROVIDER: Final = settings.Key("mail.provider", "")
HOST: Final = settings.Key("mail.host", "")
PORT: Final = settings.Key("mail.port", 587)
SECURITY: Final = settings.Key("mail.security", "starttls")
USER: Final = settings.Key("mail.user", "")
ADDRESS: Final = settings.Key("mail.address", "")
NAME: Final = settings.Key("mail.name", "")
COPY: Final = settings.Key("mail.copy", "")
CERTIFICATE: Final = settings.Key("mail.certificate", "")
#: Seconds in which sending can be stopped; 0 turns that off.
DELAY: Final = settings.Key("mail.delay", 10)

_HOST: Final = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.\-]{0,251}[A-Za-z0-9])?|\[?[0-9A-Fa-f:.]+\]?")
_LARGEST_PORT: Final = 65_535


@dataclass(frozen=True)
class Account:
    """The way out.

    Attributes:
        provider: key of a preset, or "other".
        security: "tls" from the first byte, or "starttls"; there is no third.
        user: for signing in; empty where the provider asks for none.
        address, name: in whose name mail goes.
        copy: an address that gets a blind copy of everything; empty for none.
        certificate: PEM text that is trusted besides the system's, for a server on this computer.
    """

    provider: str = "other"
    host: str = ""
    port: int = 587
    security: Security = "starttls"
    user: str = ""
    address: str = ""
    name: str = ""
    copy: str = ""
    certificate: str = ""

    @property
    def is_ready(self) -> bool:
        """Whether mail can be sent with it."""
        return bool(self.host and self.address)

    @property
    def sender(self) -> Address:
        """What stands as the sender; raises as `addresses.parse` where there is none."""
        if not self.address:
            raise AddressMissing
        return Address(self.name, addresses.checked(self.address))

    @property
    def megabytes(self) -> int:
        """Largest message that the provider takes."""
        return providers.provider(self.provider).megabytes


def read(session: Session) -> Account:
    """The account as it stands; sender and name fall back on the business."""
    business = session.scalar(select(Business))
    own = Account(
        settings.read(session, PROVIDER) or "other",
        settings.read(session, HOST),
        settings.read(session, PORT),
        cast("Security", settings.read(session, SECURITY)),
        settings.read(session, USER),
        settings.read(session, ADDRESS),
        settings.read(session, NAME),
        settings.read(session, COPY),
        settings.read(session, CERTIFICATE),
    )
    if business is None:
        return own
    return Account(
        **{
            **vars(own),
            "address": own.address or business.email or "",
            "name": own.name or business.trade_name or business.legal_name,
        }
    )


def change(session: Session, account: Account) -> None:
    """Keep the account.

    Raises:
        Invalid: with the failure of each wrong field.
    """
    wrong = tuple(problems(account))
    if wrong:
        raise Invalid(wrong)
    chosen: tuple[tuple[settings.Key[Any], Any], ...] = (
        (PROVIDER, account.provider),
        (HOST, account.host.strip()),
        (PORT, account.port),
        (SECURITY, account.security),
        (USER, account.user.strip()),
        (ADDRESS, account.address.strip()),
        (NAME, account.name.strip()),
        (COPY, account.copy.strip()),
        (CERTIFICATE, account.certificate.strip()),
    )
    for key, value in chosen:
        settings.write(session, key, value)


def problems(account: Account) -> Iterator[tuple[str, Refusal]]:
    """What is wrong with it, by field."""
    if _HOST.fullmatch(account.host.strip()) is None:
        yield "host", HostMalformed(account.host)
    if not 0 < account.port <= _LARGEST_PORT:
        yield "port", PortOutOfRange(account.port)
    if not account.name.isprintable():
        yield "name", AddressLineBreak()
    for field in ("address", "copy"):
        typed = getattr(account, field)
        if typed or field == "address":
            try:
                addresses.parse(typed)
            except (AddressMissing, AddressMalformed, AddressLineBreak, SeveralAddresses) as wrong:
                yield field, wrong
    if account.certificate.strip() and not _is_certificate(account.certificate):
        yield "certificate", CertificateUnreadable()


def _is_certificate(pem: str) -> bool:
    try:
        ssl.create_default_context(cadata=pem)
    except (ssl.SSLError, ValueError, UnicodeEncodeError):
        return False
    return True
