"""Bank lines become payments, and whatever is taken back is to be handled again."""

from __future__ import annotations

import datetime as dt
from functools import partial

import pytest
from sqlalchemy import select
from tests.factories.sales import Shop
from tests.factories.statements import OTHER, camt, entry
from tests.services.imports.test_bank import bring

from klantenapp.models.bank import BankLine, CustomerAccount
from klantenapp.models.ledger import LedgerEntry
from klantenapp.models.values import ZERO, Money
from klantenapp.services.errors.payments import DifferenceTooLarge, NoCredit, OtherCustomer
from klantenapp.services.errors.receivables import (
    AssignmentAboveOpen,
    AssignmentUnbalanced,
    BankLineNotMatched,
    BankLineNotOpen,
)
from klantenapp.services.errors.store import UndoConflict
from klantenapp.services.ledger import balances
from klantenapp.services.ledger.open_items import document_entry
from klantenapp.services.receivables import accepting, bank_lines, payments, refunds_due
from klantenapp.services.receivables.accepting import Acceptance
from klantenapp.services.sales import documents
from klantenapp.services.store import bulk, clock

TODAY = dt.date(2026, 11, 23)


@pytest.fixture
def shop(administration):
    with clock.stopped(dt.date(2026, 11, 10)):
        shop = Shop(administration)
    with clock.stopped(TODAY):
        yield shop


def invoices(shop, customer, *nets):
    found = [shop.invoice(customer, net, dt.date(2026, 11, 10)) for net in nets]
    return [(each.document_id, each.number) for each in found]


def open_lines(shop):
    return shop.administration.read(bank_lines.suggestions)


def entry_of(shop, document_id):
    return shop.administration.read(lambda s: document_entry(s, document_id).id)


def accept(shop, **values):
    work = partial(accepting.accept, acceptance=Acceptance(**values))
    return shop.administration.write(accepting.ACCEPT, work)[0]


def owed(shop, customer):
    return shop.administration.read(lambda s: balances.balance(s, customer, TODAY))


def status(shop, document_id):
    return shop.administration.read(lambda s: documents.row(s, document_id, TODAY)).status


def learned(shop):
    query = select(CustomerAccount.iban, CustomerAccount.customer_id)
    return shop.administration.read(lambda s: [tuple(row) for row in s.execute(query)])


def state(shop, line_id):
    return shop.administration.read(lambda s: s.get_one(BankLine, line_id).state)


def statement(shop, *lines):
    bring(shop.administration, camt(*lines))
    return [each.row.id for each in open_lines(shop)]


def test_all_certain_ones_are_one_step_and_its_undo(shop):
    customer = shop.customer("Jansen B.V.")
    (one, number), (other, second) = invoices(shop, customer, "100.00", "200.00")
    statement(
        shop,
        entry("2026-11-16", "121.00", f"Factuur {number}"),
        entry("2026-11-17", "242.00", f"{second}"),
        entry("2026-11-17", "77.00", "iets anders", name="Vreemde"),
    )
    done, _changes = shop.administration.write(accepting.ACCEPT_CERTAIN, accepting.accept_certain)
    assert len(done) == 2
    assert (status(shop, one), status(shop, other)) == ("paid", "paid")
    assert learned(shop) == [(OTHER, customer)]
    assert len(open_lines(shop)) == 1
    shop.administration.undo()
    assert (status(shop, one), status(shop, other)) == ("sent", "sent")
    assert (learned(shop), len(open_lines(shop))) == ([], 3)
    again, _changes = shop.administration.write(accepting.ACCEPT_CERTAIN, accepting.accept_certain)
    assert len(again) == 2


def test_what_is_left_stays_as_credit_and_unlinking_takes_it_back(shop):
    customer = shop.customer()
    ((document, _number),) = invoices(shop, customer, "100.00")
    (line,) = statement(shop, entry("2026-11-16", "150.00", "x"))
    parts = {entry_of(shop, document): Money(12100)}
    accept(shop, line_id=line, customer_id=customer, parts=parts)
    assert owed(shop, customer).credit == Money(2900)
    with pytest.raises(BankLineNotOpen):
        accept(shop, line_id=line, customer_id=customer)
    shop.administration.write(accepting.UNLINK, partial(accepting.unlink, line_id=line))
    assert owed(shop, customer).balance == Money(12100)
    assert state(shop, line) == "open"
    with pytest.raises(BankLineNotMatched):
        shop.administration.write(accepting.UNLINK, partial(accepting.unlink, line_id=line))


