"""Customers and items from a terminal, with the keys that scripts build upon."""

from __future__ import annotations

import pytest

CUSTOMER = {
    "number",
    "name",
    "kind",
    "email",
    "phone",
    "address",
    "payment_terms_days",
    "payment_method",
    "price_list",
    "tax_treatment",
    "credit_limit",
    "balance",
    "overdue",
}


@pytest.fixture
def run(klantenapp, path):
    def command(*arguments):
        return klantenapp("--file", str(path), *arguments)

    return command


def added(run, name, *more):
    said = run("customer", "add", "--name", name, *more, "--json")
    assert said.code == 0, said.err
    return said.json


def test_a_new_customer_has_the_terms_of_the_business(run):
    found = added(
        run, "Café Zoë", "--street", "Kade 1", "--postal-code", "8011ab", "--city", "Zwolle"
    )
    assert set(found) == CUSTOMER
    assert found["number"] == "1001"
    assert found["address"] == {
        "street": "Kade 1",
        "postal_code": "8011 AB",
        "city": "Zwolle",
        "country": "NL",
    }
    assert (found["payment_terms_days"], found["payment_method"]) == (30, "transfer")
    assert (found["price_list"], found["tax_treatment"]) == (None, "domestic")
    assert (found["credit_limit"], found["balance"], found["overdue"]) == (None, "0.00", "0.00")


def test_terms_kind_and_leading_zeros_stay_as_given(run):
    found = added(
        run,
        "Gemeente Voorbeeldstad",
        *("--number", "0007", "--kind", "government", "--terms", "14"),
        *("--method", "direct_debit", "--tax-treatment", "exempt", "--country", "be"),
    )
    assert (found["number"], found["kind"]) == ("0007", "government")
    assert (found["payment_terms_days"], found["payment_method"]) == (14, "direct_debit")
    assert (found["tax_treatment"], found["address"]["country"]) == ("exempt", "BE")
    assert run("customer", "show", "0007", "--json").json == found


def test_an_odd_number_warns_and_is_kept(run):
    said = run("customer", "add", "--name", "Odd", "--vat-id", "NL123", "--json")
    assert said.code == 0
    assert "NL123" in said.err


def test_the_list_is_an_array_by_name(run):
    added(run, "Zuid")
    added(run, "Ábel")
    found = run("customer", "list", "--json").json
    assert [each["name"] for each in found] == ["Ábel", "Zuid"]
    assert set(found[0]) == CUSTOMER
    assert "Zuid" in run("customer", "list").out


def test_a_merged_number_finds_who_took_over(run):
    added(run, "Oud", "--email", "oud@test.example")
    added(run, "Nieuw")
    merged = run("customer", "merge", "1001", "1002", "--json")
    assert (merged.code, merged.json["name"]) == (0, "Nieuw")
    assert merged.json["email"] == "oud@test.example"
    assert run("customer", "show", "1001", "--json").json["number"] == "1002"
    assert [each["number"] for each in run("customer", "list", "--json").json] == ["1002"]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("customer", "show", "9999"), 1),
        (("customer", "add", "--name", " "), 1),
        (("customer", "add", "--name", "A", "--number", "1001"), 1),
        (("customer", "add", "--name", "A", "--price-list", "Bestaat niet"), 1),
        (("customer", "merge", "1001", "1001"), 1),
        (("customer", "add", "--name", "A", "--kind", "alien"), 2),
        (("customer", "add", "--name", "A", "--country", "Nederland"), 2),
        (("customer", "add"), 2),
        (("item", "add", "--code", "U", "--name", "Uur", "--tax", "20"), 2),
        (("item", "add", "--code", " ", "--name", "Uur"), 1),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence_and_nothing_is_stored(run, arguments, code):
    added(run, "Bestaat")
    said = run(*arguments)
    assert said.code == code
    assert said.err.strip()
    assert "Traceback" not in said.err
    assert len(run("customer", "list", "--json").json) == 1
    assert run("item", "list", "--json").json == []


def test_an_item_is_printed_with_its_price_without_tax(run):
    arguments = ("--code", "A-100", "--name", "Monteur", "--name-en", "Technician")
    more = ("--unit", "uur", "--price", "68.125", "--tax", "9", "--nature", "goods")
    found = run("item", "add", *arguments, *more, "--json").json
    assert found == {
        "code": "A-100",
        "name": "Monteur",
        "name_en": "Technician",
        "unit": "uur",
        "group": None,
        "price": "68.125",
        "tax": "low",
        "tax_percent": "9",
        "nature": "goods",
    }
    assert run("item", "list", "--json").json == [found]


def test_an_item_needs_no_price_and_a_code_is_used_once(run):
    assert run("item", "add", "--code", "U", "--name", "Uur", "--json").json["price"] is None
    again = run("item", "add", "--code", "U", "--name", "Ander")
    assert again.code == 1
    assert "Uur" in again.err
