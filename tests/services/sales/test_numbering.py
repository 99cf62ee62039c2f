"""A pattern may change and a series may begin elsewhere; no number is used twice or left out."""

from __future__ import annotations

import datetime as dt
from functools import partial

import pytest
from sqlalchemy import select
from tests.factories.sales import Shop

from klantenapp.models.document import Document
from klantenapp.services.errors.sales import (
    DateBeforeLast,
    NumberTaken,
    PatternWithoutNumber,
    SeriesStarted,
)
from klantenapp.services.sales import numbering
from klantenapp.services.store import clock

TODAY = dt.date(2026, 11, 23)


@pytest.fixture
def shop(administration):
    with clock.stopped(TODAY):
        made = Shop(administration)
        made.customer()
        yield made


def pattern(shop, text, kind="invoice"):
    work = partial(numbering.change_pattern, kind=kind, pattern=text, today=TODAY)
    return shop.administration.write(numbering.CHANGE_PATTERN, work)[0]


def first(shop, number, kind="invoice"):
    work = partial(numbering.set_first, kind=kind, first=number, today=TODAY)
    return shop.administration.write(numbering.SET_FIRST, work)[0]


def numbers(shop):
    query = select(Document.number).where(Document.number.is_not(None)).order_by(Document.id)
    return shop.administration.read(lambda session: list(session.scalars(query)))


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("{year}-{number:4}", "2026-0007"),
        ("F{number:6}", "F000007"),
        ("{number}/{year}", "7/2026"),
        ("{number:1}", "7"),
    ],
)
def test_a_pattern_prints_year_and_number(text, printed):
    assert numbering.printed(text, 2026, 7) == printed


@pytest.mark.parametrize(
    "text", ["", "{year}", "{number}{number}", "{number}<b>", "{month}{number}"]
)
def test_a_pattern_that_cannot_count_is_refused(shop, text):
    with pytest.raises(PatternWithoutNumber):
        pattern(shop, text)
    assert numbers(shop) == []


def test_a_wider_pattern_goes_on_counting(shop):
    shop.invoice(1)
    shop.invoice(1)
    assert pattern(shop, "{year}/{number:6}") == "2026/000003"
    shop.invoice(1)
    assert numbers(shop) == ["2026-0001", "2026-0002", "2026/000003"]


def test_a_pattern_back_and_forth_uses_no_number_twice(shop):
    shop.invoice(1)
    assert pattern(shop, "A{number:4}") == "A0001"
    shop.invoice(1)
    assert pattern(shop, "{year}-{number:4}") == "2026-0002"
    shop.invoice(1)
    assert numbers(shop) == ["2026-0001", "A0001", "2026-0002"]


def test_a_pattern_that_leads_to_a_number_that_exists_is_refused_and_nothing_changes(shop):
    pattern(shop, "{number:4}")
    shop.invoice(1)
    with pytest.raises(NumberTaken):
        pattern(shop, "{number:4}", kind="quote")
    shop.invoice(1)
    assert numbers(shop) == ["0001", "0002"]


def test_who_comes_from_another_program_goes_on_where_it_was(shop):
    assert first(shop, 189) == "2026-0189"
    shop.invoice(1)
    assert numbers(shop) == ["2026-0189"]
    with pytest.raises(SeriesStarted):
        first(shop, 500)


def test_the_first_number_may_be_set_again_until_one_is_given_out(shop):
    assert first(shop, 189) == "2026-0189"
    assert first(shop, 12) == "2026-0012"
    shop.administration.undo()
    shop.invoice(1)
    assert numbers(shop) == ["2026-0189"]


def test_a_new_year_begins_at_one_and_the_old_one_is_closed_by_date(shop):
    shop.invoice(1, date=dt.date(2026, 11, 23))
    with clock.stopped(dt.date(2027, 1, 2)):
        shop.invoice(1, date=dt.date(2027, 1, 2))
        taken = shop.draft(1, date=dt.date(2026, 12, 31))
        with pytest.raises(DateBeforeLast):
            shop.administration.read(
                lambda session: numbering.require_in_order(
                    session, "invoice", dt.date(2026, 12, 31)
                )
            )
    assert taken
    assert numbers(shop) == ["2026-0001", "2027-0001"]
