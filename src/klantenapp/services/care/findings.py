"""What a check of the whole administration can find."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that does not hold.

    Attributes:
        invariant: "I1" to "I12", as in DESIGN 4.
        what: key of the sentence about it (`sentences/care.py`).
        where: number, name or id of what it is about.
        detail: figures or words for who repairs it.
    """

    invariant: str
    what: str
    where: str = ""
    detail: str = ""
