"""Mail providers that people in the Netherlands have, so that nobody has to look up a server."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from klantenapp.i18n import N_

Security = Literal["tls", "starttls"]


@dataclass(frozen=True)
class Provider:
    """How mail goes out through one provider.

    Attributes:
        domains: of addresses that are certainly with this provider; empty for own domains.
        megabytes: largest message that the provider takes, as it says.
        note: what the user has to know first.
        app_password: the provider wants a password made for this program.
    """

    key: str
    name: str
    host: str
    port: int
    security: Security
    domains: tuple[str, ...] = ()
    megabytes: int = 25
    note: str = ""
    app_password: bool = False


_APP_PASSWORD: Final = N_(
    "Make an app password in the security settings of your account, and use that here."
)
_MICROSOFT: Final = N_(
    "Microsoft is switching off passwords for programs. If your administrator has not allowed"
    " authenticated SMTP, use “Open in mail program” instead."
)

PROVIDERS: Final[tuple[Provider, ...]] = (
    Provider(
        "kpn",
        "KPN",
        "smtp.kpnmail.nl",
        587,
        "starttls",
        ("kpnmail.nl", "planet.nl", "hetnet.nl", "kpnplanet.nl", "telfort.nl"),
    ),
    Provider(
        "ziggo",
        "Ziggo",
        "smtp.ziggo.nl",
        587,
        "starttls",
        ("ziggo.nl", "home.nl", "casema.nl", "chello.nl", "upcmail.nl", "quicknet.nl"),
        20,
    ),
    Provider("xs4all", "XS4ALL", "smtp.xs4all.nl", 587, "starttls", ("xs4all.nl",)),
    Provider("freedom", "Freedom", "smtp.freedom.nl", 465, "tls", ("freedom.nl",)),
    Provider("transip", "TransIP", "smtp.transip.email", 465, "tls"),
    Provider("mijndomein", "Mijndomein", "mail.mijndomein.nl", 465, "tls"),
    Provider("hostnet", "Hostnet", "smtp.hostnet.nl", 587, "starttls"),
    Provider("strato", "Strato", "smtp.strato.com", 465, "tls"),
    Provider("one", "one.com", "send.one.com", 465, "tls"),
    Provider("soverin", "Soverin", "smtp.soverin.net", 465, "tls", ("soverin.net",)),
    Provider(
        "gmail",
        "Gmail",
        "smtp.gmail.com",
        465,
        "tls",
        ("gmail.com", "googlemail.com"),
        note=_APP_PASSWORD,
        app_password=True,
    ),
    Provider(
        "microsoft365",
        "Microsoft 365",
        "smtp.office365.com",
        587,
        "starttls",
        note=_MICROSOFT,
    ),
    Provider(
        "outlook",
        "Outlook.com, Hotmail",
        "smtp-mail.outlook.com",
        587,
        "starttls",
        ("outlook.com", "hotmail.com", "hotmail.nl", "live.nl", "live.com", "msn.com"),
        20,
        _MICROSOFT,
    ),
    Provider(
        "icloud",
        "iCloud",
        "smtp.mail.me.com",
        587,
        "starttls",
        ("icloud.com", "me.com", "mac.com"),
        20,
        _APP_PASSWORD,
        app_password=True,
    ),
    Provider(
        "yahoo",
        "Yahoo",
        "smtp.mail.yahoo.com",
        465,
        "tls",
        ("yahoo.com", "yahoo.nl", "ymail.com"),
        note=_APP_PASSWORD,
        app_password=True,
    ),
    Provider(
        "proton",
        "Proton Mail Bridge",
        "127.0.0.1",
        1025,
        "starttls",
        ("proton.me", "protonmail.com", "pm.me"),
        note=N_(
            "Start Proton Mail Bridge, copy the password that it shows, and choose the certificate"
            " that you exported from it."
        ),
    ),
)
OTHER: Final = Provider("other", N_("Another provider"), "", 587, "starttls")


def provider(key: str) -> Provider:
    """The provider of that key; the open one where it is unknown."""
    return next((one for one in PROVIDERS if one.key == key), OTHER)


def guess(address: str) -> Provider | None:
    """The provider that an address certainly belongs to."""
    domain = address.rpartition("@")[2].lower()
    return next((one for one in PROVIDERS if domain in one.domains), None)


def of_host(host: str) -> Provider | None:
    """The provider that a server belongs to."""
    return next((one for one in PROVIDERS if one.host == host.lower()), None)
