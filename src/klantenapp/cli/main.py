"""The command line: finds its commands, runs one, and tells a failure in one sentence.

Exit 0 done; 1 refused by the business, with a sentence on the standard error; 2 usage.
"""

from __future__ import annotations

import importlib
import io
import os
import pkgutil
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer
import typer.main

from klantenapp import cli, i18n
from klantenapp.cli import help_text, shell
from klantenapp.i18n import N_
from klantenapp.sentences.speak import sentence
from klantenapp.services.errors import system
from klantenapp.services.errors.base import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

DONE: Final = 0
REFUSED: Final = 1
USAGE: Final = 2

#: Commands that do not bear the name of their module.
HOMES: Final = {
    "init": "administration",
    "check": "administration",
    "backup": "administration",
    "restore": "administration",
    "version": "administration",
    "import": "imports",
    "outbox": "mail",
    "message": "messages",
    "pay": "payment",
    "refund": "payment",
    "write-off": "payment",
    "history": "payment",
    "receive": "account",
    "opening": "account",
    "recover": "account",
    "use-credit": "account",
    "take-back": "account",
    "mandate": "collect",
}
#: Words of the parser, and ours; {value} is what stands behind its words, or else before them.
_PARSER_SAYS: Final = (
    ("should be a valid integer", N_("give a whole number.")),
    ("should be greater than or equal to ", N_("give at least {value}.")),
    ("should be less than or equal to ", N_("give at most {value}.")),
    ("is not one of ", N_("choose one of {value}.")),
    (" does not exist", N_("{value} does not exist.")),
)


def run(arguments: list[str]) -> int:
    """Run one command; returns the exit code."""
    _speak_utf8()
    i18n.set_language(_language_of(arguments) or i18n.system_language())
    if not all(map(_is_text, arguments)):
        shell.warn(i18n._("An argument is no text. Write it in UTF-8."))
        return USAGE
    command = typer.main.get_command(build(_command_of(arguments)))
    help_text.translate(command)
    try:
        code = command.main(arguments, prog_name="klantenapp", standalone_mode=False)
    except BrokenPipeError:
        # The reader had enough, as `head` does; nobody is there to tell anything to.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except typer.TyperException as problem:
        shell.warn(_usage(problem))
        return USAGE
    except (Refusal, OSError, typer.Abort) as problem:
        shell.warn(_told(problem))
        return REFUSED
    return code if isinstance(code, int) else DONE


def _told(problem: Exception) -> str:
    """What happened, in a sentence; a mistake of ours whole, so that it can be reported."""
    if isinstance(problem, Refusal):
        return sentence(problem)
    if isinstance(problem, OSError) and problem.filename is not None:
        return i18n._("“{path}” cannot be used: {reason}. Choose another file or folder.").format(
            path=problem.filename, reason=i18n._(system.reason(problem))
        )
    return "" if isinstance(problem, typer.Abort) else traceback.format_exc()


def build(command: str | None = None) -> typer.Typer:
    """The root; help texts are still untranslated.

    Args:
        command: build only what belongs to it, where its module is known: importing everything
            takes several times as long as most commands do.
    """
    app = typer.Typer(
        name="klantenapp",
        help=N_("Customers, invoices, payments and reminders of one business."),
        add_completion=False,
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_root)
    for module in _nouns(command):
        module.register(app)
    return app


def _root(
    *,
    file: Annotated[
        Path | None,
        typer.Option("--file", help=N_("The administration; your own where it is left out.")),
    ] = None,
    language: Annotated[
        str | None, typer.Option("--language", help=N_("Language of texts: nl or en."))
    ] = None,
) -> None:
    if language is not None and language not in i18n.LANGUAGES:
        raise typer.BadParameter(i18n._("The language is nl or en."), param_hint="--language")
    shell.choose(file)


def _nouns(command: str | None) -> Iterator[ModuleType]:
    names = [found.name for found in pkgutil.iter_modules(cli.__path__)]
    wanted = HOMES.get(command or "", command or "")
    for name in [wanted] if wanted in names else names:
        module = importlib.import_module(f"{cli.__name__}.{name}")
        if hasattr(module, "register"):
            yield module


def _command_of(arguments: list[str]) -> str | None:
    """The first word that is no option of the root, nor the value of one."""
    words = iter(arguments)
    for word in words:
        if word in {"--file", "--language"}:
            next(words, None)
        elif not word.startswith("-"):
            return word
        elif "=" not in word:
            return None
    return None


def _language_of(arguments: list[str]) -> str | None:
    """The language asked for: known before anything is said."""
    for index, argument in enumerate(arguments):
        name, _, value = argument.partition("=")
        if name == "--language":
            value = value or "".join(arguments[index + 1 : index + 2])
            return value if value in i18n.LANGUAGES else None
    return None


def _usage(problem: Any) -> str:
    """What is wrong with the words of the command, and where to look them up."""
    context = getattr(problem, "ctx", None)
    kind = type(problem).__name__
    if kind == "NoArgsIsHelpError":
        return str(problem.format_message())
    path = context.command_path if context else "klantenapp"
    where = i18n._("See {command} --help.").format(command=path)
    return f"{_problem(problem, kind)} {where}"


def _problem(problem: Any, kind: str) -> str:
    name = getattr(problem, "option_name", None) or _named(problem)
    message = str(problem.message)
    if message.startswith("No such command"):
        kind, name = "NoSuchCommand", message.removeprefix("No such command ").strip(" .'\"")
    elif message.startswith("Got unexpected extra argument"):
        kind, name = "TooMuch", message.rpartition("(")[2].rstrip(").")
    if kind == "BadParameter":
        message = _in_words(message)
    told = {
        "NoSuchCommand": N_("There is no command {name}."),
        "NoSuchOption": N_("There is no option {name}."),
        "TooMuch": N_("This is too much: {name}."),
        "MissingParameter": N_("{name} is missing."),
        "BadParameter": N_("{name} is wrong: {message}"),
        "BadOptionUsage": N_("Option {name} needs a value."),
    }.get(kind, N_("This command is not complete: {message}"))
    return i18n._(told).format(name=name, message=message)


def _in_words(message: str) -> str:
    """What the parser of options says in English, in the language of the interface."""
    for part, words in _PARSER_SAYS:
        before, found, value = message.partition(part)
        if found:
            return i18n._(words).format(value=(value or before).strip(" .'"))
    return message


def _named(problem: Any) -> str:
    """The option or argument that a problem is about."""
    hint, parameter = getattr(problem, "param_hint", None), getattr(problem, "param", None)
    if hint:
        return hint if isinstance(hint, str) else ", ".join(hint)
    if parameter is None:
        return ""
    options = [option for option in parameter.opts if option.startswith("--")]
    return options[0] if options else str(parameter.name).upper()


def _is_text(argument: str) -> bool:
    try:
        argument.encode()
    except UnicodeEncodeError:
        return False
    return True


def _speak_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
