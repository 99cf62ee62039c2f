from __future__ import annotations

import datetime as dt
from functools import partial

import pytest
from sqlalchemy import func, select
from tests.real_files import real_file

from klantenapp.models.customer import Customer
from klantenapp.models.document import Document, DocumentLine, DocumentTax
from klantenapp.models.ledger import LedgerEntry, Settlement
from klantenapp.models.payment import Payment
from klantenapp.models.values import Money
from klantenapp.services.errors import history
from klantenapp.services.errors import imports as errors
from klantenapp.services.errors.base import Invalid
from klantenapp.services.errors.imports import TooManyRows
from klantenapp.services.imports import csv_file, invoices, reading
from klantenapp.services.imports.invoices import Choices
from klantenapp.services.imports.numerals import Decimals
from klantenapp.services.imports.source import Source
from klantenapp.services.store import clock

MODELS = (Customer, Document, DocumentLine, DocumentTax, LedgerEntry, Payment, Settlement)


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: dt.date(2026, 11, 24))


def load(administration, text, choices=Choices(), stated=reading.Stated()):  # noqa: B008 - frozen
    source = (
        Source.of(text)
        if hasattr(text, "exists")
        else Source.of_bytes("facturen.csv", text.encode())
    )
    result, _changes = administration.write(
        invoices.IMPORT,
        partial(
            invoices.run,
            records=reading.invoice_records(source, stated, choices.unknown_customer),
            file_name=source.name,
            file_digest=source.digest(),
            choices=choices,
        ),
    )
    return result


def numbers(result):
    return result.read, result.created, result.updated, result.skipped, len(result.refused)


def count(administration, model):
    return administration.read(
        lambda session: session.scalar(select(func.count()).select_from(model))
    )


def documents(administration):
    def read(session):
        rows = session.execute(
            select(
                Document.number,
                Document.kind,
                Document.date,
                Document.due_date,
                Document.net_total,
                Document.tax_total,
                Document.total,
            ).order_by(Document.id)
        )
        return [tuple(row) for row in rows]

    return administration.read(read)


def ledger(administration):
    def read(session):
        rows = session.execute(
            select(
                LedgerEntry.kind, LedgerEntry.date, LedgerEntry.amount, LedgerEntry.open_amount
            ).order_by(LedgerEntry.id)
        )
        return [(row[0], row[1].isoformat(), row[2].cents, row[3].cents) for row in rows]

    return administration.read(read)


def test_totals_with_dates_become_documents_and_ledger(administration):
    text = (
        "factuurnummer;klantnr;klantnaam;factuurdatum;vervaldatum;bedrag;betaaldatum;btw\n"
        "2025-1;K1;Bakker B.V.;15-01-2025;14-02-2025;121,00;20-01-2025;21\n"
        "2025-2;K1;;16-01-2025;;100,00;;\n"
        "2025-3;007;;17-01-2025;;-10,90;18-01-2025;9\n"
    )
    assert numbers(load(administration, text)) == (3, 3, 0, 0, 0)
    assert documents(administration) == [
        (
            "2025-1",
            "invoice",
            dt.date(2025, 1, 15),
            dt.date(2025, 2, 14),
            Money(10_000),
            Money(2_100),
            Money(12_100),
        ),
        (
            "2025-2",
            "invoice",
            dt.date(2025, 1, 16),
            dt.date(2025, 2, 15),
            Money(10_000),
            Money(0),
            Money(10_000),
        ),
        (
            "2025-3",
            "credit_note",
            dt.date(2025, 1, 17),
            None,
            Money(1_000),
            Money(90),
            Money(1_090),
        ),
    ]
    assert ledger(administration) == [
        ("invoice", "2025-01-15", 12_100, 0),
        ("invoice", "2025-01-16", 10_000, 10_000),
        ("credit_note", "2025-01-17", -1_090, 0),
        ("payment", "2025-01-20", -12_100, 0),
        ("refund", "2025-01-18", 1_090, 0),
    ]
    names = administration.read(
        lambda session: session.execute(select(Customer.number, Customer.name)).all()
    )
    assert [tuple(row) for row in names] == [("K1", "Bakker B.V."), ("007", "007")]


