"""Commands about the file itself."""

import json
import tomllib
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver
from tests.factories import administrations

from klantenapp.services.store.version import VERSION

BUSINESS = {
    "legal_name": "S. de Wilde",
    "trade_name": "Noordkade Installatie",
    "street": "Noordkade 7",
    "postal_code": "8011 ZZ",
    "city": "Zwolle",
    "country": "NL",
    "kvk": "01234567",
    "vat_id": "NL001234567B29",
    "iban": "NL02ABNA0123456789",
    "email": "administratie@noordkade.example",
    "phone": None,
}


@pytest.fixture
def business_file(tmp_path):
    def make(**fields):
        file = tmp_path / "business.json"
        file.write_text(json.dumps(BUSINESS | fields))
        return file

    return make


def test_init_starts_a_sound_administration(klantenapp, tmp_path, business_file):
    target = tmp_path / "folder" / "new.klantenapp"
    said = klantenapp("init", target, "--business", business_file(), "--json")

    assert (said.code, said.err) == (0, "")
    assert said.json["trade_name"] == "Noordkade Installatie"
    assert [file.name for file in target.parent.iterdir()] == ["new.klantenapp"]
    opened = administrations.opened(target)
    administrations.require_sound(opened)
    opened.close()


def test_init_never_overwrites(klantenapp, tmp_path, business_file):
    target = tmp_path / "mine"
    target.write_text("something of mine")

    said = klantenapp("init", target, "--business", business_file())

    assert said.code == 1
    assert "bestaat al" in said.err
    assert target.read_text() == "something of mine"


def test_init_names_a_wrong_iban_and_goes_on(klantenapp, tmp_path, business_file):
    said = klantenapp("init", tmp_path / "a", "--business", business_file(iban="NL02ABNA012345678"))

    assert said.code == 0
    assert "1 teken te kort" in said.err


@pytest.mark.parametrize(
    ("fields", "part"),
    [
        ({"legal_name": ""}, "Vul de naam van je bedrijf in"),
        ({"legal_name": None}, "Vul de naam van je bedrijf in"),
        ({"naam": "x"}, "Er is geen veld “naam”"),
        ({"city": 12}, "“city”"),
        ({"city": "Zw\0olle"}, "“city”"),
        ({"country": "Nederland"}, "landcode"),
    ],
)
def test_init_refuses_what_it_cannot_use_and_makes_nothing(
    klantenapp, tmp_path, business_file, fields, part
):
    said = klantenapp("init", tmp_path / "a", "--business", business_file(**fields))

    assert said.code == 1
    assert part in said.err
    assert not (tmp_path / "a").exists()


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"{", b"\xff\xfe", b'{"a": "\\ud800"}', b"[" * 99999]
)
def test_a_broken_json_file_is_refused(klantenapp, tmp_path, content):
    file = tmp_path / "broken.json"
    file.write_bytes(content)

    said = klantenapp("init", tmp_path / "a", "--business", file)

    assert said.code == 1
    assert "JSON" in said.err


def test_the_small_business_scheme_is_chosen_at_the_start(klantenapp, tmp_path, business_file):
    said = klantenapp(
        "init", tmp_path / "a", "--business", business_file(), "--tax-scheme", "kor", "--json"
    )

    assert said.json["tax_scheme"] == "kor"


def test_the_version_is_that_of_the_project(klantenapp):
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text())

    assert klantenapp("version", "--json").json == {"version": VERSION}
    assert project["project"]["version"] == VERSION


def test_check_says_that_all_is_well(klantenapp, path):
    assert klantenapp("--file", path, "check").out == "Alles is in orde.\n"
    assert klantenapp("--file", path, "check", "--json").json == {"ok": True, "findings": []}


def test_check_names_what_is_wrong_and_exits_with_1(klantenapp, path):
    connection = driver.connect(str(path))
    connection.execute("CREATE TABLE extra (id INTEGER)")
    connection.commit()
    connection.close()

    said = klantenapp("--file", path, "check")

    assert said.code == 1
    assert "I10" in said.out
    assert "1 ding is niet in orde" in said.err


def test_backup_and_restore_by_command(klantenapp, path, tmp_path):
    said = klantenapp("--file", path, "backup", tmp_path / "usb" / "copy.klantenapp", "--json")
    assert said.json == {"file": str(tmp_path / "usb" / "copy.klantenapp"), "verified": True}
    assert klantenapp("--file", path, "backup", tmp_path / "usb" / "copy.klantenapp").code == 1

    said = klantenapp("restore", tmp_path / "usb" / "copy.klantenapp", "--to", path, "--json")

    assert (said.code, said.err, said.json["findings"]) == (0, "", [])
    assert Path(said.json["kept"]).is_file()
    assert klantenapp("--file", path, "check").code == 0


def test_a_foreign_file_is_refused_in_words(klantenapp, tmp_path):
    (tmp_path / "photo.jpg").write_bytes(b"photo")
    for command in (["check"], ["backup", tmp_path / "x"]):
        said = klantenapp("--file", tmp_path / "photo.jpg", *command)
        assert said.code == 1
        assert "geen administratie" in said.err
    assert klantenapp("restore", tmp_path / "photo.jpg", "--to", tmp_path / "y").code == 1
