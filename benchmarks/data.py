"""Large administrations to measure on, written in bulk: seconds where the services take minutes.

Customers with ten invoices each of about three lines, 80 % paid in full, 8 % in part, over seven
years, as in `facts/performance.md`. They are sound: a check of the whole finds nothing.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import random
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import text

from klantenapp.services.care import opening
from klantenapp.services.customers.business import BusinessData
from klantenapp.services.store import clock, files
from klantenapp.services.store.operations import FINAL, register

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy.orm import Session

    from klantenapp.services.store.administration import Administration

FILL: Final = register("benchmark.fill", FINAL)
PER_CUSTOMER: Final = 10
YEARS: Final = 7
TODAY: Final = dt.date(2026, 11, 23)
_PAID_IN_FULL, _PAID_IN_PART = 0.80, 0.88


@dataclass
class _Rows:
    """What goes into one table, as tuples."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]] = field(default_factory=list)


_TABLES: Final = {
    "customer": (
        "id number name sort_name search kind email large_company never_remind created_at"
    ),
    "address": "customer_id kind position street postal_code city country",
    "item": "id code name sort_name search tax_code_id nature price",
    "document": (
        "id kind state customer_id series_id series_year series_number number date due_date"
        " language payment_term_id payment_method_id tax_treatment prices_include_tax net_total"
        " tax_total total small_business snapshot snapshot_digest pdf_id is_imported created_at"
        " changed_at issued_at revision"
    ),
    "document_line": (
        "document_id position item_id description quantity unit_price is_manual_price"
        " is_manual_discount source tax_code_id nature tax_category tax_percent box net optional"
    ),
    "document_tax": "document_id category percent box base tax",
    "payment": "id customer_id date amount method reference created_at",
    "ledger_entry": (
        "id customer_id kind date due_date amount document_id payment_id reference created_at"
    ),
    "settlement": "debit_id credit_id amount date created_at",
    "number_counter": "series_id year first last last_date",
}


def build(path: Path, invoices: int, seed: int = 1) -> Path:
    """Write an administration with so many invoices and a tenth as many customers.

    Raises:
        FileExists: something is there already.
    """
    with clock.stopped(TODAY):
        administration = opening.begin(path, BusinessData(legal_name="Groot Voorbeeld"))
        try:
            administration.write(FILL, lambda session: _Filler(session, seed).fill(invoices))
        finally:
            administration.close()
    return path


