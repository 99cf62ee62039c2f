"""The outbox: composed, queued, stopped, sent, failed, unknown; nothing twice, nothing lost."""

import datetime as dt
import email
import email.policy
from functools import partial

import pytest
from sqlalchemy import func, select
from tests.factories.mail_servers import PASSWORD, USER, Authority, MailServer, Temper
from tests.services.messages.conftest import PDF

from klantenapp import i18n
from klantenapp.models.audit import AuditEntry
from klantenapp.sentences.speak import sentence
from klantenapp.services.errors.base import Invalid
from klantenapp.services.errors.mail import (
    AddressMissing,
    AttachmentsTooLarge,
    BodyMissing,
    MailNotWaiting,
    NoAccount,
    Offline,
    PasswordMissing,
    PasswordWrong,
    PerhapsSent,
    RecipientRefused,
    SendingElsewhere,
    SentAlready,
    StoppedWhileSending,
    SubjectMissing,
    TriedTooEarly,
)
from klantenapp.services.errors.messages import MailOnItsWay, SubjectHasLineBreak
from klantenapp.services.messages import (
    accounts,
    compose,
    notes,
    outbox,
    outbox_list,
    passwords,
    problems,
    sender,
    timeline,
)
from klantenapp.services.messages.accounts import Account
from klantenapp.services.messages.addresses import Address
from klantenapp.services.messages.compose import Attached, Mail
from klantenapp.services.messages.notes import NewEntry
from klantenapp.services.store import clock, files
from klantenapp.services.store.lock import WindowLock

BODY = (
    "Geachte heer Voorbeeld,\n\nHierbij <b>factuur</b> & meer \N{EURO SIGN} 😀 שלום.\n\n"
    "Nog te betalen: € 3.480,00\nOp rekening: NL02\n\nMet vriendelijke groet,\n.punt"
)


@pytest.fixture(autouse=True)
def no_passwords():
    passwords._session.clear()
    yield
    passwords._session.clear()


@pytest.fixture
def letter(world):
    """A mail with the stored PDF of an invoice."""
    invoice = world.invoice()
    pdf = world.do(partial(files.store, content=PDF, media_type="application/pdf"))
    return Mail(
        sender=Address("Noordkade Installatie", USER),
        to=(Address("Henk Voorbeeld", "henk@v.example"), Address("", "tess@v.example")),
        cc=(Address("Jansen, P.", "jansen@v.example"),),
        bcc=(Address("", "stil@n.example"),),
        subject="Factuur 2026-0158 van Noordkade Installatie €",
        body=BODY,
        payment="Nog te betalen: € 3.480,00\nOp rekening: NL02",
        files=(Attached(pdf, "Factuur-2026-0158.pdf", "application/pdf"),),
        customer_id=world.customer,
        document_id=invoice,
    )


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def post(world, authority):
    """Start a mail server and point the account at it."""
    running = []

    def start(temper=None, **more):
        one = MailServer(authority.context(), "starttls", temper)
        one.start()
        running.append(one)
        account = one.account(authority, **more)
        world.do(partial(accounts.change, account=account), accounts.CHANGE)
        passwords.remember(account, PASSWORD, keep=False)
        return one

    yield start
    for one in running:
        one.stop(no_assert=True)


def queue(world, mail, delay=0, **more):
    return world.do(partial(outbox.queue, mail=mail, delay=delay, **more), outbox.QUEUE)


def state(world, outbox_id):
    rows = world.ask(partial(outbox_list.rows, with_sent=100))
    return next((row.state for row in rows if row.id == outbox_id), "stopped")


def problem(world, outbox_id):
    rows = world.ask(outbox_list.rows)
    return problems.load(next(row.problem for row in rows if row.id == outbox_id))


