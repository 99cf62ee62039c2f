"""Failures of reading bank statements, beside those of any file in `imports`."""

from __future__ import annotations

from dataclasses import dataclass

from klantenapp.services.errors.base import Refusal


@dataclass(eq=False)
class NotABankFile(Refusal):
    """Neither CAMT.053, MT940, nor the columns of a bank that we know."""

    file: str


@dataclass(eq=False)
class BankFileIsPdf(Refusal):
    """A statement on paper: nothing in it can be read with certainty."""

    file: str


@dataclass(eq=False)
class OtherMessage(Refusal):
    """A bank's message, but not an account statement; `kind` is its name, such as camt.054."""

    file: str
    kind: str


@dataclass(eq=False)
class NoStatement(Refusal):
    """The right kind of file without a single statement in it."""

    file: str


@dataclass(eq=False)
class StatementCutOff(Refusal):
    """The file stops in the middle of a statement; `missing` is what should still have come."""

    file: str
    line: int
    missing: str


@dataclass(eq=False)
class StatementFieldBroken(Refusal):
    """A part of the statement that cannot be read; `part` is the bank's own name for it."""

    file: str
    line: int
    part: str
    value: str


@dataclass(eq=False)
class OtherBanksColumns(Refusal):
    """A line that does not have the columns of the bank that the file seems to be from."""

    file: str
    line: int
    bank: str


@dataclass(eq=False)
class BankZipWithoutStatements(Refusal):
    """A zip file in which nothing is a bank file."""

    file: str


@dataclass(eq=False)
class BankLineZero(Refusal):
    """A line of 0.00: there is nothing to match."""


@dataclass(eq=False)
class BankLinePending(Refusal):
    """Announced by the bank and not booked yet."""


@dataclass(eq=False)
class BankLineForeign(Refusal):
    """A line in another currency than the euro."""

    currency: str


@dataclass(eq=False)
class BankRowRefused(Refusal):
    """A row of a table that cannot be read as a bank line; nothing was imported."""

    file: str
    line: int
    reason: Refusal
