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
    """What to write: invoices and credit notes of three customers, with money on them, and more."""
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
    return documents, moves, draw(_others())


@st.composite
def _others(draw):
    """Quotes with answers, reminders, promises, contracts, drafts, and who has a label."""
    who = st.integers(0, 2)
    return {
        "quotes": draw(
            st.lists(
                st.tuples(who, days, cents, st.sampled_from(["", "accepted", "declined"]), days),
                max_size=3,
            )
        ),
        "reminders": draw(st.lists(st.tuples(st.integers(0, 8), days), max_size=3)),
        "promises": draw(
            st.lists(
                st.tuples(st.integers(0, 8), days, st.integers(0, 20), st.booleans()), max_size=3
            )
        ),
        "contracts": draw(
            st.lists(
                st.tuples(who, days, st.one_of(st.none(), st.integers(0, 300)), st.booleans()),
                max_size=3,
            )
        ),
        "drafts": draw(st.lists(st.tuples(who, cents), max_size=2)),
        "labelled": draw(st.lists(who, max_size=2, unique=True)),
        "limits": draw(st.lists(st.integers(0, 500_000), min_size=3, max_size=3)),
    }


class Writer:
    """Writes a plan into a session."""

    def __init__(self, session):
        self.session = session
        self.ids = count(1)

    def insert(self, table, **values):
        into = sql_table(table, *(column(name) for name in values))
        return self.session.execute(insert(into).values(**values)).lastrowid

    def write(self, plan):
        documents, moves, others = plan
        kinds = ("business", "business", "consumer")
        names = zip(("Aa", "Bb", "Cc"), kinds, others["limits"], strict=True)
        customers = [self._customer(*each) for each in names]
        self.items = self._items()
        series = self.insert("number_series", kind="imported", pattern="{number}", is_own=0)
        entries = [self._document(series, customers, *document) for document in documents]
        for index, day, percent, kind, undone in moves:
            if entries:
                self._move(entries, index % len(entries), day, percent, kind, undone)
        self._write_others(series, customers, entries, others)

    def _items(self):
        tax = self.session.execute(text("SELECT min(id) FROM tax_code")).scalar_one()
        group = self.insert("item_group", name="Groep")
        return [None] + [
            self.insert(
                "item",
                code=f"I{number}",
                name=f"Artikel {number}",
                sort_name=f"artikel {number}",
                search="",
                nature="service",
                tax_code_id=tax,
                item_group_id=group if number < 2 else None,
            )
            for number in range(3)
        ]

    def _write_others(self, series, customers, entries, others):
        label = self.insert("label", name="Groep A")
        for who in others["labelled"]:
            self.insert("customer_label", customer_id=customers[who], label_id=label)
        for who, day, net, answer, after in others["quotes"]:
            self._quote(series, customers[who], day, net, answer, after)
        for who, net in others["drafts"]:
            self._paper("invoice", customers[who], None, START, net, net)
        for who, day, length, early in others["contracts"]:
            self._contract(customers[who], START + dt.timedelta(days=day), length, early)
        for index, day in others["reminders"] if entries else ():
            self._remind(entries[index % len(entries)], START + dt.timedelta(days=day))
        for index, day, wait, whole in others["promises"] if entries else ():
            entry = entries[index % len(entries)]
            self.insert(
                "reminder_hold",
                customer_id=entry["customer"],
                document_id=None if whole else entry["document"],
                kind="promise",
                from_date=(START + dt.timedelta(days=day)).isoformat(),
                until=(START + dt.timedelta(days=day + wait)).isoformat(),
                broken=0,
                created_at=NOW,
            )

    def _quote(self, series, customer, day, net, answer, after):
        quote = self._paper("quote", customer, series, START + dt.timedelta(days=day), net, net)
        self.session.execute(
            text("UPDATE document SET state = 'issued' WHERE id = :id"), {"id": quote}
        )
        if answer:
            date = START + dt.timedelta(days=day + after % 40)
            self.insert("quote_decision", document_id=quote, outcome=answer, date=date.isoformat())

    def _contract(self, customer, start, length, early):
        last = start + dt.timedelta(days=length) if length is not None else None
        self.insert(
            "contract",
            customer_id=customer,
            name=f"Contract {next(self.ids)}",
            valid_from=start.isoformat(),
            valid_to=last.isoformat() if last is not None else None,
            at_end="remind",
            remind_days=30,
            is_draft=0,
            ended_on=(start + dt.timedelta(days=10)).isoformat() if early else None,
        )

    def _remind(self, entry, day):
        if entry["sign"] < 0:
            return
        reminder = self.insert(
            "reminder",
            customer_id=entry["customer"],
            kind="reminder",
            date=day.isoformat(),
            channel="letter",
            principal=100,
            costs=0,
            interest=0,
            announced_costs=0,
            created_at=NOW,
        )
        self.insert(
            "reminder_invoice",
            reminder_id=reminder,
            document_id=entry["document"],
            open_amount=100,
        )

    def _paper(self, kind, customer, series, day, net, whole):
        return self.insert(
            "document",
            kind=kind,
            state="draft",
            customer_id=customer,
            series_id=series,
            number=f"D{next(self.ids)}" if series is not None else None,
            date=day.isoformat() if series is not None else None,
            net_total=net,
            tax_total=whole - net,
            total=whole,
            small_business=0,
            is_imported=0,
            created_at=NOW,
            changed_at=NOW,
            revision=0,
        )

    def _customer(self, name, kind, limit):
        return self.insert(
            "customer",
            number=f"K{next(self.ids)}",
            name=name,
            sort_name=name.lower(),
            search=name.lower(),
            kind=kind,
            credit_limit=limit or None,
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
        self._lines(document, net)
        # Rows of issued documents are frozen, so it is issued last.
        self.session.execute(
            text("UPDATE document SET state = 'issued' WHERE id = :id"), {"id": document}
        )
        sign = 1 if kind == "invoice" else -1
        entry = self._entry(
            customers[who], kind, date, sign * (net + vat), due if sign > 0 else None, document
        )
        return {
            "id": entry,
            "customer": customers[who],
            "sign": sign,
            "date": date,
            "document": document,
        }

    def _lines(self, document, net):
        """Three lines of some items; every third document has a discount on the whole."""
        over = 100 if document % 3 == 0 else 0
        parts = [net // 2, net // 3]
        for position, part in enumerate([*parts, net + over - sum(parts)], start=1):
            self.insert(
                "document_line",
                document_id=document,
                position=position,
                item_id=self.items[(document + position) % len(self.items)],
                description="x",
                quantity=10_000,
                unit_price=0,
                source="manual",
                is_manual_price=0,
                is_manual_discount=0,
                nature="service",
                net=part,
                gross=part,
                optional=0,
            )

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
