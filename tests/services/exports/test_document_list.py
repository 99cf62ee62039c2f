"""The list of invoices in a file: what its filter shows, credit notes negative."""

from __future__ import annotations

import datetime as dt
from functools import partial

import pytest
from tests.factories.sales import Shop, line

from klantenapp.models.values import Money
from klantenapp.services.exports import document_list
from klantenapp.services.sales import credits as crediting
from klantenapp.services.sales.documents import Filter
from klantenapp.services.store import clock

TODAY = dt.date(2026, 11, 23)
NEWEST = ("number", False)


@pytest.fixture
def shop(administration):
    with clock.stopped(TODAY):
        yield Shop(administration)


def table(shop, wanted=None, told=""):
    work = partial(
        document_list.table, wanted=wanted or Filter(), sort=NEWEST, today=TODAY, told=told
    )
    return shop.administration.read(work)


def column(found, key):
    at = [each.key for each in found.columns].index(key)
    return [row[at] for row in found.rows]


def test_invoices_and_credit_notes_are_there_with_signs_and_totals(shop):
    customer = shop.customer()
    first = shop.invoice(customer).document_id
    shop.invoice(customer)
    shop.draft(customer, line())
    credit = partial(crediting.credit, document_id=first, wanted=crediting.Wanted())
    shop.administration.write(crediting.CREDIT, credit)
    found = table(shop)
    amounts = column(found, "total")
    assert [each.code for each in column(found, "kind")].count("credit_note") == 1
    assert sum(each.cents < 0 for each in amounts) == 1
    assert len(found.rows) == 4
    assert found.totals[9] == Money(sum(each.cents for each in amounts))
    assert found.totals[10] == Money(sum(each.cents for each in column(found, "open")))


def test_only_what_the_filter_shows_is_there_and_the_file_says_so(shop):
    customer = shop.customer()
    shop.invoice(customer)
    shop.draft(customer, line())
    wanted = Filter(status="draft", start=dt.date(2026, 1, 1), end=dt.date(2026, 12, 31))
    found = table(shop, wanted, "Concept")
    assert column(found, "number") == [None]
    assert [each.code for each in column(found, "status")] == ["draft"]
    assert [value for _label, value in found.filters][1:] == [
        "Concept",
        "01-01-2026 tot en met 31-12-2026",
    ]


def test_nothing_found_is_an_empty_table(shop):
    found = table(shop, Filter(text="bestaatniet"))
    assert found.rows == ()
    assert found.filters[-1][1] == "bestaatniet"
    assert found.totals[9] == Money(0)


def test_a_draft_without_a_date_is_in_the_year_of_today_and_in_no_other(shop):
    shop.draft(shop.customer(), line())
    for year, count in ((2025, 0), (2026, 1), (2027, 0)):
        wanted = Filter(start=dt.date(year, 1, 1), end=dt.date(year, 12, 31))
        assert len(table(shop, wanted).rows) == count


def test_the_newest_of_the_list_is_the_draft_that_has_no_date_yet(shop):
    customer = shop.customer()
    shop.draft(customer, line())
    shop.invoice(customer)
    for descending, order in ((True, [None, "2026-0001"]), (False, ["2026-0001", None])):
        work = partial(document_list.table, wanted=Filter(), sort=("date", descending), today=TODAY)
        assert column(shop.administration.read(work), "number") == order
