"""The contact sheet: everything that was said and sent, on paper, in order."""

import datetime as dt
from functools import partial

import pytest
from tests.factories.pages import text
from tests.services.messages.conftest import World

from klantenapp.sentences import timeline as words
from klantenapp.services.errors.base import NotFound
from klantenapp.services.messages import notes
from klantenapp.services.messages.notes import NewEntry
from klantenapp.services.reminders import contact_sheet
from klantenapp.services.store import clock


@pytest.fixture
def world(administration):
    with clock.stopped(dt.datetime(2026, 11, 24, 12).astimezone()):
        yield World(administration)


def put(world, kind, words_, day, **more):
    at = dt.datetime(2026, 11, day, 14, 20).astimezone()
    entry = NewEntry(kind, words_, at=at, **more)
    add = partial(notes.add, customer_id=world.customer, entry=entry)
    world.do(add, notes.ADD[kind])


def sheet(world, **scope):
    scope = scope or {"customer_id": world.customer}
    query = partial(contact_sheet.pdf, **scope, titles=words.title, statuses=words.status_name)
    return world.ask(query)


def test_it_tells_everything_oldest_first_with_its_words(world):
    invoice = world.invoice(issued_at=dt.datetime(2026, 11, 1, 9).astimezone())
    put(world, "call", "Restant volgt <b>30 november</b> & niet later.", 19, person="Henk",
        direction="out", document_id=invoice)  # fmt: skip
    put(world, "note", "Regel één\nregel twee", 20)
    found = text(sheet(world))
    parts = (
        "Contact met Voorbeeld Bouw B.V.",
        "1 november 2026 t/m 20 november 2026",
        "Factuur 2026-0158 definitief gemaakt",
        "Gebeld met Henk",
        "19 november 2026, 14:20",
        "2026-0158",
        "Restant volgt <b>30 november</b> & niet later.",
        "Notitie",
        "Regel één",
        "regel twee",
        "Pagina 1 van 1",
    )
    places = [found.find(part) for part in parts]
    assert -1 not in places, dict(zip(parts, places, strict=True))


def test_one_invoice_has_its_own_sheet(world):
    invoice = world.invoice()
    put(world, "note", "Hierover", 19, document_id=invoice)
    put(world, "note", "Daarover niet", 20)
    found = text(sheet(world, document_id=invoice))
    assert "Contact over 2026-0158" in found
    assert "Hierover" in found
    assert "Daarover" not in found


def test_long_contact_goes_over_pages_and_nothing_is_lost(world):
    for day in range(1, 21):
        put(world, "note", f"Begin {day} " + "woord " * 400 + f"einde{day}", day)
    found = text(sheet(world))
    assert all(f"einde{day}" in found for day in range(1, 21))


def test_words_that_no_page_expects_do_no_harm(world):
    put(world, "note", "😀 שלום " + "x" * 4000 + " \u202e]]> <img src=/etc/passwd>", 20)
    assert "<img src=/etc/passwd>" in text(sheet(world))


def test_nobody_has_no_sheet(world):
    with pytest.raises(NotFound):
        sheet(world, customer_id=99)
    assert "Er is nog geen contact geweest." in text(sheet(world))
