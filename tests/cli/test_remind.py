"""`remind`: the keys that scripts rely on, the letters, and what is recorded."""

from __future__ import annotations

import datetime as dt

import pytest
from tests.factories import administrations
from tests.factories.collecting import Debts


@pytest.fixture
def owing(path):
    administration = administrations.opened(path)
    debts = Debts(administration)
    customer = debts.customer("Familie Proefstra", kind="consumer")
    debts.owed(customer, "544.50", dt.date(2026, 7, 1))
    administration.close()
    return path


def test_a_day_is_shown_and_its_letters_are_written_and_recorded(klantenapp, owing, tmp_path):
    run = ("--file", owing, "remind", "--as-of", "2026-08-07")
    said = klantenapp(*run, "--json", "--output", tmp_path / "letters")
    (row,) = said.json["rows"]
    assert said.json["as_of"] == "2026-08-07"
    assert row == {
        "customer_number": "1001",
        "step": "reminder",
        "invoices": ["2026-0001"],
        "principal": "544.50",
        "costs": "0.00",
        "interest": "0.00",
        "announced_costs": "0.00",
        "total": "544.50",
        "locked_until": None,
        "reason": None,
    }
    (letter,) = (tmp_path / "letters").iterdir()
    assert letter.read_bytes().startswith(b"%PDF")
    # Nothing was recorded yet, so the same letter is still next.
    assert klantenapp(*run, "--json", "--record").json["rows"] == [row]
    (row,) = klantenapp(*run, "--json").json["rows"]
    assert (row["step"], row["locked_until"]) == ("second_reminder", "2026-08-21")
    assert row["reason"] == "waiting"
    assert "Familie Proefstra" in klantenapp(*run).out
    (message,) = klantenapp("--file", owing, "messages", "1001", "--json").json["messages"][:1]
    assert message["kind"] == "reminder"


def test_a_day_without_debtors_says_so(klantenapp, path):
    assert "Niemand" in klantenapp("--file", path, "remind").out
