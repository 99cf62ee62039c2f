"""Two years of customers, payments and letters at random, beside a model of law and policy.

No step is skipped, none is early, none comes twice, and a paid invoice never appears; a consumer
owes no costs before the time of the fourteen-day letter is over.
"""

from __future__ import annotations

import datetime as dt
import itertools
import tempfile
from dataclasses import dataclass, field
from fractions import Fraction
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test
from sqlalchemy import select
from tests.factories import administrations
from tests.factories.collecting import Debts
from tests.services.reminders.test_waiting import HOLIDAYS

from klantenapp.models.reminder import ReminderInvoice
from klantenapp.models.values import Money
from klantenapp.services.receivables import payments
from klantenapp.services.reminders import booking, holds, policy, ready, sending, worklist
from klantenapp.services.reminders.holds import NewHold
from klantenapp.services.reminders.policy import Step
from klantenapp.services.store import clock

DAY = dt.timedelta(days=1)
FIRST, LAST = dt.date(2026, 1, 5), dt.date(2027, 12, 1)
RANKS = ["reminder", "second_reminder", "fourteen_day_letter", "notice", "handover"]
POLICIES = {
    "usual": (
        Step("reminder", 7),
        Step("second_reminder", 21, with_interest=True),
        Step("fourteen_day_letter", 35, "consumer", with_interest=True),
        Step("notice", 35, "business", with_costs=True, with_interest=True),
        Step("handover", 56, with_costs=True, with_interest=True),
    ),
    "quick": (
        Step("reminder", 1, minimum=Money(5000)),
        Step("fourteen_day_letter", 3, "consumer", "letter", minimum=Money(10000)),
        Step("notice", 4, "business", with_costs=True, with_interest=True),
        Step("handover", 9, with_costs=True),
    ),
    "mild": (Step("reminder", 14), Step("second_reminder", 60, minimum=Money(20000))),
}


@dataclass
class Invoice:
    document: int
    customer: int
    due: dt.date
    left: int
    recorded: int
    sent: list[tuple[str, dt.date]] = field(default_factory=list)


@dataclass
class Kept:
    """A hold in the model; `amount` is what was open when a promise or plan was made."""

    id: int
    kind: str
    customer: int
    document: int | None
    until: dt.date | None
    recorded: int
    amount: int = 0
    instalments: tuple[tuple[dt.date, int], ...] = ()
    lifted: bool = False


def costs_from(posted: dt.date) -> dt.date:
    """Two delivery days after posting, then fourteen, then the next."""
    delivered, passed = posted, 0
    while passed < 2:
        delivered += DAY
        if delivered.weekday() not in {0, 6} and delivered not in HOLIDAYS:
            passed += 1
    return delivered + 15 * DAY


def costs_of(cents: int) -> int:
    """The scale of the law over a principal, in cents."""
    left, found = Fraction(cents), Fraction(0)
    for room, percent in ((250_000, 15), (250_000, 10), (500_000, 5), (19_000_000, 1)):
        part = min(left, room)
        found, left = found + part * percent / 100, left - part
    found += left / 200
    return min(max(int(found + Fraction(1, 2)), 4000), 677_500) if cents else 0


