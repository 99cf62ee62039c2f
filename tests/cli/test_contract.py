"""Contracts and their reports from a terminal, with the keys of the contract file."""

from __future__ import annotations

import csv
import json

import pytest
from tests.factories import administrations

from klantenapp.services.store import clock


@pytest.fixture
def shop(path, klantenapp):
    """An administration with a customer and two items; calls commands on it."""

    def call(*arguments):
        return klantenapp("--file", path, *arguments)

    with clock.stopped(dt_today()):
        call("customer", "add", "--name", "Voorbeeld Bouw B.V.", "--number", "1001")
        call("item", "add", "--code", "UUR", "--name", "Monteur", "--price", "68.00")
        call("item", "add", "--code", "KETEL", "--name", "Onderhoud", "--price", "94.50")
        yield call
    opened = administrations.opened(path)
    administrations.require_sound(opened)
    opened.close()


def dt_today():
    import datetime as dt  # noqa: PLC0415 - one use

    return dt.date(2026, 11, 23)


CONTRACT = {
    "customer_number": "1001",
    "name": "Raamcontract 2026",
    "reference": "RC-26",
    "valid_from": "2026-01-01",
    "valid_to": "2026-12-31",
    "prices": [
        {"item": "UUR", "price": "62.00"},
        {"item": "UUR", "price": "58.00", "min_quantity": "20"},
    ],
    "discount_percent": "2.5",
    "total_discount_percent": None,
    "at_end": "remind",
    "remind_days": 60,
    "tax_treatment": "reverse_charge",
}


def written(tmp_path, **values):
    file = tmp_path / "contract.json"
    merged = {key: value for key, value in (CONTRACT | values).items() if value is not ...}
    file.write_text(json.dumps(merged))
    return file


def test_a_contract_is_added_from_its_file_and_listed_with_the_same_keys(shop, tmp_path):
    said = shop("contract", "add", written(tmp_path), "--json")
    assert said.code == 0
    assert said.json == {
        "id": 1,
        "customer_number": "1001",
        "customer": "Voorbeeld Bouw B.V.",
        "name": "Raamcontract 2026",
        "reference": "RC-26",
        "status": "active",
        "valid_from": "2026-01-01",
        "valid_to": "2026-12-31",
        "ended_on": None,
        "prices": [
            {"item": "UUR", "price": "62.00", "min_quantity": "0"},
            {"item": "UUR", "price": "58.00", "min_quantity": "20"},
        ],
        "discount_percent": "2.5",
        "group_discounts": [],
        "total_discount_percent": None,
        "at_end": "remind",
        "remind_days": 60,
        "tax_treatment": "reverse_charge",
        "fixed_tax_percent": None,
        "exemption_reason": None,
    }
    assert "btw-id" in said.err  # the tax treatment warns of what the customer lacks
    for arguments in (("contract", "list"), ("contract", "list", "1001")):
        assert shop(*arguments, "--json").json == [said.json]
    assert "Raamcontract 2026" in shop("contract", "list").out
    assert shop("contract", "list", "9999").code == 1


def test_an_invoice_of_the_customer_follows_the_contract_and_says_so(shop, tmp_path):
    shop("contract", "add", written(tmp_path, tax_treatment=...))
    lines = ("--line", "UUR;8", "--line", "UUR;20", "--line", "KETEL;1", "--line", "UUR;1;70.00")
    said = shop("invoice", "new", "--customer", "1001", *lines, "--json")
    assert [
        (line["unit_price"], line["discount_percent"], line["price_source"], line["net"])
        for line in said.json["lines"]
    ] == [
        ("62.00", "0", "contract", "496.00"),
        ("58.00", "0", "contract", "1160.00"),
        ("94.50", "2.5", "contract_discount", "92.14"),
        ("70.00", "0", "manual", "70.00"),
    ]


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"prijs": 1}, "prijs"),
        ({"prices": [{"item": "UUR", "price": "1", "from": "2"}]}, "prices[0].from"),
        ({"prices": [{"item": "UUR"}]}, "prices[0].price"),
        ({"prices": [{"item": "UUR", "price": "veel"}]}, "veel"),
        ({"prices": {"UUR": "62.00"}}, "prices"),
        ({"prices": ["UUR"]}, "prices[0]"),
        ({"prices": [{"item": "WEG", "price": "1"}]}, "WEG"),
        ({"prices": [{"item": "UUR", "price": "-1"}]}, "onder nul"),
        ({"prices": [{"item": "UUR", "price": "1"}] * 2}, "al een prijs vanaf 0"),
        ({"group_discounts": [{"group": "Weg", "percent": "5"}]}, "Weg"),
        ({"customer_number": "9999"}, "9999"),
        ({"customer_number": 1001}, "customer_number"),
        ({"name": ...}, "name"),
        ({"name": "  "}, "name"),
        ({"valid_from": "1-1-2026"}, "1-1-2026"),
        ({"valid_to": "2025-12-31"}, "31-12-2025"),
        ({"discount_percent": "100.5"}, "100,5%"),
        ({"discount_percent": True}, "True"),
        ({"at_end": "perhaps"}, "remind | renew | stop"),
        ({"remind_days": -1}, "-1"),
        ({"tax_treatment": "none"}, "reverse_charge"),
        ({"tax_treatment": "fixed"}, "tarief"),
    ],
)
def test_what_is_wrong_in_the_file_is_named_and_nothing_is_stored(shop, tmp_path, values, told):
    said = shop("contract", "add", written(tmp_path, **values))
    assert (said.code, said.out) == (1, "")
    assert told in said.err
    assert shop("contract", "list", "--json").json == []


