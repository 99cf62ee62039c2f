"""What an import hands back: counts, and each line that did not come in with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from klantenapp.models.values import Money
    from klantenapp.services.errors.base import Refusal


@dataclass(frozen=True, slots=True)
class RefusedLine:
    """One line that stays out.

    Attributes:
        line: number in the file, from 1; the line with the column names counts.
        field: key of the field, or None where the whole line is wrong.
        failure: what is wrong and what to do, as data.
    """

    line: int
    field: str | None
    failure: Refusal


@dataclass(frozen=True, slots=True)
class AccountResult:
    """What a bank file says about one account.

    Attributes:
        iban: the account as the bank writes it.
        read: lines in the file.
        sum: of those lines, received minus paid.
        difference: closing − opening − sum; None where the file has no balances.
    """

    iban: str
    read: int
    sum: Money
    difference: Money | None


@dataclass(frozen=True, slots=True)
class ImportResult:
    """Outcome of an import, with the names of the command line's JSON.

    Attributes:
        read: rows or bank lines in the file.
        created: customers, items, documents or bank lines that are new.
        updated: those that were there already and changed.
        skipped: rows set aside without being wrong.
        aside: each of those that has a reason of its own, with it.
        refused: rows that are wrong; with any, nothing is written, unless the user chose to
            leave them out.
        balanced: whether every statement adds up; None for other files, or without balances.
        accounts: per account, for bank files.
    """

    read: int
    created: int = 0
    updated: int = 0
    skipped: int = 0
    refused: tuple[RefusedLine, ...] = ()
    balanced: bool | None = None
    accounts: tuple[AccountResult, ...] = ()
    aside: tuple[RefusedLine, ...] = ()
