"""Which open items a bank line pays, how certain that is, and why. Pure.

*Certain* is a unique invoice by reference or known account and exactly its open amount, several
invoices named whose sum is exact, or a part payment that names its invoice from a known account;
never by amount alone. Everything that speaks against it (another customer's account, a number of
ours that is not open) takes the certainty away.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from klantenapp.services.receivables.evidence import Evidence
from klantenapp.services.receivables.proposals import (
    RANK,
    Certainty,
    Match,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from klantenapp.services.receivables.match_index import MatchIndex
    from klantenapp.services.receivables.proposals import (
        BankLine,
        Part,
        Proposal,
    )

#: So many proposals are worth showing.
SHOWN = 4


def match(line: BankLine, index: MatchIndex) -> Match:
    """Proposals for one line."""
    return _match(line, index, {})


def match_all(lines: Iterable[BankLine], index: MatchIndex) -> list[Match]:
    """Proposals for the lines of an import, in order.

    What a certain proposal takes is no longer open to the lines after it, so that accepting all
    certain ones at once never pays an invoice twice.
    """
    taken: dict[int, int] = {}
    found = []
    for line in lines:
        result = _match(line, index, taken)
        if result.certainty is Certainty.CERTAIN:
            for part in result.proposals[0].parts:
                taken[part.item_id] = taken.get(part.item_id, 0) + part.amount.cents
        found.append(result)
    return found


def _match(line: BankLine, index: MatchIndex, taken: dict[int, int]) -> Match:
    if line.account in index.own_accounts:
        return Match(line, own_transfer=True)
    if not line.amount:
        return Match(line)
    best: dict[tuple[int, tuple[Part, ...]], Proposal] = {}
    for proposal in Evidence(line, index, taken).proposals():
        key = (proposal.customer_id, proposal.parts)
        if key not in best or _order(proposal) < _order(best[key]):
            best[key] = proposal
    return Match(line, tuple(sorted(best.values(), key=_order)[:SHOWN]))


def _order(proposal: Proposal) -> tuple[int, int, int]:
    return (
        RANK[proposal.certainty],
        len(proposal.doubts) - len(proposal.reasons),
        len(proposal.parts),
    )
