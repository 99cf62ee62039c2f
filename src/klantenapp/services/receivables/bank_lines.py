"""Imported bank lines: what is to be done, and what each one could be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select

from klantenapp.models.bank import BankLine, BankRule
from klantenapp.models.values import ZERO
from klantenapp.services.errors.base import NotFound
from klantenapp.services.errors.receivables import BankLineNotOpen, RuleEmpty
from klantenapp.services.receivables import bank_index, bank_links, matching, proposals
from klantenapp.services.store import search
from klantenapp.services.store.operations import REVERSIBLE, register

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection

    from sqlalchemy.orm import Session

    from klantenapp.models.values import Money
    from klantenapp.services.receivables.match_index import MatchIndex
    from klantenapp.services.receivables.proposals import Match

IGNORE: Final = register("bank.ignore", REVERSIBLE)
REOPEN: Final = register("bank.reopen", REVERSIBLE)
FORGET_RULE: Final = register("bank.forget_rule", REVERSIBLE)


@dataclass(frozen=True, slots=True)
class LineRow:
    """A bank line as lists show it.

    Attributes:
        amount: signed; of an open line what is still to be handled.
        account: of the other party. state: see `models.bank.BankLine`.
        handled: what of an open line is linked already, where one of its payments was taken back.
    """

    id: int
    date: dt.date
    amount: Money
    counterparty: str
    account: str
    text: str
    state: str
    reference: str
    return_code: str | None
    end_to_end_id: str | None
    handled: Money = ZERO


@dataclass(frozen=True, slots=True)
class Suggested:
    """A line with what it could be."""

    row: LineRow
    match: Match


def rows(
    session: Session, states: Collection[str] = ("open",), line_ids: Collection[int] | None = None
) -> list[LineRow]:
    """Lines in those states, oldest first."""
    query = (
        select(
            BankLine.id,
            BankLine.date,
            BankLine.amount,
            BankLine.counterparty,
            BankLine.counterparty_iban,
            BankLine.text,
            BankLine.state,
            BankLine.structured_reference,
            BankLine.return_code,
            BankLine.end_to_end_id,
        )
        .where(BankLine.state.in_(states))
        .order_by(BankLine.date, BankLine.id)
    )
    if line_ids is not None:
        query = query.where(BankLine.id.in_(line_ids))
    done = bank_links.assigned_of(session, line_ids) if "open" in states else {}
    return [
        LineRow(
            row.id,
            row.date,
            row.amount - done.get(row.id, ZERO),
            row.counterparty or "",
            row.counterparty_iban or "",
            row.text,
            row.state,
            row.structured_reference or "",
            row.return_code,
            row.end_to_end_id,
            done.get(row.id, ZERO),
        )
        for row in session.execute(query)
    ]


def waiting(session: Session) -> int:
    """How many lines are to be handled."""
    return session.scalar(select(func.count()).where(BankLine.state == "open")) or 0


def suggestions(session: Session, index: MatchIndex | None = None) -> list[Suggested]:
    """Every open line with its proposals, oldest first.

    What a certain proposal takes is not open any more to the lines after it.
    """
    lines = rows(session)
    if not lines:
        return []
    found = matching.match_all(map(as_matched, lines), index or bank_index.read(session))
    return [Suggested(row, match) for row, match in zip(lines, found, strict=True)]


def suggestion(session: Session, line_id: int) -> Suggested:
    """One line with its proposals.

    Raises:
        NotFound: no open line under that id.
    """
    found = rows(session, line_ids=[line_id])
    if not found:
        raise NotFound("bank_line", str(line_id))
    row = found[0]
    return Suggested(row, matching.match(as_matched(row), bank_index.read(session)))


def as_matched(row: LineRow) -> proposals.BankLine:
    """A line as the matcher wants it."""
    return proposals.BankLine(
        row.id, row.date, row.amount, row.counterparty, row.account, row.text, row.reference
    )


def find(session: Session, line_id: int) -> BankLine:
    """The line.

    Raises:
        NotFound.
    """
    line = session.get(BankLine, line_id)
    if line is None:
        raise NotFound("bank_line", str(line_id))
    return line


def require_open(session: Session, line_id: int) -> BankLine:
    """A line that is still to be handled.

    Raises:
        NotFound, BankLineNotOpen.
    """
    line = find(session, line_id)
    if line.state != "open":
        raise BankLineNotOpen(line.date, line.amount)
    return line


# --- ignoring -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Rule:
    """Which lines are ignored from now on.

    Attributes:
        kind: "account" (of the other party) or "text" (words in name or description).
    """

    kind: str
    value: str
    reason: str | None = None


def ignore(session: Session, line_id: int, rule: Rule | None = None) -> int:
    """Leave a line out of the work; with a rule also its likes, open ones and those to come.

    Returns:
        How many lines are ignored by it.

    Raises:
        NotFound, BankLineNotOpen, RuleEmpty.
    """
    line = require_open(session, line_id)
    line.state = "ignored"
    if rule is None:
        return 1
    value = rule.value.strip()
    if not value:
        raise RuleEmpty
    row = BankRule(kind=rule.kind, value=value, reason=rule.reason)
    session.add(row)
    session.flush()
    line.ignore_rule_id = row.id
    others = session.scalars(
        select(BankLine).where(BankLine.state == "open", BankLine.id != line_id)
    ).all()
    alike = [other for other in others if _falls_under(other, rule.kind, value)]
    for other in alike:
        other.state = "ignored"
        other.ignore_rule_id = row.id
    return 1 + len(alike)


def _falls_under(line: BankLine, kind: str, value: str) -> bool:
    if kind == "account":
        ways = bank_index.ways_to_write(line.counterparty_iban)
        return bool(set(ways) & set(bank_index.ways_to_write(value)))
    return search.fold(value) in search.fold(f"{line.counterparty or ''} {line.text}")


def reopen(session: Session, line_id: int) -> None:
    """Put an ignored line back among the work.

    Raises:
        NotFound: no ignored line under that id.
    """
    line = find(session, line_id)
    if line.state != "ignored":
        raise NotFound("bank_line", str(line_id))
    line.state = "open"
    line.ignore_rule_id = None


def rules(session: Session) -> list[tuple[int, Rule]]:
    """Every rule with its id."""
    query = select(BankRule.id, BankRule.kind, BankRule.value, BankRule.reason)
    return [
        (row_id, Rule(kind, value, reason))
        for row_id, kind, value, reason in session.execute(query.order_by(BankRule.id))
    ]


def forget_rule(session: Session, rule_id: int) -> None:
    """Delete a rule; what it ignored stays ignored.

    Raises:
        NotFound.
    """
    rule = session.get(BankRule, rule_id)
    if rule is None:
        raise NotFound("bank_rule", str(rule_id))
    for line in session.scalars(select(BankLine).where(BankLine.ignore_rule_id == rule_id)):
        line.ignore_rule_id = None
    session.flush()
    session.delete(rule)
