"""Handing mail to a server: over verified TLS or not at all, and each failure told apart."""

import email
import email.policy
import socket

import pytest
from tests.factories.mail_servers import PASSWORD, USER, Authority, DeafServer, MailServer, Temper

from klantenapp.services.errors.base import Refusal
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
    ServerRefused,
    ServerSilent,
    ServerUnknown,
    TlsFailed,
    TlsMissing,
    TriedTooEarly,
)
from klantenapp.services.messages import mail
from klantenapp.services.messages.mail import Envelope, Smtp

RAW = b"From: a@b.example\r\nSubject: x\r\n\r\n.begint met een punt\r\n.\r\nslot\r\n"
ENVELOPE = Envelope(USER, ("henk@v.example", "tess@v.example"))


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def server(authority):
    """Start a server with a temper."""
    running = []

    def start(temper=None, tls="starttls", context=None):
        one = MailServer(context or authority.context(), tls, temper)
        one.start()
        running.append(one)
        return one

    yield start
    for one in running:
        one.stop(no_assert=True)


def nothing():
    pass


@pytest.mark.parametrize("tls", ["starttls", "tls"])
def test_a_mail_arrives_byte_for_byte(server, authority, tls):
    running = server(tls=tls)
    with Smtp(running.account(authority), PASSWORD) as smtp:
        smtp.deliver(RAW, ENVELOPE, nothing)
        smtp.deliver(RAW, Envelope(USER, ("b@c.example",)), nothing)
    assert running.temper.received == [
        (USER, ["henk@v.example", "tess@v.example"], RAW),
        (USER, ["b@c.example"], RAW),
    ]


def test_a_mail_of_megabytes_arrives_whole(server, authority):
    running = server()
    raw = RAW + b"x" * 70 + b"\r\n" + (b".y" * 35 + b"\r\n") * 20_000
    with Smtp(running.account(authority), PASSWORD) as smtp:
        smtp.deliver(raw, ENVELOPE, nothing)
    assert running.temper.received[0][2] == raw


def failure_of(running, authority, *, timeout=5):
    seen = []
    with (
        pytest.raises(Refusal) as failed,
        Smtp(running.account(authority), PASSWORD, timeout) as smtp,
    ):
        smtp.deliver(RAW, ENVELOPE, lambda: seen.append(1))
    return failed.value, bool(seen)


def test_a_refused_recipient_is_named_and_nobody_gets_the_mail(server, authority):
    running = server(Temper(refuse={"tess@v.example": ("550 5.1.1 no such user", -1)}))
    failure, begun = failure_of(running, authority)
    assert isinstance(failure, RecipientRefused)
    assert (failure.address, failure.reply) == ("tess@v.example", "550 5.1.1 no such user")
    assert not begun
    assert running.temper.received == []


def test_greylisting_is_no_refusal(server, authority):
    running = server(Temper(refuse={"henk@v.example": ("450 4.2.0 greylisted", 1)}))
    failure, begun = failure_of(running, authority)
    assert isinstance(failure, TriedTooEarly)
    assert not begun
    with Smtp(running.account(authority), PASSWORD) as smtp:
        smtp.deliver(RAW, ENVELOPE, nothing)
    assert len(running.temper.received) == 1


@pytest.mark.parametrize(
    ("reply", "kind"),
    [("554 5.7.1 spam", MailRefused), ("452 4.3.1 disk full", TriedTooEarly)],
)
def test_an_answer_to_the_content_is_certain(server, authority, reply, kind):
    failure, begun = failure_of(server(Temper(data_reply=reply)), authority)
    assert isinstance(failure, kind)
    assert begun


@pytest.mark.parametrize(
    ("drop", "kind"),
    [
        ("before_data", ConnectionLost),
        ("in_data", ConnectionLost),
        ("after_data", PerhapsSent),
    ],
)
def test_a_dropped_connection_is_uncertain_only_after_the_content(server, authority, drop, kind):
    running = server(Temper(drop=drop))
    raw = RAW + b"x" * 70 + b"\r\n" + (b"y" * 70 + b"\r\n") * 25_000
    with pytest.raises(kind), Smtp(running.account(authority), PASSWORD, 5) as smtp:
        smtp.deliver(raw, ENVELOPE, nothing)
    assert len(running.temper.received) == (drop == "after_data")


def test_a_server_that_hangs_is_left_after_its_time(server, authority):
    failure, begun = failure_of(server(Temper(hang={"rcpt": 3})), authority, timeout=1)
    assert isinstance(failure, ServerSilent)
    assert (failure.seconds, begun) == (1, False)


def test_a_server_that_hangs_on_the_content_leaves_it_unknown(server, authority):
    failure, begun = failure_of(server(Temper(hang={"data": 3})), authority, timeout=1)
    assert isinstance(failure, PerhapsSent)
    assert begun


