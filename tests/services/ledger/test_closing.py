"""Closed books: nothing is issued, voided or dated on or before the day, however it is tried."""

from __future__ import annotations

import datetime as dt
from functools import partial

import pytest
from sqlalchemy import select
from tests.factories.sales import Shop, line

from klantenapp.models.ledger import LedgerEntry, Settlement
from klantenapp.models.values import Money
from klantenapp.services.customers import business
from klantenapp.services.errors.base import Invalid
from klantenapp.services.errors.ledger import (
    ClosedFurther,
    CloseInFuture,
    NothingClosed,
    PeriodLocked,
    ReopenWithoutReason,
)
from klantenapp.services.errors.store import NothingToUndo
from klantenapp.services.imports import invoices, reading
from klantenapp.services.imports.source import Source
from klantenapp.services.insights import ageing, vat
from klantenapp.services.insights.wanted import Wanted
from klantenapp.services.ledger import closing
from klantenapp.services.ledger.past import open_items_on
from klantenapp.services.receivables import credit_use, payments, write_offs
from klantenapp.services.store import bulk, clock

TODAY = dt.date(2026, 11, 23)
THROUGH = dt.date(2026, 9, 30)
OLD, FREE = dt.date(2026, 9, 30), dt.date(2026, 10, 1)


@pytest.fixture
def shop(administration):
    with clock.stopped(TODAY):
        yield Shop(administration)


def close(administration, through=THROUGH):
    administration.write(closing.CLOSE, partial(closing.close, through=through))


def dated(administration):
    """Every entry of the ledger that lies in the closed days."""
    query = select(LedgerEntry.id, LedgerEntry.amount).where(LedgerEntry.date <= THROUGH)
    return administration.read(lambda session: session.execute(query).all())


def open_then(administration, day):
    """Open amounts of a day by two ways: (entry, cents) of each entry, and the ageing."""
    items = administration.read(lambda session: open_items_on(session, day))
    ages = administration.read(partial(ageing.rows, wanted=Wanted(as_of=day)))
    found = sorted((item.entry_id, item.open_amount.cents) for item in items)
    assert sum(cents for _entry, cents in found) == sum(age.total.cents for age in ages)
    return found, ages


def received(administration):
    """The tax return by receipt of the closed days."""
    wanted = Wanted(as_of=TODAY, end=THROUGH, vat_basis="receipt")
    return administration.read(partial(vat.vat_return, wanted=wanted))


@pytest.fixture
def untied(shop):
    """An invoice and a payment of the same old day that were not tied."""
    customer = shop.customer()
    old = shop.invoice(customer, date=OLD - dt.timedelta(days=40))
    receipt = payments.Receipt(customer_id=customer, amount=Money(500), date=OLD)
    work = partial(payments.receive, receipt=receipt, allocations={})
    booked = shop.administration.write(payments.RECEIVE, work)[0]
    return partial(
        credit_use.use_credit, credit_entry_id=booked.entry_id, document_id=old.document_id
    )


def test_tying_an_old_payment_to_an_old_invoice_leaves_the_closed_days_as_they_were(shop, untied):
    administration = shop.administration
    close(administration)
    before = open_then(administration, THROUGH), received(administration)
    administration.write(credit_use.USE_CREDIT, untied)
    assert (open_then(administration, THROUGH), received(administration)) == before
    now = open_then(administration, TODAY)[0]
    assert [cents for _entry, cents in now] == [before[0][0][0][1] - 500]
    administration.undo()
    assert open_then(administration, THROUGH) == before[0]
    assert open_then(administration, TODAY)[0] == before[0][0]


def test_in_open_days_a_tie_counts_from_the_day_that_both_were_there(shop, untied):
    administration = shop.administration
    administration.write(credit_use.USE_CREDIT, untied)
    assert len(open_then(administration, OLD)[0]) == 1
    assert len(open_then(administration, OLD - dt.timedelta(days=1))[0]) == 1


