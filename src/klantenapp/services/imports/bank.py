"""Bank statements that come in: own accounts only, no line twice, whole or absent.

A line is known by its fingerprint, so it is skipped when the same file, an overlapping one or one
in another format comes later.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from klantenapp.models.bank import BankAccount, BankLine, BankRule, BankStatement
from klantenapp.models.business import Business
from klantenapp.services.customers.numbers import compact
from klantenapp.services.errors.receivables import UnknownBankAccount
from klantenapp.services.imports.bank_model import account_key
from klantenapp.services.imports.result import ImportResult, RefusedLine
from klantenapp.services.store import bulk, search
from klantenapp.services.store.operations import register

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from klantenapp.models.values import Money
    from klantenapp.services.imports import bank_model
    from klantenapp.services.imports.bank_model import BankFile, Details

IMPORT: Final = register("import.bank", bulk.BY_BATCH)


@dataclass(frozen=True)
class Gap:
    """A statement that does not begin where the one before it ended.

    Attributes:
        gap: opening balance less the closing balance before it.
    """

    iban: str
    from_date: dt.date | None
    gap: Money


@dataclass(frozen=True)
class BankImport:
    """What an import of a bank file did, or would do.

    Attributes:
        result: counts as every import has them; `created` are lines to be matched.
        known: lines that were imported before.
        aside: lines without an amount, in foreign currency or only announced, by line.
        gaps: statements that do not begin where the one before ended.
        unknown: accounts in the file that are not known as the user's own.
        ignored: new lines that a rule ignores.
        batch_id: of what was written; None where nothing was.
    """

    result: ImportResult
    known: int
    aside: tuple[RefusedLine, ...]
    gaps: tuple[Gap, ...]
    unknown: tuple[str, ...]
    ignored: int = 0
    batch_id: int | None = None


@dataclass
class _Planned:
    """A statement with the lines of it that are new."""

    statement: bank_model.BankStatement
    new: list[bank_model.BankLine]
    known: int
    gap: Money | None


def look(session: Session, file: BankFile) -> BankImport:
    """What the import of a file would do, without writing; unknown accounts are named only."""
    return _told(file, *_plan(session, file))


def run(session: Session, file: BankFile, digest: str, *, add_account: bool = False) -> BankImport:
    """Bring the lines in that are not there yet, as one batch that can be undone.

    Args:
        session: of the running operation `IMPORT`.
        file: as it was read.
        digest: sha256 of the file.
        add_account: accounts that are not known yet are the user's own.

    Raises:
        UnknownBankAccount: a statement of an account that is not known; nothing is written.
    """
    planned, unknown = _plan(session, file)
    if unknown and not add_account:
        raise UnknownBankAccount(unknown)
    told = _told(file, planned, unknown)
    if not unknown and not any(plan.new for plan in planned):
        return told
    accounts = _require_accounts(session, file)
    rules = _Rules(session)
    ignored = 0
    with bulk.batch(session, "bank", file.name, digest) as batch:
        kept = [plan for plan in planned if plan.new or not plan.statement.lines]
        ids = batch.add("bank_statement", [_statement_row(file, plan, accounts) for plan in kept])
        rows = [
            row | rules.state_of(row)
            for plan, statement_id in zip(kept, ids, strict=True)
            for line in plan.new
            for row in _line_rows(line, statement_id, accounts[_key(plan.statement)])
        ]
        ignored = sum(row["state"] == "ignored" for row in rows)
        batch.add("bank_line", rows)
    return replace(told, ignored=ignored, batch_id=batch.id)


class OwnAccounts:
    """The user's own accounts: those of the file, and that of the business."""

    def __init__(self, session: Session) -> None:
        self._rows: dict[str, int | None] = {}
        for iban in session.scalars(select(Business.iban)):
            if iban:
                self._rows[iban] = None
        for iban, row_id in session.execute(select(BankAccount.iban, BankAccount.id)):
            self._rows[iban] = row_id

    def find(self, account: str) -> str | None:
        """The own account that this is, as stored; an old file has only the number of it."""
        plain = compact(account) or account
        if plain in self._rows:
            return plain
        key = account_key(account)
        alike = [iban for iban in self._rows if account_key(iban) == key]
        return next((iban for iban in alike if not _is_iban(plain) or not _is_iban(iban)), None)

    def row(self, account: str) -> int | None:
        """Its row; the account of the business may not have one yet."""
        found = self.find(account)
        return self._rows[found] if found else None

    def add(self, iban: str, row_id: int) -> None:
        """One more."""
        self._rows[iban] = row_id


def _is_iban(account: str) -> bool:
    return account[:2].isalpha() and account[2:4].isdigit()


def _plan(session: Session, file: BankFile) -> tuple[list[_Planned], tuple[str, ...]]:
    own = OwnAccounts(session)
    unknown = tuple(
        dict.fromkeys(each.account for each in file.statements if not own.find(each.account))
    )
    seen: dict[str, set[str]] = {}
    closing: dict[str, list[tuple[dt.date, Money]]] = {}
    planned = []
    for statement in file.statements:
        key = _key(statement)
        if key not in seen:
            account_id = own.row(statement.account)
            seen[key] = _fingerprints(session, account_id)
            closing[key] = _closings(session, account_id)
        new = [line for line in statement.lines if _base(line.fingerprint) not in seen[key]]
        known = len(statement.lines) - len(new)
        gap = _gap(statement, closing[key]) if new else None
        if statement.to_date is not None and statement.closing is not None:
            closing[key].append((statement.to_date, statement.closing))
        # What is only announced is booked later under the same fingerprint.
        new = [line for line in new if not line.pending]
        # A file may have a period twice: what an earlier statement of it brought is known now.
        seen[key] |= {_base(line.fingerprint) for line in new}
        planned.append(_Planned(statement, new, known, gap))
    return planned, unknown


