"""What the user waits for: starting, searching at each key, and issuing an invoice."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
import tempfile
from dataclasses import replace
from functools import partial
from itertools import count, cycle
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from benchmarks import data
from benchmarks.case import Case
from klantenapp.models.catalogue import TaxCode
from klantenapp.models.values import Quantity, UnitPrice
from klantenapp.services.customers import business, customers, listing
from klantenapp.services.customers.customers import AddressData, CustomerData
from klantenapp.services.sales import drafts, issuing
from klantenapp.services.sales.inputs import DraftInput, LineInput
from klantenapp.services.store import clock

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

START_INVOICES: Final = 10_000
SEARCH_INVOICES: Final = 100_000
_BARE: Final = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
application = QApplication([])
window = QMainWindow()
window.show()
QTimer.singleShot(0, application.quit)
application.exec()
"""
_PROGRAM: Final = """
import os, sys
from pathlib import Path
import klantenapp.ui.qt
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from klantenapp.ui.app import Application
application = QApplication([])
root = Application(Path(sys.argv[1]), "nl")
root.show()
def look():
    if root.window.navigation.place is not None and root.ops.quiet:
        os._exit(0)
timer = QTimer()
timer.timeout.connect(look)
timer.start(5)
application.exec()
"""


def start() -> Case:
    """From nothing to the overview with its figures; against a process with a bare window."""
    folder = tempfile.TemporaryDirectory()
    path = data.build(Path(folder.name) / "large.klantenapp", START_INVOICES)
    environment = {**os.environ, "KLANTENAPP_HOME": folder.name, "QT_QPA_PLATFORM": "offscreen"}
    environment["PYTHONPATH"] = os.pathsep.join(sys.path)

    def run(code: str) -> None:
        command = [sys.executable, "-c", code, str(path)]
        # The command is this file's own.
        subprocess.run(command, env=environment, check=True, capture_output=True)  # noqa: S603 - see above

    return Case(partial(run, _PROGRAM), partial(run, _BARE), rounds=5, close=folder.cleanup)


def search() -> Case:
    """Ids and one screen of 10,000 customers at each key; against one bare LIKE."""
    folder = tempfile.TemporaryDirectory()
    path = data.build(Path(folder.name) / "large.klantenapp", SEARCH_INVOICES)
    administration = data.opened(path)
    typed = cycle(["k", "kl", "kla", "klan", "klant"])

    def work() -> None:
        wanted = listing.Filter(text=next(typed))

        def query(session: Session) -> object:
            ids = listing.list_ids(session, wanted, ("name", False), data.TODAY)
            return listing.list_rows(session, ids[:40], data.TODAY)

        administration.read(query)

    def limit() -> None:
        administration.read(
            lambda session: (
                session.connection()
                .exec_driver_sql(
                    "SELECT id FROM customer WHERE search LIKE ? ORDER BY sort_name",
                    (f"%{next(typed)}%",),
                )
                .fetchall()
            )
        )

    def close() -> None:
        administration.close()
        folder.cleanup()

    return Case(work, limit, close=close)


def issue() -> Case:
    """Check, number, draw and freeze a draft of one line; against one bare insert with fsync."""
    folder = tempfile.TemporaryDirectory()
    path = data.build(Path(folder.name) / "large.klantenapp", START_INVOICES)
    administration = data.opened(path)
    day = data.TODAY + dt.timedelta(days=1)
    bare = (Path(folder.name) / "bare").open("ab", buffering=0)
    number = count(1)
    with clock.stopped(day):
        seller = replace(
            administration.read(business.read),
            street="Noordkade 7",
            postal_code="8011 ZZ",
            city="Zwolle",
            kvk="01234567",
            vat_id="NL001234567B29",
            iban="NL02ABNA0123456789",
        )
        administration.write(business.CHANGE, partial(business.change, data=seller))
        who = CustomerData(
            name="Voorbeeld Bouw B.V.",
            addresses=(AddressData(street="Modelweg 8", postal_code="8011 AB", city="Zwolle"),),
        )
        customer = administration.write(customers.ADD, partial(customers.add, data=who))[0]
    tax = administration.read(
        lambda session: session.scalars(select(TaxCode.id).where(TaxCode.code == "high")).one()
    )
    line = LineInput(
        description="Werk",
        quantity=Quantity.parse("1"),
        unit_price=UnitPrice.parse("95"),
        tax_code_id=tax,
    )
    draft = DraftInput(customer_id=customer, lines=(line,))

    def make() -> int:
        work = partial(drafts.add, kind="invoice", draft=draft)
        return administration.write(drafts.ADD, work)[0]

    with clock.stopped(day):
        waiting = [make() for _ in range(22)]

    def work() -> None:
        with clock.stopped(day):
            administration.write(issuing.ISSUE, partial(issuing.issue, document_id=waiting.pop()))

    def limit() -> None:
        bare.write(f"{next(number)}\n".encode())
        os.fsync(bare.fileno())

    def close() -> None:
        bare.close()
        administration.close()
        folder.cleanup()

    return Case(work, limit, close=close)


CASES = {"start": start, "search": search, "issue": issue}
