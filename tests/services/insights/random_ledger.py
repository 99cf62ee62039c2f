"""Small random administrations: documents, tax, ledger and settlements, written straight as rows.

Nothing here goes through a service, so that reports meet what services would not make on the same
day: payments before invoices, credits of another date, settlements taken back later.
"""

from __future__ import annotations

import datetime as dt
from itertools import count

from hypothesis import strategies as st
from sqlalchemy import column, insert, text
from sqlalchemy import table as sql_table

START = dt.date(2026, 1, 1)
DAYS = 400
NOW = "2027-03-01T00:00:00Z"

days = st.integers(0, DAYS)
cents = st.integers(1, 300_000)


@st.composite
def plans(draw):
    """What to write: invoices and credit notes of three customers, with money on them."""
    documents = draw(
        st.lists(
            st.tuples(
                st.integers(0, 2),
                st.sampled_from(["invoice", "invoice", "invoice", "credit_note"]),
                days,
                st.sampled_from([0, 8, 14, 30, 60]),
                cents,
                st.sampled_from(
                    [("S", 2100, "1a"), ("S", 900, "1b"), ("AE", 0, "3b"), ("E", 0, "none")]
                ),
                st.booleans(),
            ),
            max_size=9,
        )
    )
    moves = draw(
        st.lists(
            st.tuples(
                st.integers(0, 8),
                days,
                st.integers(1, 100),
                st.sampled_from(["payment", "payment", "payment", "write_off", "credit"]),
                st.one_of(st.none(), st.integers(0, 60)),
            ),
            max_size=14,
        )
    )
    return documents, moves


class Writer:
    """Writes a plan into a session."""

    def __init__(self, session):
        self.session = session
        self.ids = count(1)

    def insert(self, table, **values):
        into = sql_table(table, *(column(name) for name in values))
        return self.session.execute(insert(into).values(**values)).lastrowid

    def write(self, plan):
        documents, moves = plan
        customers = [self._customer(name) for name in ("Aa", "Bb", "Cc")]
        series = self.insert("number_series", kind="imported", pattern="{number}", is_own=0)
        entries = [self._document(series, customers, *document) for document in documents]
        for index, day, percent, kind, undone in moves:
            if entries:
                self._move(entries, index % len(entries), day, percent, kind, undone)

    def _customer(self, name):
        return self.insert(
            "customer",
            number=f"K{next(self.ids)}",
            name=name,
            sort_name=name.lower(),
            search=name.lower(),
            kind="business",
            large_company=0,
            never_remind=0,
            created_at=NOW,
        )

    def _document(self, series, customers, who, kind, day, term, net, tax, imported):
        category, percent, box = tax
        date = (START + dt.timedelta(days=day)).isoformat()
        due = (START + dt.timedelta(days=day + term)).isoformat()
        vat = (net * percent + 5_000) // 10_000
        number = next(self.ids)
        document = self.insert(
            "document",
            kind=kind,
            state="draft",
            customer_id=customers[who],
            series_id=series,
            number=f"D{number}",
            date=date,
            due_date=due,
            net_total=net,
            tax_total=vat,
            total=net + vat,
            small_business=0,
            is_imported=int(imported),
            created_at=NOW,
            changed_at=NOW,
            revision=0,
        )
        self.insert(
            "document_tax",
            document_id=document,
            category=category,
            percent=percent,
            box=box,
            base=net,
            tax=vat,
        )
        # Rows of issued documents are frozen, so it is issued last.
        self.session.execute(
            text("UPDATE document SET state = 'issued' WHERE id = :id"), {"id": document}
        )
        sign = 1 if kind == "invoice" else -1
        entry = self._entry(
            customers[who], kind, date, sign * (net + vat), due if sign > 0 else None, document
        )
        return {"id": entry, "customer": customers[who], "sign": sign, "date": date}

    def _entry(self, customer, kind, date, amount, due=None, document=None):
        return self.insert(
            "ledger_entry",
            customer_id=customer,
            kind=kind,
            date=date,
            due_date=due,
            amount=amount,
            document_id=document,
            created_at=NOW,
        )

    def _open(self, entry):
        query = text("SELECT open_amount FROM ledger_entry WHERE id = :id")
        return self.session.execute(query, {"id": entry}).scalar_one()

    def _move(self, entries, index, day, percent, kind, undone):
        entry = entries[index]
        left = abs(self._open(entry["id"]))
        amount = left * percent // 100
        date = (START + dt.timedelta(days=day)).isoformat()
        if not amount:
            return
        if kind == "credit" or entry["sign"] < 0:
            self._use(entries, entry, amount, date)
            return
        credit = self._entry(entry["customer"], kind, date, -amount)
        settled = self._settle(entry["id"], credit, amount, date)
        if undone is not None:
            later = (START + dt.timedelta(days=day + undone)).isoformat()
            self._settle(entry["id"], credit, -amount, later, settled)
            void = self._entry(entry["customer"], "void", later, amount)
            self._settle(void, credit, amount, later)

    def _use(self, entries, entry, amount, date):
        """Tie a credit note to an invoice of the same customer, or pay it back."""
        for other in entries:
            if other["customer"] == entry["customer"] and other["sign"] != entry["sign"]:
                part = min(amount, abs(self._open(other["id"])))
                if part:
                    debit, credit = sorted((entry, other), key=lambda each: -each["sign"])
                    self._settle(debit["id"], credit["id"], part, date)
                    return
        if entry["sign"] < 0:
            refund = self._entry(entry["customer"], "refund", date, amount)
            self._settle(refund, entry["id"], amount, date)

    def _settle(self, debit, credit, amount, date, counters=None):
        return self.insert(
            "settlement",
            debit_id=debit,
            credit_id=credit,
            amount=amount,
            date=date,
            counters_id=counters,
            created_at=NOW,
        )