def _fingerprints(session: Session, account_id: int | None) -> set[str]:
    query = select(BankLine.fingerprint).where(BankLine.bank_account_id == account_id)
    return {_base(found) for found in session.scalars(query)}


def _base(fingerprint: str) -> str:
    """Of the line, where it is that of one of its parts."""
    return fingerprint.partition(".")[0]


def _closings(session: Session, account_id: int | None) -> list[tuple[dt.date, Money]]:
    query = select(BankStatement.to_date, BankStatement.closing).where(
        BankStatement.bank_account_id == account_id,
        BankStatement.to_date.is_not(None),
        BankStatement.closing.is_not(None),
    )
    return [
        (day, closing)
        for day, closing in session.execute(query)
        if day is not None and closing is not None
    ]


def _gap(
    statement: bank_model.BankStatement, closings: list[tuple[dt.date, Money]]
) -> Money | None:
    """Opening less the last closing before it; None where that is not known, or equal.

    A statement that begins on the day on which another ended may overlap it: then only an equal
    balance says something.
    """
    start, opening = statement.from_date, statement.opening
    if start is None or opening is None:
        return None
    before = [(day, closing) for day, closing in closings if day <= start]
    if not before:
        return None
    last = max(day for day, _closing in before)
    ends = [closing for day, closing in before if day == last]
    if last == start or opening in ends:
        return None
    return opening - ends[-1] or None


def _told(file: BankFile, planned: list[_Planned], unknown: tuple[str, ...]) -> BankImport:
    aside = tuple(
        RefusedLine(line.line, None, line.aside)
        for plan in planned
        for line in plan.statement.lines
        if line.aside is not None
    )
    created = sum(1 for plan in planned for line in plan.new if line.aside is None)
    result = ImportResult(
        file.read,
        created=created,
        skipped=file.read - created,
        balanced=file.balanced,
        accounts=file.accounts(),
    )
    gaps = tuple(
        Gap(plan.statement.account, plan.statement.from_date, plan.gap)
        for plan in planned
        if plan.gap
    )
    return BankImport(result, sum(plan.known for plan in planned), aside, gaps, unknown)


def _key(statement: bank_model.BankStatement) -> str:
    return compact(statement.account) or statement.account


def _require_accounts(session: Session, file: BankFile) -> dict[str, int]:
    """Row of every account in the file, made where it is new."""
    own = OwnAccounts(session)
    rows: dict[str, int] = {}
    for statement in file.statements:
        row_id = own.row(statement.account)
        if row_id is None:
            name = own.find(statement.account) or statement.account
            account = BankAccount(iban=compact(name) or name, currency=statement.currency)
            session.add(account)
            session.flush()
            row_id = account.id
            own.add(account.iban, row_id)
        rows[_key(statement)] = row_id
    return rows


def _statement_row(file: BankFile, plan: _Planned, accounts: dict[str, int]) -> dict[str, Any]:
    statement = plan.statement
    return {
        "bank_account_id": accounts[_key(statement)],
        "format": file.format,
        "number": statement.number,
        "from_date": statement.from_date,
        "to_date": statement.to_date,
        "opening": statement.opening,
        "closing": statement.closing,
        "difference": statement.difference,
        "gap": plan.gap,
        "read": len(statement.lines),
        "skipped": len(statement.lines) - len(plan.new),
    }


def _line_rows(
    line: bank_model.BankLine, statement_id: int, account_id: int
) -> Iterator[dict[str, Any]]:
    """A line as one row, or one row for each payment in it."""
    common = {
        "statement_id": statement_id,
        "bank_account_id": account_id,
        "position": line.position,
        "date": line.booked,
        "value_date": line.value_date,
        "currency": line.currency,
        "state": "open" if line.aside is None else "aside",
    }
    if len(line.parts) < 2 or line.aside is not None:  # noqa: PLR2004 - one part is the line
        yield common | _details(line.details, line.amount, line.fingerprint, 0)
        return
    for number, part in enumerate(line.parts, start=1):
        details = replace(
            part.details, bank_reference=part.details.bank_reference or line.details.bank_reference
        )
        row = common | _details(details, part.amount, f"{line.fingerprint}.{number}", number)
        yield row if part.amount else row | {"state": "aside"}


def _details(details: Details, amount: Money, fingerprint: str, part: int) -> dict[str, Any]:
    return {
        "part": part,
        "fingerprint": fingerprint,
        "amount": amount,
        "counterparty": details.counterparty,
        "counterparty_iban": compact(details.iban),
        "text": details.text,
        "structured_reference": details.structured_reference,
        "end_to_end_id": details.end_to_end_id,
        "mandate": details.mandate,
        "return_code": details.return_reason,
        "bank_reference": details.bank_reference,
    }


class _Rules:
    """What the user ignores from now on."""

    def __init__(self, session: Session) -> None:
        self._accounts: dict[str, int] = {}
        self._texts: dict[str, int] = {}
        for row_id, kind, value in session.execute(
            select(BankRule.id, BankRule.kind, BankRule.value)
        ):
            if kind == "account":
                self._accounts[account_key(value)] = row_id
            else:
                self._texts[search.fold(value)] = row_id

    def state_of(self, row: dict[str, Any]) -> dict[str, Any]:
        """The state of a new line: ignored with its rule, or as it was."""
        if row["state"] != "open":
            return {}
        rule = self._accounts.get(account_key(row["counterparty_iban"]))
        if rule is None and self._texts:
            told = search.fold(f"{row['counterparty'] or ''} {row['text']}")
            rule = next((found for text, found in self._texts.items() if text in told), None)
        return {} if rule is None else {"state": "ignored", "ignore_rule_id": rule}
