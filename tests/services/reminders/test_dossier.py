"""The collection dossier: what is claimed, what proves it, and every piece in its place."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from functools import partial

import pypdf
import pytest
from tests.factories.collecting import Debts

from klantenapp import i18n
from klantenapp.sentences import timeline as words
from klantenapp.services.errors.base import NotFound
from klantenapp.services.messages import attachments, notes
from klantenapp.services.messages.attachments import NewFile, Owner
from klantenapp.services.messages.notes import NewEntry
from klantenapp.services.reminders import dossier
from klantenapp.services.store import clock

TODAY = dt.date(2026, 11, 23)
NAMES = dossier.Names(words.title, words.status_name)


@pytest.fixture
def debts(administration):
    i18n.set_language("nl")
    with clock.stopped(TODAY):
        yield Debts(administration)


@pytest.fixture
def customer(debts):
    return debts.customer("Garage Fictief", kind="business")


@pytest.fixture
def invoice(debts, customer):
    """Due on 31-08, reminded twice and put in default; € 200 was paid in between."""
    made = debts.owed(customer, "900", dt.date(2026, 8, 1))
    for day in (dt.date(2026, 9, 10), dt.date(2026, 9, 25), dt.date(2026, 10, 12)):
        debts.send(day)
    debts.pay(made, "200", dt.date(2026, 9, 12))
    return made


def made(debts, customer, **more):
    read = partial(dossier.make, customer_id=customer, day=TODAY, names=NAMES, **more)
    return debts.administration.read(read)


def text(content):
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)


def pieces(found):
    with zipfile.ZipFile(io.BytesIO(found.zip)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def test_the_overview_tells_who_owes_what_and_how_it_was_asked(debts, customer, invoice):
    assert invoice
    found = made(debts, customer)
    said = text(pieces(found)["01 Incassodossier.pdf"])
    for part in ("Schuldeiser", "Schuldenaar", "Garage Fictief", "889,00", "12-09-2026", "200,00"):
        assert part in said, part
    assert said.count("Per post, gedagtekend") == 3
    for name in found.pieces:
        assert name.split(" ", 1)[1] in said


def test_what_is_claimed_is_the_sum_of_its_calculation(debts, customer, invoice):
    (row,) = debts.administration.read(partial(dossier.claims, customer_id=customer, day=TODAY))
    assert [item.document_id for item in row.items] == [invoice]
    assert row.claim.costs.cents > 0
    assert row.claim.interest.cents > 0
    found = pieces(made(debts, customer))
    (sheet,) = [content for name, content in found.items() if "Berekening" in name]
    total = i18n.translator("nl").amount(row.claim.total.cents)
    assert total in text(sheet)
    assert total in text(found["01 Incassodossier.pdf"])


def test_an_invoice_of_which_every_step_was_taken_is_still_claimed(debts, customer, invoice):
    debts.send(dt.date(2026, 11, 10))  # handed over
    assert debts.rows(TODAY) == []
    (row,) = debts.administration.read(partial(dossier.claims, customer_id=customer, day=TODAY))
    assert (row.items[0].document_id, row.step.kind) == (invoice, "handover")
    assert row.claim.total > row.claim.principal


def test_one_invoice_leaves_the_others_out(debts, customer, invoice):
    other = debts.owed(customer, "55", dt.date(2026, 8, 20))
    found = made(debts, customer, document_id=other)
    said = text(found.pdf)
    assert "55,00" in said
    assert not any("2026-0001" in name for name in found.pieces)
    assert invoice != other


def test_a_damaged_file_stays_a_file_of_its_own(debts, customer, invoice):
    new = [NewFile("Werkbon.pdf", b"%PDF-1.7 broken"), NewFile("foto.jpg", b"\xff\xd8\xff")]
    work = partial(attachments.add, owner=Owner("document", invoice), new=new)
    debts.administration.write(attachments.ADD, work)
    found = made(debts, customer)
    kept = pieces(found)
    assert {"Werkbon.pdf", "foto.jpg"} <= {
        name.split(" ", 2)[2] for name in kept if name[0] == "0" and name.count(" ") >= 2
    }
    assert len(pypdf.PdfReader(io.BytesIO(found.pdf)).pages) > 5


def test_contact_is_in_it_with_what_happened_by_itself(debts, customer, invoice):
    assert invoice
    call = NewEntry("call", "Zegt volgende week te betalen", person="Piet", direction="in")
    debts.administration.write(
        notes.ADD["call"], partial(notes.add, customer_id=customer, entry=call)
    )
    found = pieces(made(debts, customer))
    (sheet,) = [content for name, content in found.items() if name.endswith(" Contact.pdf")]
    said = text(sheet)
    assert "Gebeld door Piet" in said
    assert "definitief gemaakt" in said


def test_the_work_is_stopped_by_what_its_step_raises(debts, customer, invoice):
    assert invoice

    def stop(done, _total):
        if done > 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        made(debts, customer, step=stop)


def test_a_paid_invoice_has_its_dossier_without_a_claim(debts, customer, invoice):
    debts.pay(invoice, "889", TODAY)
    found = made(debts, customer, document_id=invoice)
    said = text(pieces(found)["01 Incassodossier.pdf"])
    assert "Factuur 2026-0001" in said
    assert said.count("Per post") == 3
    assert "2026-0001" in found.name


def test_an_invoice_of_another_customer_is_refused(debts, customer, invoice):
    assert invoice
    other = debts.owed(debts.customer("Iemand anders"), "10", dt.date(2026, 8, 1))
    with pytest.raises(NotFound):
        made(debts, customer, document_id=other)
