"""A report beside the plain computation of it from the same rows."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from tests.services.insights import plain

from klantenapp.services.insights import behaviour, documents, reports, vat
from klantenapp.services.insights.wanted import Wanted


def bare(cell):
    """A cell as plain Python has it: cents, hundredths, basis points, ISO days."""
    for name in ("cents", "hundredths", "points", "units"):
        if hasattr(cell, name):
            return getattr(cell, name)
    return cell.isoformat() if isinstance(cell, dt.date) else cell


def told(table, keys):
    """What a report says in some of its columns."""
    places = [[column.key for column in table.columns].index(key) for key in keys]
    return [tuple(bare(row[place]) for place in places) for row in table.rows]


def in_order(lines):
    return sorted(lines, key=repr)


def same(session, rows, name, asked):
    """One report beside plain Python."""
    keys, compute = plain.REPORTS[name]
    wanted = Wanted(
        as_of=asked.at,
        start=asked.start,
        end=asked.end,
        customer_id=asked.customer,
        group_id=asked.group,
        vat_basis=asked.basis,
    )
    table = reports.make(session, name, wanted)
    expected = compute(rows, asked)
    found = told(table, keys)
    if name in {"audit", "revenue", "cash-forecast", "revenue-by-month", "revenue-by-quarter"}:
        assert found == expected, name
    else:
        assert in_order(found) == in_order(expected), name
    # A total of amounts is the sum of what stands above it.
    for place, column in enumerate(table.columns):
        if column.kind == "money" and table.totals is not None and column.key != "limit":
            sums = sum(row[place].cents for row in table.rows if row[place] is not None)
            if table.totals[place] is not None:
                assert table.totals[place].cents == sums, (name, column.key)


def everything(session, rows, asked):
    """Compare every report that has an independent computation."""
    for name in plain.REPORTS:
        same(session, rows, name, asked)
    same(session, rows, "vat-return", replace(asked, basis="receipt"))
    vat_table = vat.vat_return(session, Wanted(as_of=asked.at, start=asked.start, end=asked.end))
    assert vat_table.ledger_difference.cents == 0
    found = behaviour.dso(session, Wanted(as_of=asked.at, customer_id=asked.customer))
    alone = plain.Asked(asked.at, customer=asked.customer)
    days = (found.by_balance, found.count_back, found.best_possible)
    assert tuple(map(bare, days)) == plain.dso(rows, alone)
    behind_totals(session, Wanted(as_of=asked.at, start=asked.start, end=asked.end))


def behind_totals(session, wanted):
    """What a row opens comes to the amount in that row."""
    for name, amount in (
        ("revenue-by-month", "net"),
        ("revenue-by-item", "net"),
        ("revenue-by-group", "net"),
        ("vat-return", "base"),
        ("icp", "total"),
    ):
        table = reports.make(session, name, wanted)
        place = [column.key for column in table.columns].index(amount)
        for row, link in list(zip(table.rows, table.links, strict=True))[:20]:
            behind = documents.report(session, link)
            assert behind.totals[-2] == row[place], name
