"""Where the program starts: without a command the window, with one the command line."""

from __future__ import annotations

import sys


def main() -> int:
    """Run what the arguments ask for; returns the exit code."""
    # Only here: the window never imports the command line, nor the other way round.
    from klantenapp.cli.main import run  # noqa: PLC0415 - see above

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
