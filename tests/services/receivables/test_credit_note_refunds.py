"""What a credit note holds is paid back out of that credit note, and no more than it holds."""

from __future__ import annotations

import datetime as dt

import pytest
from tests.factories.sales import Shop

from klantenapp.models.values import Money
from klantenapp.services.errors.payments import RefundAboveCredit
from klantenapp.services.errors.sales import WrongKind
from klantenapp.services.receivables import payments, refunds
from klantenapp.services.sales import credits as crediting
from klantenapp.services.sales import documents
from klantenapp.services.store import clock

TODAY = dt.date(2026, 11, 23)


@pytest.fixture
def shop(administration):
    with clock.stopped(TODAY):
        yield Shop(administration)


def refund(shop, document_id, cents):
    work = lambda s: refunds.refund_credit_note(s, document_id, Money(cents), TODAY)  # noqa: E731
    return shop.administration.write(payments.REFUND, work)[0]


def test_a_credit_note_is_paid_back_in_parts_until_nothing_is_left(shop):
    invoice = shop.invoice(shop.customer()).document_id
    shop.administration.write(payments.MARK_PAID, lambda s: payments.pay(s, invoice))
    work = lambda s: crediting.credit(s, invoice, crediting.Wanted())  # noqa: E731 - one place
    note = shop.administration.write(crediting.CREDIT, work)[0].document_id

    def left():
        row = shop.administration.read(lambda s: documents.row(s, note, TODAY))
        return row.open_amount

    assert left() == Money(12100)
    refund(shop, note, 2100)
    assert left() == Money(10000)
    with pytest.raises(RefundAboveCredit):
        refund(shop, note, 10001)
    refund(shop, note, 10000)
    assert left() == Money(0)
    with pytest.raises(WrongKind):
        refund(shop, invoice, 100)