class _Filler:
    def __init__(self, session: Session, seed: int) -> None:
        self._session = session
        # Not for secrets: the same seed has to give the same file.
        self._random = random.Random(seed)  # noqa: S311 - see above
        self._tables = {name: _Rows(tuple(columns.split())) for name, columns in _TABLES.items()}
        self._payments, self._entries = count(1), count(1)
        self._moment = clock.now().replace(tzinfo=None).isoformat(timespec="microseconds")
        self._pdf = files.store(session, b"%PDF-1.4 one for all", "application/pdf")

    def fill(self, invoices: int) -> None:
        """Make every row and insert it, table by table."""
        customers = max(1, invoices // PER_CUSTOMER)
        for number in range(1, customers + 1):
            self._customer(number)
        for number in range(1, 101):
            self._add(
                "item",
                number,
                f"A-{number}",
                f"Artikel {number}",
                f"artikel {number}",
                f"a-{number} artikel {number}",
                1,
                "service",
                number * 12_500,
            )
        last: dict[int, tuple[int, dt.date]] = {}
        for number, day in enumerate(self._days(invoices), start=1):
            in_year = last.get(day.year, (0, day))[0] + 1
            last[day.year] = (in_year, day)
            self._invoice(number, self._random.randint(1, customers), day, in_year)
        for year, (used, day) in last.items():
            self._add("number_counter", 1, year, 1, used, day.isoformat())
        self._insert()

    def _days(self, number: int) -> Iterator[dt.date]:
        reach = YEARS * 365
        back = sorted((self._random.randint(1, reach) for _ in range(number)), reverse=True)
        return (TODAY - dt.timedelta(days=days) for days in back)

    def _add(self, table: str, *values: Any) -> None:
        self._tables[table].rows.append(values)

    def _customer(self, number: int) -> None:
        name = (
            f"Klant {number} {self._random.choice(('Bouw', 'Hotel', 'Zorg', 'Café', 'Bakkerij'))}"
        )
        folded = name.lower().replace("é", "e")
        email = f"klant{number}@groot.example"
        self._add(
            "customer",
            number,
            f"{1000 + number}",
            name,
            folded,
            f"{folded}\n{1000 + number}\n{email}",
            "business",
            email,
            0,
            0,
            self._moment,
        )
        self._add("address", number, "invoice", 0, f"Straat {number}", "8011 AB", "Zwolle", "NL")

    def _invoice(self, number: int, customer: int, day: dt.date, in_year: int) -> None:
        chance = self._random
        lines = [
            (chance.randint(1, 100), chance.randint(1, 20)) for _ in range(chance.randint(1, 5))
        ]
        nets = [_half_up(item * 12_500 * quantity, 100) for item, quantity in lines]
        net = sum(nets)
        tax = _half_up(net * 2100, 10_000)
        printed, due = f"{day.year}-{in_year:04}", (day + dt.timedelta(days=30)).isoformat()
        snapshot = json.dumps({"number": printed, "total": net + tax})
        self._add(
            "document",
            number,
            "invoice",
            "draft",
            customer,
            1,
            day.year,
            in_year,
            printed,
            day.isoformat(),
            due,
            "nl",
            5,
            1,
            "domestic",
            0,
            net,
            tax,
            net + tax,
            0,
            snapshot,
            hashlib.sha256(snapshot.encode()).hexdigest(),
            self._pdf,
            0,
            self._moment,
            self._moment,
            self._moment,
            0,
        )
        for position, ((item, quantity), amount) in enumerate(zip(lines, nets, strict=True), 1):
            self._add(
                "document_line",
                number,
                position,
                item,
                f"Artikel {item}",
                quantity * 10_000,
                item * 12_500,
                0,
                0,
                "item",
                1,
                "service",
                "S",
                2100,
                "1a",
                amount,
                0,
            )
        self._add("document_tax", number, "S", 2100, "1a", net, tax)
        debit = next(self._entries)
        self._add(
            "ledger_entry",
            debit,
            customer,
            "invoice",
            day.isoformat(),
            due,
            net + tax,
            number,
            None,
            printed,
            self._moment,
        )
        self._pay(debit, customer, day, net + tax, printed)

    def _pay(self, debit: int, customer: int, day: dt.date, total: int, printed: str) -> None:
        lot = self._random.random()
        paid_on = day + dt.timedelta(days=max(1, round(self._random.gauss(34, 12))))
        amount = total if lot < _PAID_IN_FULL else total * 2 // 5
        if lot >= _PAID_IN_PART or paid_on > TODAY or not amount:
            return
        payment, credit = next(self._payments), next(self._entries)
        self._add(
            "payment",
            payment,
            customer,
            paid_on.isoformat(),
            amount,
            "transfer",
            printed,
            self._moment,
        )
        self._add(
            "ledger_entry",
            credit,
            customer,
            "payment",
            paid_on.isoformat(),
            None,
            -amount,
            None,
            payment,
            printed,
            self._moment,
        )
        self._add("settlement", debit, credit, amount, paid_on.isoformat(), self._moment)

    def _insert(self) -> None:
        connection = self._session.connection()
        for name, table in self._tables.items():
            marks = ", ".join("?" * len(table.columns))
            # Names are our own, from above.
            query = f"INSERT INTO {name} ({', '.join(table.columns)}) VALUES ({marks})"  # noqa: S608 - see above
            if table.rows:
                connection.exec_driver_sql(query, table.rows)
        # Only now: lines and taxes of an issued document are frozen.
        connection.execute(text("UPDATE document SET state = 'issued'"))


def _half_up(numerator: int, denominator: int) -> int:
    return (numerator * 2 + denominator) // (denominator * 2)


def opened(path: Path) -> Administration:
    """The file, open as a window has it, but without its lock."""
    return opening.open_file(path)
