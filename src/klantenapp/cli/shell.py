"""What every command uses: the open administration, options, and one way to print.

A noun module has `register(app)`, and help texts as `N_("...")`: they are translated when the
language is known. A command is thin: read its options, call a service, print.

    def register(app: typer.Typer) -> None:
        app.command("pay", help=N_("Record a payment."))(pay)

    def pay(number: str, *, amount: Amount = None, as_json: Json = False) -> None:
        with opened() as administration:
            result, _ = administration.write(payments.ADD, partial(payments.add, ...))
        show(result, as_json=as_json, text=...)
"""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import json
import sys
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from klantenapp import i18n, paths
from klantenapp.i18n import N_
from klantenapp.models.values import Days, Money, Percent, Quantity, UnitPrice
from klantenapp.services.care import opening
from klantenapp.services.errors import system
from klantenapp.services.errors.cli import CannotRead, NoAdministration, NotJson
from klantenapp.services.insights.table import Word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from klantenapp.services.store.administration import Administration

Json = Annotated[bool, typer.Option("--json", help=N_("Print JSON for machines."))]


class _Chosen:
    """What stood before the command."""

    file: Path | None = None


def choose(file: Path | None) -> None:
    """Work on this administration instead of the user's own."""
    _Chosen.file = file


def administration_file() -> Path:
    """The file of this run: the one named, else the one opened last, else the user's own.

    Raises:
        NoAdministration: none was named, and there is none.
    """
    if _Chosen.file is not None:
        return _Chosen.file
    for recent in _recent():
        if recent.is_file():
            return recent
    own = paths.own_administration()
    if not own.is_file():
        raise NoAdministration(own)
    return own


def _recent() -> list[Path]:
    """What the window opened, newest first; it writes this file (`ui/memory.py`)."""
    file = paths.config_folder() / "window" / "program.json"
    try:
        names = json.loads(file.read_text(encoding="utf-8"))["recent"]
        return [Path(name) for name in names]
    except (OSError, ValueError, KeyError, TypeError):
        return []


@contextlib.contextmanager
def opened() -> Iterator[Administration]:
    """The administration of this run, open; shared with a window that has it open too."""
    administration = opening.open_file(administration_file())
    try:
        yield administration
    finally:
        administration.close()


# --- printing ----------------------------------------------------------------------------------


_AS_TEXT: Final = (Money, Quantity, UnitPrice, Percent, Path)


def plain(value: Any) -> Any:
    """A value as JSON has it: amounts and percentages as text, days as ISO, rows as objects.

    A mean of days is a number: it is no amount that has to stay exact.

    Raises:
        TypeError: JSON has no place for it (a float, for instance: amounts are exact here).
    """
    if isinstance(value, dict):
        return {str(key): plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(part) for part in value]
    if dataclasses.is_dataclass(value) and not isinstance(value, (type, Days, *_AS_TEXT)):
        return {
            field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)
        }
    return _plain_one(value)


def _plain_one(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Word):
        return value.code
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, _AS_TEXT):
        return str(value)
    if isinstance(value, Days):
        return value.hundredths / 100
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    raise TypeError(type(value))


def show(value: Any, *, as_json: bool, text: str | Callable[[], str]) -> None:
    """Print a result: JSON when it was asked for, else the text for people."""
    if as_json:
        out(json.dumps(plain(value), ensure_ascii=False, indent=1))
    else:
        out(text if isinstance(text, str) else text())


def out(text: str) -> None:
    """Print to the standard output."""
    sys.stdout.write(text + "\n")


def warn(text: str) -> None:
    """Print to the standard error: warnings and refusals."""
    sys.stderr.write(text + "\n")


def table(headers: Sequence[str], rows: Iterable[Sequence[str]], right: Iterable[int] = ()) -> str:
    """Columns that line up; those whose numbers are in `right` stand to the right."""
    lines = [list(headers), *[list(row) for row in rows]]
    widths = [max(len(line[column]) for line in lines) for column in range(len(headers))]
    to_right = set(right)
    return "\n".join(
        "  ".join(
            cell.rjust(widths[column]) if column in to_right else cell.ljust(widths[column])
            for column, cell in enumerate(line)
        ).rstrip()
        for line in lines
    )


# --- reading options -----------------------------------------------------------------------------


def _parsed(text: str, parse: Callable[[str], Any], message: str) -> Any:
    try:
        return parse(text)
    except ValueError as problem:
        raise typer.BadParameter(i18n._(message).format(text=text)) from problem


def money(text: str) -> Money:
    """An amount like 1234.56; a usage error otherwise."""
    found: Money = _parsed(
        text, Money.parse, N_("“{text}” is no amount. Write it with a point, like 1234.56.")
    )
    return found


def quantity(text: str) -> Quantity:
    """A quantity like 2.5; a usage error otherwise."""
    found: Quantity = _parsed(
        text, Quantity.parse, N_("“{text}” is no quantity. Write it with a point, like 2.5.")
    )
    return found


def unit_price(text: str) -> UnitPrice:
    """A unit price like 62.50; a usage error otherwise."""
    found: UnitPrice = _parsed(
        text, UnitPrice.parse, N_("“{text}” is no price. Write it with a point, like 62.50.")
    )
    return found


def percentage(text: str) -> Percent:
    """A percentage like 2.5; a usage error otherwise."""
    found: Percent = _parsed(
        text, Percent.parse, N_("“{text}” is no percentage. Write it with a point, like 2.5.")
    )
    return found


def day(text: str) -> dt.date:
    """A day like 2026-11-23; a usage error otherwise."""
    found: dt.date = _parsed(
        text,
        dt.date.fromisoformat,
        N_("“{text}” is no date. Write year, month and day, like 2026-11-23."),
    )
    return found


def read_json(path: Path) -> dict[str, Any]:
    """The object in a JSON file.

    Raises:
        CannotRead: no such file, or it may not be read.
        NotJson: it holds something else, or text that is no text.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as problem:
        raise NotJson(path, 1) from problem
    except OSError as problem:
        raise CannotRead(path, system.reason(problem)) from problem
    try:
        found = json.loads(text)
        json.dumps(found, ensure_ascii=False).encode()
    except json.JSONDecodeError as problem:
        raise NotJson(path, problem.lineno) from problem
    except (ValueError, RecursionError) as problem:
        raise NotJson(path, 1) from problem
    if not isinstance(found, dict):
        raise NotJson(path, 1)
    return found
