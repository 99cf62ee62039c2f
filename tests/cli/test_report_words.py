"""Machines get codes: what a report says in JSON does not depend on who reads along."""

from __future__ import annotations

import pytest

from klantenapp.services.insights.reports import REPORTS

#: Sentences with figures in them; everything else is a name, a code or a value.
SENTENCES = {"reasons"}


@pytest.fixture
def lived(klantenapp, path, tmp_path):
    """An administration with one of everything that a report names in words."""

    def run(*arguments):
        said = klantenapp("--file", path, *arguments)
        assert said.code == 0, said.err
        return said

    run("customer", "add", "--name", "Proef", "--number", "K1", "--street", "Weg 1",
        "--postal-code", "8011 AB", "--city", "Zwolle")  # fmt: skip
    run("item", "add", "--code", "UUR", "--name", "Uur", "--price", "62.50")
    agreed = tmp_path / "contract.json"
    agreed.write_text(
        '{"customer_number": "K1", "name": "Raam", "valid_from": "2020-01-01", "at_end": "stop",'
        '"valid_to": "2099-12-31", "prices": [{"item": "UUR", "price": "55", "min_quantity": "1"}]}'
    )
    run("contract", "add", agreed)
    new = ("new", "--customer", "K1", "--line", "UUR;2", "--issue")
    for _each in range(3):
        run("invoice", *new)
    run("quote", *new)
    numbers = [each["number"] for each in run("invoice", "list", "--json").json]
    run("invoice", "credit", numbers[0])
    run("pay", numbers[1], "--amount", "10")
    run("write-off", numbers[2], "--reason", "failliet")
    return run


def without_sentences(found):
    if isinstance(found, dict):
        return {k: without_sentences(v) for k, v in found.items() if k not in SENTENCES}
    return [without_sentences(each) for each in found] if isinstance(found, list) else found


def test_a_report_says_the_same_to_machines_in_both_languages(klantenapp, path, lived):
    assert lived("report", "statement", "--json").json["rows"]
    for name in REPORTS:
        dutch, english = (
            klantenapp("--file", path, "--language", language, "report", name, "--json").json
            for language in ("nl", "en")
        )
        assert without_sentences(dutch) == without_sentences(english), name


def test_a_word_is_its_code_in_json_and_its_word_on_screen(lived):
    found = lived("report", "statement", "--json").json
    assert {each["kind"] for each in found["rows"]} == {
        "invoice",
        "credit_note",
        "payment",
        "write_off",
    }
    shown = lived("report", "statement").out
    assert "Creditfactuur" in shown
    assert "credit_note" not in shown
