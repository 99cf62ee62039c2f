"""Stored PDFs of many documents into a folder, beside bare writes of the same bytes."""

from __future__ import annotations

import datetime as dt
import shutil
import sys
import tempfile
from functools import partial
from pathlib import Path

from benchmarks import run
from benchmarks.case import Case
from klantenapp.models.values import UnitPrice
from klantenapp.services.care import opening
from klantenapp.services.customers import customers
from klantenapp.services.customers.business import BusinessData
from klantenapp.services.customers.customers import AddressData, CustomerData
from klantenapp.services.sales import bulk_files, drafts, issuing
from klantenapp.services.sales.inputs import DraftInput, LineInput
from klantenapp.services.store import clock

_BUSINESS = BusinessData(
    legal_name="Voorbeeld Installatie",
    street="Modelkade 7",
    postal_code="8011 ZZ",
    city="Zwolle",
    kvk="01234567",
    vat_id="NL001234567B01",
    iban="NL02ABNA0123456789",
)
_ADDRESS = AddressData(street="Proeflaan 1", postal_code="7411 AA", city="Deventer")


def _issue(session: object, customer: int, count: int) -> list[int]:
    made = []
    for number in range(count):
        line = LineInput(description=f"Werk {number}", unit_price=UnitPrice.parse("100"))
        draft = DraftInput(customer_id=customer, lines=(line,))
        document = drafts.add(session, "invoice", draft)  # type: ignore[arg-type]  # a session
        made.append(issuing.issue(session, document).document_id)  # type: ignore[arg-type]  # as above
    return made


def case(count: int) -> Case:
    """So many documents, saved again each round into an empty folder."""
    home = Path(tempfile.mkdtemp())
    with clock.stopped(dt.date(2026, 11, 23)):
        administration = opening.begin(home / "bench.klantenapp", _BUSINESS)
        data = CustomerData(name="Proef B.V.", addresses=(_ADDRESS,))
        customer, _changes = administration.write(customers.ADD, partial(customers.add, data=data))
        ids, _changes = administration.write(
            issuing.ISSUE, partial(_issue, customer=customer, count=count)
        )

    def step(_done: int, _total: int) -> None:
        """Nobody stops it."""

    contents = administration.read(
        lambda session: [paper.content for paper in bulk_files.papers(session, ids, step)]
    )

    def work() -> None:
        folder = Path(tempfile.mkdtemp(dir=home))
        administration.read(lambda session: bulk_files.save(session, ids, folder, step))
        shutil.rmtree(folder)

    def limit() -> None:
        folder = Path(tempfile.mkdtemp(dir=home))
        for number, content in enumerate(contents):
            (folder / f"{number}.pdf").write_bytes(content)
        shutil.rmtree(folder)

    def close() -> None:
        administration.close()
        shutil.rmtree(home, ignore_errors=True)

    return Case(work, limit, rounds=3, close=close)


def main() -> int:
    """Measure these cases alone."""
    return run.main(["bulk."])


CASES = {"thousand_pdfs_to_a_folder": lambda: case(1000)}


if __name__ == "__main__":
    sys.exit(main())
