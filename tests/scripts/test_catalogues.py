import json

import pytest
from babel.messages.catalog import Message
from tests.scripts.loading import script


@pytest.fixture
def catalogues(tmp_path, monkeypatch):
    """The script, on a small program of its own."""
    module = script("catalogues")
    source = tmp_path / "src"
    source.mkdir()
    (source / "a.py").write_text(
        "_('One {name}')\nngettext('{n} day', '{n} days', 2)\nA = N_('Two')\n"
        "NN_('{count} line', '{count} lines')\npgettext('verb', 'Open')\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(module, "SOURCE", source)
    monkeypatch.setattr(module, "FOLDER", tmp_path)
    monkeypatch.setattr(module, "TEMPLATE", tmp_path / "klantenapp.pot")
    return module


def given(catalogues, tmp_path, texts):
    file = tmp_path / "nl.json"
    file.write_text(json.dumps(texts), encoding="utf-8")
    return catalogues.add(file)


def test_what_the_source_says_is_extracted_translated_checked_and_compiled(
    catalogues, tmp_path, capsys
):
    assert catalogues.main(["update"]) == 0
    assert catalogues.main(["missing"]) == 1
    assert set(json.loads(capsys.readouterr().out)) == {
        "One {name}",
        "Two",
        "{n} day",
        "{count} line",
        "Open",
    }
    unknown = given(
        catalogues,
        tmp_path,
        {
            "One {name}": "Een {name}",
            "Two": "Twee",
            "{n} day": ["{n} dag", "{n} dagen"],
            "{count} line": ["{count} regel", "{count} regels"],
            "verb": {"Open": "Openen"},
            "Three": "Drie",
        },
    )
    assert unknown == ["Three"]
    assert catalogues.main(["missing"]) == 0
    assert catalogues.main(["check"]) == 0
    assert catalogues.main(["compile"]) == 0
    compiled = tmp_path / "nl" / "LC_MESSAGES" / "klantenapp.mo"
    before = compiled.stat().st_mtime_ns
    catalogues.main(["compile"])
    assert compiled.stat().st_mtime_ns == before


def test_updating_twice_changes_nothing_and_keeps_translations(catalogues, tmp_path):
    catalogues.update()
    given(catalogues, tmp_path, {"Two": "Twee"})
    before = catalogues.source_of("nl").read_text()
    catalogues.update()
    assert catalogues.source_of("nl").read_text() == before
    assert "Twee" in before
    assert "#:" not in before


def test_a_message_that_left_the_source_leaves_the_catalogue(catalogues):
    catalogues.update()
    (catalogues.SOURCE / "a.py").write_text("_('Two')\n", encoding="utf-8")
    assert any("no longer" in line for line in catalogues.problems())
    catalogues.update()
    assert catalogues.main(["check"]) == 1
    assert [m.id for m in catalogues.missing("nl")] == ["Two"]


@pytest.mark.parametrize(
    ("ids", "texts", "flags", "fault"),
    [
        ("a", "", (), "not translated"),
        ("a {x}", "b", (), "placeholders differ"),
        ("a {x}", "b {y}", (), "placeholders differ"),
        (("{n} a", "{n} b"), ("c", "{n} d"), (), None),
        (("{n} a", "{n} b"), ("c", "d"), (), "placeholders differ"),
        ("a", "b", ("fuzzy",), "fuzzy"),
        ("a", " b", (), "space at an end"),
        ("a {x}", "{x} b", (), None),
    ],
)
def test_each_fault_of_a_translation_is_named(catalogues, ids, texts, flags, fault):
    found = list(catalogues.faults(Message(ids, texts, flags=flags)))
    assert found == ([fault] if fault else [])


def test_a_command_that_is_none_explains_the_others(catalogues, capsys):
    assert catalogues.main([]) == 2
    assert "update" in capsys.readouterr().err
