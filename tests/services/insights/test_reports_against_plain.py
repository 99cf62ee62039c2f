"""Every report says what plain Python over the same rows says."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.services.insights import plain
from tests.services.insights.random_ledger import DAYS, START, Writer, plans

from klantenapp.services.insights import ageing, behaviour_report, forecast, revenue, untaxed, vat
from klantenapp.services.insights.reports import REPORTS
from klantenapp.services.insights.wanted import Wanted
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
            look(session, plain.Rows.of(session))
            raise _EnoughError

        with pytest.raises(_EnoughError):
            administration.write(FILL, work)

    return run


def everything(session, rows, at, start, end):
    """Compare every report that has an independent computation."""
    wanted = Wanted(as_of=at, start=start, end=end)
    same_ageing(session, rows, at)
    found = {
        row.code: (row.documents, row.net.cents) for row in revenue.by_customer(session, wanted)
    }
    assert found == plain.revenue(rows, start, end)
    months = revenue.by_month(session, wanted)
    assert sum(row.net.cents for row in months.values()) == sum(net for _n, net in found.values())
    same_behaviour(session, rows, at)
    boxes = vat.vat_return(session, Wanted(as_of=at, start=start, end=end, vat_basis="invoice"))
    expected = plain.boxes(rows, start, end)
    assert boxes.ledger_difference.cents == 0
    assert boxes.unreported.cents == expected.pop("none", (0, 0))[0]
    for box, amounts in boxes.boxes.items():
        assert (amounts.base.cents, amounts.tax.cents) == expected.get(box, (0, 0))
    icp = untaxed.icp(session, wanted)
    assert sum(row.goods.cents + row.services.cents for row in icp) == expected.get("3b", (0, 0))[0]


def same_ageing(session, rows, at):
    found = {
        row.customer_number: tuple(group.cents for group in row.groups)
        for row in ageing.rows(session, Wanted(as_of=at))
    }
    assert found == plain.ageing(rows, at)
    weeks = forecast.forecast(session, Wanted(as_of=at))
    for week in weeks.weeks:
        assert week.low <= week.expected <= week.high
    debits = sum(each.amount.cents for each in forecast.expected_invoices(session, at))
    coming = sum(week.expected.cents for week in weeks.weeks)
    assert coming + weeks.overdue.cents + weeks.later.cents == debits


def same_behaviour(session, rows, at):
    table = behaviour_report.report(session, Wanted(as_of=at))
    expected = plain.behaviour(rows, at)
    lines = {row[0]: row[2:] for row in table.rows}
    if expected:
        lines[""] = table.totals[2:]
    assert lines.keys() == expected.keys()
    for number, (count, *means, share) in lines.items():
        exact = expected[number]
        assert count == exact[0]
        for mean, value in zip(means, exact[1:-1], strict=True):
            assert abs(Fraction(mean.hundredths, 100) - value) <= Fraction(1, 200)
        assert abs(Fraction(share.points, 100) - exact[-1]) <= Fraction(1, 200)


_examples = given(
    plan=plans(),
    at=st.integers(-5, DAYS + 90),
    start=st.integers(0, DAYS),
    length=st.integers(0, 200),
)
_together = {"deadline": None, "suppress_health_check": list(HealthCheck)}


@settings(max_examples=25, **_together)
@_examples
def test_reports_of_random_administrations_are_what_plain_python_makes(
    with_plan, plan, at, start, length
):
    with_plan(
        plan,
        lambda session, rows: everything(session, rows, day(at), day(start), day(start + length)),
    )


@pytest.mark.full
@pytest.mark.parametrize("part", range(10))
@settings(max_examples=100, **_together)
@_examples
def test_reports_of_a_thousand_random_administrations_are_what_plain_python_makes(
    with_plan, part, plan, at, start, length
):
    assert part < 10  # a thousand in ten parts, each within the time that one test may take
    with_plan(
        plan,
        lambda session, rows: everything(session, rows, day(at), day(start), day(start + length)),
    )


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