def test_the_mail_that_arrives_carries_the_stored_pdf_byte_for_byte(world, letter, post):
    running = post()
    mail_id = queue(world, letter)
    assert sender.send_due(world.administration).sent == 1
    ((mail_from, to, raw),) = running.temper.received
    assert mail_from == USER
    assert to == ["henk@v.example", "tess@v.example", "jansen@v.example", "stil@n.example"]
    (row,) = world.ask(partial(outbox_list.rows, with_sent=1))
    stored = world.ask(partial(outbox_list.eml, message_id=row.message_id))
    assert raw == stored
    parsed = email.message_from_bytes(raw, policy=email.policy.default)
    (attachment,) = parsed.iter_attachments()
    assert attachment.get_content() == PDF
    assert attachment.get_filename() == "Factuur-2026-0158.pdf"
    assert parsed.get_body(("plain",)).get_content().replace("\r\n", "\n") == BODY + "\n"
    assert parsed["Subject"] == letter.subject
    assert [a.addr_spec for a in parsed["To"].addresses] == ["henk@v.example", "tess@v.example"]
    assert parsed["Cc"].addresses[0].display_name == "Jansen, P."
    assert "stil@n.example" not in raw.decode("ascii")
    assert state(world, mail_id) == "sent"


def test_the_page_of_a_mail_holds_no_markup_of_the_user_and_draws_how_to_pay(letter):
    page = compose.as_html(letter)
    assert "<b>factuur" not in page
    assert "&lt;b&gt;factuur&lt;/b&gt; &amp; meer" in page
    assert page.count("<table") == 1
    assert "http" not in page


def test_a_sent_mail_is_on_the_timeline_with_its_attachment(world, letter, post):
    post()
    queue(world, letter)
    sender.send_due(world.administration)
    entries = world.ask(partial(timeline.page, customer_id=world.customer))
    mail = next(entry for entry in entries if entry.kind == "email")
    assert (mail.status, mail.direction) == ("sent", "out")
    assert mail.person == "Henk Voorbeeld, tess@v.example"
    assert [(f.name, f.size) for f in mail.files] == [("Factuur-2026-0158.pdf", len(PDF))]
    assert mail.document_number == "2026-0158"


@pytest.mark.parametrize(
    ("change", "field", "failure"),
    [
        ({"to": ()}, "to", AddressMissing),
        ({"subject": "Factuur\r\nBcc: dief@example.org"}, "subject", SubjectHasLineBreak),
        ({"subject": "Factuur\u2028x"}, "subject", SubjectHasLineBreak),
        ({"subject": " "}, "subject", SubjectMissing),
        ({"body": "\n"}, "body", BodyMissing),
    ],
)
def test_a_mail_with_something_wrong_is_refused_at_its_field(world, letter, change, field, failure):
    with pytest.raises(Invalid) as refused:
        queue(world, Mail(**{**vars(letter), **change}))
    assert field in [name for name, _ in refused.value.problems]
    assert any(isinstance(one, failure) for _, one in refused.value.problems)
    assert world.ask(outbox_list.rows) == []


def test_files_over_the_providers_limit_are_refused(world, letter):
    world.do(
        partial(accounts.change, account=Account("outlook", "h.example", address=USER)),
        accounts.CHANGE,
    )
    big = world.do(partial(files.store, content=b"x" * 16_000_000, media_type="text/plain"))
    mail = Mail(**{**vars(letter), "files": (Attached(big, "groot.txt", "text/plain"),)})
    with pytest.raises(Invalid) as refused:
        queue(world, mail)
    ((field, failure),) = refused.value.problems
    assert field == "files"
    assert isinstance(failure, AttachmentsTooLarge)
    assert (failure.megabytes, failure.limit) == (16, 14)


def test_within_its_seconds_a_mail_is_not_sent_and_can_be_stopped(world, letter, post):
    running = post()
    mail_id = queue(world, letter, delay=10)
    assert sender.send_due(world.administration, everything=True).sent == 0
    message_id = world.do(partial(outbox.stop, outbox_id=mail_id), outbox.STOP)
    with clock.stopped(clock.now() + dt.timedelta(hours=1)):
        assert sender.send_due(world.administration).sent == 0
    assert running.temper.received == []
    again = world.ask(partial(outbox_list.mail_of, message_id=message_id))
    assert again == Mail(**{**vars(letter), "payment": ""})