def test_numbers_in_the_file_may_be_bare_and_are_exact(shop, tmp_path):
    prices = [{"item": "UUR", "price": 62.1, "min_quantity": 10}]
    said = shop("contract", "add", written(tmp_path, prices=prices, discount_percent=2.5), "--json")
    assert said.json["prices"] == [{"item": "UUR", "price": "62.10", "min_quantity": "10"}]


def test_a_second_contract_on_the_same_days_is_refused_by_name(shop, tmp_path):
    shop("contract", "add", written(tmp_path))
    said = shop("contract", "add", written(tmp_path, name="Ander", valid_from="2026-12-31"))
    assert said.code == 1
    assert "Raamcontract 2026" in said.err


def test_price_agreements_tell_who_pays_what_from_which_source(shop, tmp_path):
    shop("contract", "add", written(tmp_path, tax_treatment=...))
    said = shop("report", "price-agreements", "--as-of", "2026-11-23", "--json")
    keys = ("customer_number", "item", "min_quantity", "price", "discount_percent", "net_price")
    assert [tuple(row[key] for key in keys) for row in said.json["rows"]] == [
        ("1001", "UUR", "0", "62.00", None, "62.00"),
        ("1001", "UUR", "20", "58.00", None, "58.00"),
        ("1001", "KETEL", "0", "94.50", "2.5", "92.1375"),
    ]
    assert {row["agreement"] for row in said.json["rows"]} == {"Raamcontract 2026"}
    assert {row["valid_to"] for row in said.json["rows"]} == {"2026-12-31"}
    assert said.json["as_of"] == "2026-11-23"
    later = shop("report", "price-agreements", "--as-of", "2027-01-01", "--json")
    assert later.json["rows"] == []
    assert shop("report", "price-agreements", "--customer", "1001", "--json").json["rows"]


def test_contracts_ending_are_told_in_order_of_their_end(shop, tmp_path):
    shop("contract", "add", written(tmp_path))
    later = {"name": "Raamcontract 2027", "valid_from": "2027-01-01", "valid_to": "2027-12-31"}
    shop("contract", "add", written(tmp_path, **later, at_end="renew"))
    open_end = {"name": "Los", "valid_from": "2029-01-01", "valid_to": ...}
    shop("contract", "add", written(tmp_path, **open_end))
    said = shop("report", "contracts-ending", "--as-of", "2026-11-23", "--json")
    assert [(row["contract"], row["ends_on"], row["days_left"]) for row in said.json["rows"]] == [
        ("Raamcontract 2026", "2026-12-31", 38),
        ("Raamcontract 2027", "2027-12-31", 403),
    ]
    period = ("--from", "2027-01-01", "--to", "2027-12-31")
    said = shop("report", "contracts-ending", *period, "--json")
    assert [row["contract"] for row in said.json["rows"]] == ["Raamcontract 2027"]
    assert "Raamcontract 2026" in shop("report", "contracts-ending").out
    backwards = shop("report", "contracts-ending", "--from", "2027-01-01", "--to", "2026-01-01")
    assert backwards.code == 1
    assert shop("report", "nothing").code == 1


@pytest.mark.parametrize("ending", ["xlsx", "ods", "csv", "pdf"])
def test_a_report_is_written_in_the_format_that_its_name_asks_for(shop, tmp_path, ending):
    shop("contract", "add", written(tmp_path))
    file = tmp_path / f"afspraken.{ending}"
    said = shop("report", "price-agreements", "--output", file, "--json")
    assert said.json == {"report": "price-agreements", "file": str(file), "rows": 3}
    assert file.stat().st_size > 300
    if ending == "csv":
        with file.open(encoding="utf-8-sig", newline="") as stream:
            lines = list(csv.reader(stream, delimiter=";"))
        assert lines[0] == ["Prijsafspraken"]
        assert lines[-1][5:8] == ["94,50", "2,5", "92,1375"]


def test_an_ending_that_nobody_writes_is_refused(shop, tmp_path):
    said = shop("report", "price-agreements", "--output", tmp_path / "a.docx")
    assert said.code == 1
    assert "xlsx" in said.err
    assert not (tmp_path / "a.docx").exists()
