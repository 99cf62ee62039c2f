"""A credit note takes its original's tax, refers to it, and never takes more than is left."""

from __future__ import annotations

import datetime as dt
from functools import partial

import pytest
from tests.factories.sales import Shop, line

from klantenapp.models.document import Document
from klantenapp.models.values import Money, Percent, Quantity
from klantenapp.services.errors.sales import AlreadyCredited, CreditsTooMany, CreditsTooMuch
from klantenapp.services.ledger.balances import balance
from klantenapp.services.receivables import payments
from klantenapp.services.sales import credits as crediting
from klantenapp.services.sales import documents
from klantenapp.services.store import clock

TODAY = dt.date(2026, 11, 23)


@pytest.fixture
def shop(administration):
    with clock.stopped(TODAY):
        yield Shop(administration)


def credit(shop, document_id, **wanted):
    work = partial(crediting.credit, document_id=document_id, wanted=crediting.Wanted(**wanted))
    return shop.administration.write(crediting.CREDIT, work)[0]


def row(shop, document_id):
    return shop.administration.read(lambda s: documents.row(s, document_id, TODAY))


def test_a_credit_in_full_settles_the_original(shop):
    customer = shop.customer()
    issued = shop.invoice(customer)
    note = credit(shop, issued.document_id)
    assert (note.kind, note.number, note.total) == ("credit_note", "C2026-0001", Money(12100))
    assert row(shop, issued.document_id).status == "credited"
    assert shop.administration.read(lambda s: balance(s, customer, TODAY)).balance == Money(0)
    original = shop.administration.read(lambda s: s.get_one(Document, note.document_id))
    assert original.refers_to_id == issued.document_id


def test_a_credit_of_a_paid_invoice_stays_as_the_customer_s_credit(shop):
    customer = shop.customer()
    issued = shop.invoice(customer)
    pay = partial(payments.pay, document_id=issued.document_id)
    shop.administration.write(payments.MARK_PAID, pay)
    credit(shop, issued.document_id)
    owed = shop.administration.read(lambda s: balance(s, customer, TODAY))
    assert (owed.balance, owed.credit) == (Money(-12100), Money(12100))
    assert row(shop, issued.document_id).status == "paid"


def test_an_amount_is_credited_to_the_cent(shop):
    issued = shop.issue(
        shop.draft(
            shop.customer(),
            line("100.00"),
            line("33.33", tax_code_id=shop.tax_code("low")),
            total_discount=Percent.parse("3"),
        )
    )
    for amount in ("10.01", "0.01", "77.77"):
        assert credit(shop, issued.document_id, amount=Money.parse(amount)).total == Money.parse(
            amount
        )
    rest = credit(shop, issued.document_id)
    assert rest.total == issued.total - Money.parse("87.79")
    assert row(shop, issued.document_id).status == "credited"
    with pytest.raises(AlreadyCredited):
        credit(shop, issued.document_id)


def test_lines_are_credited_by_quantity_and_never_more_than_invoiced(shop):
    issued = shop.issue(shop.draft(shop.customer(), line("10.00", "5"), line("3.00", "2")))
    lines = shop.administration.read(lambda s: crediting.lines_left(s, issued.document_id))
    note = credit(shop, issued.document_id, quantities={lines[0].line_id: Quantity.parse("2")})
    assert note.total == Money(2420)
    with pytest.raises(CreditsTooMany):
        credit(shop, issued.document_id, quantities={lines[0].line_id: Quantity.parse("4")})


def test_more_than_is_left_is_refused(shop):
    issued = shop.invoice(shop.customer())
    with pytest.raises(CreditsTooMuch):
        credit(shop, issued.document_id, amount=Money.parse("121.01"))
