"""Settings of mail: a provider fills in the server, the test explains, texts are edited."""

import datetime as dt
from functools import partial

import pytest
from tests.factories.mail_servers import PASSWORD, Authority, MailServer, Temper
from tests.services.messages.conftest import World
from tests.ui import mail_window

from klantenapp.services.messages import accounts, passwords, templates
from klantenapp.services.store import clock, settings
from klantenapp.ui.contact.template_editor import TemplatesDialog


@pytest.fixture
def world(administration):
    with clock.stopped(dt.datetime(2026, 11, 24, 12).astimezone()):
        yield World(administration)
    passwords._session.clear()


@pytest.fixture
def window(qtbot, world):
    shown = mail_window.open_window(qtbot, world.administration.path, postman=False)
    yield shown
    shown.shell.ops.shut()


@pytest.fixture
def section(qtbot, window):
    return mail_window.go(qtbot, window, "settings", section="mail").sections["mail"]


def leave(qtbot, window, section, name, value):
    section.fields[name].set_value(value)
    section.fields[name].left.emit()
    mail_window.settle(qtbot, window)


def test_an_address_of_a_known_provider_fills_in_the_rest(qtbot, window, world, section):
    leave(qtbot, window, section, "address", "sanne@ziggo.nl")
    account = world.ask(accounts.read)
    assert (account.provider, account.host, account.port, account.security, account.user) == (
        "ziggo",
        "smtp.ziggo.nl",
        587,
        "starttls",
        "sanne@ziggo.nl",
    )


def test_another_provider_changes_server_and_encryption_with_undo(qtbot, window, world, section):
    leave(qtbot, window, section, "provider", "transip")
    account = world.ask(accounts.read)
    assert (account.host, account.port, account.security) == ("smtp.transip.email", 465, "tls")
    window.undo()
    mail_window.settle(qtbot, window)
    assert world.ask(accounts.read).host == ""


def test_a_wrong_address_is_told_and_not_kept(qtbot, window, world, section):
    leave(qtbot, window, section, "provider", "kpn")
    leave(qtbot, window, section, "address", "geen adres")
    assert section.fields["address"].accessibleDescription().startswith("“geen adres” is geen")
    assert world.ask(accounts.read).address == "administratie@noordkade.example"


def test_the_seconds_for_stopping_are_kept_within_reason(qtbot, window, world, section):
    section.delay.set_value(900)
    section.delay.left.emit()
    mail_window.settle(qtbot, window)
    assert world.ask(partial(settings.read, key=accounts.DELAY)) == 120


@pytest.mark.parametrize(
    ("temper", "password", "words"),
    [
        (Temper(), PASSWORD, "Het werkt: ingelogd bij localhost."),
        (Temper(), "fout", "localhost accepteert het wachtwoord van"),
        (
            Temper(sign_in_reply="550 5.7.30 Basic authentication is not supported"),
            PASSWORD,
            "localhost accepteert geen wachtwoorden van programma's meer (5.7.30).",
        ),
        (
            Temper(sign_in_reply="534 5.7.9 Application-specific password required"),
            PASSWORD,
            "localhost accepteert hier je gewone wachtwoord niet. Maak een app-wachtwoord",
        ),
    ],
)
def test_the_test_explains_what_is_wrong(
    qtbot, window, world, section, tmp_path, temper, password, words
):
    authority = Authority(tmp_path)
    with MailServer(authority.context(), temper=temper) as server:
        mail_window.use(world, server, authority)
        section.load()
        mail_window.settle(qtbot, window)
        section.password.setText(password)
        section.test.click()
        qtbot.waitUntil(section.test.isEnabled, timeout=10_000)
    assert words in section.result.accessibleName()
    assert section.password.text() == ""


def test_a_text_is_changed_previewed_and_kept(qtbot, window, world):
    dialog = TemplatesDialog(window.shell)
    dialog.open()
    mail_window.settle(qtbot, window)
    dialog.subject.setText("Uw factuur {number}")
    dialog._draw()
    assert "Uw factuur 2026-0148" in dialog.paper.paper.text()
    dialog._keep()
    mail_window.settle(qtbot, window)
    read = partial(templates.read, kind="invoice", language="nl")
    assert world.ask(read).subject == "Uw factuur {number}"
    dialog.reject()


def test_an_unknown_field_is_told_and_another_text_is_not_opened_over_it(qtbot, window, world):
    dialog = TemplatesDialog(window.shell)
    dialog.open()
    mail_window.settle(qtbot, window)
    dialog.text.set_value("{bestaat_niet}")
    dialog._draw()
    assert "{bestaat_niet}" in dialog.text_field.error
    dialog.kind.set_value("quote")
    dialog.kind.left.emit()
    mail_window.settle(qtbot, window)
    assert dialog.kind.value() == "invoice"
    assert dialog.text.value() == "{bestaat_niet}"
    dialog._reset()
    dialog.kind.set_value("quote")
    dialog.kind.left.emit()
    mail_window.settle(qtbot, window)
    assert dialog.subject.text().startswith("Offerte {number}")
    default = partial(templates.read, kind="invoice", language="nl")
    assert world.ask(default) == templates.default("invoice", "nl")
    dialog.reject()