def test_ctrl_z_stops_a_mail_and_says_so_when_it_is_too_late(world, letter, post):
    running = post()
    mail_id = queue(world, letter, delay=10)
    world.administration.undo()
    assert state(world, mail_id) == "stopped"
    sent = queue(world, letter)
    sender.send_due(world.administration)
    assert state(world, sent) == "sent"
    with pytest.raises(SentAlready):
        world.administration.undo()
    assert len(running.temper.received) == 1


def test_a_mail_that_went_is_in_nobodys_way_when_something_before_it_is_undone(world, letter, post):
    post()
    before = partial(notes.add, customer_id=world.customer, entry=NewEntry("note", "Eerst"))
    note = world.do(before, notes.ADD["note"])
    queue(world, letter)
    sender.send_due(world.administration)
    with pytest.raises(SentAlready):
        world.administration.undo()
    world.administration.undo()
    entries = world.ask(partial(timeline.page, customer_id=world.customer))
    assert note not in [entry.id for entry in entries if entry.kind == "note"]


def test_the_setting_decides_how_long_a_mail_waits(world, letter):
    queue(world, letter, delay=None)
    (row,) = world.ask(outbox_list.rows)
    assert row.not_before == clock.now() + dt.timedelta(seconds=10)


def test_a_stopped_mail_that_is_sent_after_all_replaces_its_draft(world, letter, post):
    running = post()
    first = queue(world, letter, delay=10)
    draft = world.do(partial(outbox.stop, outbox_id=first), outbox.STOP)
    queue(world, letter, replaces=draft)
    sender.send_due(world.administration)
    assert len(running.temper.received) == 1
    entries = world.ask(partial(timeline.page, customer_id=world.customer))
    assert [entry.status for entry in entries if entry.kind == "email"] == ["sent"]


def test_mails_go_oldest_first_over_one_connection(world, letter, post):
    running = post()
    for number in range(4):
        with clock.stopped(clock.now() - dt.timedelta(minutes=number)):
            queue(world, Mail(**{**vars(letter), "subject": f"Nummer {number}"}))
    assert sender.send_due(world.administration).sent == 4
    subjects = [email.message_from_bytes(raw)["Subject"] for _, _, raw in running.temper.received]
    assert subjects == ["Nummer 3", "Nummer 2", "Nummer 1", "Nummer 0"]
    assert running.temper.seen == ["PLAIN"]


def test_a_refused_mail_fails_with_its_reason_and_the_next_one_goes(world, letter, post):
    temper = Temper(refuse={"tess@v.example": ("550 5.1.1 bestaat niet", 1)})
    running = post(temper)
    first = queue(world, letter)
    second = queue(world, Mail(**{**vars(letter), "subject": "Tweede"}))
    summary = sender.send_due(world.administration)
    assert (summary.failed, summary.sent) == (1, 1)
    assert (state(world, first), state(world, second)) == ("failed", "sent")
    failure = problem(world, first)
    assert isinstance(failure, RecipientRefused)
    assert "tess@v.example niet: 550 5.1.1 bestaat niet" in sentence(failure)
    world.do(partial(outbox.retry, outbox_id=first), outbox.RETRY)
    assert sender.send_due(world.administration).sent == 1
    assert len(running.temper.received) == 2


def test_a_greylisted_mail_waits_and_goes_later_by_itself(world, letter, post):
    running = post(Temper(refuse={"henk@v.example": ("450 4.2.0 later", 1)}))
    mail_id = queue(world, letter)
    assert sender.send_due(world.administration).waiting == 1
    assert isinstance(problem(world, mail_id), TriedTooEarly)
    assert sender.send_due(world.administration).sent == 0
    with clock.stopped(clock.now() + dt.timedelta(minutes=6)):
        assert sender.send_due(world.administration).sent == 1
    assert len(running.temper.received) == 1


