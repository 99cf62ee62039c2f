"""The reports computed in plain Python over the stored rows: written from the definitions alone."""

from __future__ import annotations

import datetime as dt
import statistics
from collections import defaultdict
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from sqlalchemy import select, text

TABLES = ("customer", "document", "document_line", "document_tax", "ledger_entry", "settlement")


@dataclass
class Rows:
    """Every row of the tables, as dicts of what is stored: cents and ISO days."""

    tables: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    @classmethod
    def of(cls, session):
        return cls(
            {
                name: [
                    dict(row)
                    for row in session.execute(select(text("*")).select_from(text(name))).mappings()
                ]
                for name in TABLES
            }
        )

    def __getattr__(self, name):
        return self.tables[name]

    def by_id(self, name):
        return {row["id"]: row for row in self.tables[name]}


def ageing(rows: Rows, day: dt.date) -> dict[str, tuple[int, ...]]:
    """Customer number -> cents per group; who has nothing open is absent."""
    today = day.isoformat()
    entries = {entry["id"]: entry for entry in rows.ledger_entry if entry["date"] <= today}
    left = {key: entry["amount"] for key, entry in entries.items()}
    for settlement in rows.settlement:
        debit, credit = settlement["debit_id"], settlement["credit_id"]
        if debit not in entries or credit not in entries:
            continue
        if settlement["amount"] < 0 and settlement["date"] > today:
            continue
        left[debit] -= settlement["amount"]
        left[credit] += settlement["amount"]
    numbers = {customer["id"]: customer["number"] for customer in rows.customer}
    found = defaultdict(lambda: [0] * 5)
    has = set()
    for key, cents in left.items():
        if not cents:
            continue
        entry = entries[key]
        number = numbers[entry["customer_id"]]
        due = dt.date.fromisoformat(entry["due_date"] or entry["date"])
        late = (day - due).days if cents > 0 else 0
        group = 0 if late <= 0 else 1 if late <= 30 else 2 if late <= 60 else 3 if late <= 90 else 4
        found[number][group] += cents
        has.add(number)
    return {number: tuple(found[number]) for number in has}


def documents(rows: Rows, start: dt.date | None, end: dt.date | None):
    for document in rows.document:
        if document["state"] != "issued" or document["kind"] == "quote":
            continue
        if start is not None and document["date"] < start.isoformat():
            continue
        if end is not None and document["date"] > end.isoformat():
            continue
        yield document, -1 if document["kind"] == "credit_note" else 1


def revenue(rows: Rows, start=None, end=None) -> dict[str, tuple[int, int]]:
    """Customer number -> documents and cents."""
    numbers = {customer["id"]: customer["number"] for customer in rows.customer}
    found = defaultdict(lambda: [0, 0])
    for document, sign in documents(rows, start, end):
        sums = found[numbers[document["customer_id"]]]
        sums[0] += 1
        sums[1] += sign * document["net_total"]
    return {number: tuple(sums) for number, sums in found.items()}


def paid(rows: Rows, day: dt.date) -> list[dict[str, Any]]:
    """Paid invoices: customer number, days taken, days late."""
    today = day.isoformat()
    entries = rows.by_id("ledger_entry")
    numbers = {customer["id"]: customer["number"] for customer in rows.customer}
    countered = {
        settlement["counters_id"]
        for settlement in rows.settlement
        if settlement["counters_id"] is not None and settlement["date"] <= today
    }
    by_invoice = defaultdict(list)
    for settlement in rows.settlement:
        if settlement["amount"] > 0 and settlement["id"] not in countered:
            by_invoice[settlement["debit_id"]].append(settlement)
    found = []
    for entry in rows.ledger_entry:
        if entry["kind"] != "invoice" or entry["due_date"] is None or entry["date"] > today:
            continue
        settled = [
            (entries[each["credit_id"]], each["amount"])
            for each in by_invoice[entry["id"]]
            if entries[each["credit_id"]]["date"] <= today
        ]
        if sum(amount for _credit, amount in settled) != entry["amount"]:
            continue
        if not any(credit["kind"] in {"payment", "discount"} for credit, _amount in settled):
            continue
        when = max([entry["date"], *(credit["date"] for credit, _amount in settled)])
        paid_on = dt.date.fromisoformat(when)
        found.append(
            {
                "number": numbers[entry["customer_id"]],
                "taken": (paid_on - dt.date.fromisoformat(entry["date"])).days,
                "late": (paid_on - dt.date.fromisoformat(entry["due_date"])).days,
            }
        )
    return found


def behaviour(rows: Rows, day: dt.date) -> dict[str, tuple[Fraction, ...]]:
    """Customer number -> count, mean to pay, mean late, median late, mean from due, share late."""
    groups = defaultdict(list)
    for each in paid(rows, day):
        groups[each["number"]].append(each)
        groups[""].append(each)
    return {
        number: (
            Fraction(len(group)),
            Fraction(sum(each["taken"] for each in group), len(group)),
            Fraction(sum(max(each["late"], 0) for each in group), len(group)),
            Fraction(statistics.median([Fraction(max(each["late"], 0)) for each in group])),
            Fraction(sum(each["late"] for each in group), len(group)),
            Fraction(100 * sum(each["late"] > 0 for each in group), len(group)),
        )
        for number, group in groups.items()
    }


def boxes(rows: Rows, start=None, end=None) -> dict[str, tuple[int, int]]:
    """Box -> base and tax in cents, by invoice date."""
    taxes = defaultdict(list)
    for tax in rows.document_tax:
        taxes[tax["document_id"]].append(tax)
    found = defaultdict(lambda: [0, 0])
    for document, sign in documents(rows, start, end):
        if document["is_imported"]:
            continue
        for tax in taxes[document["id"]]:
            found[tax["box"]][0] += sign * tax["base"]
            found[tax["box"]][1] += sign * tax["tax"]
    return {box: tuple(sums) for box, sums in found.items()}
