"""What a page tells about holds, and what is said of a customer before another invoice."""

from __future__ import annotations

import datetime as dt
from functools import partial

import pytest
from tests.factories.collecting import Debts

from klantenapp.models.values import Money
from klantenapp.services.messages import notes
from klantenapp.services.messages.notes import NewEntry
from klantenapp.services.reminders import cautions, holds, standing
from klantenapp.services.reminders.holds import Instalment
from klantenapp.services.store import clock, settings

TODAY = dt.date(2026, 11, 23)


@pytest.fixture
def debts(administration):
    with clock.stopped(TODAY):
        yield Debts(administration)


@pytest.fixture
def customer(debts):
    return debts.customer("Familie Proefstra", kind="consumer")


@pytest.fixture
def invoice(debts, customer):
    """€ 450,00, due on 31-08."""
    return debts.owed(customer, "450", dt.date(2026, 8, 1))


def of_invoice(debts, invoice, day=TODAY):
    return debts.administration.read(partial(standing.of_invoice, document_id=invoice, day=day))


def caution(debts, customer, day=TODAY):
    found = debts.administration.read(partial(cautions.of_customers, ids=[customer], day=day))
    return found.get(customer)


def test_a_dispute_stands_on_its_own_invoice_and_is_gone_when_lifted(debts, customer, invoice):
    other = debts.owed(customer, "100", dt.date(2026, 9, 1))
    hold = debts.hold(customer, TODAY, kind="dispute", document_id=invoice, reason="Te veel")
    (held,) = of_invoice(debts, invoice).held
    assert (held.hold.kind, held.hold.reason) == ("dispute", "Te veel")
    assert of_invoice(debts, other).held == ()
    debts.administration.write(holds.LIFT, partial(holds.lift, hold_id=hold))
    assert of_invoice(debts, invoice).held == ()


def test_a_plan_tells_what_was_kept_and_what_comes_next(debts, customer, invoice):
    left = of_invoice(debts, invoice).invoices[0][2]
    plan = holds.proposed_plan(left, 3, dt.date(2026, 11, 25))
    debts.hold(customer, TODAY, kind="plan", document_id=invoice, instalments=plan)
    (held,) = of_invoice(debts, invoice).held
    assert (held.kept, held.next) == (0, plan[0])
    debts.pay(invoice, str(plan[0].amount), TODAY)
    (held,) = of_invoice(debts, invoice).held
    assert (held.kept, held.next, held.hold.broken) == (1, plan[1], False)
    (late,) = of_invoice(debts, invoice, dt.date(2026, 12, 26)).held
    assert late.hold.broken


def test_a_paid_invoice_has_nothing_that_holds_it(debts, customer, invoice):
    debts.hold(customer, TODAY, kind="pause", reason="Vakantie", until=TODAY)
    assert of_invoice(debts, invoice).is_open
    debts.pay(invoice, "450", TODAY)
    found = of_invoice(debts, invoice)
    assert (found.is_open, found.held) == (False, ())


def test_a_promise_of_a_customer_is_broken_only_where_less_came_in(debts, customer, invoice):
    debts.hold(customer, dt.date(2026, 11, 1), kind="promise", until=dt.date(2026, 11, 10))
    assert caution(debts, customer).broken == 1
    debts.pay(invoice, "450", dt.date(2026, 11, 9))
    debts.owed(customer, "10", dt.date(2026, 11, 12))
    assert caution(debts, customer, dt.date(2026, 12, 20)).broken == 0


def test_a_caution_tells_amount_days_and_disputes(debts, customer, invoice):
    assert caution(debts, customer) == cautions.Caution(Money.parse("450"), 84)
    debts.hold(customer, TODAY, kind="dispute", document_id=invoice, reason="Te veel")
    debts.hold(customer, TODAY, kind="promise", until=dt.date(2026, 12, 1))
    found = caution(debts, customer)
    assert (found.disputed, found.arranged) == (1, dt.date(2026, 12, 1))
    debts.pay(invoice, "450", TODAY)
    assert caution(debts, customer) is None


def test_the_standing_of_a_customer_names_every_open_invoice(debts, customer, invoice):
    other = debts.owed(customer, "100", dt.date(2026, 9, 1))
    debts.hold(customer, TODAY, kind="dispute", document_id=other, reason="Te veel")
    found = debts.administration.read(
        partial(standing.of_customer, customer_id=customer, day=TODAY)
    )
    assert [one[0] for one in found.invoices] == [invoice, other]
    assert [held.hold.document_id for held in found.held] == [other]


def test_the_start_tells_what_waits_unless_the_user_does_not_want_it(debts, customer, invoice):
    assert invoice
    debts.hold(customer, dt.date(2026, 11, 1), kind="promise", until=dt.date(2026, 11, 10))
    note = NewEntry("note", "Bellen", follow_up_on=TODAY)
    debts.administration.write(
        notes.ADD["note"], partial(notes.add, customer_id=customer, entry=note)
    )
    read = partial(cautions.at_start, day=TODAY)
    found = debts.administration.read(read)
    assert (found.reminders.count, found.follow_ups) == (1, 1)
    assert found.broken == ("Familie Proefstra",)
    debts.administration.write(
        settings.CHANGE, partial(settings.write, key=cautions.AT_START, value=False)
    )
    assert debts.administration.read(read) is None


def test_instalments_are_in_the_order_of_their_days():
    plan = (Instalment(TODAY, Money(100)), Instalment(dt.date(2026, 12, 23), Money(100)))
    held = standing.Held(
        holds.Hold(1, 1, None, "plan", "", TODAY, plan[-1].date, clock.now()),
        Money(200),
        plan,
        Money(100),
    )
    assert (held.kept, held.next) == (1, plan[1])


def test_a_plan_can_run_by_weeks():
    plan = holds.proposed_plan(Money(1000), 3, dt.date(2026, 12, 24), weeks=2)
    assert [one.date for one in plan] == [
        dt.date(2026, 12, 24),
        dt.date(2027, 1, 7),
        dt.date(2027, 1, 21),
    ]
    assert [one.amount.cents for one in plan] == [333, 333, 334]
