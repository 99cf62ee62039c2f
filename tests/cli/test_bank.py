"""Importing and matching bank lines from a terminal, with the JSON that scripts rely on."""

from __future__ import annotations

import datetime as dt

import pytest
from tests.factories import administrations
from tests.factories.sales import Shop
from tests.factories.statements import OWN, camt, entry

from klantenapp.services.store import clock


@pytest.fixture
def sold(path):
    with clock.stopped(dt.date(2026, 11, 10)):
        administration = administrations.opened(path)
        shop = Shop(administration)
        issued = shop.invoice(shop.customer("Jansen B.V."))
        administration.close()
    with clock.stopped(dt.date(2026, 11, 23)):
        yield issued.number


def test_a_statement_is_imported_matched_and_booked(klantenapp, path, tmp_path, sold):
    file = tmp_path / "bank.xml"
    lines = (
        entry("2026-11-16", "121.00", f"Factuur {sold}"),
        entry("2026-11-16", "5.00", "?", name="X"),
    )
    file.write_bytes(camt(*lines, closing="1126.00"))
    said = klantenapp("--file", path, "import", "bank", file, "--json")
    assert said.code == 0
    assert said.json == {
        "read": 2,
        "created": 2,
        "updated": 0,
        "skipped": 0,
        "refused": [],
        "balanced": True,
        "accounts": [{"iban": OWN, "read": 2, "sum": "126.00", "difference": "0.00"}],
    }
    said = klantenapp("--file", path, "bank", "match", "--json")
    first, second = said.json["lines"]
    assert list(first) == ["date", "amount", "counterparty", "text", "certainty", "proposals"]
    assert (first["certainty"], second["certainty"]) == ("certain", "none")
    (proposal,) = first["proposals"]
    assert (proposal["invoice"], proposal["amount"]) == (sold, "121.00")
    assert "number" in proposal["reasons"]
    assert klantenapp("--file", path, "bank", "match", "--accept", "certain").code == 0
    said = klantenapp("--file", path, "bank", "match", "--json")
    assert [line["amount"] for line in said.json["lines"]] == ["5.00"]
    assert klantenapp("--file", path, "invoice", "show", sold, "--json").json["status"] == "paid"


def test_a_strange_account_is_refused_by_name_and_read_when_dry(klantenapp, path, tmp_path):
    file = tmp_path / "bank.xml"
    file.write_bytes(camt(entry("2026-11-16", "1.00", "x"), account="NL71RABO0123456789"))
    said = klantenapp("--file", path, "import", "bank", file)
    assert said.code == 1
    assert "NL71RABO0123456789" in said.err
    said = klantenapp("--file", path, "import", "bank", file, "--dry-run", "--json")
    assert (said.code, said.json["created"]) == (0, 1)
    assert klantenapp("--file", path, "import", "bank", file, "--add-account").code == 0


def test_only_certain_ones_can_be_accepted(klantenapp, path):
    assert klantenapp("--file", path, "bank", "match", "--accept", "likely").code == 2


def test_an_invoice_is_written_off_with_a_reason(klantenapp, path, sold):
    said = klantenapp("--file", path, "write-off", sold, "--reason", "Failliet", "--json")
    assert (said.code, said.json["status"], said.json["open"]) == (0, "written_off", "0.00")
    assert klantenapp("--file", path, "write-off", sold, "--reason", "x").code == 1
    assert klantenapp("--file", path, "write-off", sold).code == 2
