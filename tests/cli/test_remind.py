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


def test_a_mail_that_no_server_takes_is_said_to_wait(klantenapp, path):
    administration = administrations.opened(path)
    debts = Debts(administration)
    customer = debts.customer("Familie Proefstra", kind="consumer", email="a@proef.example")
    debts.owed(customer, "544.50", dt.date(2026, 7, 1))
    administration.close()
    run = ("--file", path, "remind", "--as-of", "2026-08-07", "--json")
    assert not klantenapp(*run).err
    said = klantenapp(*run, "--record")
    assert said.code == 0
    assert "1 herinnering blijft in Postvak uit." in said.err
    assert len(said.json["rows"]) == 1


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


def test_a_payment_goes_to_costs_first_where_the_user_says_so(klantenapp, path):
    administration = administrations.opened(path)
    debts = Debts(administration)
    debts.owed(debts.customer("Garage Fictief & Zn."), "1000.00", dt.date(2026, 7, 1))
    administration.close()
    pay = ("--file", path, "pay", "2026-0001", "--date", "2026-09-20", "--costs-first")
    refused = klantenapp(*pay)
    assert refused.code == 1
    assert "2026-0001" in refused.err
    for day in ("2026-08-07", "2026-08-21", "2026-09-04"):
        klantenapp("--file", path, "remind", "--as-of", day, "--record")
    # 15 % of 1,210.00; 10.4 % over it for 35 days: 12.0668.
    said = klantenapp(*pay, "--amount", "200.00", "--json")
    assert said.json["open"] == str(1210 - (200 - 181.50 - 12.07))[:7]
    entries = klantenapp("--file", path, "history", "1001", "--json").json["entries"]
    booked = {entry["kind"]: entry["amount"] for entry in entries}
    assert (booked["costs"], booked["interest"]) == ("181.50", "12.07")
    assert klantenapp("--file", path, "check").code == 0
    assert klantenapp(*pay, "--discount").code == 2


def test_the_dossier_of_one_invoice_names_it(klantenapp, owing, tmp_path):
    run = ("dossier", "1001", "--output", tmp_path, "--invoice", "2026-0001", "--json")
    said = klantenapp("--file", owing, *run)
    assert "2026-0001" in said.json["name"]
    missing = klantenapp("--file", owing, *run[:-2], "2099-1", "--json")
    assert missing.code == 1