def test_rows_of_one_number_are_the_lines_of_one_document(administration):
    text = (
        "nummer;klant;datum;artikel;omschrijving;aantal;stukprijs;btw;totaal\n"
        "1;K1;2025-01-15;A;Uur;2,5;37,50;21;136,53\n"
        "1;K1;2025-01-15;B;Reis;1;21,18;9;136,53\n"
        "2;K1;2025-01-15;A;Uur;1;121,00;21;121,00\n"
    )
    assert numbers(load(administration, text)) == (3, 2, 0, 0, 0)
    first, second = documents(administration)
    # tax per rate: 21 % of 93,75 is 19,69 and 9 % of 21,18 is 1,91
    assert first[4:] == (Money(11_493), Money(2_160), Money(13_653))
    assert second[4:] == (Money(10_000), Money(2_100), Money(12_100))


def test_a_credit_note_is_known_by_prefix_by_sign_or_by_both(administration):
    text = (
        "nummer;klant;datum;aantal;stukprijs;bedrag\n"
        "C1;K1;2025-01-15;-2;5,00;\nC2;K1;2025-01-15;;;12,50\n3;K1;2025-01-15;-1;1,00;\n"
        "CX;K1;2025-01-15;1;0,00;\n"
    )
    text = text.replace("C2;K1;2025-01-15;;;12,50", "C2;K1;2025-01-15;1;12,50;")
    load(administration, text, Choices(credit_prefix="C"))
    assert [(row[0], row[1], row[6].cents) for row in documents(administration)] == [
        ("C1", "credit_note", 1_000),
        ("C2", "credit_note", 1_250),
        ("3", "credit_note", 100),
        ("CX", "credit_note", 0),
    ]
    assert [entry[2] for entry in ledger(administration)] == [-1_000, -1_250, -100]


def test_rows_without_a_customer_are_set_aside_or_go_to_one(administration):
    text = "nummer;klant;datum;bedrag\n1;K1;2025-01-15;1,00\n2;;2025-01-15;2,00\n"
    result = load(administration, text)
    assert numbers(result) == (2, 1, 0, 1, 0)
    assert (result.aside[0].line, result.aside[0].field) == (3, "customer")
    administration.undo()
    result = load(administration, text, Choices(unknown_customer="Losse verkoop"))
    assert numbers(result) == (2, 2, 0, 0, 0)
    names = administration.read(lambda session: session.scalars(select(Customer.name)).all())
    assert sorted(names) == ["K1", "Losse verkoop"]
    again = text.replace("1;K1", "11;K1").replace("2;;", "12;;")
    load(administration, again, Choices(unknown_customer="Losse verkoop"))
    assert count(administration, Customer) == 2


WRONG = (
    "nummer;klant;datum;vervaldatum;bedrag;stukprijs;betaaldatum\n"
    "1;K1;2025-01-15;;1,00;;\n"
    "2;K1;2025-01-15;2025-01-14;1,00;;\n"
    "3;K1;2027-01-15;;1,00;;\n"
    "4;K1;2025-01-15;;1,00;;2027-01-01\n"
    "5;K1;2025-01-15;;;;\n"
    "6;K1;2025-01-15;;1,00;;\n"
    "6;K2;2025-01-15;;1,00;;\n"
    "7;K1;2025-01-15;;1,00;;\n"
    "7;K1;2025-01-16;;1,00;;\n"
    "8;K1;2025-01-15;;1,00;;\n"
    "8;K1;2025-01-15;;2,00;;\n"
    "9;K1;2025-01-15;;5,00;4,00;\n"
    ";K1;2025-01-15;;5,00;;\n"
)


def test_wrong_rows_are_named_by_line_and_field_and_nothing_is_written(administration):
    result = load(administration, WRONG)
    assert [(r.line, r.field, type(r.failure)) for r in result.refused] == [
        (3, "due_date", history.DueBeforeDate),
        (4, "date", history.DayInFuture),
        (5, "paid_date", history.DayInFuture),
        (6, "amount", errors.CellMissing),
        (8, "customer", history.DocumentRowsDiffer),
        (10, "date", history.DocumentRowsDiffer),
        (12, "amount", history.DocumentRowsDiffer),
        (13, "amount", history.DocumentTotalDiffers),
        (14, "number", errors.CellMissing),
    ]
    assert numbers(result) == (13, 0, 0, 0, 9)
    assert [count(administration, model) for model in MODELS] == [0] * len(MODELS)
    assert numbers(load(administration, WRONG, Choices(skip_refused=True)))[1] == 1


