"""Mails from files: recognised by address and by what they answer, exact bytes kept, once."""

import datetime as dt
from functools import partial

import pytest
from tests.real_files import real_file
from tests.services.messages.conftest import MAIL, World

from klantenapp import i18n
from klantenapp.models.business import Business
from klantenapp.sentences.speak import sentence
from klantenapp.services.errors.imports import UnknownFormat
from klantenapp.services.errors.messages import NotEditable
from klantenapp.services.imports import mail
from klantenapp.services.imports.source import Source
from klantenapp.services.messages import notes, outbox, outbox_list, timeline, unassigned
from klantenapp.services.messages.addresses import Address
from klantenapp.services.messages.compose import Mail
from klantenapp.services.store import clock

OWN = "administratie@noordkade.example"


@pytest.fixture
def world(administration):
    with clock.stopped(dt.date(2026, 11, 24)):
        yield World(administration)


def letter(sender=f"Henk <{MAIL}>", to=OWN, subject="Vraag", more="", text="Dag", number=1):
    head = f"From: {sender}\r\nTo: {to}\r\nSubject: {subject}\r\nMessage-ID: <{number}@x>\r\n"
    return f"{head}{more}\r\n{text}\r\n".encode()


def bring(world, data, name="mail.eml", **more):
    return world.do(partial(mail.run, source=Source.of_bytes(name, data), **more), mail.IMPORT)


def entries(world, customer_id=None):
    scope = {"customer_id": customer_id or world.customer}
    return world.ask(partial(timeline.page, **scope, shown=timeline.Filter(with_events=False)))


def test_a_mail_from_a_known_address_is_on_that_timeline_with_its_exact_bytes(world):
    data = letter(text="Café ☕")
    assert bring(world, data).created == 1
    (entry,) = entries(world)
    assert (entry.kind, entry.direction, entry.person, entry.subject) == (
        "email",
        "in",
        "Henk",
        "Vraag",
    )
    assert world.ask(partial(outbox_list.eml, message_id=entry.id)) == data


def test_a_contact_and_any_case_of_an_address_are_recognised(world):
    world.contact("Tess", "Tess@Schets.example", customer_id=world.other)
    bring(world, letter(sender="TESS@schets.EXAMPLE"))
    assert len(entries(world, world.other)) == 1


def test_an_answer_goes_where_the_mail_before_it_is_whatever_its_address(world):
    invoice = world.invoice()
    sent = Mail(
        sender=Address("", OWN),
        to=(Address("", "ander@adres.example"),),
        subject="Factuur",
        body="x",
        customer_id=world.customer,
        document_id=invoice,
    )
    world.do(partial(outbox.queue, mail=sent), outbox.QUEUE)
    (queued,) = entries(world)
    raw = world.ask(partial(outbox_list.eml, message_id=queued.id)).decode()
    own_id = raw.split("Message-ID: ")[1].split("\r\n")[0]
    bring(world, letter(sender="prive@gmail.example", more=f"In-Reply-To: {own_id}\r\n"))
    answer = next(entry for entry in entries(world) if entry.direction == "in")
    assert answer.document_number == "2026-0158"


def test_an_invoice_number_in_the_subject_links_the_mail(world):
    invoice = world.invoice("2026-0158")
    world.invoice("2026-01")
    bring(world, letter(subject="Re: factuur 2026-0158, klopt niet"))
    assert entries(world)[0].document_id == invoice


def test_an_own_mail_is_outgoing_and_recognised_by_whom_it_went_to(world):
    bring(world, letter(sender=OWN.upper(), to=f"Henk <{MAIL}>"))
    (entry,) = entries(world)
    assert (entry.direction, entry.person, entry.status) == ("out", "Henk", "sent")


def test_a_mail_of_nobody_known_waits_to_be_assigned(world):
    bring(world, letter(sender="wie@onbekend.example"))
    (entry,) = world.ask(unassigned.rows)
    world.do(partial(notes.assign, message_id=entry.id, customer_id=world.other), notes.ASSIGN)
    assert world.ask(unassigned.rows) == []
    assert len(entries(world, world.other)) == 1


def test_a_draft_or_a_mail_on_its_way_does_not_wait_for_a_customer(world):
    free = Mail(Address("", OWN), (Address("", "wie@x.example"),), "Vraag", "x")
    world.do(partial(outbox.queue, mail=free), outbox.QUEUE)
    world.do(partial(outbox.save_draft, mail=free), outbox.DRAFT)
    assert world.ask(unassigned.rows) == []
    assert world.ask(unassigned.count) == 0


def test_an_address_of_two_customers_is_nobodys(world):
    world.contact("Boekhouder", "kantoor@b.example")
    world.contact("Boekhouder", "kantoor@b.example", customer_id=world.other)
    bring(world, letter(sender="kantoor@b.example"))
    assert len(world.ask(unassigned.rows)) == 1


