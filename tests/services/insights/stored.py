"""What is stored, exported to csv and read back: what plain Python computes reports from."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import text

TABLES = (
    "audit_entry",
    "audit_image",
    "contract",
    "credit_decision",
    "customer",
    "customer_label",
    "document",
    "document_line",
    "document_link",
    "document_tax",
    "item",
    "item_group",
    "ledger_entry",
    "plan_instalment",
    "quote_decision",
    "recurring",
    "reminder",
    "reminder_hold",
    "reminder_invoice",
    "settlement",
)


@dataclass
class Rows:
    """Every row of the tables, as dicts of what is stored: cents and ISO days."""

    tables: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    @classmethod
    def of(cls, session):
        return cls({name: read(exported(session, name)) for name in TABLES})

    def __getattr__(self, name):
        return self.tables[name]

    def by_id(self, name):
        return {row["id"]: row for row in self.tables[name]}


def exported(session, name):
    """A table as csv: names, types, and every row as it is stored."""
    columns = session.execute(text(f"PRAGMA table_info({name})")).all()
    columns = [column for column in columns if column[2] != "BLOB"]
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(column[1] for column in columns)
    writer.writerow(column[2] for column in columns)
    names = ", ".join(f'"{column[1]}"' for column in columns)
    query = text(f"SELECT {names} FROM {name} ORDER BY id")  # noqa: S608 - names of our own tables
    writer.writerows(session.execute(query).all())
    return out.getvalue()


def read(content):
    """Rows of such a csv file; an empty cell is nothing."""
    lines = csv.reader(io.StringIO(content))
    names, types = next(lines), next(lines)
    return [
        {
            name: None if cell == "" else int(cell) if kind == "INTEGER" else cell
            for name, kind, cell in zip(names, types, line, strict=True)
        }
        for line in lines
    ]