def test_a_number_that_is_there_already_is_refused_by_name(administration):
    text = "nummer;klant;datum;bedrag\n1;K1;2025-01-15;1,00\n"
    load(administration, text)
    result = load(administration, text)
    assert result.refused[0].failure.number == "1"
    assert count(administration, Document) == 1


def test_an_import_is_one_undo_step_and_may_come_again(administration):
    text = "nummer;klant;datum;bedrag;betaaldatum\n1;K1;2025-01-15;1,00;2025-01-16\n"
    load(administration, text)
    assert count(administration, Settlement) == 1
    administration.undo()
    assert [count(administration, model) for model in MODELS] == [0] * len(MODELS)
    assert numbers(load(administration, text)) == (1, 1, 0, 0, 0)


@pytest.mark.parametrize("header", ["nummer;datum;bedrag", "nummer;klant;datum", "klant;bedrag"])
def test_columns_that_cannot_make_a_document_are_refused(header, administration):
    row = ";".join("1" for _ in header.split(";"))
    with pytest.raises((errors.FieldMissing, Invalid)):
        load(administration, f"{header}\n{row}\n")


def test_dates_and_decimals_may_be_stated(administration):
    text = "nummer;klant;datum;bedrag\n1;K1;01/02/25;1.234\n"
    with pytest.raises(Invalid):
        load(administration, text)
    stated = reading.Stated(date_pattern="%m/%d/%y", decimals=Decimals.COMMA)
    load(administration, text, stated=stated)
    assert documents(administration)[0][2] == dt.date(2025, 1, 2)
    assert documents(administration)[0][6] == Money(123_400)


def test_more_rows_than_an_import_takes_are_refused_by_number(administration, monkeypatch):
    monkeypatch.setattr(csv_file, "MAX_ROWS", 3)
    lines = "".join(f"F{at};K;2025-01-01;1,00\n" for at in range(4))
    with pytest.raises(TooManyRows) as refused:
        load(administration, f"number;customer;date;amount\n{lines}")
    assert refused.value.limit == 3
    assert count(administration, Document) == 0


RETAIL = "sales/online-retail-sample.xlsx"


def test_the_retail_sample_comes_in_to_the_cent(administration):
    result = load(administration, real_file(RETAIL), Choices(credit_prefix="C"))
    assert numbers(result) == (40_000, 12_065, 0, 10_057, 0)

    def read(session):
        kinds = dict(
            session.execute(select(Document.kind, func.count()).group_by(Document.kind)).all()
        )
        invoices_, credits_ = (
            session.scalar(select(func.sum(Document.total)).where(Document.kind == kind))
            for kind in ("invoice", "credit_note")
        )
        booked = session.scalar(select(func.sum(LedgerEntry.amount)))
        lines = session.scalar(select(func.count()).select_from(DocumentLine))
        return kinds, invoices_, credits_, booked, lines

    kinds, invoiced, credited, booked, lines = administration.read(read)
    assert kinds == {"invoice": 11_517, "credit_note": 548}
    assert lines == 29_943

    def cents(value):
        return value.cents if isinstance(value, Money) else value

    assert cents(invoiced) - cents(credited) == cents(booked) == 58_003_285
    assert count(administration, Customer) == 3_621
    administration.undo()
    assert [count(administration, model) for model in MODELS] == [0] * len(MODELS)


@pytest.mark.full
def test_the_retail_sample_with_one_customer_for_the_rest(administration):
    choices = Choices(credit_prefix="C", unknown_customer="Losse verkoop")
    result = load(administration, real_file(RETAIL), choices)
    assert numbers(result) == (40_000, 13_199, 0, 0, 0)
    assert count(administration, Document) == 13_199
    assert count(administration, DocumentLine) == 40_000
    assert count(administration, Customer) == 3_622
