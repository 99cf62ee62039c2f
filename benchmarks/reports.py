"""Ageing, revenue, behaviour and forecast beside one hand-written query each, and how they grow."""

from __future__ import annotations

import datetime as dt
import tempfile
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import text

from benchmarks import data
from benchmarks.case import Case
from klantenapp.services.insights import ageing, behaviour_report, forecast, revenue
from klantenapp.services.insights.wanted import Wanted

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

SIZES: Final = (1_000, 10_000, 100_000)
TODAY: Final = data.TODAY
PAST: Final = TODAY - dt.timedelta(days=400)

_AGES: Final = """
SELECT customer_id,
  sum(open_amount) FILTER (WHERE due_date >= :day),
  sum(open_amount) FILTER (WHERE due_date < :day AND julianday(:day) - julianday(due_date) <= 30),
  sum(open_amount) FILTER (WHERE julianday(:day) - julianday(due_date) BETWEEN 31 AND 60),
  sum(open_amount) FILTER (WHERE julianday(:day) - julianday(due_date) BETWEEN 61 AND 90),
  sum(open_amount) FILTER (WHERE julianday(:day) - julianday(due_date) > 90)
FROM ledger_entry WHERE open_amount <> 0 GROUP BY customer_id"""
_PAST_AGES: Final = """
SELECT e.customer_id, sum(e.amount - coalesce(s.cents, 0)) FROM ledger_entry e
LEFT JOIN (SELECT s.debit_id, sum(s.amount) AS cents FROM settlement s
  JOIN ledger_entry c ON c.id = s.credit_id WHERE c.date <= :day GROUP BY s.debit_id) s
ON s.debit_id = e.id WHERE e.date <= :day AND e.amount > 0 GROUP BY e.customer_id"""
_REVENUE: Final = """
SELECT c.number, c.name, count(*), sum(CASE d.kind WHEN 'credit_note' THEN -d.net_total
  ELSE d.net_total END) AS net
FROM document d JOIN customer c ON c.id = d.customer_id
WHERE d.state = 'issued' AND d.kind IN ('invoice', 'credit_note')
GROUP BY c.id ORDER BY net DESC"""
_PAID: Final = """
SELECT i.customer_id, julianday(max(c.date)) - julianday(i.due_date),
  julianday(max(c.date)) - julianday(i.date)
FROM ledger_entry i JOIN settlement s ON s.debit_id = i.id JOIN ledger_entry c ON c.id = s.credit_id
WHERE i.kind = 'invoice' AND i.open_amount = 0 GROUP BY i.id"""

_WORK: Final[dict[str, tuple[Callable[[Session], object], str, dt.date]]] = {
    "ageing": (lambda session: ageing.report(session, Wanted(as_of=TODAY)), _AGES, TODAY),
    "ageing_past": (lambda session: ageing.report(session, Wanted(as_of=PAST)), _PAST_AGES, PAST),
    "revenue": (lambda session: revenue.report(session, Wanted(as_of=TODAY)), _REVENUE, TODAY),
    "behaviour": (
        lambda session: behaviour_report.report(session, Wanted(as_of=TODAY)),
        _PAID,
        TODAY,
    ),
    "forecast": (lambda session: forecast.report(session, Wanted(as_of=TODAY)), _PAID, TODAY),
}


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory()


@cache
def _file(size: int) -> Path:
    return data.build(Path(_folder().name) / f"{size}.klantenapp", size)


def _case(name: str, size: int) -> Case:
    administration = data.opened(_file(size))
    work, query, day = _WORK[name]

    def limit(session: Session) -> object:
        values = {"day": day.isoformat()} if ":day" in query else {}
        return session.execute(text(query), values).fetchall()

    rounds = 10 if size < SIZES[-1] else 4
    return Case(
        partial(administration.read, work),
        partial(administration.read, limit),
        rounds,
        administration.close,
        memory=True,
    )


CASES: Final = {f"{name}_{size}": partial(_case, name, size) for size in SIZES for name in _WORK}
