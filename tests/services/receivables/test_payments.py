"""Payments settle what they should, and whatever is taken back is open again."""

from __future__ import annotations

import datetime as dt
from functools import partial

import pytest
from tests.factories.sales import Shop, line

from klantenapp.models.values import Money
from klantenapp.services.errors.payments import (
    AllocationAboveOpen,
    AmountNotPositive,
    DuplicateBankReference,
    NothingOpen,
    PaymentInFuture,
    RefundAboveCredit,
)
from klantenapp.services.errors.sales import StillADraft
from klantenapp.services.ledger import balances
from klantenapp.services.receivables import credit_use, payments
from klantenapp.services.sales import documents
from klantenapp.services.store import clock

TODAY = dt.date(2026, 11, 23)


@pytest.fixture
def shop(administration):
    with clock.stopped(TODAY):
        yield Shop(administration)


def pay(shop, document_id, **values):
    work = partial(payments.pay, document_id=document_id, **values)
    return shop.administration.write(payments.MARK_PAID, work)[0]


def row(shop, document_id):
    return shop.administration.read(lambda s: documents.row(s, document_id, TODAY))


def owed(shop, customer):
    return shop.administration.read(lambda s: balances.balance(s, customer, TODAY))


def test_paid_in_full(shop):
    customer = shop.customer()
    issued = shop.invoice(customer)
    pay(shop, issued.document_id)
    assert row(shop, issued.document_id).status == "paid"
    assert owed(shop, customer).balance == Money(0)


def test_part_paid_keeps_the_rest_open(shop):
    issued = shop.invoice(shop.customer())
    pay(shop, issued.document_id, amount=Money(5000))
    found = row(shop, issued.document_id)
    assert (found.status, found.open_amount) == ("part_paid", Money(7100))


def test_more_than_was_open_stays_as_credit_and_can_be_paid_back(shop):
    customer = shop.customer()
    issued = shop.invoice(customer)
    booked = pay(shop, issued.document_id, amount=Money(15000))
    assert booked.left == Money(2900)
    assert owed(shop, customer).credit == Money(2900)
    too_much = payments.Receipt(customer_id=customer, amount=Money(2901), date=TODAY)
    with pytest.raises(RefundAboveCredit):
        shop.administration.write(payments.REFUND, partial(payments.refund, receipt=too_much))
    back = payments.Receipt(customer_id=customer, amount=Money(2900), date=TODAY)
    shop.administration.write(payments.REFUND, partial(payments.refund, receipt=back))
    assert owed(shop, customer).balance == Money(0)


def test_one_payment_settles_the_oldest_invoices_first(shop):
    customer = shop.customer()
    first = shop.invoice(customer, date=dt.date(2026, 11, 1))
    second = shop.invoice(customer, date=dt.date(2026, 11, 2))
    receipt = payments.Receipt(customer_id=customer, amount=Money(20000), date=TODAY)
    shop.administration.write(payments.RECEIVE, partial(payments.receive, receipt=receipt))
    assert row(shop, first.document_id).status == "paid"
    assert row(shop, second.document_id).open_amount == Money(4200)


def test_undo_of_a_payment_runs_its_compensation_and_history_shows_both(shop):
    customer = shop.customer()
    issued = shop.invoice(customer)
    pay(shop, issued.document_id)
    assert shop.administration.undo().operation == "payment.void"
    assert row(shop, issued.document_id).status == "sent"
    movements = shop.administration.read(lambda s: balances.history(s, customer))
    assert [movement.kind for movement in movements] == ["invoice", "payment", "void"]
    assert [movement.balance for movement in movements] == [Money(12100), Money(0), Money(12100)]
    assert movements[1].voided


def test_a_payment_on_a_draft_is_refused(shop):
    draft = shop.draft(shop.customer(), line())
    with pytest.raises(StillADraft):
        pay(shop, draft)


def test_what_is_settled_cannot_be_paid_again(shop):
    issued = shop.invoice(shop.customer())
    pay(shop, issued.document_id)
    with pytest.raises(NothingOpen):
        pay(shop, issued.document_id)


@pytest.mark.parametrize(
    ("values", "failure"),
    [
        ({"amount": Money(0)}, AmountNotPositive),
        ({"amount": Money(-1)}, AmountNotPositive),
        ({"date": dt.date(2026, 11, 24)}, PaymentInFuture),
    ],
)
def test_impossible_payments_are_refused(shop, values, failure):
    issued = shop.invoice(shop.customer())
    with pytest.raises(failure):
        pay(shop, issued.document_id, **values)
    assert row(shop, issued.document_id).status == "sent"


def test_the_same_bank_reference_is_booked_once(shop):
    customer = shop.customer()
    shop.invoice(customer)
    receipt = payments.Receipt(
        customer_id=customer, amount=Money(100), date=TODAY, bank_reference="NL1"
    )
    work = partial(payments.receive, receipt=receipt)
    shop.administration.write(payments.RECEIVE, work)
    with pytest.raises(DuplicateBankReference):
        shop.administration.write(payments.RECEIVE, work)
    shop.administration.undo()
    shop.administration.write(payments.RECEIVE, work)


def test_an_allocation_above_the_open_amount_is_refused_by_number(shop):
    customer = shop.customer()
    issued = shop.invoice(customer)
    receipt = payments.Receipt(customer_id=customer, amount=Money(20000), date=TODAY)
    work = partial(
        payments.receive, receipt=receipt, allocations={issued.document_id: Money(12101)}
    )
    with pytest.raises(AllocationAboveOpen) as caught:
        shop.administration.write(payments.RECEIVE, work)
    assert caught.value.number == issued.number
    assert owed(shop, customer).balance == Money(12100)


def test_a_credit_is_used_on_another_invoice_and_taken_back(shop):
    customer = shop.customer()
    first = shop.invoice(customer)
    booked = pay(shop, first.document_id, amount=Money(22100))
    second = shop.invoice(customer)
    use = partial(
        credit_use.use_credit, credit_entry_id=booked.entry_id, document_id=second.document_id
    )
    assert shop.administration.write(credit_use.USE_CREDIT, use)[0] == Money(10000)
    assert row(shop, second.document_id).open_amount == Money(2100)
    shop.administration.undo()
    assert row(shop, second.document_id).open_amount == Money(12100)
    assert owed(shop, customer).credit == Money(10000)
