"""What a step may claim, each amount with its calculation. Pure.

Consumers owe collection costs only over invoices of which a fourteen-day letter went out and its
time is over (art. 6:96 par. 6 BW); businesses owe them without one.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from klantenapp.models.values import ZERO, total
from klantenapp.services.reminders.collection_costs import collection_costs, costs_of_each, scale_on
from klantenapp.services.reminders.interest import Kind, Payment, interest

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from klantenapp.models.values import Money
    from klantenapp.services.reminders.collection_costs import CollectionCosts
    from klantenapp.services.reminders.due import Charged, Item
    from klantenapp.services.reminders.interest import Interest
    from klantenapp.services.reminders.legal_tables import Tables
    from klantenapp.services.reminders.policy import Audience, Step
    from klantenapp.services.reminders.steps import Sent

DAY: Final = dt.timedelta(days=1)
#: Days that the first reminder gives; without a fatal term a consumer is in default after them.
REMINDER_DAYS: Final = 7


@dataclass(frozen=True, slots=True)
class InterestOf:
    """Interest over one invoice."""

    number: str
    kind: Kind
    found: Interest


@dataclass(frozen=True, slots=True)
class Claim:
    """What a letter claims.

    Attributes:
        costs_of: the calculation of costs that are claimed or announced; None without either.
        announces: the costs are only announced.
        interest_of: per invoice, what was paid of it left out.
        paid_costs: of earlier letters, with their tax.
        told: what a consumer's fourteen-day letters announced, which is the most that may be
            claimed; None where the law asks for no letter.
    """

    day: dt.date
    principal: Money
    costs_of: CollectionCosts | None = None
    announces: bool = False
    interest_of: tuple[InterestOf, ...] = ()
    paid_costs: Money = ZERO
    told: Money | None = None

    @property
    def costs(self) -> Money:
        """Costs claimed now, with the tax on them."""
        return ZERO if self.announces else self._costs_left

    @property
    def announced(self) -> Money:
        """Costs that come when this letter is not obeyed, with the tax on them."""
        return self._costs_left if self.announces else ZERO

    @property
    def _costs_left(self) -> Money:
        if self.costs_of is None:
            return ZERO
        return max(self.costs_of.total - self.above_told - self.paid_costs, ZERO)

    @property
    def above_told(self) -> Money:
        """What the scale gives above what was announced: not owed."""
        if self.costs_of is None or self.told is None:
            return ZERO
        return max(self.costs_of.total - self.told, ZERO)

    @property
    def interest(self) -> Money:
        """Interest through the day of the letter."""
        return total(one.found.open for one in self.interest_of)

    @property
    def total(self) -> Money:
        """What is asked for: announced costs are not."""
        return self.principal + self.costs + self.interest


def claim(
    step: Step, audience: Audience, items: Sequence[Item], day: dt.date, tables: Tables
) -> Claim:
    """What a step claims for some invoices of one customer on a day.

    Raises:
        NoInterestRate, NoCostScale: a table is empty, or starts after that day.
    """
    principal = total(item.left for item in items)
    announces = step.kind == "fourteen_day_letter"
    owing: list[Money] = []
    if announces:
        owing = [item.left for item in items]
    elif step.with_costs:
        owing = [item.left for item in items if _owes_costs(item, audience, day)]
    costs_of = _costs(owing, day, tables) if total(owing) > ZERO else None
    paid = {one.entry_id: one for item in items for one in item.charged}.values()
    found = (
        tuple(
            interest_of(item, audience, day, tables)
            for item in _with_interest_paid(items, paid, audience, tables)
        )
        if step.with_interest
        else ()
    )
    paid_costs = total(one.amount for one in paid if one.kind == "costs")
    told = None if announces or audience == "business" else _told(items)
    return Claim(day, principal, costs_of, announces, found, paid_costs, told)


def _told(items: Sequence[Item]) -> Money:
    """Costs that the fourteen-day letters about some invoices announced, each letter once.

    What was claimed already about other invoices of the same letter is taken off: one letter
    makes no more owed than it announced.
    """
    mine = {item.document_id for item in items}
    letters = {
        sent.reminder_id: sent
        for item in items
        for sent in item.sent
        if sent.kind == "fourteen_day_letter"
    }
    return total(_left_of(sent, mine) for sent in letters.values())


def _left_of(letter: Sent, mine: set[int]) -> Money:
    """What a letter announced, less what was claimed about its other invoices."""
    others = total(one.costs for one in letter.apart if not one.document_ids & mine)
    return max(letter.announced - others, ZERO)


def _costs(owing: Sequence[Money], day: dt.date, tables: Tables) -> CollectionCosts:
    """Costs over some invoices, together or each on its own."""
    scale = scale_on(day, tables.scales)
    if tables.costs_together or len(owing) == 1:
        return collection_costs(total(owing), scale, tables.tax_percent)
    return costs_of_each(owing, scale, tables.tax_percent)


def _with_interest_paid(
    items: Sequence[Item], paid: Iterable[Charged], audience: Audience, tables: Tables
) -> list[Item]:
    """The invoices with what was paid of their interest, the oldest first."""
    found = list(items)
    for one in paid:
        left = one.amount if one.kind == "interest" else ZERO
        for at, item in enumerate(found):
            if left <= ZERO:
                break
            ran = interest_of(item, audience, one.day, tables).found.open
            part = min(left, ran)
            if part > ZERO:
                paid_then = Payment(one.day, part, interest_first=True)
                found[at] = replace(item, payments=(*item.payments, paid_then))
                left -= part
    return found


def interest_of(item: Item, audience: Audience, day: dt.date, tables: Tables) -> InterestOf:
    """Statutory interest over one invoice, through a day.

    Raises:
        NoInterestRate: the table is empty.
    """
    kind = Kind.CONSUMER if audience == "consumer" else Kind.COMMERCIAL
    since = default_from(item, audience, tables) or day + DAY
    rates = tables.rates[kind]
    if rates:  # an older debt is claimed from the first day of which the rate is known
        since = max(since, rates[0].valid_from)
    found = interest(item.amount, since, day, rates, item.payments)
    return InterestOf(item.number, kind, found)


def default_from(item: Item, audience: Audience, tables: Tables) -> dt.date | None:
    """The first day on which the debtor is in default; None where a reminder has to come first.

    A term that was only printed on the invoice may not be fatal for a consumer: then default
    begins when the days of the first reminder are over (art. 6:82 BW).
    """
    if audience == "business" or tables.term_is_fatal:
        return item.due + DAY
    first = min((sent.day for sent in item.sent), default=None)
    return None if first is None else first + (REMINDER_DAYS + 1) * DAY


def _owes_costs(item: Item, audience: Audience, day: dt.date) -> bool:
    if audience == "business":
        return True
    return any(
        sent.kind == "fourteen_day_letter" and sent.locked_until and sent.locked_until <= day
        for sent in item.sent
    )
