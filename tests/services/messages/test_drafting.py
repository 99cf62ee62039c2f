"""The mail that fits: its receivers, its text with real values, and the stored files."""

from functools import partial

import pytest

from klantenapp.models.customer import Customer
from klantenapp.services.errors.base import Invalid, NotFound
from klantenapp.services.messages import attachments, drafting, outbox
from klantenapp.services.messages.attachments import NewFile, Owner


def prepared(world, document=None, **more):
    if document is None:
        return world.ask(partial(drafting.for_customer, customer_id=world.customer, **more))
    return world.ask(partial(drafting.for_document, document_id=document, **more))


def chosen(draft):
    return [one.address.email for one in draft.candidates if one.chosen]


def test_contacts_that_receive_invoices_get_the_invoice_and_others_are_offered(world):
    world.contact("Administratie", "administratie@v.example", receives="invoices", role="facturen")
    world.contact("Henk", "henk@v.example", receives="all")
    world.contact("Tess", "tess@v.example", receives="quotes", role="inkoop")
    draft = prepared(world, world.invoice())
    assert chosen(draft) == ["administratie@v.example", "henk@v.example"]
    assert [one.address.email for one in draft.candidates][2:] == [
        "tess@v.example",
        "info@voorbeeldbouw.example",
    ]
    quote = prepared(world, world.invoice("O-1", kind="quote"))
    assert (quote.kind, chosen(quote)) == ("quote", ["henk@v.example", "tess@v.example"])


def test_without_contacts_the_customers_own_address_gets_it(world):
    assert chosen(prepared(world, world.invoice())) == ["info@voorbeeldbouw.example"]
    world.do(lambda s: setattr(s.get(Customer, world.customer), "invoice_email", "f@v.example"))
    assert chosen(prepared(world, world.invoice("2"))) == ["f@v.example"]


def test_a_malformed_address_is_not_offered_and_nobody_is_refused(world):
    world.contact("Kapot", "geen adres", receives="all")
    world.do(lambda s: setattr(s.get(Customer, world.customer), "email", None))
    draft = prepared(world, world.invoice())
    assert draft.candidates == ()
    with pytest.raises(Invalid):
        draft.mail()


def test_the_mail_is_ready_to_go(world):
    invoice = world.invoice()
    mail = prepared(world, invoice).mail()
    assert mail.subject == "Factuur 2026-0158 van Noordkade Installatie"
    assert mail.payment
    assert mail.payment in mail.body
    assert (mail.customer_id, mail.document_id) == (world.customer, invoice)
    world.do(partial(outbox.queue, mail=mail), outbox.QUEUE)
    again = prepared(world, invoice)
    assert again.kind == "invoice_again"
    assert "nogmaals factuur 2026-0158" in again.mail().body


def test_the_language_can_be_chosen(world):
    mail = prepared(world, world.invoice(), language="en").mail()
    assert mail.subject == "Invoice 2026-0158 from Noordkade Installatie"


def test_files_of_document_and_customer_can_go_along(world):
    invoice = world.invoice()
    for owner, name in (
        (Owner("customer", world.customer), "voorwaarden.pdf"),
        (Owner("document", invoice), "werkbon.pdf"),
    ):
        add = partial(attachments.add, owner=owner, new=[NewFile(name, b"%PDF")])
        world.do(add, attachments.ADD)
    draft = prepared(world, invoice)
    assert {(one.attached.name, one.chosen) for one in draft.files} == {
        ("werkbon.pdf", False),
        ("voorwaarden.pdf", False),
    }


def test_a_free_message_has_no_document(world):
    draft = prepared(world)
    assert (draft.kind, draft.document_id) == ("free", None)
    assert draft.mail().subject == "Bericht van Noordkade Installatie"


def test_nothing_is_prepared_for_what_is_not_there(world):
    with pytest.raises(NotFound):
        prepared(world, 999)
    with pytest.raises(NotFound):
        world.ask(partial(drafting.for_customer, customer_id=999))
