"""What may be taken back: every operation by name, with how it is undone."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session


class Way(Enum):
    """How an operation is undone."""

    REVERSIBLE = "its images are put back"
    FINAL = "not at all"


REVERSIBLE = Way.REVERSIBLE
FINAL = Way.FINAL


@dataclass(frozen=True)
class Made:
    """What one audit entry did, for the operation that compensates it.

    Attributes:
        entry_id: of the audit entry.
        created: table name -> ids of the rows that it inserted, in order.
        changed: table name -> ids of the rows that it updated.
    """

    entry_id: int
    created: dict[str, list[int]]
    changed: dict[str, list[int]]


@dataclass(frozen=True)
class Compensated:
    """A posted operation: undo runs another operation in one step, and history shows both.

    Attributes:
        by: name of the compensating operation.
        run: does it, given what was made.
    """

    by: str
    run: Callable[[Session, Made], object]


_ways: dict[str, Way | Compensated] = {}


def register(name: str, way: Way | Compensated) -> str:
    """Give an operation its name; a name exists once.

    Returns:
        The name, so that a module can keep it as a constant.
    """
    if _ways.get(name, way) != way:
        raise ValueError(name)
    _ways[name] = way
    return name


def way_of(name: str) -> Way | Compensated:
    """How the operation is undone; what nobody registered is a mistake of ours (KeyError)."""
    return _ways[name]


def names() -> frozenset[str]:
    """Every registered operation."""
    return frozenset(_ways)


register("history.undo", REVERSIBLE)
