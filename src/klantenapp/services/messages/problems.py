"""Why a mail did not go, stored with it: the failure itself, told in whatever language later."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from klantenapp.services.errors import mail as failures

if TYPE_CHECKING:
    from klantenapp.services.errors.base import Refusal

#: No way to the server now; it opens by itself, or when the user types or chooses something.
WAY: Final = (
    failures.Offline,
    failures.ServerUnknown,
    failures.ServerRefused,
    failures.ServerSilent,
    failures.ConnectionLost,
    failures.NoAccount,
    failures.PasswordMissing,
)
#: The mail waits and goes by itself later.
WAITS: Final = (*WAY, failures.TriedTooEarly)
#: No mail goes until the user changes the account.
ACCOUNT: Final = (
    failures.PasswordWrong,
    failures.AppPasswordNeeded,
    failures.BasicSignInOff,
    failures.SignInImpossible,
    failures.TlsMissing,
    failures.TlsFailed,
    failures.CertificateOfAnother,
    failures.CertificateExpired,
    failures.CertificateUntrusted,
    failures.CertificateUnreadable,
    failures.NotAMailServer,
)
#: This mail does not go as it is.
FAILS: Final = (
    failures.SenderRefused,
    failures.RecipientRefused,
    failures.MailRefused,
    failures.MailTooLargeForServer,
)
#: Nobody knows whether it went.
UNKNOWN: Final = (failures.PerhapsSent, failures.StoppedWhileSending)
EVERY: Final = (*WAITS, *ACCOUNT, *FAILS, *UNKNOWN)
_KNOWN: Final[dict[str, Any]] = {kind.__name__: kind for kind in EVERY}


def dump(failure: Refusal) -> str:
    """The failure as JSON: the name of its class and its data."""
    data: Any = failure  # every failure of ours is a dataclass; the base class is none
    return json.dumps({"failure": type(failure).__name__, **asdict(data)}, ensure_ascii=False)


def load(stored: str) -> Refusal:
    """The failure again.

    Raises:
        KeyError: a name that this version does not know.
    """
    values: dict[str, Any] = json.loads(stored)
    found: Refusal = _KNOWN[values.pop("failure")](**values)
    return found