def test_voiding_the_payment_elsewhere_gives_the_line_back(shop):
    customer = shop.customer()
    (line,) = statement(shop, entry("2026-11-16", "150.00", "x"))
    payment = accept(shop, line_id=line, customer_id=customer)
    work = partial(payments.void_payment, payment_id=payment)
    shop.administration.write(payments.VOID, work)
    assert (state(shop, line), learned(shop)) == ("open", [])


def test_a_credit_note_goes_against_the_invoices_it_is_paid_with(shop):
    customer = shop.customer()
    (one, _), (other, _) = invoices(shop, customer, "100.00", "50.00")
    credit = shop.administration.write(
        payments.RECEIVE,
        partial(
            payments.receive,
            receipt=payments.Receipt(customer_id=customer, amount=Money(2100), date=TODAY),
            allocations={},
        ),
    )[0]
    (line,) = statement(shop, entry("2026-11-16", "160.50", "x"))
    parts = {
        entry_of(shop, one): Money(12100),
        entry_of(shop, other): Money(6050),
        credit.entry_id: Money(-2100),
    }
    accept(shop, line_id=line, customer_id=customer, parts=parts)
    assert owed(shop, customer).balance == ZERO
    assert (status(shop, one), status(shop, other)) == ("paid", "paid")
    shop.administration.undo()
    assert owed(shop, customer).balance == Money(16050)


def test_money_that_went_out_is_a_refund_of_a_credit(shop):
    customer = shop.customer("Jansen B.V.")
    receipt = payments.Receipt(customer_id=customer, amount=Money(2900), date=TODAY)
    credit = shop.administration.write(
        payments.RECEIVE, partial(payments.receive, receipt=receipt, allocations={})
    )[0]
    (line,) = statement(shop, entry("2026-11-16", "-29.00", "terugbetaling"))
    with pytest.raises(AssignmentUnbalanced):
        accept(shop, line_id=line, customer_id=customer)
    parts = {credit.entry_id: Money(-2900)}
    accept(shop, line_id=line, customer_id=customer, parts=parts)
    assert owed(shop, customer) == balances.Balance(ZERO, ZERO, ZERO)
    shop.administration.undo()
    assert owed(shop, customer).credit == Money(2900)


def test_small_differences_are_written_off_both_ways_and_come_back(shop):
    customer = shop.customer()
    (one, _), (other, _) = invoices(shop, customer, "100.00", "100.00")
    less, more = statement(
        shop, entry("2026-11-16", "120.50", "x"), entry("2026-11-17", "121.40", "y")
    )
    with pytest.raises(DifferenceTooLarge):
        accept(
            shop,
            line_id=less,
            customer_id=customer,
            parts={entry_of(shop, one): Money(11000)},
            difference=Money(1100),
        )
    accept(
        shop,
        line_id=less,
        customer_id=customer,
        parts={entry_of(shop, one): Money(12050)},
        difference=Money(50),
    )
    accept(
        shop,
        line_id=more,
        customer_id=customer,
        parts={entry_of(shop, other): Money(12100)},
        difference=Money(-40),
    )
    assert owed(shop, customer) == balances.Balance(ZERO, ZERO, ZERO)
    assert status(shop, one) == "paid"
    shop.administration.undo()
    shop.administration.undo()
    assert owed(shop, customer).balance == Money(24200)


