"""What every kind of bank file gives: statements with lines, in exact cents.

A line is one `Ntry` of CAMT.053, one `:61:` of MT940 or one row of a CSV; where the bank says what
a collective line is made of, its parts are there too.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from klantenapp.models.values import ZERO, total
from klantenapp.services.errors.bank_files import BankLineForeign, BankLinePending, BankLineZero
from klantenapp.services.imports.result import AccountResult

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from klantenapp.models.values import Money
    from klantenapp.services.errors.base import Refusal

#: The currency of the program; lines in another one are set aside.
EURO = "EUR"
_NOTHING = frozenset({"", "NOTPROVIDED", "NOTPROVIDE", "NONREF", "NIET VAN TOEPASSING"})
_NL_IBAN = re.compile(r"NL\d{2}[A-Z]{4}(\d{10})")
_DIGEST = 32


@dataclass(frozen=True, slots=True)
class Details:
    """Who is on the other side, and what it is about.

    Attributes:
        counterparty: name as the bank gives it.
        iban: account of the counterparty; old files have a number that is no IBAN.
        text: what the counterparty wrote, in one line.
        end_to_end_id: the counterparty's own reference of the payment.
        mandate: reference of the direct debit mandate.
        structured_reference: RF or Dutch payment reference.
        return_reason: code of a returned payment, such as MD06.
        bank_reference: what the bank calls the line.
    """

    counterparty: str | None = None
    iban: str | None = None
    text: str = ""
    end_to_end_id: str | None = None
    mandate: str | None = None
    structured_reference: str | None = None
    return_reason: str | None = None
    bank_reference: str | None = None


@dataclass(frozen=True, slots=True)
class BankPart:
    """One payment inside a collective line; amount is signed like the line's."""

    amount: Money
    details: Details


@dataclass(frozen=True, slots=True)
class BankLine:
    """One line of a statement.

    Attributes:
        position: order in the statement, from 1.
        line: line in the file, from 1.
        booked: day on which the bank booked it.
        value_date: day from which interest counts.
        amount: received is positive, paid negative; in `currency`.
        currency: of the amount.
        details: of the line, or of its only payment.
        parts: the payments inside, where there are several; they sum to the amount.
        pending: the bank has announced it and not booked it.
        fingerprint: the same line has the same one in other files and formats; see `identified`.
    """

    position: int
    line: int
    booked: dt.date
    value_date: dt.date | None
    amount: Money
    currency: str
    details: Details
    parts: tuple[BankPart, ...] = ()
    pending: bool = False
    fingerprint: str = ""

    @property
    def aside(self) -> Refusal | None:
        """Why the line is read but not imported: foreign currency, nothing in it, or pending."""
        if self.currency != EURO:
            return BankLineForeign(self.currency)
        if self.pending:
            return BankLinePending()
        return None if self.amount else BankLineZero()


@dataclass(frozen=True)
class BankStatement:
    """One statement of one account.

    Attributes:
        account: the user's own account: an IBAN, or the bare number of an old file.
        currency: of the account.
        number: the bank's number of the statement.
        opening, closing: balances in the account's currency; None where the file has none.
        from_date, to_date: first and last day that it covers, as far as the file says.
        lines: in the order of the file.
    """

    account: str
    currency: str
    number: str | None
    opening: Money | None
    closing: Money | None
    from_date: dt.date | None
    to_date: dt.date | None
    lines: tuple[BankLine, ...] = field(repr=False)

    @property
    def sum(self) -> Money:
        """Received minus paid over the booked lines in the account's currency."""
        return total(
            line.amount
            for line in self.lines
            if line.currency == self.currency and not line.pending
        )

    @property
    def difference(self) -> Money | None:
        """What the bank's closing balance has more than opening + lines; None without balances.

        Many real statements do not add up; they are imported and the difference is named.
        """
        if self.opening is None or self.closing is None:
            return None
        return self.closing - self.opening - self.sum


@dataclass(frozen=True)
class BankFile:
    """All statements of a file.

    Attributes:
        name: of the file.
        format: "CAMT.053", "MT940", or "CSV" with the bank's name.
        statements: in the order of the file.
    """

    name: str
    format: str
    statements: tuple[BankStatement, ...]

    @property
    def read(self) -> int:
        """Lines in the file."""
        return sum(len(statement.lines) for statement in self.statements)

    @property
    def balanced(self) -> bool | None:
        """Whether every statement adds up; None where none has balances."""
        differences = [statement.difference for statement in self.statements]
        known = [difference for difference in differences if difference is not None]
        return not any(known) if known else None

    def accounts(self) -> tuple[AccountResult, ...]:
        """Lines, sum and difference per account and currency, in the order of the file."""
        results: dict[tuple[str, str], AccountResult] = {}
        for statement in self.statements:
            key = (statement.account, statement.currency)
            before = results.get(key)
            here = AccountResult(
                statement.account, len(statement.lines), statement.sum, statement.difference
            )
            results[key] = _added(before, here) if before else here
        return tuple(results.values())


def _added(one: AccountResult, other: AccountResult) -> AccountResult:
    known = [value for value in (one.difference, other.difference) if value is not None]
    return AccountResult(
        one.iban,
        one.read + other.read,
        one.sum + other.sum,
        sum(known, ZERO) if known else None,
    )


def meant(text: str | None) -> str | None:
    """A reference, or None where the bank writes that there is none."""
    plain = " ".join((text or "").split())
    return None if plain.upper() in _NOTHING else plain


def account_key(account: str | None) -> str:
    """What is the same in every way to write an account: of a Dutch one its last digits."""
    plain = re.sub(r"[^A-Z0-9]", "", (account or "").upper())
    dutch = _NL_IBAN.fullmatch(plain)
    digits = dutch[1] if dutch else plain
    return digits.lstrip("0") if digits.isdigit() else digits


def identified(statements: Iterable[BankStatement]) -> tuple[BankStatement, ...]:
    """Give every line its fingerprint.

    It is made of own account, booking day, amount and the other account, which every format has;
    texts differ per format. Lines that are equal in all of these are counted, so that two real
    payments of the same amount stay two, and the same two again stay two. A statement that is in
    the file twice has the same fingerprints twice.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    done: list[BankStatement] = []
    whole: dict[BankStatement, BankStatement] = {}
    for statement in statements:
        bare = _bare(statement)
        if statement.opening is not None and bare in whole:
            lines = zip(statement.lines, whole[bare].lines, strict=True)
            again = tuple(replace(line, fingerprint=same.fingerprint) for line, same in lines)
            done.append(replace(statement, lines=again))
            continue
        numbered = tuple(_numbered(line, statement, seen) for line in statement.lines)
        whole[bare] = replace(statement, lines=numbered)
        done.append(whole[bare])
    return tuple(done)


def _bare(statement: BankStatement) -> BankStatement:
    """The statement without what only says where in the file it stands."""
    lines = tuple(replace(line, position=0, line=0, fingerprint="") for line in statement.lines)
    return replace(statement, lines=lines)


def _numbered(line: BankLine, statement: BankStatement, seen: Counter[tuple[str, ...]]) -> BankLine:
    """The line with its fingerprint; equal ones are counted."""
    key = (
        account_key(statement.account),
        line.booked.isoformat(),
        line.currency,
        str(line.amount.cents),
        account_key(line.details.iban),
    )
    seen[key] += 1
    digest = hashlib.sha256("|".join((*key, str(seen[key]))).encode()).hexdigest()[:_DIGEST]
    return replace(line, fingerprint=digest)
