"""Importing and matching bank lines from a terminal, with the JSON that scripts rely on."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select
from tests.factories import administrations
from tests.factories.sales import Shop
from tests.factories.statements import OWN, camt, entry

from klantenapp.models.business import Business
from klantenapp.models.catalogue import PaymentMethod
from klantenapp.models.customer import Customer
from klantenapp.services.store import clock, settings


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
    said = klantenapp("--file", path, "recover", sold, "--amount", "21.00", "--json")
    assert (said.code, said.json["open"]) == (0, "0.00")
    assert klantenapp("--file", path, "recover", sold, "--amount", "200.00").code == 1


def test_one_line_is_linked_to_invoices_of_two_customers_and_unlinked(
    klantenapp, path, tmp_path, sold
):
    administration = administrations.opened(path)
    shop = Shop(administration)
    other = shop.invoice(shop.customer("Bravo"), "50.00").number
    administration.close()
    file = tmp_path / "bank.xml"
    file.write_bytes(camt(entry("2026-11-16", "190.00", "samen", name="Holding")))
    assert klantenapp("--file", path, "import", "bank", file).code == 0
    (line,) = klantenapp("--file", path, "bank", "lines", "--json").json["lines"]
    assert (line["state"], line["amount"]) == ("open", "190.00")
    to = ("--to", f"{sold};121.00", "--to", f"{other};60.50", "--rest", "refund")
    said = klantenapp("--file", path, "bank", "link", line["id"], *to, "--json")
    assert (said.code, said.json["state"]) == (0, "matched")
    assert said.json["customer"] == "Jansen B.V., Bravo"
    for number in (sold, other):
        shown = klantenapp("--file", path, "invoice", "show", number, "--json").json
        assert shown["status"] == "paid"
    assert klantenapp("--file", path, "bank", "link", line["id"], *to).code == 1
    said = klantenapp("--file", path, "bank", "unlink", line["id"], "--json")
    assert said.json["state"] == "open"
    assert klantenapp("--file", path, "bank", "ignore", line["id"]).code == 0
    assert klantenapp("--file", path, "bank", "reopen", line["id"]).code == 0
    assert klantenapp("--file", path, "bank", "link", 99, *to).code == 1
    assert klantenapp("--file", path, "check").code == 0


def test_a_difference_is_written_off_within_the_limit_only(klantenapp, path, tmp_path, sold):
    file = tmp_path / "bank.xml"
    lines = (entry("2026-11-16", "120.40", sold), entry("2026-11-16", "110.00", "x"))
    file.write_bytes(camt(*lines))
    assert klantenapp("--file", path, "import", "bank", file).code == 0
    near, far = klantenapp("--file", path, "bank", "lines", "--json").json["lines"]
    far_to = ("--to", f"{sold};110.00", "--rest", "write-off")
    said = klantenapp("--file", path, "bank", "link", far["id"], *far_to)
    assert said.code == 1
    assert "1,00" in said.err
    near_to = ("--to", f"{sold};120.40", "--rest", "write-off")
    assert klantenapp("--file", path, "bank", "link", near["id"], *near_to).code == 0
    shown = klantenapp("--file", path, "invoice", "show", sold, "--json").json
    assert (shown["status"], shown["open"]) == ("paid", "0.00")


def test_every_movement_of_an_account_is_booked_and_taken_back(klantenapp, path, sold):
    def run(*arguments):
        return klantenapp("--file", path, *arguments, "--json")

    customer = run("invoice", "show", sold).json["customer_number"]
    assert run("opening", customer, "--amount", "80.00", "--date", "2026-01-01").code == 0
    said = run("receive", customer, "--amount", "150.00", "--date", "2026-11-20")
    assert [entry["open"] for entry in said.json["entries"]] == ["0.00", "51.00", "0.00"]
    assert said.json["balance"] == "51.00"
    said = run("take-back", customer, 3, "--from", sold, "--reason", "storno")
    assert [entry["open"] for entry in said.json["entries"]] == ["0.00", "121.00", "-70.00"]
    assert run("use-credit", sold, "--amount", "20.00").json["open"] == "101.00"
    assert run("refund", customer, "--later").code == 0
    assert run("refund", customer, "--amount", "50.00").json["balance"] == "101.00"
    assert run("refund", customer, "--amount", "1.00").code == 1
    said = run("take-back", customer, 3)
    assert said.json["balance"] == "251.00"
    assert run("take-back", customer, 2).code == 1
    assert run("take-back", customer, 99).code == 1
    assert klantenapp("--file", path, "history", customer).code == 0
    assert klantenapp("--file", path, "receive", customer, "--amount", "5", "--on", "x").code == 2
    assert run("receive", customer, "--amount", "5", "--on", f"{sold};5.00").code == 0
    assert run("receive", customer, "--amount", "5", "--on", f"{sold};6.00").code == 1
    assert (
        run("receive", customer, "--amount", "5", "--keep").json["entries"][-1]["open"] == "-5.00"
    )
    assert klantenapp("--file", path, "check").code == 0


def test_statements_of_everybody_are_written_and_mailed(klantenapp, path, tmp_path, sold):
    def run(*arguments):
        return klantenapp("--file", path, "statement", *arguments)

    for name in ("alle.pdf", "alle.xlsx", "alle.csv"):
        said = run("--output", tmp_path / name, "--json")
        assert (said.code, said.json["statements"]) == (0, 1)
    told = (tmp_path / "alle.csv").read_text("utf-8-sig")
    assert sold in told
    number = klantenapp("--file", path, "invoice", "show", sold, "--json").json["customer_number"]
    said = run(number, "--from", "2026-01-01", "--mail", "--json")
    assert (said.code, said.json["mails"], said.json["without"]) == (0, 0, ["Jansen B.V."])
    assert run().code == 2
    assert run("K-404", "--mail").code == 1


def test_a_collection_is_made_announced_and_handed_in(klantenapp, path, tmp_path, sold):
    def run(*arguments):
        return klantenapp("--file", path, *arguments, "--json")

    def prepare(session):
        session.get_one(Business, 1).creditor_id = "NL13ZZZ012345670000"
        method = session.scalars(
            select(PaymentMethod.id).where(PaymentMethod.kind == "direct_debit")
        ).first()
        session.scalars(select(Customer)).one().payment_method_id = method

    administration = administrations.opened(path)
    administration.write(settings.CHANGE, prepare)
    shop = Shop(administration)
    number = shop.invoice(1, "50.00").number
    administration.close()
    customer = run("invoice", "show", sold).json["customer_number"]
    iban = ("--iban", "NL91ABNA0417164300", "--name", "Jansen")
    (held,) = run("mandate", "add", customer, *iban).json["mandates"]
    assert (held["state"], held["expires_on"]) == ("unsigned", None)
    assert run("collect", "list").json["to_collect"][0]["mandate_state"] == "unsigned"
    assert run("collect", "make", number).code == 1
    assert run("mandate", "sign", held["reference"], "--date", "2026-11-02").code == 0
    assert run("mandate", "sign", "M-404").code == 1
    found = run("collect", "make", "--output", tmp_path).json["collections"]
    assert [(row["state"], row["amount"]) for row in found] == [("made", "60.50")]
    reference = found[0]["reference"]
    assert b"pain.008.001.08" in (tmp_path / f"{reference}.xml").read_bytes()
    assert run("collect", "announce", reference).json == {"mails": 0, "without": ["Jansen B.V."]}
    assert run("collect", "sent", reference).json["collections"][0]["state"] == "sent"
    assert run("collect", "cancel", reference).code == 1
    assert run("mandate", "end", held["reference"]).json["mandates"][0]["state"] == "ended"
    assert klantenapp("--file", path, "collect", "list").code == 0
    assert klantenapp("--file", path, "mandate", "list", customer).code == 0
    assert klantenapp("--file", path, "check").code == 0
