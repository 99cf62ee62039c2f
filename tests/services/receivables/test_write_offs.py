"""What will not come in is given up with a reason, comes back when undone, and may come in yet."""

from __future__ import annotations

import datetime as dt
from functools import partial

import pytest
from tests.factories.sales import Shop

from klantenapp.models.catalogue import PaymentTerm
from klantenapp.models.values import ZERO, Money, Percent
from klantenapp.services.errors.payments import (
    DifferenceTooLarge,
    DiscountTooLate,
    NoDiscount,
    NothingOpen,
    NotWrittenOff,
    ReasonMissing,
    RecoversTooMuch,
    WriteOffInFuture,
)
from klantenapp.services.ledger import balances
from klantenapp.services.receivables import payments, write_offs
from klantenapp.services.sales import documents
from klantenapp.services.store import clock

TODAY = dt.date(2026, 11, 23)


@pytest.fixture
def shop(administration):
    with clock.stopped(TODAY):
        yield Shop(administration)


def do(shop, operation, function, **values):
    return shop.administration.write(operation, partial(function, **values))[0]


def status(shop, document_id):
    return shop.administration.read(lambda s: documents.row(s, document_id, TODAY)).status


def owed(shop, customer):
    return shop.administration.read(lambda s: balances.balance(s, customer, TODAY)).balance


def test_a_written_off_invoice_owes_nothing_until_that_is_taken_back(shop):
    customer = shop.customer()
    invoice = shop.invoice(customer).document_id
    done = do(
        shop,
        write_offs.WRITE_OFF,
        write_offs.write_off,
        document_id=invoice,
        reason="Failliet",
    )
    assert (done, status(shop, invoice), owed(shop, customer)) == (
        Money(12100),
        "written_off",
        ZERO,
    )
    with pytest.raises(NothingOpen):
        do(
            shop,
            write_offs.WRITE_OFF,
            write_offs.write_off,
            document_id=invoice,
            reason="x",
        )
    shop.administration.undo()
    assert (status(shop, invoice), owed(shop, customer)) == ("sent", Money(12100))
    movements = shop.administration.read(lambda s: balances.history(s, customer))
    assert [each.kind for each in movements] == ["invoice", "write_off", "void"]


def test_money_that_comes_in_after_all_is_a_recovery(shop):
    customer = shop.customer()
    invoice = shop.invoice(customer).document_id
    recover = partial(do, shop, write_offs.RECOVER, write_offs.recover, document_id=invoice)
    with pytest.raises(NotWrittenOff):
        recover(amount=Money(100))
    do(shop, write_offs.WRITE_OFF, write_offs.write_off, document_id=invoice, reason="Failliet")
    with pytest.raises(RecoversTooMuch):
        recover(amount=Money(12101))
    recover(amount=Money(2100))
    assert (status(shop, invoice), owed(shop, customer)) == ("written_off", ZERO)
    assert shop.administration.read(lambda s: write_offs.written_off(s, invoice)) == Money(10000)
    shop.administration.undo()
    assert shop.administration.read(lambda s: write_offs.written_off(s, invoice)) == Money(12100)
    assert owed(shop, customer) == ZERO


def test_only_a_small_difference_goes_without_a_reason(shop):
    invoice = shop.invoice(shop.customer()).document_id
    small = partial(do, shop, write_offs.WRITE_OFF, write_offs.write_off_difference)
    with pytest.raises(DifferenceTooLarge):
        small(document_id=invoice)
    do(shop, payments.MARK_PAID, payments.pay, document_id=invoice, amount=Money(12001))
    assert small(document_id=invoice) == Money(99)
    assert status(shop, invoice) == "paid"


def test_a_write_off_wants_a_reason_and_a_day_that_has_come(shop):
    invoice = shop.invoice(shop.customer()).document_id
    act = partial(do, shop, write_offs.WRITE_OFF, write_offs.write_off, document_id=invoice)
    with pytest.raises(ReasonMissing):
        act(reason="  ")
    with pytest.raises(WriteOffInFuture):
        act(reason="x", date=TODAY + dt.timedelta(days=1))


@pytest.mark.parametrize("cents", [5000, -5000])
def test_a_balance_to_begin_with_is_owed_or_a_credit(shop, cents):
    customer = shop.customer()
    do(
        shop,
        write_offs.OPENING,
        write_offs.open_balance,
        customer_id=customer,
        amount=Money(cents),
        date=TODAY,
    )
    assert owed(shop, customer) == Money(cents)
    shop.administration.undo()
    assert owed(shop, customer) == ZERO


def test_the_early_payment_discount_holds_through_its_day(shop):
    def term(session):
        made = PaymentTerm(name="2 %", days=30, discount=Percent(200), discount_days=8)
        session.add(made)
        session.flush()
        return made.id

    term_id = shop.administration.write("setting.change", term)[0]
    customer = shop.customer(payment_term_id=term_id)
    day = dt.date(2026, 11, 10)
    late = shop.invoice(customer, date=day).document_id
    soon = shop.invoice(customer, date=day).document_id
    act = partial(do, shop, write_offs.DISCOUNT, write_offs.pay_with_discount)
    with pytest.raises(DiscountTooLate):
        act(document_id=late)
    act(document_id=soon, date=day + dt.timedelta(days=8))
    assert (status(shop, soon), owed(shop, customer)) == ("paid", Money(12100))
    (payment,) = [
        each
        for each in shop.administration.read(lambda s: balances.history(s, customer))
        if each.kind == "payment"
    ]
    assert payment.amount == Money(-11858)
    shop.administration.undo()
    assert owed(shop, customer) == Money(24200)
    with pytest.raises(NoDiscount):
        act(document_id=shop.invoice(shop.customer()).document_id)
