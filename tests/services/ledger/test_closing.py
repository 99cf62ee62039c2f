"""Closed books: nothing is issued, voided or dated on or before the day, however it is tried."""

from __future__ import annotations

import datetime as dt
from functools import partial

import pytest
from sqlalchemy import select
from tests.factories.sales import Shop, line

from klantenapp.models.ledger import LedgerEntry
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
from klantenapp.services.ledger import closing
from klantenapp.services.receivables import payments, write_offs
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
