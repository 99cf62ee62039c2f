"""Contact from the command line: recorded, shown, brought in from files, and sent."""

import pytest

EML = (
    b"From: Henk Voorbeeld <henk@voorbeeldbouw.example>\r\n"
    b"To: administratie@noordkade.example\r\n"
    b"Subject: Re: Factuur\r\nDate: Thu, 19 Nov 2026 14:20:00 +0100\r\n"
    b"Message-ID: <1@voorbeeldbouw.example>\r\n\r\nWe betalen morgen.\r\n"
)


@pytest.fixture
def run(klantenapp, path):
    def call(*arguments):
        return klantenapp("--file", path, *arguments)

    said = call("customer", "add", "--name", "Voorbeeld Bouw B.V.", "--number", "10045",
                "--email", "henk@voorbeeldbouw.example")  # fmt: skip
    assert said.code == 0, said.err
    return call


def test_a_call_is_recorded_and_shown(run):
    call = ("message", "add", "10045", "--kind", "call", "--text", "Belt terug.", "--json")
    said = run(*call, "--person", "Henk", "--direction", "in", "--follow-up", "2099-11-30")
    assert said.code == 0, said.err
    assert said.json["kind"] == "call"
    shown = run("messages", "10045", "--json").json
    assert shown["customer_number"] == "10045"
    (message,) = shown["messages"]
    assert {"at", "kind", "direction", "subject", "invoice", "status"} <= set(message)
    assert (message["direction"], message["subject"], message["invoice"]) == (
        "in",
        "Gebeld door Henk",
        None,
    )
    assert "Gebeld door Henk" in run("messages", "10045").out


def test_what_cannot_be_recorded_is_refused_in_words(run):
    said = run("message", "add", "10045", "--kind", "note", "--text", " ")
    assert (said.code, said.err) == (
        1,
        "Er staat nog geen tekst. Schrijf op wat er gezegd is of wat je wilt onthouden.\n",
    )
    assert run("message", "add", "10045", "--kind", "sms", "--text", "x").code == 2
    assert run("message", "add", "99", "--kind", "note", "--text", "x").code == 1
    assert run("messages", "99").code == 1


def test_a_mail_from_a_file_comes_to_its_customer_once(run, tmp_path):
    file = tmp_path / "antwoord.eml"
    file.write_bytes(EML)
    assert run("import", "mail", file, "--dry-run", "--json").json["created"] == 1
    assert run("messages", "10045", "--json").json["messages"] == []
    first = run("import", "mail", file, "--json")
    assert first.code == 0, first.err
    assert (first.json["read"], first.json["created"], first.json["refused"]) == (1, 1, [])
    (message,) = run("messages", "10045", "--json").json["messages"]
    assert (message["kind"], message["direction"], message["status"]) == ("email", "in", "received")
    again = run("import", "mail", file, "--json").json
    assert (again["created"], again["skipped"]) == (0, 1)


def test_a_file_that_is_no_mail_is_refused(run, tmp_path):
    file = tmp_path / "x.eml"
    file.write_bytes(b"%PDF-1.7\n")
    said = run("import", "mail", file)
    assert said.code == 1
    assert "x.eml" in said.err
    assert run("import", "mail", tmp_path / "weg.eml").code == 1


def test_an_empty_outbox_says_so(run):
    assert run("outbox", "list").out == "Het postvak uit is leeg.\n"
    assert run("outbox", "list", "--json").json == []
    said = run("outbox", "send", "--json")
    assert said.code == 0
    assert said.json == {"sent": 0, "waiting": 0, "failed": 0, "unknown": 0, "problem": None}


def test_a_letter_goes_in_with_its_scan(klantenapp, path, tmp_path):
    klantenapp("--file", path, "customer", "add", "--name", "Brief", "--number", "77")
    scan = tmp_path / "brief.pdf"
    scan.write_bytes(b"%PDF-1.7")
    add = ("message", "add", "77", "--kind", "letter", "--direction", "in", "--text", "Bezwaar")
    said = klantenapp("--file", path, *add, "--attach", scan, "--json")
    assert (said.json["kind"], said.json["direction"]) == ("letter", "in")
    gone = klantenapp("--file", path, *add, "--attach", tmp_path / "weg.pdf")
    assert gone.code == 2
    assert "weg.pdf" in gone.err
