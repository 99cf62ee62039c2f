"""`remind`: the keys that scripts rely on, the letters, and what is recorded."""

from __future__ import annotations

import datetime as dt
import zipfile

import pypdf
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


def test_the_dossier_holds_invoice_letters_and_contact_as_one_pdf_and_a_zip(
    klantenapp, owing, tmp_path
):
    klantenapp("--file", owing, "remind", "--as-of", "2026-08-07", "--record")
    said = klantenapp("--file", owing, "dossier", "1001", "--output", tmp_path, "--json")
    pieces = said.json["pieces"]
    assert [name.split()[0] for name in pieces] == [f"0{at}" for at in range(1, len(pieces) + 1)]
    assert any("2026-0001" in name for name in pieces)
    (whole,) = tmp_path.glob("*.pdf")
    (packed,) = tmp_path.glob("*.zip")
    with zipfile.ZipFile(packed) as archive:
        assert set(archive.namelist()) == {*pieces, whole.name}
    assert len(pypdf.PdfReader(whole).pages) >= len(pieces)
