"""Quotes from the command line: offered with options, answered, invoiced in parts and deposits."""

from __future__ import annotations

import pytest


@pytest.fixture
def quote(klantenapp, path):
    def run(*arguments):
        return klantenapp("--file", path, *arguments)

    assert run("customer", "add", "--name", "Proef", "--number", "K1", "--street", "Weg 1",
               "--postal-code", "8011 AB", "--city", "Zwolle").code == 0  # fmt: skip
    return run


def made(quote, *more):
    said = quote(
        "quote", "new", "--customer", "K1", "--line", "Accu 10 kWh;1;4850",
        "--line", "Installatie;8;62", "--alternative", "1;Accu 15 kWh;1;6450",
        "--option", "Noodstroom;1;395", "--issue", "--json", *more,
    )  # fmt: skip
    assert said.code == 0, said.err
    return said.json


def test_a_quote_offers_options_and_alternatives_outside_its_total(quote):
    found = made(quote)
    assert [each["description"] for each in found["lines"]] == [
        "Accu 10 kWh",
        "Accu 15 kWh",
        "Installatie",
        "Noodstroom",
    ]
    assert (found["net_total"], found["total"]) == ("5346.00", "6468.66")


def test_people_read_what_is_outside_the_total(quote):
    shown = quote("quote", "show", made(quote)["number"]).out
    assert "Accu 15 kWh (alternatief)" in shown
    assert "Noodstroom (optioneel)" in shown
    assert "6.450,00" in shown


def test_a_chosen_alternative_and_option_are_invoiced(quote):
    number = made(quote)["number"]
    assert quote("quote", "accept", number, "--note", "per telefoon").code == 0
    said = quote(
        "quote", "invoice", number, "--line", "2", "--line", "3;4", "--line", "4", "--json"
    )
    assert said.json["net_total"] == "7093.00"
    rest = quote("quote", "invoice", number, "--line", "3", "--json")
    assert rest.json["net_total"] == "248.00"


def test_a_deposit_comes_off_the_final_invoice(quote):
    number = made(quote)["number"]
    deposit = quote("quote", "invoice", number, "--deposit", "30", "--issue", "--json").json
    final = quote("quote", "invoice", number, "--issue", "--json").json
    cents = sum(int(each["total"].replace(".", "")) for each in (deposit, final))
    assert cents == 646866
    said = quote("quote", "invoice", number)
    assert said.code == 1
    assert number in said.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("--line", "x"),
        ("--line", "1;"),
        ("--line", "1", "--deposit", "30"),
    ],
)
def test_what_cannot_be_read_is_said_plainly(quote, arguments):
    number = made(quote)["number"]
    said = quote("quote", "invoice", number, *arguments)
    assert (said.code, bool(said.err)) == (2, True)


def test_an_alternative_names_the_line_that_it_replaces(quote):
    said = quote("quote", "new", "--customer", "K1", "--line", "A;1;10", "--alternative", "2;B;1;5")
    assert said.code == 2
    assert quote("quote", "invoice", made(quote)["number"], "--line", "9").code == 1


def test_a_declined_quote_is_not_invoiced(quote):
    number = made(quote)["number"]
    assert quote("quote", "decline", number).code == 0
    assert quote("quote", "show", number, "--json").json["status"] == "declined"
    assert quote("quote", "invoice", number).code == 1


def test_a_quote_that_is_not_there_is_called_a_quote(quote):
    said = quote("quote", "accept", "O2026-0099")
    assert said.code == 1
    assert "O2026-0099" in said.err
    assert "fact" not in said.err.lower()
