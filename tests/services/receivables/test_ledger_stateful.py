"""Whatever is booked and taken back, the ledger adds up, and balances are those of a plain sum.

The model knows one number per customer: what came to be owed less what came in. Each act says by
how much it changes that; taking it back changes it by as much the other way.
"""

from __future__ import annotations

import datetime as dt
import shutil
from functools import partial

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from sqlalchemy import select
from tests.factories import administrations
from tests.factories.sales import Shop
from tests.factories.statements import camt, entry
from tests.services.imports.test_bank import bring

from klantenapp.models.ledger import LedgerEntry, Settlement
from klantenapp.models.values import ZERO, Money
from klantenapp.services.care import check_ledger
from klantenapp.services.errors.base import Refusal
from klantenapp.services.errors.ledger import AlreadyReleased, AlreadyVoid
from klantenapp.services.ledger.balances import balances
from klantenapp.services.ledger.open_items import open_items
from klantenapp.services.receivables import accepting, bank_lines, credit_use, payments, write_offs
from klantenapp.services.receivables.accepting import Acceptance
from klantenapp.services.store import clock
from klantenapp.services.store.administration import Administration

TODAY = dt.date(2026, 11, 23)
CENTS = st.integers(1, 30_000)
PICK = st.integers(0, 40)
EXAMPLES = 2_000