def test_costs_of_a_reminder_are_booked_and_paid_together(shop):
    customer = shop.customer()
    ((document, _),) = invoices(shop, customer, "100.00")
    (line,) = statement(shop, entry("2026-11-16", "161.00", "x"))
    accept(
        shop,
        line_id=line,
        customer_id=customer,
        parts={entry_of(shop, document): Money(12100)},
        costs=Money(4000),
    )
    assert owed(shop, customer) == balances.Balance(ZERO, ZERO, ZERO)
    query = select(LedgerEntry.amount).where(LedgerEntry.kind == "costs")
    assert shop.administration.read(lambda s: s.scalars(query).all()) == [Money(4000)]
    shop.administration.undo()
    assert owed(shop, customer).balance == Money(12100)


def test_assigning_too_much_or_of_another_is_refused(shop):
    customer, stranger = shop.customer(), shop.customer("Ander")
    ((document, _),) = invoices(shop, customer, "100.00")
    (line,) = statement(shop, entry("2026-11-16", "150.00", "x"))
    entry_id = entry_of(shop, document)
    for parts, who, failure in (
        ({entry_id: Money(15000)}, customer, AssignmentAboveOpen),
        ({entry_id: Money(16000)}, customer, AssignmentUnbalanced),
        ({entry_id: Money(12100)}, stranger, OtherCustomer),
    ):
        with pytest.raises(failure):
            accept(shop, line_id=line, customer_id=who, parts=parts)


def test_ignoring_with_a_rule_takes_its_likes_along_and_comes_back(shop):
    statement(
        shop,
        entry("2026-11-16", "-5.00", "kosten"),
        entry("2026-11-17", "-6.00", "kosten"),
        entry("2026-11-17", "-7.00", "huur", account="NL20INGB0001234567"),
    )
    first = open_lines(shop)[0].row.id
    work = partial(bank_lines.ignore, line_id=first, rule=bank_lines.Rule("account", OTHER))
    assert shop.administration.write(bank_lines.IGNORE, work)[0] == 2
    assert len(open_lines(shop)) == 1
    ((rule_id, rule),) = shop.administration.read(bank_lines.rules)
    assert rule.value == OTHER
    work = partial(bank_lines.forget_rule, rule_id=rule_id)
    shop.administration.write(bank_lines.FORGET_RULE, work)
    work = partial(bank_lines.reopen, line_id=first)
    shop.administration.write(bank_lines.REOPEN, work)
    assert len(open_lines(shop)) == 2


def test_an_import_in_use_is_not_taken_back(shop):
    customer = shop.customer()
    (line,) = statement(shop, entry("2026-11-16", "150.00", "x"))
    accept(shop, line_id=line, customer_id=customer)
    batch = shop.administration.read(lambda s: s.get_one(BankLine, line).batch_id)
    with pytest.raises(UndoConflict):
        shop.administration.write(bulk.UNDO, partial(bulk.undo, batch_id=batch))


def test_one_line_is_split_over_invoices_of_several_customers_and_undone_as_one(shop):
    first, second = shop.customer("Alfa"), shop.customer("Bravo")
    ((one, _),) = invoices(shop, first, "100.00")
    ((other, _),) = invoices(shop, second, "50.00")
    (line,) = statement(shop, entry("2026-11-16", "200.00", "van allebei"))
    parts = {entry_of(shop, one): Money(12100), entry_of(shop, other): Money(6050)}
    accept(shop, line_id=line, customer_id=first, also=(second,), parts=parts)
    assert (status(shop, one), status(shop, other)) == ("paid", "paid")
    assert owed(shop, first).credit == Money(1850)
    assert owed(shop, second) == balances.Balance(ZERO, ZERO, ZERO)
    assert {customer for _iban, customer in learned(shop)} == {first, second}
    shop.administration.undo()
    assert (owed(shop, first).balance, owed(shop, second).balance) == (Money(12100), Money(6050))
    assert (state(shop, line), learned(shop)) == ("open", [])


