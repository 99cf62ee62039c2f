"""The worklist over many invoices, and its count for the sidebar, beside bare queries of the same.

One invoice in five is overdue, and every third of those was reminded once.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import text

from benchmarks import data
from benchmarks.case import Case
from klantenapp.services.reminders import letters, ready, worklist
from klantenapp.services.store.operations import FINAL, register

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from klantenapp.services.store.administration import Administration

FILL: Final = register("benchmark.reminders", FINAL)
SIZES: Final = (1_000, 10_000, 100_000)
TODAY: Final = data.TODAY
_REMINDED: Final = TODAY - dt.timedelta(days=20)

_OVERDUE: Final = text("""
SELECT e.id, e.document_id, d.number, e.date, e.due_date, e.amount, e.open_amount,
  c.id, c.number, c.name, c.kind, c.language, c.reminder_policy_id, c.email
FROM ledger_entry e JOIN customer c ON c.id = e.customer_id JOIN document d ON d.id = e.document_id
WHERE e.open_amount > 0 AND e.due_date < :day ORDER BY e.due_date, e.id""")
_PAID: Final = text("""
SELECT s.debit_id, s.amount, c.date FROM settlement s JOIN ledger_entry e ON e.id = s.debit_id
JOIN ledger_entry c ON c.id = s.credit_id WHERE e.open_amount > 0 AND e.due_date < :day""")
_SENT: Final = text("""
SELECT i.document_id, r.kind, r.date FROM reminder r JOIN reminder_invoice i ON i.reminder_id = r.id
""")
_COUNT: Final = text("""
SELECT count(DISTINCT customer_id), sum(open_amount) FROM ledger_entry
WHERE open_amount > 0 AND due_date < :day""")


def _remind(session: Session) -> None:
    """Every third overdue invoice was reminded, three weeks ago."""
    values = {"day": TODAY.isoformat(), "sent": _REMINDED.isoformat()}
    session.execute(
        text(
            "INSERT INTO reminder (id, customer_id, kind, date, channel, principal, costs,"
            " interest, announced_costs, created_at)"
            " SELECT document_id, customer_id, 'reminder', :sent, 'letter', open_amount, 0, 0, 0,"
            " created_at FROM ledger_entry WHERE open_amount > 0 AND due_date < :sent"
            " AND document_id % 3 = 0"
        ),
        values,
    )
    session.execute(
        text(
            "INSERT INTO reminder_invoice (reminder_id, document_id, open_amount)"
            " SELECT id, id, principal FROM reminder"
        )
    )


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory()


@cache
def _file(size: int) -> Path:
    path = data.build(Path(_folder().name) / f"{size}.klantenapp", size)
    administration = data.opened(path)
    administration.write(FILL, _remind)
    administration.close()
    return path


def _case(size: int, work: Callable[[Session], object], *queries: object) -> Case:
    administration: Administration = data.opened(_file(size))

    def limit(session: Session) -> object:
        day = {"day": TODAY.isoformat()}
        return [session.execute(query, day).fetchall() for query in queries]  # type: ignore[call-overload] - text() values from above

    rounds = 10 if size < SIZES[-1] else 4
    return Case(
        partial(administration.read, work),
        partial(administration.read, limit),
        rounds,
        administration.close,
    )


def whole(size: int) -> Case:
    """The list with every amount and its calculation; against the bare rows that it needs."""
    return _case(size, partial(worklist.read, day=TODAY), _OVERDUE, _PAID, _SENT)


def counted(size: int) -> Case:
    """What the sidebar says, computed anew; against a bare count."""
    return _case(size, partial(ready.count, day=TODAY), _COUNT)


def unchanged(size: int) -> Case:
    """What the sidebar says after a change elsewhere; against a bare count."""
    return _case(size, partial(ready.waiting, day=TODAY), _COUNT)


def letter() -> Case:
    """One letter written and drawn; against choosing its row alone."""
    administration = data.opened(_file(SIZES[0]))
    rows = administration.read(partial(worklist.read, day=TODAY))
    row = next(row for row in rows if row.is_ready)
    one = partial(worklist.read, day=TODAY, customer_ids=[row.debtor.id])
    return Case(
        lambda: administration.read(partial(letters.preview, row=row)),
        lambda: administration.read(one),
        close=administration.close,
    )


CASES: Final = {
    **{f"worklist_{size}": partial(whole, size) for size in SIZES},
    **{f"counted_{size}": partial(counted, size) for size in SIZES},
    "unchanged_100000": partial(unchanged, SIZES[-1]),
    "letter": letter,
}
