"""An invoice says what can be done about it besides being paid."""

from __future__ import annotations

import datetime as dt
from functools import partial

import pytest
from tests.factories.sales import Shop

from klantenapp.models.values import ZERO, Money
from klantenapp.services.receivables import credit_use, payments, ways, write_offs
from klantenapp.services.sales import documents
from klantenapp.services.store import clock

TODAY = dt.date(2026, 11, 23)


@pytest.fixture
def shop(administration):
    with clock.stopped(TODAY):
        yield Shop(administration)


def of(shop, document_id):
    return shop.administration.read(partial(ways.of_invoice, document_id=document_id))


def test_credit_is_used_oldest_first_and_given_back_by_undo(shop):
    customer = shop.customer()
    invoice = shop.invoice(customer).document_id
    for cents in (2000, 15000):
        receipt = payments.Receipt(customer_id=customer, amount=Money(cents), date=TODAY)
        work = partial(payments.receive, receipt=receipt, allocations={})
        shop.administration.write(payments.RECEIVE, work)
    assert (of(shop, invoice).credit, of(shop, invoice).open_amount) == (Money(17000), Money(12100))
    work = partial(ways.use_credits, document_id=invoice)
    assert shop.administration.write(credit_use.USE_CREDIT, work)[0] == Money(12100)
    row = shop.administration.read(lambda s: documents.row(s, invoice, TODAY))
    assert row.status == "paid"
    assert of(shop, invoice).credit == Money(4900)
    shop.administration.undo()
    assert (of(shop, invoice).credit, of(shop, invoice).open_amount) == (Money(17000), Money(12100))


def test_a_loss_can_be_recovered_and_a_small_rest_written_off(shop):
    invoice = shop.invoice(shop.customer()).document_id
    assert not of(shop, invoice).is_small
    work = partial(write_offs.write_off, document_id=invoice, reason="Failliet")
    shop.administration.write(write_offs.WRITE_OFF, work)
    assert of(shop, invoice) == ways.Ways(written_off=Money(12100))
    shop.administration.undo()
    work = partial(payments.pay, document_id=invoice, amount=Money(12000))
    shop.administration.write(payments.MARK_PAID, work)
    assert of(shop, invoice).is_small


def test_nothing_can_be_done_about_a_draft(shop):
    draft = shop.draft(shop.customer())
    assert of(shop, draft) == ways.Ways()
    assert of(shop, draft).discount == ZERO
