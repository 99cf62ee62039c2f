"""The example by command."""

from pathlib import Path


def test_the_command_writes_what_it_shows(klantenapp, tmp_path):
    said = klantenapp(
        "demo", tmp_path / "demo", "--customers", 4, "--invoices", 6, "--seed", 3, "--json"
    )

    assert said.code == 0
    assert said.json["customers"] == 4
    listed = klantenapp("--file", said.json["file"], "invoice", "list", "--json").json
    assert len(listed) == said.json["documents"] + said.json["drafts"]
    starts = {".pdf": b"%PDF-", ".xlsx": b"PK", ".ods": b"PK", ".csv": b"\xef\xbb\xbf"}
    written = [Path(file) for file in said.json["written"]]
    assert {file.suffix for file in written} >= {".pdf", ".xlsx"}
    for file in written:
        assert file.read_bytes().startswith(starts[file.suffix])


def test_a_file_of_ones_own_is_not_replaced_by_the_example(klantenapp, tmp_path, path):
    path.rename(tmp_path / "voorbeeld.klantenapp")
    said = klantenapp("demo", tmp_path)
    assert said.code == 1
    assert "bestaat al" in said.err
