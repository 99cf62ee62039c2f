"""What an import would do, after each choice of the user."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from klantenapp.models.customer import Customer
from klantenapp.sentences.speak import sentence
from klantenapp.services.errors.imports import (
    DecimalsAmbiguous,
    FieldMissing,
    NotWhole,
    PostalCodeAbsent,
    SpreadsheetTooOld,
)
from klantenapp.services.imports import left_out, saved_mappings, trial
from klantenapp.services.imports.numerals import Decimals
from klantenapp.services.imports.source import Source
from klantenapp.services.imports.trial import Asked

FILE = """Klantnr;Bedrijfsnaam;Plaats;PC;Termijn;Vreemd
K-1;Hotel Voorbeeldzicht;Kampen;8261 AB;30;x
K-2;Camping De Demo;Ommen;;14;y
K-3;Garage Fictief;Apeldoorn;7311 CD;veel;z
"""


def asked(text=FILE, kind="customers", name="klanten.csv", **values):
    return Asked(kind, Source.of_bytes(name, text.encode()), **values)


def tried(administration, question):
    return administration.read(partial(trial.attempt, asked=question))


def names(administration):
    return administration.read(lambda s: sorted(row.name for row in s.query(Customer).all()))


def test_it_says_what_would_come_in_and_what_not(administration):
    found = tried(administration, asked())
    assert found.form == "table"
    assert [record.values["name"] for record in found.first][:2] == [
        "Hotel Voorbeeldzicht",
        "Camping De Demo",
    ]
    outcome = found.outcome
    assert (outcome.read, outcome.new, outcome.changed, outcome.wrong_lines) == (3, 2, 0, 1)
    (refused,) = outcome.refused
    assert (refused.line, refused.field, type(refused.failure)) == (
        4,
        "payment_terms_days",
        NotWhole,
    )
    assert [(one.line, type(one.failure)) for one in outcome.warnings] == [(3, PostalCodeAbsent)]
    assert names(administration) == []


def test_a_value_edited_here_lets_the_line_in(administration):
    question = asked(edits={(4, "payment_terms_days"): "30"})
    assert tried(administration, question).outcome.refused == ()


def test_a_missing_name_is_in_the_way_and_a_choice_takes_it_away(administration):
    text = "Wie;Plaats\nJan;Zwolle\n"
    blocked = tried(administration, asked(text))
    assert isinstance(blocked.problem, FieldMissing)
    assert blocked.outcome is None
    assert blocked.table.columns[0].label == "Wie"
    free = tried(administration, asked(text, chosen={0: ("name",)}))
    assert free.problem is None
    assert free.outcome.new == 1


def test_numbers_that_read_two_ways_are_asked_about(administration):
    text = "code;naam;prijs\nA;a;1.234\n"
    question = asked(text, kind="items")
    assert isinstance(tried(administration, question).problem, DecimalsAmbiguous)
    stated = replace(question.stated, decimals=Decimals.COMMA)
    again = tried(administration, replace(question, stated=stated))
    assert str(again.first[0].values["price"]) == "1234.00"


def test_the_file_as_it_was_tried_is_written_whole_and_undone(administration):
    question = asked()
    work = partial(trial.run, asked=question)
    result, _changes = administration.write(trial.OPERATIONS["customers"], work)
    assert (result.created, len(result.refused)) == (2, 1)
    assert names(administration) == ["Camping De Demo", "Hotel Voorbeeldzicht"]
    again = tried(administration, asked(FILE.replace("Ommen", "Hardenberg")))
    changed = [each for each in again.outcome.coming if each.changes]
    assert [(one.name, one.changes[0].old, one.changes[0].new) for one in changed] == [
        ("Camping De Demo", "Ommen", "Hardenberg")
    ]
    administration.undo()
    assert names(administration) == []


def test_lines_that_are_left_alone_stay_as_they_are(administration):
    administration.write(trial.OPERATIONS["customers"], partial(trial.run, asked=asked()))
    other = asked(FILE.replace("Ommen", "Hardenberg"))
    work = partial(trial.run, asked=other, left=frozenset({3}))
    result, _changes = administration.write(trial.OPERATIONS["customers"], work)
    assert (result.created, result.updated) == (0, 0)


def test_cards_and_address_books_need_no_columns(administration):
    card = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Jan Demo\r\nEMAIL:jan@demo.example\r\nEND:VCARD\r\n"
    cards = tried(administration, asked(card, name="jan.vcf"))
    assert (cards.form, cards.outcome.new) == ("cards", 1)
    book = "First Name,Last Name,E-mail 1 - Value,Phone 1 - Value\nJan,Demo,jan@demo.example,038\n"
    contacts = tried(administration, asked(book))
    assert (contacts.form, contacts.mapping, contacts.outcome.new) == ("contacts", None, 1)
    by_hand = tried(administration, asked(book, by_hand=True))
    assert by_hand.form == "table"
    assert isinstance(by_hand.problem, FieldMissing)


def test_history_says_what_it_misses(administration):
    text = "factuurnummer;factuurdatum;bedrag\n1;21-02-2025;100,00\n"
    found = tried(administration, asked(text, kind="invoices"))
    assert isinstance(found.problem, FieldMissing)
    choices = replace(asked(kind="invoices").choices, unknown_customer="Losse verkoop")
    free = tried(administration, asked(text, kind="invoices", choices=choices))
    assert [each.name for each in free.outcome.coming] == ["1"]


def test_what_cannot_be_opened_is_said(administration):
    old = Asked("items", Source.of_bytes("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 99))
    found = tried(administration, old)
    assert isinstance(found.problem, SpreadsheetTooOld)
    assert found.table is None


def test_a_kept_mapping_is_found_and_taken_over(administration):
    text = "Wie;Waar;Omzet\nJan;Zwolle;1.234\n"
    question = asked(text, chosen={0: ("name",), 1: ("city",), 2: ()})
    first = tried(administration, question)
    save = partial(
        saved_mappings.save,
        kind="customers",
        name="Oude boekhouding",
        table=first.table,
        mapping=first.mapping,
        options={"decimals": "point"},
    )
    administration.write(saved_mappings.SAVE, save)
    again = tried(administration, asked(text))
    assert again.kept.name == "Oude boekhouding"
    adopted = trial.with_kept(asked(text), again.kept)
    assert adopted.chosen == {0: ("name",), 1: ("city",), 2: ()}
    assert adopted.stated.decimals is Decimals.POINT
    assert tried(administration, adopted).outcome.new == 1


def test_what_stays_out_is_told_per_line(administration):
    outcome = tried(administration, asked()).outcome
    told = trial.by_line(outcome.refused, sentence)
    assert list(told) == [4]
    written = left_out.lines_as_csv({4: told[4][0]}, ("Regel", "Reden")).decode("utf-8-sig")
    assert written.splitlines()[0] == "Regel;Reden"
    assert written.splitlines()[1].startswith("4;")