def test_a_server_that_says_nothing_is_left(authority):
    with DeafServer() as deaf, MailServer(authority.context()) as model:
        account = model.account(authority, port=deaf.port)
        with pytest.raises(ServerSilent):
            mail.try_out(account, PASSWORD, timeout=0.5)


def test_something_that_is_no_mail_server_is_told(authority):
    answer = b"HTTP/1.1 400 Bad Request\r\n\r\n"
    with DeafServer(answer) as web, MailServer(authority.context()) as model:
        account = model.account(authority, port=web.port)
        with pytest.raises(NotAMailServer):
            mail.try_out(account, PASSWORD, timeout=1)


def test_without_encryption_nothing_is_sent_and_nobody_signs_in(server, authority):
    running = server(tls="none")
    with pytest.raises(TlsMissing):
        mail.try_out(running.account(authority, security="starttls"), PASSWORD)
    assert running.temper.seen == []


def test_a_port_that_starts_in_the_clear_is_no_tls_port(server, authority):
    with pytest.raises(TlsFailed):
        mail.try_out(server().account(authority, security="tls"), PASSWORD, timeout=2)


@pytest.mark.parametrize(
    ("names", "kind"),
    [
        ({"host": "mail.anders.example"}, CertificateOfAnother),
        ({"first": -30, "last": -2}, CertificateExpired),
    ],
)
@pytest.mark.parametrize("tls", ["starttls", "tls"])
def test_a_wrong_certificate_is_never_accepted(server, authority, names, kind, tls):
    running = server(tls=tls, context=authority.context(**names))
    with pytest.raises(kind):
        mail.try_out(running.account(authority), PASSWORD)
    assert running.temper.seen == []


def test_a_certificate_that_nobody_vouches_for_is_refused(server, authority):
    running = server()
    with pytest.raises(CertificateUntrusted):
        mail.try_out(running.account(authority, certificate=""), PASSWORD)


@pytest.mark.parametrize(
    ("reply", "host", "kind"),
    [
        ("", "localhost", PasswordWrong),
        ("535 5.7.139 Authentication unsuccessful", "localhost", BasicSignInOff),
        (
            "550 5.7.30 Basic authentication is not supported for Client Submission",
            "localhost",
            BasicSignInOff,
        ),
        ("534 5.7.9 Application-specific password required", "localhost", AppPasswordNeeded),
        ("454 4.7.0 Temporary authentication failure", "localhost", TriedTooEarly),
    ],
)
def test_a_refused_sign_in_says_what_to_do(server, authority, reply, host, kind):
    running = server(Temper(sign_in_reply=reply))
    with pytest.raises(kind):
        mail.try_out(running.account(authority, host=host), "fout")


def test_too_large_a_mail_is_not_offered(server, authority):
    running = server()
    with (
        Smtp(running.account(authority), PASSWORD) as smtp,
        pytest.raises(MailTooLargeForServer) as refused,
    ):
        smtp.deliver(b"x" * 2_100_000, ENVELOPE, nothing)
    assert (refused.value.megabytes, refused.value.limit) == (3, 2)


def test_a_closed_port_and_an_unknown_name_are_told_apart(server, authority, monkeypatch):
    running = server()
    account = running.account(authority)
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    with pytest.raises(ServerRefused):
        mail.try_out(running.account(authority, host="127.0.0.1", port=port), PASSWORD)

    def unknown(*_args, **_more):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    def offline(*_args, **_more):
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(ServerUnknown):
        mail.try_out(account, PASSWORD)
    monkeypatch.setattr(socket, "getaddrinfo", offline)
    with pytest.raises(Offline):
        mail.try_out(account, PASSWORD)


def test_no_network_at_all_is_offline(authority, server, monkeypatch):
    account = server().account(authority)

    def unreachable(*_args, **_more):
        raise OSError(101, "Network is unreachable")

    monkeypatch.setattr(socket, "create_connection", unreachable)
    with pytest.raises(Offline):
        mail.try_out(account, PASSWORD)


def test_a_stop_in_the_last_moment_leaves_the_connection_usable(server, authority):
    running = server()

    def stop():
        raise KeyError

    with Smtp(running.account(authority), PASSWORD) as smtp:
        with pytest.raises(KeyError):
            smtp.deliver(RAW, ENVELOPE, stop)
        smtp.deliver(RAW, ENVELOPE, nothing)
    assert len(running.temper.received) == 1


def test_a_received_mail_parses(server, authority):
    running = server()
    with Smtp(running.account(authority), PASSWORD) as smtp:
        smtp.deliver(RAW, ENVELOPE, nothing)
    parsed = email.message_from_bytes(running.temper.received[0][2], policy=email.policy.SMTP)
    assert parsed["Subject"] == "x"