def test_a_connection_that_drops_after_the_content_asks_and_never_sends_again(world, letter, post):
    running = post(Temper(drop="after_data"))
    first = queue(world, letter)
    second = queue(world, letter)
    summary = sender.send_due(world.administration)
    assert summary.unknown == 1
    assert isinstance(summary.problem, PerhapsSent)
    assert (state(world, first), state(world, second)) == ("unknown", "queued")
    running.temper.drop = ""
    with clock.stopped(clock.now() + dt.timedelta(days=1)):
        assert sender.send_due(world.administration, everything=True).sent == 1
    assert state(world, first) == "unknown"
    assert len(running.temper.received) == 2
    with pytest.raises(MailOnItsWay):
        world.do(partial(notes.remove, message_id=_message(world, first)), notes.REMOVE)
    world.do(partial(outbox.confirm, outbox_id=first), outbox.CONFIRM)
    assert state(world, first) == "sent"


def test_an_unknown_mail_is_sent_again_when_the_user_says_so(world, letter, post):
    running = post(Temper(drop="after_data"))
    mail_id = queue(world, letter)
    sender.send_due(world.administration)
    running.temper.drop = ""
    world.do(partial(outbox.retry, outbox_id=mail_id), outbox.RETRY)
    assert sender.send_due(world.administration).sent == 1
    assert state(world, mail_id) == "sent"


def test_what_a_dead_process_was_sending_becomes_unknown(world, letter, post):
    running = post()
    mail_id = queue(world, letter)
    world.do(partial(outbox.begin, outbox_id=mail_id), outbox.BEGIN)
    summary = sender.send_due(world.administration)
    assert (summary.unknown, summary.sent) == (1, 0)
    assert state(world, mail_id) == "unknown"
    assert isinstance(problem(world, mail_id), StoppedWhileSending)
    assert running.temper.received == []


def test_a_wrong_password_fails_every_mail_and_tries_once(world, letter, post):
    running = post()
    account = world.ask(accounts.read)
    passwords.remember(account, "fout", keep=False)
    ids = [queue(world, letter) for _ in range(3)]
    summary = sender.send_due(world.administration)
    assert summary.failed == 3
    assert isinstance(summary.problem, PasswordWrong)
    assert running.temper.seen == ["PLAIN"]
    passwords.remember(account, PASSWORD, keep=False)
    world.do(outbox.retry_failed, outbox.RETRY)
    assert sender.send_due(world.administration).sent == 3
    assert [state(world, one) for one in ids] == ["sent"] * 3


def test_without_account_or_password_mail_waits(world, letter, post):
    mail_id = queue(world, letter)
    summary = sender.send_due(world.administration)
    assert isinstance(summary.problem, NoAccount)
    assert state(world, mail_id) == "queued"
    post()
    passwords._session.clear()
    summary = sender.send_due(world.administration)
    assert isinstance(summary.problem, PasswordMissing)
    assert (summary.waiting, state(world, mail_id)) == (1, "queued")


def test_offline_is_no_failure_and_writes_its_reason_once(world, letter):
    def offline(_account):
        raise Offline

    ids = [queue(world, letter) for _ in range(3)]
    assert sender.send_due(world.administration, offline).waiting == 3
    entries = _entries(world)
    for _ in range(5):
        assert sender.send_due(world.administration, offline).waiting == 3
    assert _entries(world) == entries
    assert {state(world, one) for one in ids} == {"queued"}
    assert sentence(problem(world, ids[0])) == (
        "Er is geen internet. De mail wacht en gaat vanzelf weg."
    )
    assert len(world.ask(outbox_list.due)) == 3


