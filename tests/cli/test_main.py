"""The root of the command line: usage, languages, files, failures."""

import json
import subprocess
import sys

import pytest
import typer
import typer.main

from klantenapp.cli import main, shell
from klantenapp.models.values import Money, Percent, Quantity, UnitPrice


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (["bla"], "Er is geen opdracht bla."),
        (["version", "--bla"], "Er is geen optie --bla."),
        (["version", "a", "b"], "Dit is te veel: a b."),
        (["init"], "FILE ontbreekt."),
        (["init", "x"], "--business ontbreekt."),
        (["init", "x", "--business"], "Optie --business heeft een waarde nodig."),
        (["--language", "fr", "version"], "De taal is nl of en."),
        (["init", "x", "--business", "y", "--tax-scheme", "z"], "Kies standard of kor."),
        (["demo", "x", "--customers", "veel"], "--customers klopt niet: geef een geheel getal."),
        (["demo", "x", "--customers", "0"], "--customers klopt niet: geef minstens 1."),
    ],
)
def test_a_usage_error_is_told_plainly_and_exits_with_2(klantenapp, arguments, part):
    said = klantenapp(*arguments)

    assert said.code == 2
    assert part in said.err
    assert "Traceback" not in said.err
    assert said.out == ""


def test_the_language_is_chosen_before_the_command(klantenapp):
    assert "There is no command" in klantenapp("--language", "en", "bla").err
    assert "Start a new administration" in klantenapp("--language=en", "--help").out
    assert "Een nieuwe administratie beginnen" in klantenapp("--help").out


def test_without_an_administration_the_user_is_told_how_to_start_one():
    with pytest.raises(shell.NoAdministration):
        shell.administration_file()


def test_the_file_opened_last_is_the_one_that_is_meant(own_home, path):
    folder = own_home / "config" / "window"
    folder.mkdir(parents=True)
    (folder / "program.json").write_text(json.dumps({"recent": ["/gone", str(path)]}))

    assert shell.administration_file() == path

    (folder / "program.json").write_text("[]")
    with pytest.raises(shell.NoAdministration):
        shell.administration_file()


def test_json_has_amounts_as_text_and_no_floats():
    assert shell.plain(
        {"a": Money(123456), "b": UnitPrice(625000), "c": Quantity(25000), "d": Percent(2150)}
    ) == {"a": "1234.56", "b": "62.50", "c": "2.5", "d": "21.5"}
    with pytest.raises(TypeError):
        shell.plain(1.5)


def test_an_argument_that_is_no_text_is_refused(klantenapp):
    assert klantenapp("version", "\udcff").code == 2


def test_a_reader_that_had_enough_is_no_failure():
    process = subprocess.run(  # noqa: S602 - a pipe is what is tested
        f"{sys.executable} -m klantenapp --help | head -c 1",
        shell=True,
        capture_output=True,
        check=False,
        text=True,
        env={"PYTHONPATH": "src", "PATH": "/usr/bin:/bin"},
    )
    assert process.stderr == ""


def test_every_command_is_found_without_importing_the_others():
    whole = typer.main.get_command(main.build()).commands
    for command in whole:
        alone = typer.main.get_command(main.build(command)).commands
        assert command in alone, f"add {command} to cli.main.HOMES"
        assert len(alone) < len(whole) / 2


@pytest.mark.parametrize(
    ("arguments", "command"),
    [
        (["pay", "1"], "pay"),
        (["--file", "x", "pay"], "pay"),
        (["--file=x", "--language", "nl", "pay", "--json"], "pay"),
        (["--help"], None),
        (["--file"], None),
        ([], None),
    ],
)
def test_the_command_is_the_first_word_of_its_own(arguments, command):
    assert main._command_of(arguments) == command


def test_help_speaks_the_language_of_the_interface_throughout(klantenapp):
    said = klantenapp("invoice", "new", "--help").out
    assert "Gebruik: klantenapp invoice new [OPTIES]" in said
    assert "Opties:" in said
    assert "--customer <tekst>" in said
    assert "[nodig]" in said
    assert "-h, --help" in said
    assert "Opdrachten:" in klantenapp("--help").out
    assert "Waarden:" in klantenapp("pay", "--help").out
    english = klantenapp("--language", "en", "invoice", "new", "--help").out
    assert "Usage: klantenapp invoice new [OPTIONS]" in english
