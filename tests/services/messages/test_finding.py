"""Notes and mails of all customers, found by a word in them."""

from __future__ import annotations

from functools import partial

import pytest
from tests.factories.sales import Shop

from klantenapp.services.messages import finding, notes


@pytest.fixture
def shop(administration):
    return Shop(administration)


def note(shop, customer, text):
    entry = notes.NewEntry("note", text)
    work = partial(notes.add, customer_id=customer, entry=entry)
    return shop.administration.write(notes.ADD["note"], work)[0]


def test_a_note_is_found_by_its_words_with_the_part_around_them(shop):
    customer = shop.customer("VvE Modelflat")
    long = "Begin van een lange notitie. " * 3 + "De ketel van het hôtel is in mei vervangen. " * 4
    note(shop, customer, long)
    note(shop, customer, "Iets anders")
    (found,) = shop.administration.read(partial(finding.find, text="hotel ketel", limit=4))
    assert (found.customer, found.customer_id) == ("VvE Modelflat", customer)
    assert "hôtel" in found.excerpt
    assert found.excerpt.startswith("…")
    assert found.excerpt.endswith("…")


def test_a_removed_note_and_an_empty_question_find_nothing(shop):
    customer = shop.customer()
    message = note(shop, customer, "ketel")
    work = partial(notes.remove, message_id=message)
    shop.administration.write(notes.REMOVE, work)
    assert shop.administration.read(partial(finding.find, text="ketel", limit=4)) == []
    assert shop.administration.read(partial(finding.find, text=" ", limit=4)) == []


def test_a_short_text_is_shown_whole():
    assert finding.excerpt("De ketel\nlekt", "ketel") == "De ketel lekt"