def test_two_processes_do_not_send_the_same_outbox(world, letter, post):
    post()
    queue(world, letter)
    with WindowLock(world.administration.path, ".sending"), pytest.raises(SendingElsewhere):
        sender.send_due(world.administration)
    assert sender.send_due(world.administration).sent == 1


def test_a_mail_stopped_in_the_last_moment_does_not_go(world, letter, post):
    running = post()
    mail_id = queue(world, letter)
    opened = sender.open_smtp

    def stop_first(account):
        transport = opened(account)
        world.do(partial(outbox.stop, outbox_id=mail_id), outbox.STOP)
        return transport

    assert sender.send_due(world.administration, stop_first).sent == 0
    assert running.temper.received == []
    assert state(world, mail_id) == "stopped"


def test_a_removed_mail_is_gone_and_undo_brings_it_back(world, letter):
    mail_id = queue(world, letter, delay=3600)
    world.do(partial(outbox.remove, outbox_id=mail_id), outbox.REMOVE)
    assert world.ask(outbox_list.rows) == []
    world.administration.undo()
    assert state(world, mail_id) == "queued"


def test_a_sent_mail_is_neither_begun_nor_retried_nor_removed(world, letter, post):
    post()
    mail_id = queue(world, letter)
    sender.send_due(world.administration)
    for act in (outbox.begin, outbox.retry, outbox.confirm, outbox.finish):
        with pytest.raises(MailNotWaiting):
            world.do(partial(act, outbox_id=mail_id), outbox.RETRY)
    for act in (outbox.stop, outbox.remove):
        with pytest.raises(SentAlready):
            world.do(partial(act, outbox_id=mail_id), outbox.RETRY)


def test_a_blind_copy_to_oneself_goes_along_unseen(world, letter, post):
    running = post(copy="archief@n.example")
    queue(world, letter)
    sender.send_due(world.administration)
    assert running.temper.received[0][1][-1] == "archief@n.example"
    assert b"archief" not in running.temper.received[0][2]


def test_an_eml_for_the_mail_program_opens_as_a_draft(world, letter):
    composed = world.ask(partial(compose.compose, mail=letter, for_program=True))
    parsed = email.message_from_bytes(composed.raw, policy=email.policy.default)
    assert parsed["X-Unsent"] == "1"
    assert parsed["Bcc"].addresses[0].addr_spec == "stil@n.example"


def test_a_link_for_the_mail_program_fits(letter):
    link = compose.link(letter)
    assert link.startswith("mailto:henk@v.example,tess@v.example?subject=Factuur%202026-0158")
    long = compose.link(Mail(**{**vars(letter), "body": "é\n" * 5000}))
    assert len(long) <= 1900
    assert long.endswith("...")


def test_a_draft_is_kept_whatever_it_lacks(world):
    empty = Mail(sender=Address("", USER), to=(), subject="", body="", customer_id=world.customer)
    draft = world.do(partial(outbox.save_draft, mail=empty), outbox.DRAFT)
    assert world.ask(partial(outbox_list.mail_of, message_id=draft)) == empty
    world.do(partial(outbox.discard, message_id=draft), outbox.DISCARD)
    assert world.ask(partial(timeline.page, customer_id=world.customer)) == []


@pytest.mark.parametrize("kind", problems.EVERY, ids=lambda kind: kind.__name__)
def test_a_reason_is_stored_and_told_in_both_languages(kind):
    values = {"str": "x", "int": 3}
    made = kind(
        **{name: values[type_] for name, type_ in kind.__annotations__.items() if type_ in values}
    )
    read = problems.load(problems.dump(made))
    assert type(read) is kind
    assert vars(read) == vars(made)
    dutch = sentence(read)
    i18n.set_language("en")
    assert sentence(read) != dutch


def _message(world, outbox_id):
    return next(r.message_id for r in world.ask(outbox_list.rows) if r.id == outbox_id)


def _entries(world):
    return world.ask(lambda session: session.scalar(select(func.count()).select_from(AuditEntry)))
