"""The mail account and its password: kept where it belongs, checked, and forgotten."""

from functools import partial

import keyring
import pytest
from keyring.backend import KeyringBackend

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
from klantenapp.services.messages import accounts, addresses, passwords, providers
from klantenapp.services.messages.accounts import Account
from klantenapp.services.messages.addresses import Address

GOOD = Account("kpn", "smtp.kpnmail.nl", 587, "starttls", "s@kpnmail.nl", "s@kpnmail.nl")


def test_without_a_choice_the_business_is_the_sender(world):
    account = world.ask(accounts.read)
    assert (account.address, account.name) == (
        "administratie@noordkade.example",
        "Noordkade Installatie",
    )
    assert not account.is_ready


def test_a_chosen_account_is_read_back_and_undone(world):
    world.do(partial(accounts.change, account=GOOD), accounts.CHANGE)
    read = world.ask(accounts.read)
    assert read.is_ready
    assert read.sender == Address("Noordkade Installatie", "s@kpnmail.nl")
    world.administration.undo()
    assert not world.ask(accounts.read).is_ready


@pytest.mark.parametrize(
    ("change", "field", "failure"),
    [
        ({"host": ""}, "host", HostMalformed),
        ({"host": "smtp kpn.nl"}, "host", HostMalformed),
        ({"host": "https://smtp.kpn.nl/"}, "host", HostMalformed),
        ({"port": 0}, "port", PortOutOfRange),
        ({"port": 70_000}, "port", PortOutOfRange),
        ({"address": ""}, "address", AddressMissing),
        ({"address": "geen adres"}, "address", AddressMalformed),
        ({"copy": "a@b.nl, c@d.nl"}, "copy", SeveralAddresses),
        ({"name": "x\r\nBcc: a@b.nl"}, "name", AddressLineBreak),
        ({"certificate": "geen certificaat"}, "certificate", CertificateUnreadable),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(world, change, field, failure):
    with pytest.raises(Invalid) as refused:
        world.do(
            partial(accounts.change, account=Account(**{**vars(GOOD), **change})), accounts.CHANGE
        )
    ((at, problem),) = refused.value.problems
    assert at == field
    assert isinstance(problem, failure)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("henk@voorbeeld.nl", Address("", "henk@voorbeeld.nl")),
        (" Henk <henk@voorbeeld.nl> ", Address("Henk", "henk@voorbeeld.nl")),
        ('"Voorbeeld, H." <henk@voorbeeld.nl>', Address("Voorbeeld, H.", "henk@voorbeeld.nl")),
        ("info@café.nl", Address("", "info@xn--caf-dma.nl")),
        ("henk+facturen@VOORBEELD.nl", Address("", "henk+facturen@voorbeeld.nl")),
    ],
)
def test_one_address_is_read(typed, expected):
    assert addresses.parse(typed) == expected


@pytest.mark.parametrize(
    ("typed", "failure"),
    [
        ("", AddressMissing),
        ("  ", AddressMissing),
        ("henk", AddressMalformed),
        ("henk@", AddressMalformed),
        ("henk@voorbeeld", AddressMalformed),
        ("hénk@voorbeeld.nl", AddressMalformed),
        ("a@b.nl, c@d.nl", SeveralAddresses),
        ("a@b.nl;c@d.nl", SeveralAddresses),
        ('"x" <a@b.nl>, c@d.nl', SeveralAddresses),
        ("x@y.nl <a@b.nl>", AddressMalformed),
        ("a@b.nl\r\nBcc: c@d.nl", AddressLineBreak),
        ('"a\nb"@c.nl', AddressLineBreak),
        ("a@b.nl\0", AddressLineBreak),
        ("<<a@b.nl>>", AddressMalformed),
        ("x" * 65 + "@b.nl", AddressMalformed),
    ],
)
def test_what_is_not_exactly_one_address_is_refused(typed, failure):
    with pytest.raises(failure):
        addresses.parse(typed)


def test_each_field_is_read_and_a_double_counts_once():
    found = addresses.parse_all(["a@b.nl", "A <A@b.nl>", "c@d.nl"], "to")
    assert found == (Address("", "a@b.nl"), Address("", "c@d.nl"))
    with pytest.raises(Invalid) as refused:
        addresses.parse_all(["a@b.nl", "x", ""], "cc")
    assert [field for field, _ in refused.value.problems] == ["cc", "cc"]


def test_a_name_with_signs_of_its_own_stays_one_name():
    assert addresses.named("Jansen\r\n<x>, P.", "p@j.nl") == Address("Jansen <x>, P.", "p@j.nl")


@pytest.mark.parametrize(
    ("address", "key"),
    [("x@ziggo.nl", "ziggo"), ("x@GMAIL.com", "gmail"), ("x@hotmail.nl", "outlook")],
)
def test_the_provider_follows_from_the_address(address, key):
    assert providers.guess(address).key == key


def test_an_own_domain_is_nobodys():
    assert providers.guess("x@noordkade.example") is None


@pytest.mark.parametrize("provider", providers.PROVIDERS, ids=lambda provider: provider.key)
def test_every_preset_makes_an_account_that_encrypts(provider):
    account = Account(
        provider.key, provider.host, provider.port, provider.security, "x", "x@y.example"
    )
    assert list(accounts.problems(account)) == []
    assert (provider.port, provider.security) in {
        (465, "tls"),
        (587, "starttls"),
        (1025, "starttls"),
    }


class Ring(KeyringBackend):
    """A keyring in memory that says where it comes from."""

    priority = 1

    def __init__(self):
        self.kept = {}

    def set_password(self, service, username, password):
        self.kept[service, username] = password

    def get_password(self, service, username):
        return self.kept.get((service, username))

    def delete_password(self, service, username):
        del self.kept[service, username]


@pytest.fixture
def ring(monkeypatch):
    """A keyring that counts as the system's own."""
    monkeypatch.setattr(passwords, "_TRUSTED", (Ring.__module__,))
    before, own = keyring.get_keyring(), Ring()
    keyring.set_keyring(own)
    yield own
    keyring.set_keyring(before)
    passwords._session.clear()


@pytest.mark.usefixtures("ring")
def test_a_password_is_kept_in_the_keyring_and_nowhere_else(world):
    world.do(partial(accounts.change, account=GOOD), accounts.CHANGE)
    assert passwords.remember(GOOD, "geheim-wachtwoord")
    passwords._session.clear()
    assert passwords.find(GOOD) == "geheim-wachtwoord"
    content = b"".join(
        file.read_bytes()
        for file in world.administration.path.parent.glob("*klantenapp*")
        if file.is_file()
    )
    assert b"geheim-wachtwoord" not in content
    passwords.forget(GOOD)
    assert passwords.find(GOOD) is None


def test_a_password_for_this_session_is_not_kept(ring):
    assert not passwords.remember(GOOD, "x", keep=False)
    assert passwords.find(GOOD) == "x"
    assert ring.kept == {}


def test_a_keyring_that_writes_to_a_file_is_not_trusted():
    before = keyring.get_keyring()
    keyring.set_keyring(Ring())
    try:
        assert not passwords.can_keep()
        assert not passwords.remember(GOOD, "x")
        assert passwords.find(GOOD) == "x"
    finally:
        keyring.set_keyring(before)
        passwords._session.clear()


@pytest.mark.usefixtures("ring")
def test_two_accounts_have_two_passwords():
    other = Account(**{**vars(GOOD), "user": "t@kpnmail.nl"})
    passwords.remember(GOOD, "een")
    passwords.remember(other, "twee")
    assert (passwords.find(GOOD), passwords.find(other)) == ("een", "twee")
