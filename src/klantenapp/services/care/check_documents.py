"""Numbers without gaps, totals that add up, contents that match their hash (I2, I3, I5, I6)."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import text

from klantenapp.models.values import SCALE, WHOLE, Money, Percent, divide_half_up
from klantenapp.services.care.findings import Finding
from klantenapp.services.catalogue.tax import Category
from klantenapp.services.catalogue.tax_totals import TaxedAmount, totals

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Row
    from sqlalchemy.orm import Session


#: In one euro.
CENTS: Final = 100


def _rows(session: Session, query: str) -> Iterator[Row[Any]]:
    """Rows of a query of our own, in pieces."""
    yield from session.connection().execute(text(query), execution_options={"yield_per": 1000})


def numbers(session: Session) -> Iterator[Finding]:
    """Each own series runs from its first number to its last, each once."""
    for row in _rows(
        session,
        """SELECT c.series_id, c.year, c.first, c.last, COUNT(d.id) AS there,
            MIN(d.series_number) AS low, MAX(d.series_number) AS high
        FROM number_counter AS c JOIN number_series AS s ON s.id = c.series_id
        LEFT JOIN document AS d
            ON d.series_id = c.series_id AND d.series_year = c.year
            AND d.state = 'issued' AND d.is_imported = 0
        WHERE s.is_own = 1 GROUP BY c.id""",
    ):
        wanted = row.last - row.first + 1
        if row.there != wanted or (wanted and (row.low, row.high) != (row.first, row.last)):
            detail = f"{row.first}-{row.last}: {row.there}"
            yield Finding("I2", "numbers", f"{row.series_id}/{row.year}", detail)
    for row in _rows(
        session,
        """SELECT d.id, d.number FROM document AS d
        LEFT JOIN number_counter AS c ON c.series_id = d.series_id AND c.year = d.series_year
        LEFT JOIN number_series AS s ON s.id = d.series_id
        WHERE d.state = 'issued' AND d.is_imported = 0
            AND (c.id IS NULL OR d.series_number IS NULL OR s.is_own IS NOT 1)""",
    ):
        yield Finding("I2", "no_number", row.number or str(row.id))
    for row in _rows(
        session,
        """SELECT number, COUNT(*) AS times FROM document WHERE state = 'issued'
        GROUP BY number HAVING COUNT(*) > 1""",
    ):
        yield Finding("I2", "number_twice", row.number, str(row.times))


def order(session: Session) -> Iterator[Finding]:
    """Numbers and dates run together."""
    for row in _rows(
        session,
        """SELECT number, date, before FROM (
            SELECT d.number, d.date, LAG(d.date) OVER (
                PARTITION BY d.series_id ORDER BY d.series_year, d.series_number) AS before
            FROM document AS d WHERE d.state = 'issued' AND d.is_imported = 0
        ) WHERE date < before""",
    ):
        yield Finding("I2", "date_order", row.number, f"{row.date} < {row.before}")


def sums(session: Session) -> Iterator[Finding]:
    """Net and tax make the total; the rates make net and tax."""
    for row in _rows(
        session,
        """SELECT d.number, d.net_total, d.tax_total, d.total,
            COALESCE(SUM(t.base), 0) AS base, COALESCE(SUM(t.tax), 0) AS tax
        FROM document AS d LEFT JOIN document_tax AS t ON t.document_id = d.id
        WHERE d.state = 'issued' GROUP BY d.id
        HAVING d.total <> d.net_total + d.tax_total OR d.net_total <> COALESCE(SUM(t.base), 0)
            OR d.tax_total <> COALESCE(SUM(t.tax), 0)""",
    ):
        detail = f"{Money(row.net_total)} + {Money(row.tax_total)} = {Money(row.total)}"
        yield Finding("I3", "total", row.number, f"{detail}; {Money(row.base)} {Money(row.tax)}")


def recomputed(session: Session) -> Iterator[Finding]:
    """Every own document computed anew from its lines: amounts, bases and tax per rate."""
    taxes = _rows(
        session,
        """SELECT t.document_id, t.category, t.percent, t.base, t.tax
        FROM document_tax AS t JOIN document AS d ON d.id = t.document_id
        WHERE d.state = 'issued' AND d.is_imported = 0 ORDER BY t.document_id""",
    )
    lines = _rows(
        session,
        """SELECT d.id, d.number, d.total_discount, d.prices_include_tax, l.unit_price, l.quantity,
            l.discount, l.net, l.gross, l.tax_category, l.tax_percent
        FROM document AS d JOIN document_line AS l ON l.document_id = d.id
        WHERE d.state = 'issued' AND d.is_imported = 0
            AND l.optional = 0 AND l.alternative IS NULL ORDER BY d.id, l.position""",
    )
    by_document = groupby(taxes, key=lambda row: row.document_id)
    stored_id, stored = next(by_document, (0, iter(())))
    for document_id, group in groupby(lines, key=lambda row: row.id):
        while stored_id and stored_id < document_id:
            stored_id, stored = next(by_document, (0, iter(())))
        rows = list(group)
        rates = list(stored) if stored_id == document_id else []
        detail = _wrong(rows, rates)
        if detail:
            yield Finding("I3", "recomputed", rows[0].number, detail)


def _wrong(lines: list[Row[Any]], rates: list[Row[Any]]) -> str:
    """What differs from a document computed anew; empty where nothing does."""
    gross = bool(lines[0].prices_include_tax)
    for line in lines:
        amount = _amount(line)
        if amount != (line.gross if gross else line.net):
            return f"{Money(line.net)} <> {Money(amount)}"
    there = {(rate.category, rate.percent or 0): (rate.base, rate.tax) for rate in rates}
    fresh = _fresh_with_discount(lines) if gross or lines[0].total_discount else _fresh(lines)
    return "" if there == fresh else f"{there} <> {fresh}"


def _amount(line: Row[Any]) -> int:
    """Amount of a line in cents: quantity × price − discount, rounded once.

    The rule of `UnitPrice.times` on bare integers, for hundreds of thousands of lines.
    """
    points = WHOLE - (line.discount or 0)
    return divide_half_up(line.unit_price * line.quantity * points, SCALE * SCALE * WHOLE // CENTS)


def _fresh(lines: list[Row[Any]]) -> dict[tuple[str, int], tuple[int, int]]:
    """Base and tax per category and rate of net prices without a discount on the document."""
    bases: dict[tuple[str, int], int] = defaultdict(int)
    for line in lines:
        bases[line.tax_category, line.tax_percent or 0] += line.net
    return {
        (category, points): (base, divide_half_up(base * points, WHOLE))
        for (category, points), base in bases.items()
    }


def _fresh_with_discount(lines: list[Row[Any]]) -> dict[tuple[str, int], tuple[int, int]]:
    gross = bool(lines[0].prices_include_tax)
    found = totals(
        [
            TaxedAmount(
                Money(line.gross if gross else line.net),
                Category(line.tax_category),
                None if line.tax_percent is None else Percent(line.tax_percent),
            )
            for line in lines
        ],
        Percent(lines[0].total_discount or 0),
        prices_include_tax=gross,
    )
    return {
        (rate.category.value, rate.percent.points if rate.percent else 0): (
            rate.base.cents,
            rate.tax.cents,
        )
        for rate in found.rates
    }


def snapshots(session: Session) -> Iterator[Finding]:
    """What was issued is what its hash says, and says what the row says."""
    for row in _rows(
        session,
        """SELECT d.number, d.snapshot, d.snapshot_digest,
            CASE WHEN json_valid(d.snapshot) THEN d.snapshot ->> '$.number' END AS said,
            CASE WHEN json_valid(d.snapshot) THEN d.snapshot ->> '$.total' END AS total,
            d.total AS booked
        FROM document AS d WHERE d.state = 'issued' AND d.is_imported = 0""",
    ):
        if row.snapshot is None:
            yield Finding("I5", "no_snapshot", row.number)
        elif hashlib.sha256(row.snapshot.encode()).hexdigest() != row.snapshot_digest:
            yield Finding("I5", "snapshot", row.number)
        elif row.said != row.number or (row.total or 0) != row.booked:
            yield Finding("I5", "snapshot_differs", row.number, f"{row.said} {row.total}")


def pdfs(session: Session) -> Iterator[Finding]:
    """Every document issued here has its PDF."""
    for row in _rows(
        session,
        """SELECT d.number FROM document AS d LEFT JOIN stored_file AS f ON f.id = d.pdf_id
        WHERE d.state = 'issued' AND d.is_imported = 0
            AND (f.id IS NULL OR f.media_type <> 'application/pdf')""",
    ):
        yield Finding("I6", "no_pdf", row.number)


def stored_contents(session: Session) -> Iterator[Finding]:
    """Every stored file is what its hash says; one at a time, so memory stays flat."""
    for row in session.connection().execute(
        text("SELECT id, digest, size, content FROM stored_file"),
        execution_options={"yield_per": 1},
    ):
        if len(row.content) != row.size or hashlib.sha256(row.content).hexdigest() != row.digest:
            yield Finding("I6", "file", str(row.id), row.digest)


QUESTIONS: Final = (numbers, order, sums, recomputed, snapshots, pdfs)
