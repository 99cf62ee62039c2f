"""One mail address at a time: read from what somebody typed, and nothing but one address."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from typing_extensions import override

from klantenapp.services.errors.base import Invalid
from klantenapp.services.errors.mail import (
    AddressLineBreak,
    AddressMalformed,
    AddressMissing,
    SeveralAddresses,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from klantenapp.services.errors.base import Refusal

_NAMED: Final = re.compile(r'\s*"?([^"<>]*?)"?\s*<\s*([^<>]+?)\s*>\s*')
_SEVERAL: Final = re.compile(r"@[^,;]*[,;].*@", re.DOTALL)
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]")
#: Longest name that a header carries well.
NAME_LIMIT: Final = 200


@dataclass(frozen=True)
class Address:
    """A name, which may be empty, and one address in ASCII."""

    name: str
    email: str

    @override
    def __str__(self) -> str:
        return f"{self.name} <{self.email}>" if self.name else self.email

    @property
    def shown(self) -> str:
        """The name, or the address where there is none."""
        return self.name or self.email


def parse(typed: str) -> Address:
    """Read "a@b.nl" or "Name <a@b.nl>".

    Raises:
        AddressMissing: nothing was typed.
        AddressLineBreak: a line break or control character, which could add headers.
        SeveralAddresses: a list; each address has its own place.
        AddressMalformed: no address, or one that mail servers do not take.
    """
    if not typed.strip():
        raise AddressMissing
    if _CONTROL.search(typed):
        raise AddressLineBreak
    if _SEVERAL.search(typed):
        raise SeveralAddresses(typed)
    named = _NAMED.fullmatch(typed)
    name, email = (named[1], named[2]) if named else ("", typed.strip())
    if len(name) > NAME_LIMIT or "@" in name:
        raise AddressMalformed(typed)
    return Address(name.strip(), checked(email))


def named(name: str, email: str) -> Address:
    """The address of somebody whom we know by name, whatever letters that has.

    Raises:
        AddressMalformed.
    """
    plain = "".join(letter if letter.isprintable() else " " for letter in name)
    return Address(" ".join(plain.split())[:NAME_LIMIT], checked(email.strip()))


def checked(email: str) -> str:
    """The address in the form that mail servers know, with its domain in ASCII.

    Raises:
        AddressMalformed.
    """
    from email_validator import EmailNotValidError, validate_email

    try:
        # Whether a mailbox exists is found out by sending; looking up its domain would be network.
        found = validate_email(
            email,
            check_deliverability=False,
            globally_deliverable=False,
            allow_smtputf8=False,
            allow_quoted_local=False,
            strict=True,
        )
    except EmailNotValidError as problem:
        raise AddressMalformed(email) from problem
    plain = found.ascii_email
    if plain is None or "." not in plain.rpartition("@")[2]:
        raise AddressMalformed(email)
    return plain


def parse_all(typed: Iterable[str], field: str) -> tuple[Address, ...]:
    """Read each of several fields; an address that stands there twice counts once.

    Raises:
        Invalid: with the failure of each wrong one at the field.
    """
    found: dict[str, Address] = {}
    wrong: list[tuple[str | None, Refusal]] = []
    for one in typed:
        try:
            address = parse(one)
        except (AddressMissing, AddressLineBreak, SeveralAddresses, AddressMalformed) as problem:
            wrong.append((field, problem))
        else:
            found.setdefault(address.email.lower(), address)
    if wrong:
        raise Invalid(tuple(wrong))
    return tuple(found.values())
