"""The ledger adds up, and nothing is settled or assigned above its amount (I4, I8)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import text

from klantenapp.models.values import Money
from klantenapp.services.care.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session


def open_amounts(session: Session) -> Iterator[Finding]:
    """What is open is the amount without its settlements, and between nothing and the amount."""
    for row in session.connection().execute(
        text(
            """WITH d AS (SELECT debit_id AS id, SUM(amount) AS amount FROM settlement GROUP BY 1),
                c AS (SELECT credit_id AS id, SUM(amount) AS amount FROM settlement GROUP BY 1),
                e AS (SELECT e.id, e.amount, e.open_amount, e.customer_id,
                    e.amount - COALESCE(d.amount, 0) + COALESCE(c.amount, 0) AS fresh
                FROM ledger_entry AS e LEFT JOIN d ON d.id = e.id LEFT JOIN c ON c.id = e.id)
            SELECT * FROM e WHERE open_amount <> fresh
                OR (amount > 0 AND fresh NOT BETWEEN 0 AND amount)
                OR (amount < 0 AND fresh NOT BETWEEN amount AND 0)"""
        )
    ):
        detail = f"{Money(row.open_amount)} <> {Money(row.fresh)} / {Money(row.amount)}"
        yield Finding("I4", "open_amount", str(row.id), detail)


def balances(session: Session) -> Iterator[Finding]:
    """A customer's balance is the same from entries and from what is open."""
    for row in session.connection().execute(
        text(
            """SELECT c.number, SUM(e.amount) AS amount, SUM(e.open_amount) AS open
            FROM ledger_entry AS e JOIN customer AS c ON c.id = e.customer_id
            GROUP BY e.customer_id HAVING SUM(e.amount) <> SUM(e.open_amount)"""
        )
    ):
        yield Finding("I4", "balance", row.number, f"{Money(row.amount)} <> {Money(row.open)}")


def sides(session: Session) -> Iterator[Finding]:
    """A settlement ties what is owed to what is in favour, of one customer."""
    for row in session.connection().execute(
        text(
            """SELECT s.id FROM settlement AS s JOIN ledger_entry AS d ON d.id = s.debit_id
            JOIN ledger_entry AS c ON c.id = s.credit_id
            WHERE d.amount <= 0 OR c.amount >= 0 OR d.customer_id <> c.customer_id"""
        )
    ):
        yield Finding("I4", "settlement", str(row.id))


def posted(session: Session) -> Iterator[Finding]:
    """Each issued document and each payment stands in the ledger once, for its amount."""
    for row in session.connection().execute(
        text(
            """SELECT d.number, d.total, COUNT(e.id) AS times, SUM(e.amount) AS amount
            FROM document AS d LEFT JOIN ledger_entry AS e ON e.document_id = d.id
                AND e.kind = d.kind AND e.customer_id = d.customer_id
            WHERE d.state = 'issued' AND d.kind <> 'quote' GROUP BY d.id
            HAVING COUNT(e.id) <> (d.total <> 0) OR COALESCE(SUM(e.amount), 0)
                <> CASE d.kind WHEN 'credit_note' THEN -d.total ELSE d.total END"""
        )
    ):
        yield Finding("I4", "not_posted", row.number, f"{Money(row.total)} / {row.times}")
    for row in session.connection().execute(
        text(
            """SELECT p.id, p.amount, COUNT(e.id) AS times, SUM(e.amount) AS booked
            FROM payment AS p LEFT JOIN ledger_entry AS e ON e.payment_id = p.id
                AND e.kind IN ('payment', 'refund') AND e.customer_id = p.customer_id
            GROUP BY p.id HAVING COUNT(e.id) <> 1 OR SUM(e.amount) <> -p.amount"""
        )
    ):
        yield Finding("I4", "payment_not_posted", str(row.id), str(Money(row.amount)))
    for row in session.connection().execute(
        text(
            """SELECT e.id FROM ledger_entry AS e LEFT JOIN document AS d ON d.id = e.document_id
            WHERE e.kind IN ('invoice', 'credit_note') AND (d.id IS NULL OR d.state <> 'issued')"""
        )
    ):
        yield Finding("I4", "no_document", str(row.id))


def voids(session: Session) -> Iterator[Finding]:
    """A void counters its entry exactly."""
    for row in session.connection().execute(
        text(
            """SELECT v.id FROM ledger_entry AS v JOIN ledger_entry AS e ON e.id = v.voids_id
            WHERE v.amount <> -e.amount OR v.customer_id <> e.customer_id"""
        )
    ):
        yield Finding("I4", "void", str(row.id))


def bank_lines(session: Session) -> Iterator[Finding]:
    """No more of a bank line is assigned than it brought, and all in its direction."""
    for row in session.connection().execute(
        text(
            """SELECT l.id, l.amount, SUM(a.amount) AS assigned,
                MIN(a.amount * l.amount > 0) AS along
            FROM bank_line AS l JOIN bank_assignment AS a ON a.bank_line_id = l.id
            WHERE a.released_at IS NULL GROUP BY l.id
            HAVING ABS(SUM(a.amount)) > ABS(l.amount) OR MIN(a.amount * l.amount > 0) = 0"""
        )
    ):
        yield Finding(
            "I8", "bank_line", str(row.id), f"{Money(row.assigned)} / {Money(row.amount)}"
        )


QUESTIONS: Final = (open_amounts, balances, sides, posted, voids, bank_lines)
