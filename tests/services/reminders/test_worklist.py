"""Who is to be reminded: by ledger, policy, law and what the user decided."""

from __future__ import annotations

import datetime as dt

import pytest
from tests.factories.collecting import Debts

from klantenapp.models.values import Money
from klantenapp.services.errors import reminders as refused
from klantenapp.services.reminders import holds, sending
from klantenapp.services.reminders.holds import Instalment

D = dt.date
#: Issued on 1 July 2026, so due on the 31st.
ISSUED, DUE = D(2026, 7, 1), D(2026, 7, 31)
DAY = dt.timedelta(days=1)


@pytest.fixture
def debts(administration):
    return Debts(administration)


@pytest.fixture
def consumer(debts):
    return debts.customer("Familie Proefstra", kind="consumer")


@pytest.fixture
def business(debts):
    return debts.customer("Garage Fictief & Zn.")


def test_nothing_is_listed_before_the_due_day_is_over(debts, business):
    debts.owed(business, "100.00", ISSUED)
    assert debts.rows(DUE) == []
    row = debts.row(DUE + DAY)
    assert (row.step.kind, row.reason, row.locked_until) == ("reminder", "grace", DUE + 7 * DAY)


def test_a_consumer_goes_through_every_step_and_owes_costs_only_after_the_letter(debts, consumer):
    debts.owed(consumer, "544.50", ISSUED)
    expected = [(7, "reminder"), (21, "second_reminder"), (35, "fourteen_day_letter")]
    for days, kind in expected:
        assert not debts.row(DUE + (days - 1) * DAY).is_ready
        row = debts.row(DUE + days * DAY)
        assert (row.step.kind, row.is_ready, row.claim.costs) == (kind, True, Money(0))
        debts.send(DUE + days * DAY)
    # 544.50 of principal: 15 % is 81.675, announced in the letter and owed by nobody yet.
    assert row.claim.principal == Money(54450)
    assert row.claim.announced == Money(8168)
    # Posted Friday 4 September: Saturday is the first delivery day, Tuesday the second.
    assert D(2026, 9, 4) == DUE + 35 * DAY
    waiting = debts.row(D(2026, 9, 22))
    assert (waiting.reason, waiting.claim.costs) == ("letter", Money(0))
    row = debts.row(D(2026, 9, 25))
    assert (row.step.kind, row.is_ready, row.claim.costs) == ("handover", True, Money(8168))


def test_the_waiting_time_of_the_letter_stands_on_the_reminder(debts, consumer):
    debts.owed(consumer, "544.50", D(2026, 9, 19))
    for day in (D(2026, 10, 26), D(2026, 11, 9), D(2026, 11, 23)):
        sent = debts.send(day)
    # The example of the issue: posted Monday 23-11, delivered 25-11, through 9-12.
    assert sent[0].locked_until == D(2026, 12, 10)


def test_a_business_owes_costs_and_commercial_interest_at_the_notice(debts, business):
    document = debts.owed(business, "900.00", ISSUED)
    for days in (7, 21):
        debts.send(DUE + days * DAY)
    debts.pay(document, "89.00", DUE + 10 * DAY)
    row = debts.row(DUE + 35 * DAY)
    assert (row.step.kind, row.claim.principal) == ("notice", Money(100000))
    assert row.claim.costs == Money(15000)
    # 10.4 % a year: 10 days over 1,089.00, then 25 days over 1,000.00.
    exact = (108900 * 1040 * 10 + 100000 * 1040 * 25) / (10_000 * 365)
    assert row.claim.interest == Money(round(exact)) == Money(1023)
    assert row.claim.total == Money(100000 + 15000 + 1023)


def test_several_invoices_of_a_customer_make_one_letter(debts, business):
    first = debts.owed(business, "100.00", ISSUED)
    second = debts.owed(business, "200.00", ISSUED + DAY)
    row = debts.row(DUE + 8 * DAY)
    assert [item.document_id for item in row.items] == [first, second]
    assert len(debts.send(DUE + 8 * DAY)) == 1


def test_a_customer_gets_one_letter_a_day_the_sternest_first(debts, business):
    debts.owed(business, "100.00", ISSUED)
    debts.send(DUE + 7 * DAY)
    debts.owed(business, "200.00", ISSUED + 14 * DAY)
    day = DUE + 21 * DAY
    first, second = debts.rows(day)
    assert (first.step.kind, first.is_ready) == ("second_reminder", True)
    assert (second.step.kind, second.reason) == ("reminder", "reminded_today")
    debts.send(day)
    assert all(not row.is_ready for row in debts.rows(day))
    (sent,) = debts.send(day + DAY)
    assert sent.step == "reminder"


def test_a_list_of_the_past_forgets_what_came_later(debts, business):
    document = debts.owed(business, "100.00", ISSUED)
    debts.pay(document, "121.00", DUE + 20 * DAY)
    assert debts.rows(DUE + 20 * DAY) == []
    assert debts.row(DUE + 19 * DAY).claim.principal == Money(12100)


