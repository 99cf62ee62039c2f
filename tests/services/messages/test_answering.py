"""Answering a mail: to its sender, under its subject, with its words and its id."""

from functools import partial

import pytest
from tests.services.messages.conftest import MAIL

from klantenapp.services.errors.base import NotFound
from klantenapp.services.imports import mail
from klantenapp.services.imports.source import Source
from klantenapp.services.messages import answering, outbox, outbox_list, timeline
from klantenapp.services.messages.addresses import Address


def bring(world, head=""):
    raw = (
        f"{head}From: Henk Voorbeeld <{MAIL}>\r\nSubject: Vraag over 2026-0158\r\n"
        "Date: Thu, 19 Nov 2026 14:20:00 +0100\r\nMessage-ID: <7@v>\r\n\r\nKlopt dit?\r\nGroet\r\n"
    ).encode()
    world.do(partial(mail.run, source=Source.of_bytes("x.eml", raw)), mail.IMPORT)
    page = world.ask(partial(timeline.page, customer_id=world.customer))
    return next(entry.id for entry in page if entry.kind == "email")


def test_an_answer_goes_to_the_sender_and_carries_the_id(world):
    invoice = world.invoice()
    found = world.ask(partial(answering.answer, message_id=bring(world)))
    assert found.to == (Address("Henk Voorbeeld", MAIL),)
    assert found.subject == "Re: Vraag over 2026-0158"
    assert found.document_id == invoice
    assert "Op 19 november 2026 schreef Henk Voorbeeld:\n> Klopt dit?\n> Groet" in found.body
    queued = world.do(partial(outbox.queue, mail=found, delay=0), outbox.QUEUE)
    raw, _envelope = world.ask(partial(outbox.envelope, outbox_id=queued))
    assert b"In-Reply-To: <7@v>\r\n" in raw
    rows = world.ask(outbox_list.rows)
    assert rows[0].subject == "Re: Vraag over 2026-0158"


def test_the_address_to_answer_to_comes_first(world):
    message = bring(world, "Reply-To: boekhouding@v.example\r\n")
    found = world.ask(partial(answering.answer, message_id=message))
    assert found.to == (Address("", "boekhouding@v.example"),)


def test_what_is_no_mail_is_not_answered(world):
    with pytest.raises(NotFound):
        world.ask(partial(answering.answer, message_id=99))