def test_what_was_unlinked_and_tied_again_is_never_settled_twice(shop, untied):
    administration = shop.administration
    administration.write(credit_use.USE_CREDIT, untied)
    first = open_then(administration, FREE)
    chosen = administration.read(lambda session: session.scalar(select(Settlement.id)))
    with clock.stopped(TODAY - dt.timedelta(days=10)):
        work = partial(payments.release, settlement_id=chosen)
        administration.write(payments.RELEASE, work)
    administration.write(credit_use.USE_CREDIT, untied)
    for days in (0, 5, 10, 11, 20):
        assert open_then(administration, TODAY - dt.timedelta(days=days))[0] == first[0]


def test_nothing_is_issued_paid_written_off_or_taken_back_on_or_before_the_day(shop):
    administration = shop.administration
    customer = shop.customer()
    old = shop.invoice(customer, date=OLD)
    work = partial(payments.pay, document_id=old.document_id, date=OLD, amount=Money(100))
    payment = administration.write(payments.MARK_PAID, work)[0].payment_id
    draft = shop.draft(customer, line(), date=OLD)
    close(administration)
    before = dated(administration)
    with pytest.raises(Invalid) as refused:
        shop.issue(draft)
    assert [type(problem) for _field, problem in refused.value.problems] == [PeriodLocked]
    tries = (
        (payments.MARK_PAID, partial(payments.pay, document_id=old.document_id, date=OLD)),
        (
            payments.RECEIVE,
            partial(
                payments.receive,
                receipt=payments.Receipt(customer_id=customer, amount=Money(500), date=OLD),
            ),
        ),
        (payments.VOID, partial(payments.void_payment, payment_id=payment, date=OLD)),
        (
            write_offs.WRITE_OFF,
            partial(write_offs.write_off, document_id=old.document_id, date=OLD, reason="x"),
        ),
    )
    for name, work in tries:
        with pytest.raises(PeriodLocked):
            administration.write(name, work)
    assert dated(administration) == before
    # The day after is free for all of it.
    shop.invoice(customer, date=FREE)
    administration.write(
        payments.VOID, partial(payments.void_payment, payment_id=payment, date=FREE)
    )
    assert dated(administration) == before


def test_an_import_cannot_bring_in_nor_take_out_what_is_closed(shop):
    administration = shop.administration

    def read_in(number):
        source = Source.of_bytes(
            "h.csv", f"number;customer;date;amount\n{number};K1;2026-09-30;100,00\n".encode()
        )
        work = partial(
            invoices.run,
            records=reading.invoice_records(source, reading.Stated(), None),
            file_name=number,
            file_digest=source.digest(),
            choices=invoices.Choices(),
        )
        return administration.write(invoices.IMPORT, work)[0]

    assert read_in("H1").created == 1
    close(administration)
    before = dated(administration)
    assert len(before) == 1
    with pytest.raises(PeriodLocked):
        administration.undo()
    with pytest.raises(PeriodLocked):
        administration.write(bulk.UNDO, partial(bulk.undo, batch_id=1))
    refused = read_in("H2").refused
    assert [type(each.failure) for each in refused] == [PeriodLocked]
    assert dated(administration) == before


def test_closing_and_reopening_are_kept_with_their_reason_and_are_not_undone(shop):
    administration = shop.administration
    close(administration)
    with pytest.raises(NothingToUndo):
        administration.undo()
    with pytest.raises(ClosedFurther):
        close(administration, THROUGH - dt.timedelta(days=1))
    with pytest.raises(CloseInFuture):
        close(administration, TODAY + dt.timedelta(days=1))
    with pytest.raises(ReopenWithoutReason):
        administration.write(closing.REOPEN, partial(closing.reopen, reason=" "))
    with pytest.raises(NothingClosed):
        administration.write(
            closing.REOPEN, partial(closing.reopen, reason="fout", through=THROUGH)
        )
    administration.write(closing.REOPEN, partial(closing.reopen, reason="Suppletie Q3"))
    assert administration.read(closing.closed_through) is None
    kept = administration.read(closing.history)
    assert [(each.opened, each.before, each.through, each.reason) for each in kept] == [
        (True, THROUGH, None, "Suppletie Q3"),
        (False, None, THROUGH, ""),
    ]


def test_the_form_of_the_business_does_not_open_the_books(shop):
    data = shop.administration.read(business.read)
    close(shop.administration)
    shop.administration.write(business.CHANGE, partial(business.change, data=data))
    assert shop.administration.read(closing.closed_through) == THROUGH