class World(RuleBasedStateMachine):
    """Some customers under some policies, from day to day."""

    def __init__(self):
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.adm = administrations.fresh(Path(self.folder.name) / "a.klantenapp")
        self.debts = Debts(self.adm)
        self.day, self.ticks = FIRST, itertools.count(1)
        self.ids = {"usual": self.adm.read(policy.default).id}
        for name in ("quick", "mild"):
            work = partial(policy.add, name=name, steps=POLICIES[name])
            self.ids[name] = self.adm.write(policy.ADD, work)[0]
        self.kinds = ["consumer", "business", "consumer"]
        self.chosen = ["usual", "usual", "quick"]
        self.customers = [
            self.debts.customer(f"Klant {at}", kind=kind) for at, kind in enumerate(self.kinds)
        ]
        for at, name in enumerate(self.chosen):
            self._choose(at, name)
        self.invoices: list[Invoice] = []
        self.kept: list[Kept] = []
        self.paid_costs: list[tuple[set[int], int]] = []
        self.past: dict[dt.date, object] = {}
        self.switched = False

    def teardown(self):
        for day, shown in list(self.past.items())[-3:]:
            if not self.switched:
                assert self._shown(day) == shown, day
        administrations.require_sound(self.adm)
        self.adm.close()
        self.folder.cleanup()

    def _act(self, operation, work):
        """Do something at a moment of its own; the number of that moment and the result."""
        tick = next(self.ticks)
        moment = dt.datetime.combine(self.day, dt.time(8)).astimezone()
        with clock.stopped(moment + dt.timedelta(seconds=tick % 40_000)):
            return tick, self.adm.write(operation, work)[0]

    def _open(self):
        return [one for one in self.invoices if one.left > 0]

    # -- what happens ----------------------------------------------------------------------------

    @rule(days=st.integers(1, 30))
    def passes(self, days):
        self.past[self.day] = self._shown(self.day)
        self.day = min(self.day + days * DAY, LAST)

    @rule(customer=st.integers(0, 2), cents=st.sampled_from([3_000, 9_000, 45_000, 900_000]))
    def invoices_somebody(self, customer, cents):
        net = str(Money(cents))
        tick = next(self.ticks)
        moment = dt.datetime.combine(self.day, dt.time(8)).astimezone()
        with clock.stopped(moment + dt.timedelta(seconds=tick % 40_000)):
            found = self.debts.invoice(self.customers[customer], net, self.day)
        left = self.adm.read(partial(payments.open_of, document_id=found.document_id)).cents
        due = self.day + 30 * DAY
        self.invoices.append(Invoice(found.document_id, customer, due, left, tick))

    @precondition(lambda self: self._open())
    @rule(data=st.data(), share=st.sampled_from([1, 2, 10]))
    def is_paid(self, data, share):
        one = data.draw(st.sampled_from(self._open()))
        cents = max(1, one.left // share)
        work = partial(payments.pay, document_id=one.document, amount=Money(cents), date=self.day)
        self._act(payments.MARK_PAID, work)
        one.left -= cents

    @precondition(lambda self: any(one.sent for one in self._open()))
    @rule(data=st.data(), cents=st.sampled_from([2_000, 30_000]))
    def is_paid_in_the_order_of_the_law(self, data, cents):
        one = data.draw(st.sampled_from([one for one in self._open() if one.sent]))
        ask = partial(booking.claimed, document_id=one.document, day=self.day)
        claim = self.adm.read(ask)
        if claim is None:
            return
        work = partial(booking.pay, document_id=one.document, amount=Money(cents), date=self.day)
        _tick, paid = self._act(booking.PAY, work)
        one.left -= paid.parts.principal.cents
        query = select(ReminderInvoice.document_id).where(
            ReminderInvoice.reminder_id == claim.reminder_id
        )
        about = set(self.adm.read(lambda session: list(session.scalars(query))))
        self.paid_costs.append((about, paid.parts.costs.cents))

    @precondition(lambda self: self._open())
    @rule(data=st.data(), kind=st.sampled_from(["pause", "dispute", "promise", "plan", "never"]))
    def is_held(self, data, kind):
        one = data.draw(st.sampled_from(self._open()))
        whole = kind != "dispute" and data.draw(st.booleans())
        about = [x for x in self._open() if x.customer == one.customer] if whole else [one]
        amount = sum(each.left for each in about)
        until = self.day + data.draw(st.integers(0, 40)) * DAY
        plan = holds.proposed_plan(Money(amount), 3, until) if kind == "plan" else ()
        new = NewHold(
            kind,
            None if whole else one.document,
            "Omdat",
            until if kind in {"pause", "promise"} else None,
            plan,
        )
        work = partial(holds.add, customer_id=self.customers[one.customer], new=new)
        tick, hold = self._act(holds.ADD[kind], work)
        last = plan[-1].date if plan else (new.until if kind != "never" else None)
        self.kept.append(
            Kept(
                hold,
                kind,
                one.customer,
                new.document_id,
                last,
                tick,
                amount,
                tuple((each.date, each.amount.cents) for each in plan),
            )
        )

    @precondition(lambda self: any(not each.lifted for each in self.kept))
    @rule(data=st.data())
    def is_lifted(self, data):
        one = data.draw(st.sampled_from([each for each in self.kept if not each.lifted]))
        self._act(holds.LIFT, partial(holds.lift, hold_id=one.id))
        one.lifted = True

    @rule(customer=st.integers(0, 2), name=st.sampled_from(sorted(POLICIES)))
    def gets_another_policy(self, customer, name):
        if self.chosen[customer] == name:
            return
        self.switched, self.chosen[customer] = True, name
        self._choose(customer, name)

    def _choose(self, customer, name):
        work = partial(
            policy.choose, customer_id=self.customers[customer], policy_id=self.ids[name]
        )
        self._act(policy.CHOOSE, work)

    @rule(data=st.data(), passed=st.integers(0, 3))
    def is_reminded(self, data, passed):
        self._step_on(passed)
        rows = self.adm.read(partial(worklist.read, day=self.day))
        self._right(rows)
        chosen = [row for row in rows if row.is_ready]
        if chosen and data.draw(st.integers(0, 4)) == 0:
            chosen = chosen[:1]
        if not chosen:
            return
        wanted = [sending.wanted_of(row) for row in chosen]
        self._act(sending.SEND, partial(sending.send, wanted=wanted, day=self.day))
        for row in chosen:
            for item in row.items:
                self._of(item.document_id).sent.append((row.step.kind, self.day))
        self._right(self.adm.read(partial(worklist.read, day=self.day)))

    def _step_on(self, days):
        if days:
            self.past[self.day] = self._shown(self.day)
            self.day = min(self.day + days * DAY, LAST)

    # -- what has to hold ------------------------------------------------------------------------

    def _of(self, document):
        return next(one for one in self.invoices if one.document == document)

    def _shown(self, day):
        rows = self.adm.read(partial(worklist.read, day=day))
        return sorted(
            (row.id, row.step.kind, row.reason, row.claim.principal.cents, row.claim.total.cents)
            for row in rows
        )

    def _right(self, rows):
        listed = [item.document_id for row in rows for item in row.items]
        assert len(set(listed)) == len(listed)
        assert all(self._of(document).left > 0 for document in listed)
        going = {item.document_id: row for row in rows if row.is_ready for item in row.items}
        expected = self._expected()
        assert {document: row.step.kind for document, row in going.items()} == expected
        for row in rows:
            if row.is_ready:
                self._right_letter(row)
        letters = [row for row in rows if row.is_ready]
        counted = self.adm.read(partial(ready.waiting, day=self.day))
        assert counted.count == len(letters)
        assert counted.amount.cents == sum(row.claim.principal.cents for row in letters)
        assert counted.names == tuple(row.debtor.name for row in letters[:3])

    def _right_letter(self, row):
        basis = 0
        for item in row.items:
            one = self._of(item.document_id)
            assert item.left.cents == one.left
            kinds = [kind for kind, _day in one.sent]
            assert row.step.kind not in kinds
            assert self.day >= one.due + row.step.days * DAY
            assert all(self.day > day for _kind, day in one.sent)
            warned = [costs_from(d) for kind, d in one.sent if kind == "fourteen_day_letter"]
            owes = row.audience == "business" or (warned and self.day >= max(warned))
            basis += one.left if owes else 0
        assert row.claim.principal.cents == sum(self._of(i.document_id).left for i in row.items)
        mine = {item.document_id for item in row.items}
        paid = sum(cents for about, cents in self.paid_costs if about & mine)
        expected = max(costs_of(basis) - paid, 0) if row.step.with_costs else 0
        assert row.claim.costs.cents == expected

    def _expected(self):
        """What may go today by the model: document -> kind."""
        found: dict[int, dict[int, str]] = {}
        reminded = {
            one.customer for one in self.invoices for _k, day in one.sent if day == self.day
        }
        for one in self.invoices:
            kind = self._next(one)
            if kind is not None and one.customer not in reminded:
                found.setdefault(one.customer, {})[one.document] = kind
        going = {}
        for kinds in found.values():
            sternest = max(map(RANKS.index, kinds.values()))
            going |= {doc: kind for doc, kind in kinds.items() if RANKS.index(kind) == sternest}
        return going

    def _next(self, one):
        """The step that an invoice is ready for; None where it has to wait."""
        if one.left <= 0 or any(self._stands(hold, one) for hold in self.kept):
            return None
        audience = self.kinds[one.customer]
        steps = [
            step
            for step in POLICIES[self.chosen[one.customer]]
            if step.audience in {"all", audience}
        ]
        reached = max((RANKS.index(kind) for kind, _day in one.sent), default=-1)
        later = [step for step in steps if RANKS.index(step.kind) > reached]
        step = next((step for step in later if step.minimum.cents <= one.left), None)
        if step is None or self.day < one.due + step.days * DAY:
            return None
        before = [each.days for each in steps if RANKS.index(each.kind) <= reached]
        for kind, day in one.sent:
            gap = max(1, step.days - max(before)) if before else 1
            lock = {"fourteen_day_letter": costs_from(day), "notice": day + 9 * DAY}.get(kind, day)
            last = max(sent for _kind, sent in one.sent)
            if self.day < max(lock, last + gap * DAY):
                return None
        return step.kind

    def _stands(self, hold, one):
        if hold.lifted or hold.customer != one.customer:
            return False
        if hold.document is not None and hold.document != one.document:
            return False
        if hold.kind in {"dispute", "never"}:
            return True
        if hold.until < self.day:
            return False
        if hold.kind == "pause":
            return True
        about = [
            each
            for each in self.invoices
            if (each.document == hold.document if hold.document else each.customer == hold.customer)
            and each.recorded < hold.recorded
        ]
        paid = hold.amount - sum(each.left for each in about)
        asked = sum(cents for day, cents in hold.instalments if day < self.day)
        return one in about and paid >= asked


QUICKLY = settings(
    max_examples=3,
    stateful_step_count=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)


def test_no_step_is_skipped_early_or_repeated():
    run_state_machine_as_test(World, settings=QUICKLY)


@pytest.mark.full
def test_no_step_is_skipped_early_or_repeated_in_many_worlds():
    run_state_machine_as_test(
        World,
        settings=settings(
            QUICKLY, max_examples=150, stateful_step_count=60, derandomize=False, print_blob=True
        ),
    )
