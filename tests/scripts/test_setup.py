import subprocess

import pytest
from tests.scripts.loading import ROOT, script


@pytest.fixture
def setup(tmp_path, monkeypatch):
    """The script, in an empty checkout with two system libraries of its own."""
    module = script("setup")
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "VENV", tmp_path / ".venv")
    (tmp_path / ".venv").mkdir()
    libraries = tmp_path / "libraries.txt"
    libraries.write_text("# p sign for\nqt libqt.so.1 run\nshow show test\noffice so full\n")
    monkeypatch.setattr(module, "LIBRARIES", libraries)
    monkeypatch.setattr(module.platform, "system", lambda: "Linux")
    monkeypatch.setattr(module, "found", lambda _: False)
    monkeypatch.setattr(module.shutil, "which", lambda name: f"/usr/bin/{name}")
    return module


def test_each_purpose_needs_its_own_libraries_and_those_before_it(setup, monkeypatch):
    assert setup.missing_packages("run") == ["qt"]
    assert setup.missing_packages("full") == ["qt", "show", "office"]
    monkeypatch.setattr(setup.platform, "system", lambda: "Darwin")
    assert setup.missing_packages("full") == []


def test_without_the_right_to_install_the_exact_command_is_named(setup, monkeypatch, capsys):
    monkeypatch.setattr(setup, "privileges", lambda: None)
    assert setup.system("test") == 1
    said = capsys.readouterr().out
    assert "sudo apt-get install --yes --no-install-recommends qt show" in said
    assert not (setup.VENV / ".system-test").exists()


def test_with_the_right_it_installs_and_leaves_a_stamp(setup, monkeypatch):
    there, asked = [], []
    monkeypatch.setattr(setup, "found", lambda _: bool(there))
    monkeypatch.setattr(setup, "privileges", lambda: ["sudo", "-n"])

    def run(command, **_):
        asked.append(" ".join(command))
        there.append(1)
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(setup.subprocess, "run", run)
    assert setup.system("run") == 0
    assert asked[0] == "sudo -n apt-get update"
    assert asked[1].endswith("install --yes --no-install-recommends qt")
    assert (setup.VENV / ".system-run").exists()
    assert setup.system("run") == 0
    assert len(asked) == 2


def test_an_installation_that_fails_names_the_command(setup, monkeypatch, capsys):
    monkeypatch.setattr(setup, "privileges", list)
    failed = subprocess.CompletedProcess([], 100)
    monkeypatch.setattr(setup.subprocess, "run", lambda *_, **__: failed)
    assert setup.system("run") == 1
    assert "did not work" in capsys.readouterr().out


def test_a_library_is_found_by_loading_it_and_a_command_on_the_path():
    setup = script("setup")
    assert setup.found("libc.so.6")
    assert not setup.found("libnosuch.so.9")
    assert setup.found("sh")
    assert not setup.found("no-such-command")


def test_every_line_of_system_libraries_has_a_package_a_sign_and_a_purpose():
    setup = script("setup")
    lines = setup.LIBRARIES.read_text(encoding="utf-8").splitlines()
    rows = [line.split() for line in lines if not line.startswith("#")]
    assert all(len(row) == 3 and row[2] in setup.PURPOSES for row in rows)


def test_a_word_that_is_no_part_explains_itself(capsys):
    assert script("setup").main(["system", "nowhere"]) == 2
    assert "environment" in capsys.readouterr().out


def test_make_finds_a_python_and_says_what_to_do_without_one():
    find = ["/bin/sh", str(ROOT / "scripts" / "find_python.sh")]
    found = subprocess.run(find, capture_output=True, text=True, check=True)
    assert "python" in found.stdout
    none = subprocess.run(find, capture_output=True, text=True, check=False, env={"PATH": "/none"})
    assert none.returncode == 1
    assert "3.11" in none.stderr
