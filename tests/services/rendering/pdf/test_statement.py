"""Statements of account as PDF."""

import dataclasses
import datetime as dt

import zxingcpp
from tests.factories import snapshots
from tests.factories.pages import assert_golden, page_images, text, words

from klantenapp.models.values import Money
from klantenapp.services.rendering.pdf.statement import render
from klantenapp.services.rendering.snapshot import Ageing, StatementRow


def test_a_statement_of_movements_looks_and_reads_as_it_did():
    assert_golden("statement", render(snapshots.statement()), [1])


def test_a_statement_of_open_items_looks_and_reads_as_it_did():
    assert_golden("open-items", render(snapshots.open_items()), [1])


def test_the_request_is_for_the_overdue_amount_and_names_the_oldest_invoice():
    pdf = render(snapshots.statement())
    seen = words(pdf).replace("\u00a0", " ")
    assert "Betaal het vervallen bedrag van € 1.980,00" in seen
    (code,) = zxingcpp.read_barcodes(page_images(pdf, 200)[0])
    assert "EUR1980" in code.text.split("\n")
    assert code.text.endswith("2026-0158")


def test_a_credit_is_the_customers_own_and_asks_for_nothing():
    nothing = Money(0)
    ageing = Ageing(
        not_due=Money(-5000), d1_30=nothing, d31_60=nothing, d61_90=nothing, d90_plus=nothing
    )
    seen = words(
        render(
            snapshots.statement(
                balance=Money(-5000), overdue=nothing, requested=None, ageing=ageing
            )
        )
    ).replace("\u00a0", " ")
    assert "Uw tegoed € 50,00" in seen
    assert "Betaal het" not in seen


def test_long_statements_carry_the_balance_over():
    rows = tuple(
        StatementRow(
            date=dt.date(2026, 1, 1) + dt.timedelta(days=number),
            kind="invoice",
            number=f"2026-{number:04d}",
            debit=Money(100_000_00),
            balance=Money(100_000_00 * number),
            text="Een lange omschrijving van een post die over meer regels loopt"
            * (number % 7 == 0),
        )
        for number in range(1, 80)
    )
    pages = text(render(snapshots.statement(rows=rows))).split("\f")
    assert len(pages) > 3
    carried = [page.rsplit("Transport", 1)[1].split()[0] for page in pages[:-1]]
    brought = [page.split("Transport", 1)[1].split()[0] for page in pages[1:]]
    assert carried == brought
    assert "2026-0079" in pages[-1]
    assert "Openstaand" in pages[-1]


def test_an_english_statement_speaks_english():
    seen = words(render(snapshots.statement(language="en")))
    for part in ("Statement of account", "Part payment of invoice 2026-0158", "Outstanding"):
        assert part in seen


def test_an_empty_statement_says_that_nothing_is_open():
    zero = Money(0)
    statement = dataclasses.replace(
        snapshots.open_items(),
        rows=(),
        balance=zero,
        overdue=zero,
        requested=None,
        ageing=Ageing(not_due=zero, d1_30=zero, d31_60=zero, d61_90=zero, d90_plus=zero),
    )
    assert "Openstaand € 0,00" in words(render(statement)).replace("\u00a0", " ")