def test_an_open_credit_is_shown_beside_what_is_owed(debts, business):
    document = debts.owed(business, "100.00", ISSUED)
    debts.owed(business, "50.00", ISSUED)
    debts.pay(document, "130.00", DUE)
    assert debts.row(DUE + 7 * DAY).debtor.credit == Money(900)


def test_a_dispute_freezes_one_invoice_only(debts, business):
    disputed = debts.owed(business, "100.00", ISSUED)
    other = debts.owed(business, "200.00", ISSUED)
    debts.hold(business, DUE, kind="dispute", document_id=disputed, reason="Krassen")
    ready, frozen = debts.rows(DUE + 7 * DAY)
    assert [item.document_id for item in ready.items] == [other]
    assert (frozen.reason, frozen.note, frozen.locked_until) == ("dispute", "Krassen", None)


@pytest.mark.parametrize("kind", ["pause", "promise"])
def test_a_pause_and_a_promise_come_back_the_day_after(debts, business, kind):
    debts.owed(business, "100.00", ISSUED)
    until = DUE + 20 * DAY
    debts.hold(business, DUE + DAY, kind=kind, until=until, reason="Vakantie")
    row = debts.row(until)
    assert (row.reason, row.locked_until) == (kind, until + DAY)
    row = debts.row(until + DAY)
    assert (row.is_ready, row.broken) == (True, kind == "promise")


def test_a_plan_holds_while_it_is_kept_and_comes_back_broken(debts, business):
    document = debts.owed(business, "100.00", ISSUED)
    days = [DUE + 10 * DAY, DUE + 40 * DAY]
    plan = tuple(Instalment(day, Money(6050)) for day in days)
    debts.hold(business, DUE + DAY, kind="plan", document_id=document, instalments=plan)
    assert debts.row(days[0]).reason == "plan"
    debts.pay(document, "60.50", days[0])
    assert debts.row(days[1]).reason == "plan"
    row = debts.row(days[1] + DAY)
    assert (row.is_ready, row.broken) == (True, True)


def test_a_plan_has_to_be_what_is_open(debts, business):
    document = debts.owed(business, "100.00", ISSUED)
    plan = (Instalment(DUE + 10 * DAY, Money(100)),)
    with pytest.raises(refused.PlanNotOpenAmount):
        debts.hold(business, DUE, kind="plan", document_id=document, instalments=plan)
    proposed = holds.proposed_plan(Money(10000), 3, D(2026, 11, 30))
    assert [(one.date, one.amount.cents) for one in proposed] == [
        (D(2026, 11, 30), 3333),
        (D(2026, 12, 30), 3333),
        (D(2027, 1, 30), 3334),
    ]
    assert holds.proposed_plan(Money(2), 2, D(2026, 12, 31))[1].date == D(2027, 1, 31)
    assert holds.proposed_plan(Money(2), 2, D(2027, 1, 31))[1].date == D(2027, 2, 28)


def test_never_means_never_until_it_is_lifted(debts, business):
    debts.owed(business, "100.00", ISSUED)
    hold = debts.hold(business, DUE, kind="never", reason="Familie")
    assert debts.row(DUE + 700 * DAY).reason == "never"
    debts.administration.write(holds.LIFT, lambda session: holds.lift(session, hold))
    assert debts.row(D(2030, 1, 1)).is_ready


def test_what_may_not_go_is_refused_by_name(debts, business):
    document = debts.owed(business, "100.00", ISSUED)
    wanted = [sending.Wanted(business, "reminder", (document,))]
    day = DUE + 7 * DAY

    def send(on):
        return debts.administration.write(
            sending.SEND, lambda session: sending.send(session, wanted, on)
        )

    with pytest.raises(refused.NotOverdue):
        send(DUE)
    with pytest.raises(refused.StepLocked):
        send(day - DAY)
    hold = debts.hold(business, DUE, kind="pause", until=day, reason="Ziek")
    with pytest.raises(refused.RemindersPaused):
        send(day)
    debts.administration.undo()
    assert hold
    debts.hold(business, DUE, kind="dispute", document_id=document, reason="Stuk")
    with pytest.raises(refused.InvoiceDisputed):
        send(day)
    debts.administration.undo()
    send(day)
    with pytest.raises(refused.RemindedToday):
        send(day)
    with pytest.raises(refused.OtherStepNext):
        send(day + 30 * DAY)
    debts.pay(document, "121.00", day)
    with pytest.raises(refused.AlreadyPaid):
        send(day + 30 * DAY)


def test_a_letter_is_kept_with_its_amounts_and_its_calculation(debts, consumer):
    debts.owed(consumer, "544.50", ISSUED)
    for days in (7, 21, 35):
        (sent,) = debts.send(DUE + days * DAY)
    assert sent.channel == "letter"  # no mail address
    again = debts.administration.read(lambda session: sending.ready(session, DUE + 35 * DAY))
    assert again == []