class Booking(RuleBasedStateMachine):
    """Three customers with invoices, and bank lines that pay and are paid."""

    folder = None
    template = None

    def __init__(self):
        super().__init__()
        path = self.folder / "one.klantenapp"
        path.unlink(missing_ok=True)
        shutil.copyfile(self.template, path)
        self.administration = Administration.open_file(path)
        self.owed = dict(self.now())
        self.customers = sorted(self.owed)
        self.steps = []
        self.standing = {}

    def now(self):
        found = self.administration.read(lambda s: balances(s, TODAY))
        return {customer: one.balance.cents for customer, one in found.items()}

    # -- acting -----------------------------------------------------------------------------------

    def act(self, operation, work, customer, delta):
        """An act that is refused changes nothing; one that is done changes by so much."""
        try:
            result = self.administration.write(operation, work)[0]
        except Refusal:
            return None
        self.owed[customer] += delta
        self.steps.append((customer, delta))
        return result

    def items(self, *, owed):
        found = self.administration.read(open_items)
        return [item for item in found if (item.amount > ZERO) is owed]

    def pick(self, number, choices):
        return choices[number % len(choices)] if choices else None

    @rule(number=PICK, cents=CENTS)
    def pay(self, number, cents):
        item = self.pick(number, [each for each in self.items(owed=True) if each.document_id])
        if item is not None and item.kind == "invoice":
            work = partial(payments.pay, document_id=item.document_id, amount=Money(cents))
            done = self.act(payments.MARK_PAID, work, item.customer_id, -cents)
            if done:
                self.standing[done.payment_id] = (item.customer_id, cents)

    @rule(number=PICK, cents=CENTS, spread=st.booleans())
    def receive(self, number, cents, spread):
        customer = self.pick(number, self.customers)
        receipt = payments.Receipt(customer_id=customer, amount=Money(cents), date=TODAY)
        work = partial(payments.receive, receipt=receipt, allocations=None if spread else {})
        done = self.act(payments.RECEIVE, work, customer, -cents)
        if done:
            self.standing[done.payment_id] = (customer, cents)

    @rule(number=PICK, cents=CENTS)
    def refund(self, number, cents):
        customer = self.pick(number, self.customers)
        receipt = payments.Receipt(customer_id=customer, amount=Money(cents), date=TODAY)
        done = self.act(payments.REFUND, partial(payments.refund, receipt=receipt), customer, cents)
        if done:
            self.standing[done.payment_id] = (customer, -cents)

    @precondition(lambda self: self.standing)
    @rule(number=PICK)
    def void(self, number):
        payment_id = self.pick(number, sorted(self.standing))
        customer, cents = self.standing.pop(payment_id)
        try:
            work = partial(payments.void_payment, payment_id=payment_id)
            self.administration.write(payments.VOID, work)
        except Refusal:
            return
        self.owed[customer] += cents
        # A void is final: what came before it can still be undone, but this payment is gone.
        self.steps = []
        self.administration.stack.done.clear()

    @rule(number=PICK)
    def write_off(self, number):
        item = self.pick(number, [each for each in self.items(owed=True) if each.kind == "invoice"])
        if item is not None:
            work = partial(write_offs.write_off, document_id=item.document_id, reason="x")
            self.act(write_offs.WRITE_OFF, work, item.customer_id, -item.open_amount.cents)

    @rule(number=PICK, cents=CENTS)
    def recover(self, number, cents):
        gone = self.administration.read(
            lambda s: s.execute(
                select(LedgerEntry.document_id, LedgerEntry.customer_id).where(
                    LedgerEntry.kind == "write_off", LedgerEntry.document_id.is_not(None)
                )
            ).all()
        )
        chosen = self.pick(number, gone)
        if chosen is not None:
            work = partial(write_offs.recover, document_id=chosen[0], amount=Money(cents))
            self.act(write_offs.RECOVER, work, chosen[1], 0)

    @rule(number=PICK, cents=st.integers(-20_000, 20_000))
    def opening(self, number, cents):
        customer = self.pick(number, self.customers)
        work = partial(
            write_offs.open_balance, customer_id=customer, amount=Money(cents), date=TODAY
        )
        self.act(write_offs.OPENING, work, customer, cents)

    @rule(number=PICK, other=PICK)
    def use_credit(self, number, other):
        credit = self.pick(number, self.items(owed=False))
        item = self.pick(other, [each for each in self.items(owed=True) if each.document_id])
        if credit is not None and item is not None:
            work = partial(
                credit_use.use_credit,
                credit_entry_id=credit.entry_id,
                document_id=item.document_id,
            )
            self.act(credit_use.USE_CREDIT, work, item.customer_id, 0)

    @rule(number=PICK)
    def release(self, number):
        query = select(Settlement.id).where(Settlement.amount > 0)
        chosen = self.pick(number, self.administration.read(lambda s: s.scalars(query).all()))
        if chosen is None:
            return
        sides = self.administration.read(partial(_sides, settlement_id=chosen))
        if any(side.kind == "void" for side in sides):
            return
        try:
            work = partial(payments.release, settlement_id=chosen)
            self.administration.write(payments.RELEASE, work)
        except Refusal:
            return
        # What was given up or came in after all goes with what tied it to its document.
        for side in sides:
            if side.kind in {"write_off", "discount", "recovery"}:
                self.owed[side.customer_id] -= side.amount.cents
                return

    @rule(number=PICK, other=PICK)
    def accept(self, number, other):
        line = self.pick(number, self.administration.read(bank_lines.rows))
        if line is None:
            return
        came_in = line.amount > ZERO
        items = [
            each for each in self.items(owed=came_in) if abs(each.open_amount) <= abs(line.amount)
        ]
        item = self.pick(other, items)
        if item is None:
            return
        acceptance = Acceptance(
            line_id=line.id,
            customer_id=item.customer_id,
            parts={item.entry_id: item.open_amount},
            costs=Money(100) if came_in and other % 3 == 0 else ZERO,
        )
        delta = -line.amount.cents + acceptance.costs.cents
        work = partial(accepting.accept, acceptance=acceptance)
        self.act(accepting.ACCEPT, work, item.customer_id, delta)

    @rule(number=PICK, other=PICK, third=PICK)
    def accept_shared(self, number, other, third):
        """One line for two customers: each gets a payment of its own."""
        line = self.pick(number, self.administration.read(bank_lines.rows))
        if line is None or line.amount <= ZERO:
            return
        items = [each for each in self.items(owed=True) if each.open_amount < line.amount]
        item = self.pick(other, items)
        owners = [each for each in self.customers if item and each != item.customer_id]
        owner = self.pick(third, owners)
        if item is None or owner is None:
            return
        acceptance = Acceptance(
            line_id=line.id,
            customer_id=owner,
            also=(item.customer_id,),
            parts={item.entry_id: item.open_amount},
        )
        work = partial(accepting.accept, acceptance=acceptance)
        rest = -(line.amount - item.open_amount).cents
        done = self.act(accepting.ACCEPT, work, owner, rest)
        if done:
            self.owed[item.customer_id] -= item.open_amount.cents
            self.steps[-1] = (owner, rest, item.customer_id, -item.open_amount.cents)

    @precondition(lambda self: self.steps)
    @rule()
    def undo(self):
        customer, delta, *others = self.steps.pop()
        try:
            self.administration.undo()
        except (AlreadyReleased, AlreadyVoid):
            # Its settlement was taken back by hand: there is nothing left to undo.
            self.steps = []
            self.administration.stack.done.clear()
            return
        self.owed[customer] -= delta
        if others:
            self.owed[others[0]] -= others[1]
        self.standing = {
            payment_id: kept
            for payment_id, kept in self.standing.items()
            if self._stands(payment_id)
        }

    def _stands(self, payment_id):
        gone = select(LedgerEntry.voids_id).where(LedgerEntry.voids_id.is_not(None))
        query = select(LedgerEntry.id).where(
            LedgerEntry.payment_id == payment_id,
            LedgerEntry.kind.in_(("payment", "refund")),
            LedgerEntry.id.not_in(gone),
        )
        return self.administration.read(lambda s: s.scalar(query)) is not None

    # -- what always holds ------------------------------------------------------------------------

    @invariant()
    def the_ledger_adds_up(self):
        findings = self.administration.read(
            lambda s: [each for ask in check_ledger.QUESTIONS for each in ask(s)]
        )
        assert findings == []

    @invariant()
    def balances_are_a_plain_sum(self):
        now = self.now()
        assert {customer: now.get(customer, 0) for customer in self.customers} == self.owed

    def teardown(self):
        administrations.require_sound(self.administration)
        self.administration.close()


