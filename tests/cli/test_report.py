"""Reports by name: narrowed to a label, beside the period before, and refused in words."""

from __future__ import annotations

import datetime as dt
from functools import partial

import pytest
from tests.factories.sales import Shop

from klantenapp.services.customers import labels
from klantenapp.services.insights.reports import REPORTS
from klantenapp.services.store import clock
from klantenapp.services.store.administration import Administration

TODAY = dt.date(2026, 11, 23)


@pytest.fixture
def report(klantenapp, path):
    """The command on a file with two customers, one of whom carries a label."""
    with clock.stopped(TODAY):
        opened = Administration.open_file(path)
        shop = Shop(opened)
        first, second = shop.customer("Bakkerij"), shop.customer("Garage", number="G1")
        shop.invoice(first, "400.00", date=dt.date(2026, 5, 1))
        shop.invoice(first, "1000.00", date=dt.date(2026, 8, 1))
        shop.invoice(second, "500.00", date=dt.date(2026, 9, 1))
        opened.write(labels.PUT, partial(labels.put, customer_ids=[second], name="Vaste klant"))
        opened.close()
        yield partial(klantenapp, "--file", path)


def test_every_report_is_there_as_json_with_and_without_a_label(report):
    for name in REPORTS:
        assert report("report", name, "--json").code == 0, name
        assert report("report", name, "--group", "vaste KLANT", "--json").code == 0, name


def test_a_label_leaves_only_who_carries_it(report):
    found = report("report", "revenue", "--group", "Vaste klant", "--json").json
    assert [row["customer_number"] for row in found["rows"]] == ["G1"]
    said = report("report", "revenue", "--group", "Vast")
    assert said.code == 1
    assert said.err.strip() == "Er is geen label “Vast”. Kies uit: Vaste klant."


def test_the_period_before_stands_beside_it(report):
    quarter = ("--from", "2026-07-01", "--to", "2026-09-30", "--compare")
    found = report("report", "revenue", *quarter, "--json").json
    assert [(row["net"], row["previous"]) for row in found["rows"]] == [
        ("1000.00", "400.00"),
        ("500.00", "0.00"),
    ]
    assert found["rows"][0]["growth_percent"] == "150"
    said = report("report", "audit", "--compare")
    assert said.code == 1
    assert said.err.startswith("“audit” heeft geen periode ervoor")


def test_a_day_that_is_still_to_come_is_refused_unless_the_report_looks_ahead(report):
    said = report("report", "ageing", "--as-of", "2026-11-24")
    assert said.code == 1
    assert said.err.startswith("24-11-2026 moet nog komen")
    assert report("report", "revenue", "--from", "2027-01-01").code == 1
    assert report("report", "price-agreements", "--as-of", "2027-01-01").code == 0


def test_the_books_are_closed_and_opened_again_with_a_reason(report):
    assert report("period", "close", "--through", "2026-09-30").code == 0
    said = report("period", "close", "--through", "2026-08-31")
    assert said.code == 1
    assert said.err.startswith("De boeken zijn al afgesloten tot en met 30-09-2026")
    assert report("period", "reopen", "--reason", "Suppletie").code == 0
    found = report("period", "show", "--json").json
    assert found["closed_through"] is None
    assert [each["reason"] for each in found["history"]] == ["Suppletie", ""]
