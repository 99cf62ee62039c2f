"""Insight in one customer: points, advice with its reasons, and a decision that goes before it."""

from __future__ import annotations

import datetime as dt
from functools import partial

import pytest
from PySide6.QtCore import Qt
from tests.factories.sales import Shop, line
from tests.ui.panels import real

from klantenapp import i18n
from klantenapp.models.values import Money
from klantenapp.services.errors.insights import DecisionWithoutNote
from klantenapp.services.insights import credit_advice, credit_decisions, customer_view
from klantenapp.services.insights.wanted import Wanted
from klantenapp.services.receivables import payments
from klantenapp.services.store import clock
from klantenapp.services.store.administration import Administration
from klantenapp.ui.panels.reports.advice_words import verdict
from klantenapp.ui.panels.reports.decision import DecisionDialog

TODAY = real.TODAY


@pytest.fixture
def customer(path):
    """A customer that paid one invoice after 40 days, and has one open for 20."""
    with clock.stopped(TODAY):
        opened = Administration.open_file(path)
        shop = Shop(opened)
        customer = shop.customer("Bakkerij")
        paid = shop.invoice(customer, "1000.00", date=TODAY - dt.timedelta(days=90))
        shop.invoice(customer, "300.00", date=TODAY - dt.timedelta(days=20))
        day = TODAY - dt.timedelta(days=50)
        work = partial(payments.pay, document_id=paid.document_id, date=day)
        opened.write(payments.MARK_PAID, work)
        opened.close()
        yield customer


def test_the_tab_says_how_long_it_took_and_a_decision_goes_before_advice(qtbot, path, customer):
    window = real.opened(qtbot, path)
    try:
        window.navigation.go("customer", id=customer, tab="insight")
        page = window.navigation.page
        qtbot.waitUntil(lambda: "insight" in page._built, timeout=20_000)
        tab = page._built["insight"]
        qtbot.waitUntil(lambda: tab.found is not None, timeout=20_000)
        assert [(each.days, each.late, each.is_open) for each in tab.found.invoices] == [
            (40, True, False),
            (20, False, True),
        ]
        assert tab.days_words.text() == "Meestal 40 tot 40 dagen, gemiddeld 40"
        assert tab.found.revenue == Money(130_000)
        qtbot.mouseClick(tab.decide, Qt.MouseButton.LeftButton)
        dialog = real.dialog(qtbot, window, DecisionDialog)
        dialog.form.fields["note"].input.setPlainText("Kent elkaar al jaren")
        dialog._save()
        qtbot.waitUntil(
            lambda: tab.found.advice is not None and tab.found.advice.decision is not None,
            timeout=20_000,
        )
        assert tab.verdict.text() == "Besloten op 23-11-2026"
        assert "Kent elkaar al jaren" in tab.words.text()
    finally:
        real.close(window)


def test_a_decision_says_why(path, customer):
    opened = Administration.open_file(path)
    work = partial(credit_decisions.decide, customer_id=customer, limit=Money(100), note=" ")
    with pytest.raises(DecisionWithoutNote):
        opened.write(credit_decisions.DECIDE, work)
    opened.close()


def test_a_customer_without_history_has_empty_figures(administration):
    customer = Shop(administration).customer("Nieuw")
    query = partial(customer_view.insight, customer_id=customer, today=TODAY)
    found = administration.read(query)
    assert found.invoices == ()
    assert found.mean_invoice is None
    assert found.behaviour.paid_invoices == 0


def test_a_limit_fits_only_what_is_at_stake_within_it(path, customer):
    opened = Administration.open_file(path)
    with clock.stopped(TODAY):
        shop = Shop(opened)
        query = partial(credit_advice.advices, wanted=Wanted(as_of=TODAY))
        few = opened.read(query)[0]
        assert few.exposure <= few.suggested_limit
        assert verdict(few) == f"Limiet van {i18n.euros(few.suggested_limit.cents)} past"
        shop.draft(customer, line("90000.00"))
        much = opened.read(query)[0]
    assert much.exposure > much.suggested_limit
    assert verdict(much) == "Meer op het spel dan past"
    opened.close()
