"""Settings of an administration: declared once with type and default, read and written by key."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from sqlalchemy import select

from klantenapp.models.setting import Setting
from klantenapp.services.store.operations import REVERSIBLE, register

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

CHANGE = register("setting.change", REVERSIBLE)

T = TypeVar("T", bool, int, str)

_keys: dict[str, Key[Any]] = {}


@dataclass(frozen=True)
class Key(Generic[T]):
    """A setting; each chapter declares its own beside the code that reads it.

    Attributes:
        name: e.g. "reminders.warn_at_start".
        default: what holds where the user chose nothing; gives the type.
    """

    name: str
    default: T

    def __post_init__(self) -> None:
        """Make the key known."""
        _keys[self.name] = self


def read(session: Session, key: Key[T]) -> T:
    """The user's choice, or the default."""
    stored = session.scalar(select(Setting.value).where(Setting.key == key.name))
    if stored is None:
        return key.default
    value = json.loads(stored)
    return value if type(value) is type(key.default) else key.default


def write(session: Session, key: Key[T], value: T) -> None:
    """Choose; choosing the default forgets the choice."""
    row = session.scalar(select(Setting).where(Setting.key == key.name))
    if value == key.default:
        if row is not None:
            session.delete(row)
    elif row is None:
        session.add(Setting(key=key.name, value=json.dumps(value)))
    else:
        row.value = json.dumps(value)


def key(name: str) -> Key[Any]:
    """The declared key of that name; KeyError where nobody declared it."""
    return _keys[name]
