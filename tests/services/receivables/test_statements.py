"""A statement says what is owed, by its age, on any day; and the same on paper and as a report."""

from __future__ import annotations

import datetime as dt
from functools import partial

import pytest
from tests.factories.sales import Shop

from klantenapp.models.values import ZERO, Money
from klantenapp.services.exports import statement_pdf
from klantenapp.services.insights import reports
from klantenapp.services.insights.wanted import Wanted
from klantenapp.services.ledger import balances
from klantenapp.services.ledger.past import open_items_on
from klantenapp.services.receivables import payments, statements
from klantenapp.services.store import clock

TODAY = dt.date(2026, 11, 23)


@pytest.fixture
def sold(administration):
    """An invoice of September paid in part in October, and one of November that is not due."""
    shop = Shop(administration)
    with clock.stopped(dt.date(2026, 9, 15)):
        customer = shop.customer("Jansen B.V.")
        first = shop.invoice(customer, "100.00", dt.date(2026, 9, 15))
    with clock.stopped(dt.date(2026, 10, 20)):
        work = partial(payments.pay, document_id=first.document_id, amount=Money(2100))
        administration.write(payments.MARK_PAID, work)
    with clock.stopped(TODAY):
        shop.invoice(customer, "50.00", TODAY)
        yield customer


def made(administration, customer, **values):
    wanted = statements.Wanted(**{"kind": "open_items", "as_of": TODAY} | values)
    return administration.read(partial(statements.snapshot, customer_id=customer, wanted=wanted))


def test_open_items_with_their_age(administration, sold):
    found = made(administration, sold)
    assert [(row.number[-4:], row.balance) for row in found.rows] == [
        ("0001", Money(10000)),
        ("0002", Money(6050)),
    ]
    assert (found.balance, found.overdue) == (Money(16050), Money(10000))
    assert (found.ageing.not_due, found.ageing.d31_60) == (Money(6050), Money(10000))
    assert found.requested == Money(16050)
    assert found.payment.text.endswith("0001")


def test_movements_of_a_period_begin_with_the_balance_before_it(administration, sold):
    found = made(administration, sold, kind="movements", start=dt.date(2026, 10, 1))
    assert [(row.kind, row.balance) for row in found.rows] == [
        ("opening", Money(12100)),
        ("payment", Money(10000)),
        ("invoice", Money(16050)),
    ]


def test_a_past_day_is_as_it_was(administration, sold):
    def open_on(day):
        items = administration.read(partial(open_items_on, day=day, customer_id=sold))
        return [item.open_amount for item in items]

    assert open_on(dt.date(2026, 9, 14)) == []
    assert open_on(dt.date(2026, 10, 19)) == [Money(12100)]
    assert open_on(dt.date(2026, 10, 20)) == [Money(10000)]
    assert open_on(TODAY) == [Money(10000), Money(6050)]


def test_what_was_taken_back_is_not_on_the_statement_and_the_past_keeps_it(administration, sold):
    history = administration.read(partial(balances.history, customer_id=sold))
    (payment_id,) = [each.payment_id for each in history if each.payment_id]
    administration.write(
        payments.VOID, partial(payments.void_payment, payment_id=payment_id, date=TODAY)
    )
    found = made(administration, sold, kind="movements")
    assert "void" not in [row.kind for row in found.rows]
    items = administration.read(partial(open_items_on, day=dt.date(2026, 10, 20)))
    assert [item.open_amount for item in items] == [Money(10000)]


def test_reports_and_paper_say_the_same(administration, sold):
    wanted = Wanted(as_of=TODAY, customer_id=sold)
    table = administration.read(partial(reports.make, name="open-invoices", wanted=wanted))
    assert table.totals[-1] == Money(16050)
    table = administration.read(partial(reports.make, name="statement", wanted=wanted))
    assert table.rows[-1][-1] == Money(16050)
    paper = administration.read(partial(statement_pdf.report_pdf, asked=wanted))
    assert paper.startswith(b"%PDF")
    everybody = administration.read(partial(statement_pdf.report_pdf, asked=Wanted(as_of=TODAY)))
    assert everybody.startswith(b"%PDF")


def test_credits_come_off_what_is_not_due_first(administration, sold):
    receipt = payments.Receipt(customer_id=sold, amount=Money(7000), date=TODAY)
    work = partial(payments.receive, receipt=receipt, allocations={})
    administration.write(payments.RECEIVE, work)
    found = made(administration, sold)
    assert (found.ageing.not_due, found.ageing.d31_60) == (ZERO, Money(9050))
    assert found.balance == Money(9050)
