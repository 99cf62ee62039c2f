"""Every report says what plain Python over the same rows says."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.services.insights import plain
from tests.services.insights.comparing import everything
from tests.services.insights.random_ledger import DAYS, START, Writer, plans
from tests.services.insights.stored import Rows

from klantenapp.services.insights import vat
from klantenapp.services.insights.reports import REPORTS
from klantenapp.services.insights.wanted import Wanted
from klantenapp.services.store import clock
from klantenapp.services.store.operations import FINAL, register

FILL = register("test.fill", FINAL)


class _EnoughError(Exception):
    """Takes the random rows out again."""


def day(number):
    return START + dt.timedelta(days=number)


@pytest.fixture
def with_plan(administration):
    """Runs a look at a random administration, and takes it out again."""

    def run(plan, look):
        def work(session):
            Writer(session).write(plan)
            look(session, Rows.of(session))
            raise _EnoughError

        with pytest.raises(_EnoughError):
            administration.write(FILL, work)

    return run


_examples = given(
    plan=plans(),
    asked=st.builds(
        lambda at, start, length, narrow: (at, start, length, narrow),
        st.integers(-5, DAYS + 90),
        st.one_of(st.none(), st.integers(0, DAYS)),
        st.integers(0, 200),
        st.sampled_from([None, None, "customer", "group"]),
    ),
)
_together = {"deadline": None, "suppress_health_check": list(HealthCheck)}


def look_at(asked):
    """Everything of a random administration, as asked, long after all of it."""
    at, start, length, narrow = asked

    def look(session, rows):
        first = day(start) if start is not None else None
        last = day(start + length) if start is not None else None
        question = plain.Asked(day(at), first, last)
        if narrow == "customer":
            question = replace(question, customer=rows.customer[0]["id"])
        if narrow == "group" and rows.customer_label:
            question = replace(question, group=rows.customer_label[0]["label_id"])
        with clock.stopped(day(2 * DAYS)):
            everything(session, rows, question)

    return look


@settings(max_examples=20, **_together)
@_examples
def test_reports_of_random_administrations_are_what_plain_python_makes(with_plan, plan, asked):
    with_plan(plan, look_at(asked))


@pytest.mark.full
@pytest.mark.parametrize("part", range(20))
@settings(max_examples=50, **_together)
@_examples
def test_reports_of_a_thousand_random_administrations_are_what_plain_python_makes(
    with_plan, part, plan, asked
):
    assert part < 20  # a thousand in twenty parts, each within the time that one test may take
    with_plan(plan, look_at(asked))


@settings(max_examples=25, **_together)
@given(plan=plans(), cuts=st.lists(st.integers(0, DAYS + 100), max_size=4, unique=True))
def test_receipts_cut_into_periods_are_together_what_was_received_to_the_cent(
    with_plan, plan, cuts
):
    def look(session, _rows):
        edges = [None, *(day(cut) for cut in sorted(cuts)), None]
        whole = vat.vat_return(session, Wanted(as_of=day(DAYS), vat_basis="receipt"))
        parts = defaultdict(int)
        for first, last in pairwise(edges):
            end = last - dt.timedelta(days=1) if last is not None else None
            wanted = Wanted(as_of=day(DAYS), start=first, end=end, vat_basis="receipt")
            found = vat.vat_return(session, wanted)
            assert found.ledger_difference.cents == 0
            for box, amounts in found.boxes.items():
                parts[box] += amounts.base.cents + amounts.tax.cents
        for box, amounts in whole.boxes.items():
            assert parts[box] == amounts.base.cents + amounts.tax.cents

    with_plan(plan, look)


def test_nothing_at_all_makes_empty_reports(administration):
    for name, report in REPORTS.items():
        wanted = Wanted(as_of=dt.date(2026, 11, 23))
        table = administration.read(
            lambda session, make=report.make, how=wanted: make(session, how)
        )
        assert table.name == name
        if name != "audit":
            amounts = [cell for row in table.rows for cell in row if hasattr(cell, "cents")]
            assert not any(amounts)
