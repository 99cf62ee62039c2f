"""Help on the terminal in the language of the interface: headings, kinds of values, and usage."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import typer
from typing_extensions import override

from klantenapp import i18n
from klantenapp.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Iterable

_HEADINGS: Final = {
    "Options": N_("Options"),
    "Arguments": N_("Arguments"),
    "Commands": N_("Commands"),
}
_OPTIONS, _SUBCOMMAND = N_("[OPTIONS]"), N_("COMMAND [ARGUMENTS]...")
_HELP: Final = N_("Show this help.")
#: Kinds of values as the parser names them, and in words.
_KINDS: Final = {
    "str": N_("text"),
    "list[str]": N_("text"),
    "int": N_("number"),
    "int range": N_("number"),
    "path": N_("file"),
    "money": N_("amount"),
    "day": N_("date"),
    "quantity": N_("quantity"),
    "unit_price": N_("price"),
    "percentage": N_("percentage"),
}
_KIND: Final = re.compile(r"<([a-z_ \[\]]+)>")
_EXTRA: Final = re.compile(r"\[(required|default: )")


class Formatter(typer.Context.formatter_class):  # type: ignore[misc, valid-type] # its class is not exported
    """Writes help with our own words around the texts of the commands."""

    @override
    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, i18n._("Usage:") + " ")

    @override
    def write_heading(self, heading: str) -> None:
        super().write_heading(i18n._(_HEADINGS.get(heading, heading)))

    @override
    def write_dl(self, rows: Iterable[tuple[str, str]], *others: Any, **named: Any) -> None:
        spoken = [(_KIND.sub(_kind, first), _EXTRA.sub(_extra, second)) for first, second in rows]
        super().write_dl(spoken, *others, **named)


class Context(typer.Context):
    """A context whose help is written with `Formatter`."""

    formatter_class = Formatter


def translate(command: Any) -> None:
    """Put every help text of the tree into the language of the interface."""
    command.context_class = Context
    command.options_metavar = i18n._(_OPTIONS)
    if hasattr(command, "subcommand_metavar"):
        command.subcommand_metavar = i18n._(_SUBCOMMAND)
    for name in ("help", "short_help", "epilog"):
        text = getattr(command, name, None)
        if text:
            setattr(command, name, i18n._(text))
    for parameter in command.params:
        text = getattr(parameter, "help", None)
        if text:
            parameter.help = i18n._(text)
    option = command.get_help_option(Context(command, help_option_names=["-h", "--help"]))
    if option is not None:
        option.help = i18n._(_HELP)
    for part in getattr(command, "commands", {}).values():
        translate(part)


def _kind(found: re.Match[str]) -> str:
    known = _KINDS.get(found[1])
    return f"<{i18n._(known)}>" if known else found[0]


def _extra(found: re.Match[str]) -> str:
    words = {"required": i18n._("needed"), "default: ": i18n._("otherwise") + " "}
    return "[" + words[found[1]]