def _sides(session, settlement_id):
    """The credit first, as the program looks at it."""
    settlement = session.get_one(Settlement, settlement_id)
    sides = (settlement.debit_id, settlement.credit_id)
    columns = (LedgerEntry.kind, LedgerEntry.customer_id, LedgerEntry.amount)
    query = select(*columns).where(LedgerEntry.id.in_(sides)).order_by(LedgerEntry.amount)
    return session.execute(query).all()


@pytest.fixture(scope="module")
def sold(template, tmp_path_factory):
    """Three customers with four invoices each, and a statement of eight lines."""
    path = tmp_path_factory.mktemp("sold") / "sold.klantenapp"
    shutil.copyfile(template, path)
    administration = Administration.open_file(path)
    with clock.stopped(dt.date(2026, 11, 2)):
        shop = Shop(administration)
        for name in ("Alfa", "Bravo", "Delta"):
            customer = shop.customer(name)
            for net in ("50.00", "100.00", "150.00", "200.00"):
                shop.invoice(customer, net)
    with clock.stopped(TODAY):
        amounts = ("60.50", "121.00", "300.00", "250.00", "-20.00", "-100.00", "500.00", "1.00")
        bring(administration, camt(*(entry("2026-11-16", each, "x") for each in amounts)))
    administration.close()
    return path


def run(sold, tmp_path, examples, steps):
    Booking.folder, Booking.template = tmp_path, sold
    case = Booking.TestCase
    case.settings = settings(max_examples=examples, stateful_step_count=steps, deadline=None)
    with clock.stopped(TODAY):
        case("runTest").runTest()


def test_any_sequence_of_bookings_adds_up(sold, tmp_path):
    run(sold, tmp_path, 15, 25)


@pytest.mark.full
def test_two_thousand_sequences_of_bookings_add_up(sold, tmp_path):
    run(sold, tmp_path, EXAMPLES, 50)
