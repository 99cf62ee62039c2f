"""The program: `klantenapp` opens the window, `klantenapp COMMAND ...` is the command line.

The arguments are read here, by hand: the window never imports the command line, which would cost
it half of its start.
"""

from __future__ import annotations

import builtins
import sys
from pathlib import Path

#: The only options that may stand before a command, each with one value.
_OPTIONS = ("--file", "--language")
_LANGUAGES = ("nl", "en")


def window_options(arguments: list[str]) -> dict[str, str] | None:
    """Read the options of the window; None when this is for the command line.

    Args:
        arguments: without the name of the program.
    """
    options: dict[str, str] = {}
    rest = list(arguments)
    while rest:
        name, joined, value = rest.pop(0).partition("=")
        if name not in _OPTIONS:
            return None
        if not joined:
            if not rest:
                return None
            value = rest.pop(0)
        options[name] = value
    language = options.get("--language", "nl")
    return options if language in _LANGUAGES else None


def _open_window(options: dict[str, str]) -> int:
    # PySide6 replaces __import__ by one that reads the source of every later module: 27 MB and
    # 100 to 250 ms for nothing that we use.
    usual = builtins.__import__
    import PySide6.QtCore  # noqa: PLC0415 - the command line never imports Qt

    builtins.__import__ = usual
    del PySide6
    from klantenapp.ui.app import run  # noqa: PLC0415 - as above

    file = options.get("--file")
    return run(Path(file) if file else None, options.get("--language"))


def main() -> int:
    """Run the program with the arguments of this process."""
    arguments = sys.argv[1:]
    options = window_options(arguments)
    if options is not None:
        return _open_window(options)
    from klantenapp.cli.main import run  # noqa: PLC0415 - the window never imports it

    return run(arguments)


if __name__ == "__main__":
    sys.exit(main())
