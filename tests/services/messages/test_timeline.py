"""The timeline of a customer: what is on it, in what order, filtered, searched, and fast."""

import datetime as dt
import operator
import time
from functools import partial, reduce

import pytest
from sqlalchemy import insert

from klantenapp.models.contract import Contract
from klantenapp.models.document import QuoteDecision
from klantenapp.models.message import Message
from klantenapp.sentences import timeline as words
from klantenapp.services.messages import notes, timeline
from klantenapp.services.messages.notes import NewEntry
from klantenapp.services.messages.timeline import Filter
from klantenapp.services.store import clock
from klantenapp.services.store.search import folded


def at(day, hour=12):
    return dt.datetime(2026, 11, day, hour).astimezone()


def put(world, kind, text, moment, **more):
    entry = NewEntry(kind, text, at=moment, **more)
    return world.do(partial(notes.add, customer_id=world.customer, entry=entry), notes.ADD[kind])


def titles(world, shown=None, **scope):
    scope = scope or {"customer_id": world.customer}
    return [words.title(e) for e in world.ask(partial(timeline.page, shown=shown, **scope))]


def test_entries_stand_newest_first_with_what_happened_by_itself(world):
    invoice = world.invoice(issued_at=at(1))
    put(world, "call", "x", at(19), direction="out", person="Henk Voorbeeld")
    put(world, "note", "y", at(14))
    world.settle(invoice, dt.date(2026, 11, 16))
    assert titles(world) == [
        "Gebeld met Henk Voorbeeld",
        "Factuur 2026-0158 betaald",
        "Notitie",
        "Factuur 2026-0158 definitief gemaakt",
    ]


def test_events_can_be_hidden(world):
    world.invoice()
    assert len(titles(world)) == 1
    assert titles(world, Filter(with_events=False)) == []


def test_a_part_paid_invoice_is_no_event_and_a_written_off_one_says_so(world):
    world.settle(world.invoice(), dt.date(2026, 11, 2), amount=100_000)
    assert len(titles(world)) == 1
    world.settle(world.invoice("2026-0159"), dt.date(2026, 11, 20), kind="write_off")
    assert "Factuur 2026-0159 afgeboekt" in titles(world)


def test_a_contract_that_ended_and_a_quote_that_was_answered_are_events(world):
    for name, to, renew in (
        ("Raam 2025", 23, "stop"),
        ("Raam 2026", 24, "stop"),
        ("R", 1, "renew"),
    ):
        world.add(
            Contract(
                customer_id=world.customer,
                name=name,
                valid_from=dt.date(2025, 1, 1),
                valid_to=dt.date(2026, 11, to),
                at_end=renew,
            )
        )
    quote = world.invoice("O-0012", kind="quote", issued_at=at(1))
    world.add(QuoteDecision(document_id=quote, outcome="accepted", date=dt.date(2026, 11, 5)))
    assert titles(world) == [
        "Contract Raam 2025 afgelopen",
        "Offerte O-0012 geaccepteerd",
        "Offerte O-0012 definitief gemaakt",
    ]


def test_filters_show_one_kind_or_a_period(world):
    put(world, "call", "x", at(3), direction="in", person="Tess")
    put(world, "meeting", "x", at(2))
    put(world, "note", "x", at(1))
    assert titles(world, Filter("call")) == ["Gebeld door Tess", "Afspraak"]
    assert titles(world, Filter(since=dt.date(2026, 11, 2), until=dt.date(2026, 11, 2))) == [
        "Afspraak"
    ]
    assert world.ask(partial(timeline.counts, customer_id=world.customer)) == {
        "all": 3,
        "email": 0,
        "reminder": 0,
        "letter": 0,
        "call": 2,
        "note": 1,
    }


@pytest.mark.parametrize("typed", ["cafe", "CAFÉ zoe", "restant", "henk"])
def test_search_finds_text_and_person_whatever_the_accents(world, typed):
    put(world, "call", "Restant: Café Zoë belt 100%.", at(3), person="Henk Voorbeeld")
    put(world, "note", "Iets anders", at(2))
    assert len(titles(world, Filter(text=typed))) == 1


def test_search_takes_a_percent_sign_as_it_is_and_looks_in_events(world):
    put(world, "note", "korting 10%", at(3))
    put(world, "note", "korting 10", at(2))
    world.invoice()
    assert len(titles(world, Filter(text="10%"))) == 1
    assert titles(world, Filter(text="0158")) == ["Factuur 2026-0158 definitief gemaakt"]


def test_an_invoice_has_its_own_timeline(world):
    invoice = world.invoice()
    put(world, "note", "Over de factuur", at(3), document_id=invoice)
    put(world, "note", "Over iets anders", at(2))
    assert len(titles(world, document_id=invoice)) == 2


def test_pages_follow_each_other_without_gap_or_repetition(world):
    for day in range(1, 24):
        put(world, "note", f"{day}", at(day))
    pages = [
        [
            e.text
            for e in world.ask(partial(timeline.page, customer_id=world.customer, start=n, size=7))
        ]
        for n in range(0, 28, 7)
    ]
    assert [len(page) for page in pages] == [7, 7, 7, 2]
    assert reduce(operator.iadd, pages, []) == [str(day) for day in range(23, 0, -1)]


def test_a_long_text_is_cut_in_the_list_and_whole_in_its_entry(world):
    note = put(world, "note", "é" * 5000, at(3))
    (row,) = world.ask(partial(timeline.page, customer_id=world.customer))
    assert (len(row.text), row.is_cut) == (timeline.EXCERPT, True)
    whole = world.ask(partial(timeline.entry, message_id=note))
    assert (len(whole.text), whole.is_cut) == (5000, False)


def test_a_timeline_of_ten_thousand_messages_opens_and_searches_at_once(world):
    now = clock.now()
    text = "Goedemorgen, hierbij de factuur voor blok C. " * 40

    def fill(session):
        session.execute(
            insert(Message),
            [
                {
                    "customer_id": world.customer,
                    "kind": "email",
                    "direction": "in",
                    "at": now - dt.timedelta(hours=n),
                    "subject": f"Bericht {n}",
                    "body": text,
                    "search": folded(f"Bericht {n}", text),
                    "status": "received",
                    "pinned": False,
                    "created_at": now,
                }
                for n in range(10_000)
            ],
        )

    world.do(fill)
    for shown in (
        Filter(),
        Filter(text="bericht 9999"),
        Filter("email"),
        Filter(text="komt niet voor"),
    ):
        start = time.perf_counter()
        world.ask(partial(timeline.page, customer_id=world.customer, shown=shown))
        seconds = time.perf_counter() - start
        assert seconds < 1
