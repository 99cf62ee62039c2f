"""An invoice is issued as a whole or not at all, and never changes afterwards."""

from __future__ import annotations

import datetime as dt
from functools import partial

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from tests.factories.sales import Shop, line

from klantenapp.models.document import Document
from klantenapp.models.values import Money, Quantity
from klantenapp.services.customers.customers import AddressData
from klantenapp.services.errors.base import Invalid
from klantenapp.services.errors.sales import (
    CustomerAddressIncomplete,
    DateBeforeLast,
    NegativeTotal,
    NoCustomer,
    NoLines,
    NotADraft,
    PoBoxAlone,
)
from klantenapp.services.errors.store import Frozen
from klantenapp.services.ledger.balances import balance
from klantenapp.services.sales import documents, drafts, issuing
from klantenapp.services.sales.inputs import DraftInput, LineInput
from klantenapp.services.store import clock, files

TODAY = dt.date(2026, 11, 23)


@pytest.fixture
def shop(administration):
    with clock.stopped(TODAY):
        yield Shop(administration)


def problems(shop, document_id):
    with pytest.raises(Invalid) as caught:
        shop.issue(document_id)
    return {type(failure) for _, failure in caught.value.problems}


def test_the_law_s_own_example_of_rounding_gives_ten_fifty(shop):
    customer = shop.customer()
    issued = shop.issue(shop.draft(customer, line("37.50"), line("12.50")))
    document = shop.administration.read(lambda s: s.get_one(Document, issued.document_id))
    assert (document.net_total, document.tax_total) == (Money(5000), Money(1050))
    assert issued.total == Money(6050)


def test_issuing_numbers_posts_freezes_and_stores_the_pdf(shop):
    customer = shop.customer()
    item = shop.item()
    draft = shop.draft(customer, LineInput(item_id=item, quantity=Quantity.parse("12")))
    issued = shop.issue(draft)
    assert issued.number == "2026-0001"
    row = shop.administration.read(lambda s: documents.row(s, draft, TODAY))
    assert (row.status, row.due_date, row.open_amount) == (
        "sent",
        dt.date(2026, 12, 23),
        Money(90024),
    )
    owed = shop.administration.read(lambda s: balance(s, customer, TODAY))
    assert owed.balance == Money(90024)
    document = shop.administration.read(lambda s: s.get_one(Document, draft))
    pdf = shop.administration.read(lambda s: files.content(s, document.pdf_id))
    assert pdf.startswith(b"%PDF")


def test_numbers_follow_each_other_and_a_refused_one_is_not_used(shop):
    customer = shop.customer()
    assert shop.invoice(customer).number == "2026-0001"
    assert problems(shop, shop.draft(customer)) == {NoLines}
    assert shop.invoice(customer).number == "2026-0002"


def test_a_date_before_the_last_number_is_refused_at_the_date(shop):
    customer = shop.customer()
    shop.invoice(customer)
    early = shop.draft(customer, line(), date=dt.date(2026, 11, 22))
    assert problems(shop, early) == {DateBeforeLast}


def test_a_negative_total_is_refused(shop):
    customer = shop.customer()
    assert problems(shop, shop.draft(customer, line("-5.00"))) == {NegativeTotal}


def test_what_is_missing_is_named_all_at_once(shop):
    assert problems(shop, shop.draft(None)) == {NoCustomer, NoLines}
    nowhere = shop.customer(addresses=())
    assert problems(shop, shop.draft(nowhere, line())) == {CustomerAddressIncomplete}
    box = AddressData(street="Postbus 12", postal_code="8000 AA", city="Zwolle")
    assert problems(shop, shop.draft(shop.customer(addresses=(box,)), line())) == {PoBoxAlone}


def test_an_issued_document_cannot_be_changed_by_any_way(shop):
    issued = shop.invoice(shop.customer())
    save = partial(drafts.save, document_id=issued.document_id, draft=DraftInput())
    with pytest.raises(NotADraft):
        shop.administration.write(drafts.SAVE, save)
    for statement in (
        "UPDATE document SET total = 1",
        "DELETE FROM document",
        "UPDATE document_line SET net = 1",
        "DELETE FROM document_line",
        (
            "INSERT INTO document_line (document_id, position, description, quantity, unit_price,"
            " is_manual_price, is_manual_discount, source, nature, net, optional)"
            " SELECT document_id, 9, 'x', 1, 1, 0, 0, 'manual', 'service', 1, 0 FROM document_line"
        ),
        "UPDATE document_tax SET tax = 0",
        "UPDATE ledger_entry SET amount = 1",
        "UPDATE ledger_entry SET open_amount = 1",
        "DELETE FROM ledger_entry",
    ):
        with pytest.raises((Frozen, IntegrityError)) as caught:
            shop.administration.write(
                drafts.SAVE,
                lambda session, sql=statement: session.connection().execute(text(sql)),
            )
        assert isinstance(caught.value, Frozen) or "open_amount" in str(caught.value), statement


@pytest.mark.parametrize(
    ("supplied", "code", "tax"),
    [
        (dt.date(2012, 9, 30), "high", 1900),
        (dt.date(2012, 10, 1), "high", 2100),
        (dt.date(2018, 12, 31), "low", 600),
        (dt.date(2019, 1, 1), "low", 900),
        (dt.date(2025, 12, 31), "lodging", 900),
        (dt.date(2026, 1, 1), "lodging", 2100),
    ],
)
def test_the_rate_is_that_of_the_day_of_supply(shop, supplied, code, tax):
    customer = shop.customer()
    typed = line("100.00", tax_code_id=shop.tax_code(code))
    issued = shop.issue(shop.draft(customer, typed, supply_from=supplied, supply_to=supplied))
    assert issued.total == Money(10000 + tax)


def test_a_consumer_s_prices_include_tax_and_the_gross_leads(shop):
    consumer = shop.customer("M. Voorbeeld-Jansen", kind="consumer")
    issued = shop.issue(shop.draft(consumer, line("9.99"), line("0.01")))
    assert issued.total == Money(1000)
    document = shop.administration.read(lambda s: s.get_one(Document, issued.document_id))
    assert (document.net_total, document.tax_total) == (Money(826), Money(174))


def test_a_draft_follows_its_agreements_until_it_is_issued(shop):
    customer, item = shop.customer(), shop.item(price="62.00")
    draft = shop.draft(customer, LineInput(item_id=item))
    read = shop.administration.read(lambda s: drafts.read(s, draft))
    assert read.lines[0].unit_price is None
    assert read.payment_term_id is None


def test_issuing_twice_is_refused(shop):
    draft = shop.draft(shop.customer(), line())
    shop.issue(draft)
    with pytest.raises(NotADraft):
        shop.administration.write(issuing.ISSUE, partial(issuing.issue, document_id=draft))
