"""Snapshots as JSON with one spelling, and the digest of what was issued."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from types import UnionType
from typing import TYPE_CHECKING, Any, Literal, cast, get_args, get_origin, get_type_hints

from klantenapp.models.values import Money, Percent, Period, Quantity, UnitPrice
from klantenapp.services.rendering.snapshot import (
    DocumentSnapshot,
    LetterSnapshot,
    StatementSnapshot,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from dataclasses import Field

    from klantenapp.services.rendering.snapshot import Snapshot

_KINDS: dict[str, Any] = {
    "document": DocumentSnapshot,
    "statement": StatementSnapshot,
    "letter": LetterSnapshot,
}
_NAMES = {kind: name for name, kind in _KINDS.items()}


def to_json(snapshot: Snapshot) -> str:
    """The snapshot as JSON: keys sorted, no spaces, empty fields left out, amounts as integers.

    Equal snapshots give equal text, on every machine and in every later version.
    """
    content = {"snapshot": _NAMES[type(snapshot)], **_plain(snapshot)}
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(snapshot: Snapshot) -> str:
    """SHA-256 of the canonical JSON, in hex."""
    return hashlib.sha256(to_json(snapshot).encode()).hexdigest()


def from_json(text: str) -> Snapshot:
    """The snapshot that `to_json` wrote.

    Raises:
        ValueError: no snapshot, or one of a newer version with fields unknown here.
    """
    content = json.loads(text)
    if not isinstance(content, dict) or content.get("snapshot") not in _KINDS:
        raise ValueError(text[:80])
    kind = _KINDS[content.pop("snapshot")]
    try:
        snapshot = _reader(kind)(content)
    except (KeyError, TypeError) as problem:
        raise ValueError(str(problem)) from problem
    return cast("Snapshot", snapshot)


def _plain(value: Any) -> Any:
    """A value of a snapshot as what JSON knows."""
    match value:
        case Money(number) | Quantity(number) | UnitPrice(number) | Percent(number):
            plain: Any = number
        case dt.date():
            plain = value.isoformat()
        case tuple():
            plain = [_plain(part) for part in value]
        case _ if is_dataclass(value):
            parts = ((field, getattr(value, field.name)) for field in fields(value))
            plain = {field.name: _plain(part) for field, part in parts if _says(field, part)}
        case _:
            plain = value
    return plain


def _says(field: Field[Any], value: object) -> bool:
    """Whether a field belongs in the JSON: it is required, or has something to say."""
    empty = value is None or value is False or value in ("", ())
    return field.default is MISSING or not empty


@cache
def _reader(kind: Any) -> Callable[[Any], Any]:
    """How a JSON value becomes that type again."""
    if kind is dt.date:
        return dt.date.fromisoformat
    if kind in (Money, Quantity, UnitPrice, Percent, str, bool, int):
        return kind  # type: ignore[no-any-return] # each of these is called with one plain value
    if get_origin(kind) is Literal:
        return str
    if get_origin(kind) is UnionType:
        (inner,) = (part for part in get_args(kind) if part is not type(None))
        return _reader(inner)
    if get_origin(kind) is tuple:
        part = _reader(get_args(kind)[0])
        return lambda values: tuple(part(value) for value in values)
    return _dataclass_reader(kind)


def _dataclass_reader(kind: type[Any]) -> Callable[[Any], Any]:
    if kind is Period:  # its own annotations cannot be read at run time
        return lambda value: Period(*(_day(value.get(side)) for side in ("start", "end")))
    readers = {name: _reader(hint) for name, hint in get_type_hints(kind).items()}
    return lambda value: kind(**{name: readers[name](part) for name, part in value.items()})


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
