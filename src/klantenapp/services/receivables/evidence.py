"""What a bank line gives away: a number, an account, a name, an amount, the surest first. Pure."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from klantenapp.models.values import Money
from klantenapp.services.receivables.fitting import fit
from klantenapp.services.receivables.proposals import (
    Certainty,
    Doubt,
    Part,
    Proposal,
    Reason,
)
from klantenapp.services.receivables.subsets import subsets

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from klantenapp.services.receivables.fitting import Fit
    from klantenapp.services.receivables.match_index import MatchIndex
    from klantenapp.services.receivables.numbers import Named
    from klantenapp.services.receivables.proposals import BankLine

#: A name so much alike is that of the customer; of a customer found otherwise, a little less.
SAME_NAME = 90.0
LIKE_NAME = 82.0
#: So many open items of the same amount can still be looked through by hand.
FEW = 3
#: The line comes from another customer than the one whose invoice it names.
_SOMEBODY_ELSE = frozenset({Doubt.OTHER_ACCOUNT, Doubt.OTHER_NAME})


class Evidence:
    """One line against the index."""

    def __init__(self, line: BankLine, index: MatchIndex, taken: dict[int, int]) -> None:
        self.line = line
        self.index = index
        self.taken = taken
        self.named: Named = index.numbers.find(line.text, line.reference)
        self.payers = index.accounts.get(line.account, []) if line.account else []

    def open(self, position: int) -> int:
        """Cents still open, signed."""
        item = self.index.items[position]
        return item.open.cents - self.taken.get(item.id, 0)

    def proposals(self) -> Iterator[Proposal]:
        """Every proposal, the cheapest evidence first; names and amounts only where needed."""
        found = False
        for proposal in self.by_number():
            found = found or not _SOMEBODY_ELSE.intersection(proposal.doubts)
            yield proposal
        for proposal in self.by_account():
            found = True
            yield proposal
        if found:
            return
        for proposal in self.by_name():
            found = True
            yield proposal
        yield from self.by_typo()
        if not found:
            yield from self.by_amount()

    # -- evidence of a number ---------------------------------------------------------------

    def by_number(self) -> Iterator[Proposal]:
        """Items that the text names."""
        sure = [each for each in self.named.sure if self.open(each)]
        customers = dict.fromkeys(
            self.index.items[each].customer_id for each in sure if self._is_same_way(each)
        )
        if len(customers) > 1:
            yield from self._together(list(customers), sure)
        for customer_id in customers:
            mine = [each for each in sure if self.index.items[each].customer_id == customer_id]
            yield self._named(customer_id, mine, alone=len(customers) == 1)

    def _together(self, customers: list[int], sure: list[int]) -> Iterator[Proposal]:
        """Everything named, of several customers, where it comes to the line exactly."""
        same = [each for each in sure if self._is_same_way(each)]
        if sum(map(self.open, same)) != self.line.amount.cents:
            return
        known = [each for each in customers if each in self.payers]
        owner = (known or customers)[0]
        fitted = self._fit(owner, same)
        reasons = [Reason(self.named.how[each]) for each in same]
        found = self._proposal(Certainty.LIKELY, owner, fitted, reasons, [Doubt.SEVERAL_CUSTOMERS])
        yield replace(found, also=tuple(each for each in customers if each != owner))

    def _named(self, customer_id: int, mine: list[int], *, alone: bool) -> Proposal:
        fitted = self._best_named(customer_id, mine)
        reasons = [Reason(self.named.how[each]) for each in fitted.positions]
        known = customer_id in self.payers
        doubts = self._somebody_else(customer_id, known=known)
        if not alone and not known:
            doubts.append(Doubt.SEVERAL_CUSTOMERS)
        certain = False
        if fitted.reason is Reason.AMOUNT_EXACT:
            certain = not doubts and (fitted.positions == mine or self._only_sign_differs(mine))
        elif fitted.reason is Reason.PART_PAYMENT:
            certain = not doubts and len(mine) == 1 and known
        certainty = Certainty.CERTAIN if certain else Certainty.LIKELY
        if _SOMEBODY_ELSE.intersection(doubts) and fitted.reason is not Reason.AMOUNT_EXACT:
            certainty = Certainty.UNSURE
        return self._proposal(certainty, customer_id, fitted, reasons, doubts)

    def _somebody_else(self, customer_id: int, *, known: bool) -> list[Doubt]:
        """The account, or else the name, is that of another customer."""
        if known:
            return []
        if self.payers:
            return [Doubt.OTHER_ACCOUNT]
        name = self.line.name
        if not name or self.index.names.score(customer_id, name) >= LIKE_NAME:
            return []
        return [Doubt.OTHER_NAME] if self.index.names.alike(name, SAME_NAME) else []

    def _best_named(self, customer_id: int, mine: list[int]) -> Fit:
        """All that is named; else those of the line's own sign; else some that fit exactly."""
        whole = self._fit(customer_id, mine)
        if whole.reason is Reason.AMOUNT_EXACT:
            return whole
        same = [each for each in mine if self._is_same_way(each)]
        fitted = self._fit(customer_id, same)
        if fitted.reason is Reason.AMOUNT_EXACT:
            return fitted
        single = [each for each in mine if self.open(each) == self.line.amount.cents]
        if single:
            return self._fit(customer_id, single[:1])
        parts = subsets([self.open(each) for each in mine], self.line.amount.cents, 1)
        if parts:
            return self._fit(customer_id, [mine[each] for each in parts[0]])
        return fitted

    def _is_same_way(self, position: int) -> bool:
        """Whether the item is of the line's side: owed for money in, a credit for money out."""
        return self.open(position) * self.line.amount.cents > 0

    def _only_sign_differs(self, mine: list[int]) -> bool:
        """One item fits and the rest, with the same digits, is of the other side."""
        return sum(self._is_same_way(each) for each in mine) == 1

    # -- evidence of an account or a name ------------------------------------------------------

    def by_account(self) -> Iterator[Proposal]:
        """Items of the customers that this account belongs to."""
        if not self.payers:
            return
        mine = self._items_of(self.payers)
        exact = [each for each in mine if self.open(each) == self.line.amount.cents]
        vague = [each for each in self.named.vague if each in exact] or exact
        doubts = self._against(vague)
        if any(each in mine and each not in exact for each in self.named.vague):
            doubts.append(Doubt.OTHER_NUMBER)
        if len(vague) == 1 and not doubts:
            yield self._single(Certainty.CERTAIN, vague[0], [Reason.ACCOUNT], [])
        elif vague:
            more = [Doubt.SEVERAL_FIT] if len(vague) > 1 else []
            typed = [each for each in vague if each in self.named.mistyped] or vague
            certainty = self._unless_unknown(Certainty.LIKELY, doubts, typed[0])
            if more and Doubt.OTHER_NUMBER in doubts:
                certainty = Certainty.UNSURE
            yield self._single(certainty, typed[0], [Reason.ACCOUNT], [*doubts, *more])
        else:
            for customer_id in self.payers:
                yield from self._inexact(customer_id, Reason.ACCOUNT, Certainty.LIKELY)

    def _unless_unknown(
        self, certainty: Certainty, doubts: list[Doubt], position: int | None = None
    ) -> Certainty:
        """A number of ours that is not open takes away what looks likely, unless it is a typo."""
        if Doubt.UNKNOWN_NUMBER not in doubts or position in self.named.mistyped:
            return certainty
        return Certainty.UNSURE

    def _against(self, chosen: list[int]) -> list[Doubt]:
        """The text names something else than what was chosen."""
        named = [each for each in self.named.sure if each not in chosen]
        if named:
            return [Doubt.OTHER_NUMBER]
        return [Doubt.UNKNOWN_NUMBER] if self.named.unknown else []

    def by_name(self) -> Iterator[Proposal]:
        """Items of the customers that are called so."""
        alike = self.index.names.alike(self.line.name, SAME_NAME)
        exact = [
            each
            for customer_id, _score in alike
            for each in self._items_of([customer_id])
            if self.open(each) == self.line.amount.cents
        ]
        chosen = [each for each in self.named.vague if each in exact] or exact
        for each in chosen[:FEW]:
            sure = len(chosen) == 1 or self._same_customer(chosen)
            certainty = Certainty.LIKELY if sure and each == chosen[0] else Certainty.UNSURE
            doubts = self._against(chosen) + ([Doubt.SEVERAL_FIT] if len(chosen) > 1 else [])
            certainty = self._unless_unknown(certainty, doubts, each)
            yield self._single(certainty, each, [Reason.NAME], doubts)
        if chosen:
            return
        certainty = Certainty.LIKELY if len(alike) == 1 else Certainty.UNSURE
        for customer_id, _score in alike[:FEW]:
            yield from self._inexact(customer_id, Reason.NAME, certainty)

    def _same_customer(self, positions: list[int]) -> bool:
        return len({self.index.items[each].customer_id for each in positions}) == 1

    def _items_of(self, customers: Iterable[int]) -> list[int]:
        return [
            each
            for customer_id in customers
            for each in self.index.by_customer.get(customer_id, ())
            if self.open(each)
        ]

    def _inexact(self, customer_id: int, who: Reason, certainty: Certainty) -> Iterator[Proposal]:
        """A customer is known, but no single item has the amount of the line."""
        mine = self._items_of([customer_id])
        same = [each for each in mine if self._is_same_way(each)]
        if not same:
            return
        vague = [each for each in self.named.vague if each in same]
        if vague:
            fitted = self._fit(customer_id, vague)
            yield self._proposal(certainty, customer_id, fitted, [Reason.WITHOUT_YEAR, who], [])
            return
        doubts = self._against([])
        certainty = self._unless_unknown(certainty, doubts)
        explained = next(self._explained(customer_id, mine, same), None)
        if explained:
            yield self._proposal(certainty, customer_id, explained, [who], doubts)
            return
        yield self._added_up(customer_id, mine, same, who, certainty)

    def _added_up(
        self,
        customer_id: int,
        mine: list[int],
        same: list[int],
        who: Reason,
        certainty: Certainty,
    ) -> Proposal:
        """Several items whose sum is the amount; else the oldest ones."""
        doubts = self._against([])
        parts = subsets([self.open(each) for each in mine], self.line.amount.cents)
        if not parts:
            fitted = self._fit(customer_id, self._oldest(same))
            reasons = [Reason.OLDEST_FIRST, who]
            return self._proposal(Certainty.UNSURE, customer_id, fitted, reasons, doubts)
        chosen = [mine[each] for each in parts[0]]
        whole = len(chosen) == len(mine)
        if len(parts) > 1 and not whole:
            certainty = Certainty.UNSURE
            doubts = [*doubts, Doubt.SEVERAL_FIT]
        reasons = [Reason.ALL_OPEN if whole else Reason.SUM_EXACT, who]
        return self._proposal(
            certainty, customer_id, self._fit(customer_id, chosen), reasons, doubts
        )

    def _explained(self, customer_id: int, mine: list[int], same: list[int]) -> Iterator[Fit]:
        """Fits with a cause: a reminder's costs, a discount, or a small difference."""
        claim = self.index.claims.get(customer_id)
        claimed = [each for each in mine if claim and self.index.items[each].id in claim.item_ids]
        for positions in ([claimed] if claimed else []) + [[each] for each in same] + [mine]:
            fitted = self._fit(customer_id, positions)
            if fitted.is_explained:
                yield fitted

    def _oldest(self, same: list[int]) -> list[int]:
        """The oldest items that the amount reaches."""
        left, chosen = abs(self.line.amount.cents), []
        for each in same:
            if left <= 0:
                break
            chosen.append(each)
            left -= abs(self.open(each))
        return chosen

    # -- weak evidence --------------------------------------------------------------------------

    def by_typo(self) -> Iterator[Proposal]:
        """Items one digit away from a number in the text, with another sign that it is that one."""
        alike = {
            customer_id for customer_id, _ in self.index.names.alike(self.line.name, LIKE_NAME)
        }
        for each in self.named.mistyped:
            item = self.index.items[each]
            exact = self.open(each) == self.line.amount.cents
            if self.open(each) and (exact or item.customer_id in alike):
                fitted = self._fit(item.customer_id, [each])
                yield self._proposal(
                    Certainty.UNSURE, item.customer_id, fitted, [Reason.NUMBER_TYPO], []
                )

    def by_amount(self) -> Iterator[Proposal]:
        """Items of exactly this amount: never more than unsure."""
        same = self.index.by_amount.get(self.line.amount.cents, ())
        exact = (each for each in same if self.open(each) == self.line.amount.cents)
        vague = [each for each in self.named.vague if each in same and self.open(each)]
        chosen = vague if len(vague) == 1 else list(islice(exact, FEW + 1))
        if len(chosen) > FEW:
            return
        for each in chosen:
            why = [Reason.WITHOUT_YEAR] if vague else []
            certainty = Certainty.LIKELY if len(vague) == 1 else Certainty.UNSURE
            doubts = [Doubt.SEVERAL_FIT] if len(chosen) > 1 else []
            yield self._single(certainty, each, why, doubts)

    # -- putting a proposal together ------------------------------------------------------------

    def _single(
        self, certainty: Certainty, position: int, reasons: list[Reason], doubts: list[Doubt]
    ) -> Proposal:
        customer_id = self.index.items[position].customer_id
        if position in self.named.vague:
            reasons = [Reason.WITHOUT_YEAR, *reasons]
        if position in self.named.mistyped:
            reasons = [Reason.NUMBER_TYPO, *reasons]
        fitted = self._fit(customer_id, [position])
        return self._proposal(certainty, customer_id, fitted, reasons, doubts)

    def _fit(self, customer_id: int, positions: list[int]) -> Fit:
        return fit(self.line, self.index, customer_id, positions, self.open)

    def _proposal(
        self,
        certainty: Certainty,
        customer_id: int,
        fitted: Fit,
        reasons: list[Reason],
        doubts: list[Doubt],
    ) -> Proposal:
        if customer_id in self.payers:
            reasons = [*reasons, Reason.ACCOUNT]
        if self.line.name and self.index.names.score(customer_id, self.line.name) >= LIKE_NAME:
            reasons = [*reasons, Reason.NAME]
        reasons = [*reasons, fitted.reason]
        if fitted.left:
            doubts = [*doubts, Doubt.OVERPAID]
        parts = tuple(
            Part(self.index.items[position].id, Money(cents))
            for position, cents in zip(fitted.positions, fitted.cents, strict=True)
            if cents
        )
        return Proposal(
            certainty,
            customer_id,
            parts,
            fitted.costs,
            fitted.interest,
            fitted.left,
            fitted.discount,
            fitted.difference,
            tuple(dict.fromkeys(reasons)),
            tuple(dict.fromkeys(doubts)),
        )