def test_a_mail_dropped_on_a_customer_goes_there_when_nobody_is_recognised(world):
    bring(world, letter(sender="wie@onbekend.example"), otherwise=world.other)
    assert len(entries(world, world.other)) == 1


def test_the_same_mail_comes_in_once_with_or_without_an_id(world):
    data = letter()
    without = data.replace(b"Message-ID: <1@x>\r\n", b"")
    for one in (data, without):
        assert bring(world, one).created == 1
        again = bring(world, one)
        assert (again.created, again.skipped) == (0, 1)
    assert len(entries(world)) == 2


def test_a_box_comes_in_as_a_whole_and_is_undone_as_a_whole(world):
    box = b"".join(
        b"From x@y.example Thu Nov 19 14:20:00 2026\r\n" + letter(number=n) + b"\r\n"
        for n in range(5)
    )
    assert bring(world, box, "alles.mbox").created == 5
    assert len(entries(world)) == 5
    world.administration.undo()
    assert entries(world) == []
    assert bring(world, box, "alles.mbox").created == 5


def test_a_mail_without_a_date_stands_on_the_day_it_came_in(world):
    bring(world, letter())
    assert entries(world)[0].key.at == clock.now()


def test_attachments_are_kept_and_their_names_are_found(world):
    data = (
        letter(more='MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="b"\r\n', text="")
        + b'--b\r\n\r\nDag\r\n--b\r\nContent-Type: application/pdf; name="Bon.pdf"\r\n'
        b"Content-Disposition: attachment\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        b"JVBERi0=\r\n--b--\r\n"
    )
    bring(world, data)
    (entry,) = entries(world)
    assert [(f.name, f.media_type, f.size) for f in entry.files] == [
        ("Bon.pdf", "application/pdf", 5)
    ]
    found = timeline.Filter(text="bon.pdf")
    assert len(world.ask(partial(timeline.page, customer_id=world.customer, shown=found))) == 1


def test_received_mail_is_not_edited(world):
    bring(world, letter())
    (entry,) = entries(world)
    edit = notes.Edit({"text": "anders"})
    with pytest.raises(NotEditable):
        world.do(partial(notes.change, message_id=entry.id, edit=edit), notes.CHANGE)


def test_a_file_that_is_no_mail_is_refused_and_nothing_is_stored(world):
    with pytest.raises(UnknownFormat):
        bring(world, b"%PDF-1.7")
    assert world.ask(unassigned.rows) == []


def test_one_refused_mail_keeps_all_out_unless_it_is_left_out(world):
    box = (
        b"From x@y.example Thu Nov 19 14:20:00 2026\r\n"
        + letter()
        + (b"\r\nFrom x@y.example Thu Nov 19 14:20:00 2026\r\ngeen kopregel\r\n\r\nx\r\n")
    )
    result = bring(world, box, "half.mbox")
    assert (result.read, result.created, len(result.refused)) == (2, 0, 1)
    assert entries(world) == []
    assert bring(world, box, "half.mbox", skip_refused=True).created == 1


def test_every_real_mail_comes_in_or_is_refused_by_line(world):
    world.do(lambda s: setattr(s.get(Business, 1), "email", OWN))
    files = sorted(real_file("eml").rglob("*.eml"))
    assert len(files) > 50
    results = [bring(world, file.read_bytes(), file.name, skip_refused=True) for file in files]
    created = sum(result.created for result in results)
    # Some of them are the same message with other line ends, or have the same id.
    assert created > 30
    assert sum(r.created + r.skipped + len(r.refused) for r in results) == len(files)
    assert len(world.ask(unassigned.rows)) == created


def test_an_import_tells_how_far_it_is_and_stops_whole(world):
    box = b"".join(
        b"From x Mon Nov 23 10:00:00 2026\n" + letter(number=number).replace(b"\r\n", b"\n") + b"\n"
        for number in range(5)
    )
    told = []
    assert bring(world, box, skip_refused=True, step=lambda *at: told.append(at)).created == 5
    assert [done for done, _size in told] == sorted(done for done, _size in told)
    assert {size for _done, size in told} == {len(box)}

    class StoppedError(Exception):
        pass

    def stop(done, _size):
        if done > len(box) // 2:
            raise StoppedError

    other = box.replace(b"@x>", b"@y>")
    with pytest.raises(StoppedError):
        bring(world, other, skip_refused=True, step=stop)
    assert len(entries(world)) == 5


def test_a_hundred_megabytes_of_attachments_are_refused_in_words(world):
    head = letter(more="MIME-Version: 1.0\r\n", text="")
    data = head + b"x" * 76 + b"\r\n"
    data += (b"A" * 76 + b"\r\n") * 1_290_000
    assert len(data) > 100_000_000
    result = bring(world, data, skip_refused=True)
    assert (result.created, len(result.refused)) == (0, 1)
    i18n.set_language("nl")
    assert "40 MB" in sentence(result.refused[0].failure)
    assert entries(world) == []
