"""The roots of every failure the program expects.

One class per failure, its data as attributes; the sentence for people is in `klantenapp.sentences`.
Each chapter keeps its own failures in its own file beside this one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


class Refusal(Exception):  # noqa: N818 - a refusal is the business saying no, not an error of ours
    """Expected: the user's world, not a bug. Subclasses are `@dataclass(eq=False)`.

    Attributes:
        field: the input field that the failure belongs to, where it is always the same one.
        is_final: trying again will never help; an undo that meets it is not offered again.
    """

    field: ClassVar[str | None] = None
    is_final: ClassVar[bool] = False


class Word(str):
    """A word in a failure that is itself translated: the English message id of a field's name."""

    __slots__ = ()


@dataclass(eq=False)
class Invalid(Refusal):
    """Several fields are wrong at once; each problem stands at its field.

    Attributes:
        problems: (field, failure) in the order of the form; field is None for the whole.
    """

    problems: tuple[tuple[str | None, Refusal], ...]


@dataclass(eq=False)
class NotFound(Refusal):
    """No record under that key.

    Attributes:
        kind: name of the noun, e.g. "customer", "invoice".
        key: what was looked for.
    """

    kind: str
    key: str
