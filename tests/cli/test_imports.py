"""Files brought in from the command line, with the JSON that scripts read."""

import pytest


@pytest.fixture
def run(klantenapp, path):
    return lambda *arguments: klantenapp("--file", path, *arguments)


@pytest.fixture
def file(tmp_path):
    def write(name, text):
        written = tmp_path / name
        written.write_text(text, encoding="utf-8")
        return written

    return write


KEYS = {"read", "created", "updated", "skipped", "refused", "balanced", "accounts"}


def test_customers_come_in_and_are_listed(run, file):
    path = file("klanten.csv", "Klantnr;Naam;Plaats\nK1;Jan;Zwolle\n007;Els;\n")
    said = run("import", "customers", path, "--json")
    assert said.code == 0, said.err
    assert set(said.json) == KEYS
    assert (said.json["read"], said.json["created"]) == (2, 2)
    assert [one["number"] for one in run("customer", "list", "--json").json] == ["007", "K1"]
    again = run("import", "customers", path, "--json").json
    assert (again["created"], again["updated"], again["skipped"]) == (0, 0, 2)


def test_a_dry_run_writes_nothing(run, file):
    path = file("klanten.csv", "naam\nJan\n")
    assert run("import", "customers", path, "--dry-run", "--json").json["created"] == 1
    assert run("customer", "list", "--json").json == []


def test_refused_lines_keep_everything_out_and_are_told(run, file):
    path = file("klanten.csv", "naam;iban\nJan;\nEls;NL00\n")
    said = run("import", "customers", path, "--json")
    assert said.code == 1
    assert said.json["created"] == 0
    (refused,) = said.json["refused"]
    assert (refused["line"], refused["field"]) == (3, "iban")
    assert said.err.startswith("Regel 3, IBAN: ")
    assert run("customer", "list", "--json").json == []
    assert run("import", "customers", path, "--skip-refused", "--json").json["created"] == 1


def test_columns_are_mapped_by_the_user(run, file):
    path = file("x.csv", "a;b;c\nJan;Zwolle;x\n")
    maps = ("--map", "name=a", "--map", "city=B")
    assert run("import", "customers", path, *maps).code == 0
    twice = run("import", "customers", path, "--map", "name=a", "--map", "name=b")
    assert twice.code == 1
    assert twice.err == "Het veld name krijgt twee kolommen: a en b. Kies er één.\n"


def test_items_come_in(run, file):
    path = file("artikelen.csv", "code;naam;prijs;btw\nU1;Uur;92,50;21\n")
    assert run("import", "items", path, "--json").json["created"] == 1
    assert run("item", "list", "--json").json[0]["price"] == "92.50"


def test_invoices_come_in_with_every_choice(run, file):
    path = file(
        "facturen.csv",
        "nr;klant;datum;totaal\n1;K1;02-01-25;1.234\nC2;K1;02-01-25;500\n3;;02-01-25;7\n",
    )
    said = run("import", "invoices", path)
    assert said.code == 1
    assert "%d-%m-%y" in said.err
    choices = ("--date-format", "%d-%m-%y", "--decimal", "comma", "--credit-prefix", "C")
    said = run("import", "invoices", path, *choices, "--json")
    assert said.code == 0, said.err
    assert (said.json["read"], said.json["created"], said.json["skipped"]) == (3, 2, 1)
    assert said.err.startswith("1 regel terzijde gelegd, regel 4: ")
    found = run("invoice", "show", "1", "--json").json
    assert (found["total"], found["date"], found["customer_number"]) == (
        "1234.00",
        "2025-01-02",
        "K1",
    )
    history = run("history", "K1", "--json").json
    assert history["balance"] == "734.00"
    rest = file("rest.csv", "nr;klant;datum;totaal\n3;;02-01-25;7\n")
    named = ("--unknown-customer", "Losse verkoop", "--date-format", "%d-%m-%y")
    assert run("import", "invoices", rest, *named, "--json").json["created"] == 1


def test_a_file_that_cannot_be_read_is_refused_in_one_sentence(run, file, tmp_path):
    for name, text in (("leeg.csv", ""), ("fout.csv", 'naam;x\n"open;y\n')):
        said = run("import", "customers", file(name, text))
        assert said.code == 1
        assert len(said.err.splitlines()) == 1
        assert name in said.err
    assert run("import", "customers", tmp_path / "weg.csv").code == 1
    assert run("import", "items").code == 2
    assert run("import", "items", "x", "--decimal", "dot").code == 2
