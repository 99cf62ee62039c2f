"""A payment on costs, interest and the invoice, in the order of the law, from the window."""

from __future__ import annotations

import datetime as dt

import pytest
from tests.factories.collecting import Debts
from tests.ui.panels import real

from klantenapp.models.values import Money
from klantenapp.services.ledger import balances
from klantenapp.services.store import clock
from klantenapp.ui.panels.documents.payment import PaymentDialog

DUE = dt.date(2026, 7, 31)
TODAY = DUE + dt.timedelta(days=50)


@pytest.fixture
def debts(administration):
    with clock.stopped(TODAY):
        yield Debts(administration)


@pytest.fixture
def document(debts):
    found = debts.owed(debts.customer("Garage Fictief & Zn."), "1000.00", dt.date(2026, 7, 1))
    for days in (7, 21, 35):
        debts.send(DUE + dt.timedelta(days=days))
    return found


@pytest.fixture
def window(qtbot, debts, document):
    assert document
    shown = real.opened(qtbot, debts.administration.path)
    yield shown
    real.close(shown)


def test_no_act_is_offered_before_its_document_is_read(qtbot, window, document):
    page = real.go(qtbot, window, "invoice", id=document)
    acts = (page.pay, page.credit, page.copy)
    assert all(act.isVisible() for act in acts)
    page.show_with(id=document)
    assert all(act.isVisible() for act in acts)
    # As it is drawn at once when another document is asked for.
    page._id = 0
    page.show_with(id=document)
    every = (*acts, page.refund, page.mail, page.quote.make, page.quote.yes, page.quote.no)
    assert not any(act.isVisible() for act in every if act is not None)
    real.settle(qtbot, window)
    assert all(act.isVisible() for act in acts)


def test_costs_and_interest_are_paid_first_where_that_is_ticked(qtbot, window, debts, document):
    page = real.go(qtbot, window, "invoice", id=document)
    asked = PaymentDialog(page, document)
    asked.open()
    real.settle(qtbot, window)
    assert asked.costs_first.isVisible()
    assert "181,50" in asked.costs_first.text()
    assert asked.amount.value() == Money(121000)
    asked.costs_first.set_value(True)
    asked._follow()
    assert asked.amount.value() == Money(121000 + 18150 + 1207)
    asked.amount.set_value(Money(50000))
    asked._explain()
    assert "306,43" in asked._in_order(asked._claimed, Money(50000))  # 500.00 less 181.50 and 12.07
    asked._book()
    real.settle(qtbot, window)
    found = debts.administration.read(lambda s: balances.balance(s, 1, TODAY))
    assert found.balance == Money(121000 - 30643)
    window.shell.ops.undo()
    real.settle(qtbot, window)
    found = debts.administration.read(lambda s: balances.balance(s, 1, TODAY))
    assert found.balance == Money(121000)
