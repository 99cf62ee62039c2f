"""The password of the mail account: in the system's keyring, else in memory for this session.

It is never in the administration, a setting, a log or a backup.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from types import ModuleType

    from klantenapp.services.messages.accounts import Account

SERVICE: Final = "Klantenapp"
#: Keyrings of the systems themselves; one that writes plain text to a file is none.
_TRUSTED: Final = (
    "keyring.backends.SecretService",
    "keyring.backends.libsecret",
    "keyring.backends.kwallet",
    "keyring.backends.macOS",
    "keyring.backends.Windows",
)

_session: dict[str, str] = {}


def find(account: Account) -> str | None:
    """The password: typed in this session, or from the keyring; None where neither knows it."""
    place = _place(account)
    if place in _session:
        return _session[place]
    ring = _keyring()
    return None if ring is None else _ask(ring, place)


def remember(account: Account, password: str, *, keep: bool = True) -> bool:
    """Use the password from now on.

    Args:
        keep: also after this session, where the system has a keyring.

    Returns:
        Whether the keyring has it.
    """
    place = _place(account)
    _session[place] = password
    ring = _keyring() if keep else None
    if ring is None:
        return False
    try:
        ring.set_password(SERVICE, place, password)
    except ring.errors.KeyringError:
        return False
    return True


def forget(account: Account) -> None:
    """Forget the password here and in the keyring."""
    place = _place(account)
    _session.pop(place, None)
    ring = _keyring()
    if ring is not None and _ask(ring, place) is not None:
        ring.delete_password(SERVICE, place)


def can_keep() -> bool:
    """Whether this computer has a keyring that keeps passwords well."""
    return _keyring() is not None


def _place(account: Account) -> str:
    return f"{account.user}@{account.host}"


def _ask(ring: ModuleType, place: str) -> str | None:
    try:
        found: str | None = ring.get_password(SERVICE, place)
    except ring.errors.KeyringError:
        # Locked and left so, or gone: the password is asked for.
        return None
    return found


def _keyring() -> ModuleType | None:
    """The keyring, where it is the system's own."""
    import keyring
    import keyring.errors

    backend = keyring.get_keyring()
    inner = getattr(backend, "backends", (backend,))
    names = [type(one).__module__ for one in inner]
    return keyring if names and all(name.startswith(_TRUSTED) for name in names) else None
