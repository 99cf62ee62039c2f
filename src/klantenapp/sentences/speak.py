"""A failure or an operation, told in the language of the interface.

Every module of this package says what it has, in up to three tables:

- `SENTENCES`: class of failure -> message, or `NN_(singular, plural)` for one whose attribute
  `count` decides. `{name}` stands for the attribute of that name, written by its type.
- `NOT_FOUND`: `NotFound.kind` -> message about `{key}`.
- `OPERATIONS`: name of an operation -> its label, as in "Undo: Record payment".
"""

from __future__ import annotations

import datetime as dt
import importlib
import pkgutil
from functools import cache
from typing import TYPE_CHECKING, Any

from klantenapp import i18n, sentences
from klantenapp.models.values import Money, Percent, Quantity, UnitPrice
from klantenapp.sentences import common
from klantenapp.services.errors.base import Invalid, NotFound, Word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import ModuleType


def sentence(failure: Exception) -> str:
    """What went wrong and what to do, for the user.

    Raises:
        KeyError: the failure is none that the program expects, so it has no sentence.
    """
    if isinstance(failure, Invalid):
        return "\n".join(sentence(problem) for _field, problem in failure.problems)
    values = {name: _written(value) for name, value in vars(failure).items()}
    operation = vars(failure).get("operation")
    if operation in known_operations():
        values["operation"] = operation_label(operation)
    return _message(failure).format(**values)


def operation_label(name: str) -> str:
    """What an operation is called: "Record payment".

    Raises:
        KeyError: no module of this package has the operation.
    """
    return i18n._(_table("OPERATIONS")[name])


def known_failures() -> frozenset[type[Exception]]:
    """The classes that have a sentence of their own."""
    return frozenset(_table("SENTENCES"))


def known_operations() -> frozenset[str]:
    """The operations that have a label."""
    return frozenset(_table("OPERATIONS"))


def _message(failure: Exception) -> str:
    """Translated message with its placeholders still in it."""
    if isinstance(failure, NotFound) and failure.kind in _table("NOT_FOUND"):
        return i18n._(_table("NOT_FOUND")[failure.kind])
    table = _table("SENTENCES")
    for known in type(failure).__mro__:
        if known in table:
            message = table[known]
            if isinstance(message, tuple):
                return i18n.ngettext(message[0], message[1], vars(failure)["count"])
            return i18n._(message)
    raise KeyError(type(failure))


_WRITTEN: tuple[tuple[type | tuple[type, ...], Callable[[Any], str]], ...] = (
    (type(None), lambda _: ""),
    (Money, lambda value: i18n.money(value.cents)),
    (Quantity, lambda value: i18n.quantity(value.units)),
    (UnitPrice, lambda value: i18n.price(value.units)),
    (Percent, lambda value: i18n.percent(value.points)),
    (dt.date, i18n.date),
    (Word, i18n._),
    (Exception, sentence),
    ((tuple, list, frozenset), lambda value: ", ".join(map(_written, value))),
)


def _written(value: object) -> str:
    """An attribute of a failure as people read it."""
    for kind, write in _WRITTEN:
        if isinstance(value, kind):
            return write(value)
    return str(value)


@cache
def _table(name: str) -> dict[Any, Any]:
    """One table, collected from every module of this package; `common` gives way to the others.

    Raises:
        ValueError: two chapters have an entry for the same key.
    """
    collected: dict[Any, Any] = {}
    for module in _chapters():
        part = getattr(module, name, {})
        twice = collected.keys() & part.keys()
        if twice:
            raise ValueError(module.__name__, twice)
        collected |= part
    return {**getattr(common, name), **collected}


def _chapters() -> Iterator[ModuleType]:
    for found in pkgutil.iter_modules(sentences.__path__):
        if found.name not in {"speak", "common"}:
            yield importlib.import_module(f"{sentences.__name__}.{found.name}")
