"""Templates: defaults in both languages, own texts, and placeholders that are always filled."""

import re
from functools import partial

import pytest

from klantenapp.i18n import LANGUAGES
from klantenapp.models.business import Business
from klantenapp.models.customer import Customer
from klantenapp.sentences.speak import sentence
from klantenapp.services.errors.base import Invalid
from klantenapp.services.errors.mail import BodyMissing
from klantenapp.services.errors.messages import (
    PlaceholderEmpty,
    PlaceholderUnknown,
    SubjectHasLineBreak,
    TextTooLong,
)
from klantenapp.services.messages import templates, values
from klantenapp.services.messages.template_texts import KINDS, NAMES, PLACEHOLDERS
from klantenapp.services.messages.templates import Text
from klantenapp.services.store import clock


def write(world, kind, language, text):
    work = partial(templates.write, kind=kind, language=language, text=text)
    world.do(work, templates.CHANGE)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_default_uses_only_what_its_kind_knows(kind, language):
    text = templates.default(kind, language)
    assert list(templates.problems(kind, text)) == []
    assert set(PLACEHOLDERS[kind]) <= set(NAMES)


@pytest.mark.parametrize("kind", KINDS)
def test_dutch_speaks_to_the_customer_as_u(kind):
    text = templates.default(kind, "nl").body
    assert re.search(r"\b(je|jij|jouw|jullie)\b", text) is None
    assert text != templates.default(kind, "en").body


def test_the_users_own_text_holds_until_it_is_the_default_again(world):
    own = Text("Factuur {number}", "Dag,\n\n{payment}")
    write(world, "invoice", "nl", own)
    assert world.ask(partial(templates.read, kind="invoice", language="nl")) == own
    english = world.ask(partial(templates.read, kind="invoice", language="en"))
    assert english == templates.default("invoice", "en")
    write(world, "invoice", "nl", templates.default("invoice", "nl"))
    world.administration.undo()
    assert world.ask(partial(templates.read, kind="invoice", language="nl")) == own


@pytest.mark.parametrize(
    ("text", "field", "failure"),
    [
        (Text("Factuur {nummer}", "x"), "subject", PlaceholderUnknown),
        (Text("x", "{due_date} {}"), "body", PlaceholderUnknown),
        (Text("x\nBcc: a@b.example", "x"), "subject", SubjectHasLineBreak),
        (Text("x", " "), "body", BodyMissing),
        (Text("x" * 201, "x"), "subject", TextTooLong),
    ],
)
def test_a_text_that_cannot_be_used_is_refused_at_its_field(world, text, field, failure):
    with pytest.raises(Invalid) as refused:
        write(world, "invoice", "nl", text)
    ((at, problem),) = refused.value.problems
    assert at == field
    assert isinstance(problem, failure)


def test_an_unknown_placeholder_is_named_with_what_can_be_used():
    with pytest.raises(PlaceholderUnknown) as refused:
        templates.fill(Text("{nummer}", ""), {"number": "1", "total": "2"})
    assert sentence(refused.value) == (
        "De tekst noemt {nummer}, en dat bestaat niet. Gebruik: number, total."
    )


def test_a_placeholder_without_a_value_is_named(world):
    invoice = world.invoice()
    known = world.ask(partial(values.for_document, document_id=invoice, language="nl"))
    text = Text("Uw kenmerk {reference}", "{total}")
    assert templates.missing(text, known) == ["reference"]
    with pytest.raises(PlaceholderEmpty) as refused:
        templates.fill(text, known)
    assert sentence(refused.value) == (
        "Voor {reference} is niets bekend. Vul het in of haal het uit de tekst."
    )


def test_an_invoice_mail_carries_the_real_values(world):
    invoice = world.invoice()
    known = world.ask(partial(values.for_document, document_id=invoice, language="nl"))
    text = templates.fill(templates.default("invoice", "nl"), known)
    assert text.subject == "Factuur 2026-0158 van Noordkade Installatie"
    assert text.body == (
        "Geachte heer of mevrouw,\n\n"
        "Hierbij ontvangt u factuur 2026-0158 van 15 september 2026. Wij vragen u vriendelijk het "
        "bedrag van €\u00a03.480,00 uiterlijk 15 oktober 2026 te betalen.\n\n"
        "Nog te betalen: €\u00a03.480,00\n"
        "Op rekening: NL02 ABNA 0123 4567 89\n"
        "Onder vermelding van: 2026-0158\n\n"
        "Met vriendelijke groet,\nSanne de Wilde\nNoordkade Installatie, 038 000 45 67\n"
        "KvK 01234567"
    )


def test_nothing_to_pay_leaves_no_empty_paragraph(world):
    invoice = world.invoice()
    world.settle(invoice, clock.today())
    known = world.ask(partial(values.for_document, document_id=invoice, language="en"))
    body = templates.fill(templates.default("invoice_again", "en"), known).body
    assert "\n\n\n" not in body
    assert "€\u00a00,00 is still open.\n\nKind regards," in body


def test_the_pieces_say_which_words_came_from_the_document():
    found = templates.pieces("Factuur {number} van {date}.", {"number": "7", "date": "vandaag"})
    assert [(p.text, p.field) for p in found] == [
        ("Factuur ", ""),
        ("7", "number"),
        (" van ", ""),
        ("vandaag", "date"),
        (".", ""),
    ]


def test_the_contact_is_addressed_as_he_wants(world):
    contact = world.contact(
        "Henk Voorbeeld", "henk@v.example", salutation="Geachte heer Voorbeeld,"
    )
    known = partial(values.for_customer, customer_id=world.customer, language="nl")
    assert world.ask(known)["salutation"] == "Geachte heer of mevrouw"
    assert world.ask(partial(known, contact_id=contact))["salutation"] == "Geachte heer Voorbeeld"


@pytest.mark.parametrize(
    ("contact", "customer", "business", "expected"),
    [("en", "nl", "nl", "en"), (None, "en", "nl", "en"), (None, None, "en", "en")],
)
def test_the_language_is_the_contacts_then_the_customers_then_ours(
    world, contact, customer, business, expected
):
    who = world.contact("Tess", "tess@v.example", language=contact)

    def choose(session):
        session.get(Customer, world.customer).language = customer
        session.get(Business, 1).language = business

    world.do(choose)
    found = world.ask(partial(values.language_of, customer_id=world.customer, contact_id=who))
    assert found == expected


def test_text_with_braces_of_its_own_stays():
    text = templates.fill(Text("a", "{ los } of {een\nregel} {a}"), {"a": "A", " los ": "los"})
    assert text.body == "los of {een\nregel} A"