def test_a_share_that_is_taken_back_leaves_that_part_of_the_line_to_be_handled(shop):
    first, second = shop.customer("Alfa"), shop.customer("Bravo")
    ((one, _),) = invoices(shop, first, "100.00")
    ((other, number),) = invoices(shop, second, "50.00")
    (line,) = statement(shop, entry("2026-11-16", "181.50", "samen"))
    parts = {entry_of(shop, one): Money(12100), entry_of(shop, other): Money(6050)}
    accept(shop, line_id=line, customer_id=second, also=(first,), parts=parts)
    query = select(LedgerEntry.payment_id).where(
        LedgerEntry.customer_id == second, LedgerEntry.kind == "payment"
    )
    payment = shop.administration.read(lambda s: s.scalars(query).one())
    shop.administration.write(payments.VOID, partial(payments.void_payment, payment_id=payment))
    (left,) = shop.administration.read(bank_lines.rows)
    assert (left.amount, left.handled) == (Money(6050), Money(12100))
    with pytest.raises(AssignmentUnbalanced):
        accept(shop, line_id=line, customer_id=second, parts={}, costs=Money(6100))
    accept(shop, line_id=line, customer_id=second, parts={entry_of(shop, other): Money(6050)})
    assert (status(shop, one), status(shop, other), state(shop, line)) == (
        "paid",
        "paid",
        "matched",
    )
    shop.administration.write(accepting.UNLINK, partial(accepting.unlink, line_id=line))
    assert (owed(shop, first).balance, owed(shop, second).balance) == (Money(12100), Money(6050))
    assert number


def test_a_line_that_names_invoices_of_several_customers_is_proposed_for_all_of_them(shop):
    first, second = shop.customer("Alfa"), shop.customer("Bravo")
    ((one, a),) = invoices(shop, first, "100.00")
    ((other, b),) = invoices(shop, second, "50.00")
    statement(shop, entry("2026-11-16", "181.50", f"facturen {a} en {b}", name="Holding"))
    (found,) = open_lines(shop)
    proposal = found.match.proposals[0]
    assert (proposal.certainty.value, proposal.customer_id, proposal.also) == (
        "likely",
        first,
        (second,),
    )
    assert {part.item_id for part in proposal.parts} == {
        entry_of(shop, one),
        entry_of(shop, other),
    }
    work = partial(accepting.accept, acceptance=accepting.of_proposal(found.row.id, proposal))
    shop.administration.write(accepting.ACCEPT, work)
    assert (status(shop, one), status(shop, other)) == ("paid", "paid")


def test_what_is_left_can_be_marked_to_pay_back_and_meets_the_money_that_goes_out(shop):
    customer = shop.customer("Jansen B.V.")
    ((document, _),) = invoices(shop, customer, "100.00")
    line, out = statement(
        shop,
        entry("2026-11-16", "150.00", "x", name="Jansen B.V."),
        entry("2026-11-20", "-29.00", "terug", name="Jansen B.V."),
    )
    parts = {entry_of(shop, document): Money(12100)}
    accept(shop, line_id=line, customer_id=customer, parts=parts, refund=True)
    (due,) = shop.administration.read(refunds_due.listed)
    assert (due.customer, due.amount) == ("Jansen B.V.", Money(2900))
    (found,) = open_lines(shop)
    assert found.match.proposals[0].parts[0].item_id == due.id
    accept(shop, line_id=out, customer_id=customer, parts={due.id: Money(-2900)})
    assert shop.administration.read(refunds_due.listed) == []
    shop.administration.undo()
    assert len(shop.administration.read(refunds_due.listed)) == 1


def test_a_credit_is_marked_to_pay_back_and_kept_after_all(shop):
    customer = shop.customer()
    with pytest.raises(NoCredit):
        shop.administration.write(
            refunds_due.MARK, partial(refunds_due.mark_customer, customer_id=customer)
        )
    receipt = payments.Receipt(customer_id=customer, amount=Money(2900), date=TODAY)
    shop.administration.write(
        payments.RECEIVE, partial(payments.receive, receipt=receipt, allocations={})
    )
    mark = partial(refunds_due.mark_customer, customer_id=customer)
    assert shop.administration.write(refunds_due.MARK, mark)[0] == Money(2900)
    assert len(shop.administration.read(refunds_due.listed)) == 1
    shop.administration.write(refunds_due.KEEP, partial(refunds_due.keep, customer_id=customer))
    assert shop.administration.read(refunds_due.listed) == []
    shop.administration.undo()
    assert len(shop.administration.read(refunds_due.listed)) == 1
