"""The count for the sidebar: that of the list, and kept only while it holds."""

from __future__ import annotations

import datetime as dt
from functools import partial

import pytest
from sqlalchemy import text
from tests.factories.collecting import Debts

from klantenapp.models.values import Money
from klantenapp.services.reminders import legal_tables, policy, ready
from klantenapp.services.reminders.policy import Step
from klantenapp.services.reminders.ready import Waiting
from klantenapp.services.store import settings

D = dt.date
ISSUED, DUE = D(2026, 7, 1), D(2026, 7, 31)
DAY = dt.timedelta(days=1)


@pytest.fixture
def debts(administration):
    return Debts(administration)


def waiting(debts, day):
    found = debts.administration.read(partial(ready.waiting, day=day))
    assert found == debts.administration.read(partial(ready.count, day=day))
    return found


def test_every_change_that_matters_is_seen_and_others_cost_nothing(debts, monkeypatch):
    day = DUE + 40 * DAY
    customer = debts.customer("Familie Proefstra", kind="consumer")
    assert waiting(debts, day) == Waiting(0, Money(0), ())
    document = debts.owed(customer, "100.00", ISSUED)
    assert waiting(debts, day) == Waiting(1, Money(10000), ("Familie Proefstra",))
    hold = debts.hold(customer, day, kind="pause", until=day, reason="Ziek")
    assert hold
    assert waiting(debts, day).count == 0
    debts.administration.undo()
    assert waiting(debts, day).count == 1
    debts.pay(document, "40.00", day)
    assert waiting(debts, day).amount == Money(6000)
    default = debts.administration.read(policy.default)
    work = partial(policy.change, policy_id=default.id, steps=(Step("reminder", 60),))
    debts.administration.write(policy.CHANGE, work)
    assert waiting(debts, day).count == 0
    debts.administration.undo()
    debts.send(day)
    assert waiting(debts, day).count == 0
    assert waiting(debts, day + 20 * DAY).count == 1
    monkeypatch.setattr(ready, "count", lambda *_: pytest.fail("counted again"))
    debts.customer("Iemand anders")  # a customer may follow another policy
    with pytest.raises(pytest.fail.Exception):
        debts.administration.read(partial(ready.waiting, day=day + 20 * DAY))
    monkeypatch.undo()
    debts.administration.read(partial(ready.waiting, day=day + 20 * DAY))
    monkeypatch.setattr(ready, "count", lambda *_: pytest.fail("counted again"))
    debts.item()
    assert debts.administration.read(partial(ready.waiting, day=day + 20 * DAY)).count == 1


def test_temporary_tables_of_a_connection_are_no_other_file(debts):
    def work(session):
        session.execute(text("CREATE TEMP TABLE aside (id INTEGER)"))
        return ready.waiting(session, DUE)

    assert debts.administration.read(work) == Waiting(0, Money(0), ())


def test_a_printed_term_is_not_fatal_where_the_user_says_so(debts):
    customer = debts.customer("Familie Proefstra", kind="consumer")
    debts.owed(customer, "100.00", ISSUED)
    work = partial(settings.write, key=legal_tables.TERM_IS_FATAL, value=False)
    debts.administration.write(settings.CHANGE, work)
    default = debts.administration.read(policy.default)
    steps = (Step("fourteen_day_letter", 2, "consumer", with_interest=True),)
    change = partial(policy.change, policy_id=default.id, steps=steps)
    debts.administration.write(policy.CHANGE, change)
    row = debts.row(DUE + 30 * DAY)
    assert (row.reason, row.locked_until) == ("default", None)
    assert waiting(debts, DUE + 30 * DAY).count == 0
    steps = (Step("reminder", 1), *steps)
    change = partial(policy.change, policy_id=default.id, steps=steps)
    debts.administration.write(policy.CHANGE, change)
    debts.send(DUE + 5 * DAY)
    # Seven days of the reminder are over after 12 August: a letter before it would be void.
    row = debts.row(DUE + 12 * DAY)
    assert (row.step.kind, row.reason, row.locked_until) == (
        "fourteen_day_letter",
        "waiting",
        DUE + 13 * DAY,
    )
    assert debts.row(DUE + 13 * DAY).is_ready
    assert debts.row(DUE + 13 * DAY).claim.interest == Money(1)  # one day over 100.00 at 4 %


def test_a_list_of_the_past_knows_part_payments_of_what_is_paid_now(debts):
    customer = debts.customer("Garage Fictief & Zn.")
    document = debts.owed(customer, "1000.00", ISSUED)
    for days in (7, 21):
        debts.send(DUE + days * DAY)
    debts.pay(document, "610.00", DUE + 10 * DAY)
    before = debts.row(DUE + 35 * DAY)
    debts.pay(document, "600.00", DUE + 50 * DAY)
    assert debts.row(DUE + 35 * DAY) == before


def test_a_promise_that_was_kept_is_not_broken_for_what_came_later(debts):
    customer = debts.customer("Garage Fictief & Zn.")
    document = debts.owed(customer, "100.00", ISSUED)
    until = DUE + 10 * DAY
    debts.hold(customer, DUE + DAY, kind="promise", until=until)
    later = debts.owed(customer, "200.00", ISSUED + 35 * DAY)
    day = ISSUED + 80 * DAY
    assert debts.row(until + DAY).broken
    debts.pay(document, "121.00", until)
    row = debts.row(day)
    assert [item.document_id for item in row.items] == [later]
    assert (row.is_ready, row.broken) == (True, False)
