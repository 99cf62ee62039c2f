"""A statement of 10,000 lines, imported and matched against 100,000 open invoices.

The limit is reading the file alone: what comes on top of it is storing the lines, the index over
what is open, and the matching.
"""

from __future__ import annotations

import shutil
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import text
from tests.factories.statements import camt, entry

from benchmarks.case import Case
from benchmarks.matching import grown
from klantenapp.services.customers import business
from klantenapp.services.customers.business import BusinessData
from klantenapp.services.imports import bank, bank_file
from klantenapp.services.imports.source import Source
from klantenapp.services.receivables import bank_lines
from klantenapp.services.store import clock
from klantenapp.services.store.administration import Administration
from klantenapp.services.store.operations import FINAL, register

if TYPE_CHECKING:
    from sqlalchemy.orm import Session
    from tests.factories.bank_lines import World

FILL = register("benchmark.open_items", FINAL)
OWN = "NL02ABNA0123456789"


def statement(world: World) -> bytes:
    """The lines as a CAMT.053."""
    entries = []
    for labelled in world.lines:
        line = labelled.line
        if line.amount:
            entries.append(
                entry(
                    line.day.isoformat(),
                    str(line.amount),
                    _plain(f"{line.text} {line.reference}"),
                    name=_plain(line.name) or "?",
                    account=line.account or "NL91ABNA0417164300",
                )
            )
    return camt(*entries)


def _plain(words: str) -> str:
    return words.replace("&", "en").replace("<", " ").strip()


def fill(path: Path, world: World) -> None:
    """Customers and open entries, straight into the tables."""
    administration = Administration.create(path)
    data = BusinessData(legal_name="Meting", iban=OWN)
    administration.write(business.CREATE, partial(business.create, data=data))
    now = clock.now().replace(tzinfo=None).isoformat(timespec="microseconds")
    names = {customer.id: customer for customer in world.customers}
    ids = sorted({item.customer_id for item in world.items} | names.keys())

    def rows(session: Session) -> None:
        connection = session.connection()
        insert = text(
            "INSERT INTO customer (id, number, name, sort_name, search, kind, iban, large_company,"
            " never_remind, created_at) VALUES (:id, :number, :name, '', '', 'business', :iban, 0,"
            " 0, :now)"
        )
        connection.execute(insert, [_customer(each, names, now) for each in ids])
        insert = text(
            "INSERT INTO ledger_entry (id, customer_id, kind, date, due_date, amount, reference,"
            " created_at) VALUES (:id, :customer, 'opening', :day, :day, :amount, :number, :now)"
        )
        connection.execute(
            insert,
            [
                {
                    "id": item.id,
                    "customer": item.customer_id,
                    "day": item.day.isoformat(),
                    "amount": item.open.cents,
                    "number": item.number,
                    "now": now,
                }
                for item in world.items
            ],
        )

    administration.write(FILL, rows)
    administration.close()


def _customer(customer_id: int, names: dict[int, Any], now: str) -> dict[str, Any]:
    known = names.get(customer_id)
    return {
        "id": customer_id,
        "number": str(customer_id),
        "name": known.names[0] if known and known.names else f"Klant {customer_id}",
        "iban": known.accounts[0] if known and known.accounts else None,
        "now": now,
    }


def case() -> Case:
    """Import and match; against reading the file."""
    folder = tempfile.TemporaryDirectory()
    world = grown()
    filled = Path(folder.name) / "filled.klantenapp"
    fill(filled, world)
    source = Source.of_bytes("bank.xml", statement(world))
    copy = Path(folder.name) / "copy.klantenapp"

    def work() -> None:
        for left in copy.parent.glob("copy.klantenapp*"):
            left.unlink()
        shutil.copyfile(filled, copy)
        administration = Administration.open_file(copy)
        bring = partial(bank.run, file=bank_file.read(source), digest=source.digest())
        administration.write(bank.IMPORT, bring)
        administration.read(bank_lines.suggestions)
        administration.close()

    return Case(work, lambda: bank_file.read(source), rounds=2, close=folder.cleanup)


CASES = {"import_and_match": case}
