"""Credit advice: how much to trust a customer with, with every reason for it.

The rules are few and stand here whole; each that applied is named beside the advice. A decision of
the user, with its day and note, goes before the advice and is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from klantenapp.models.customer import Customer
from klantenapp.models.values import WHOLE, ZERO, Days, Money, Percent, divide_half_up
from klantenapp.services.customers import credit
from klantenapp.services.insights.behaviour import describe
from klantenapp.services.insights.credit_facts import decisions, gather, sold_in_all

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from klantenapp.services.insights.behaviour import Behaviour
    from klantenapp.services.insights.credit_facts import Decision, Facts
    from klantenapp.services.insights.wanted import Wanted

_YEAR: Final = 365
#: A limit covers twice what is outstanding at a normal moment: one bill unpaid, one on the way.
_ROOM: Final = 2
_STEP: Final = 25_000
_NORMAL_TERM: Final = 30
_SHORT_TERM: Final = 14
_LATE_DAYS: Final = 14
#: A change of a week in a year is worth telling.
_CHANGE: Final = 700
_OLD_GROUPS: Final = slice(3, None)
_HALF: Final = Percent(5_000)
_DEPOSIT_NEW: Final = Percent(3_000)
_DEPOSIT_BAD: Final = Percent(5_000)
_CONCENTRATION: Final = Percent(3_000)


@dataclass(frozen=True)
class Reason:
    """Something that the advice rests on.

    Attributes:
        what: paid, no_history, mostly_late, slow, in_time, slower, faster, written_off,
            never_written_off, old_open, over_limit, large_share.
        good: speaks for the customer.
        count, of, days, percent, amount: its figures, where it has them.
    """

    what: str
    good: bool
    count: int = 0
    of: int = 0
    days: int = 0
    percent: Percent | None = None
    amount: Money | None = None


@dataclass(frozen=True)
class Advice:
    """Advice about one customer.

    Attributes:
        open, drafts, unbilled, agreed: what makes the exposure; unbilled is what is left of
            accepted quotes, agreed what standing agreements will bill within a month.
        limit: agreed with the customer; None is none.
        suggested_limit, suggested_term, deposit: the advice; the deposit is of larger orders.
        decision: the latest of the user, which goes before the advice.
    """

    customer_id: int
    customer_number: str
    customer: str
    open: Money
    drafts: Money
    unbilled: Money
    agreed: Money
    limit: Money | None
    suggested_limit: Money
    suggested_term: int
    deposit: Percent
    reasons: tuple[Reason, ...]
    behaviour: Behaviour
    decision: Decision | None

    @property
    def exposure(self) -> Money:
        """What is at stake: open, in drafts, accepted but not billed, and agreed for a month."""
        return self.open + self.drafts + self.unbilled + self.agreed


def advices(session: Session, wanted: Wanted) -> list[Advice]:
    """Advice about every customer with something open, billed, drafted or accepted."""
    facts = gather(session, wanted)
    whole = sold_in_all(session, wanted.as_of)
    decided = decisions(session, wanted)
    general = credit.business_limit(session)
    customers = session.execute(
        select(Customer.id, Customer.number, Customer.name, Customer.credit_limit).where(
            Customer.merged_into_id.is_(None)
        )
    )
    found = [
        _advice(
            (row.id, row.number, row.name),
            general if row.credit_limit is None else row.credit_limit,
            fact,
            decided.get(row.id),
            wanted,
            whole,
        )
        for row in customers
        if (fact := facts.get(row.id)) is not None
    ]
    return sorted(found, key=lambda each: (-each.exposure.cents, each.customer_number))


def _advice(
    who: tuple[int, str, str],
    limit: Money | None,
    fact: Facts,
    decision: Decision | None,
    wanted: Wanted,
    whole: int,
) -> Advice:
    owed = fact.age.total if fact.age is not None else ZERO
    behaviour = describe(fact.paid, wanted.as_of)
    reasons = _reasons(fact, behaviour, limit, whole)
    bad = {reason.what for reason in reasons if not reason.good}
    suggested = _limit(fact, behaviour, bad)
    term = _SHORT_TERM if bad & {"slow", "old_open", "written_off"} else _NORMAL_TERM
    deposit = Percent(0)
    if bad & {"old_open", "no_history"}:
        deposit = _DEPOSIT_NEW
    if "written_off" in bad:
        deposit = _DEPOSIT_BAD
    return Advice(
        *who,
        owed,
        Money(fact.drafts),
        Money(fact.unbilled),
        Money(fact.agreed),
        limit,
        suggested,
        term,
        deposit,
        tuple(reasons),
        behaviour,
        decision,
    )


def _limit(fact: Facts, behaviour: Behaviour, bad: set[str]) -> Money:
    """Twice what is outstanding on average at the customer's own pace, less for each objection.

    A quarter off for paying mostly late and for paying slowly, half off for old open invoices,
    nothing left after a write-off; rounded up to 250 euro.
    """
    taken = behaviour.mean_days_to_pay or Days(_NORMAL_TERM * 100)
    normal = divide_half_up(fact.sold * max(taken.hundredths, 100) * _ROOM, _YEAR * 100)
    percent = 100
    percent -= 25 if "mostly_late" in bad else 0
    percent -= 25 if "slow" in bad else 0
    percent //= 2 if "old_open" in bad else 1
    percent = 0 if "written_off" in bad else percent
    return Money(-(-divide_half_up(max(normal, 0) * percent, 100) // _STEP) * _STEP)


def _reasons(fact: Facts, behaviour: Behaviour, limit: Money | None, whole: int) -> list[Reason]:
    """Every rule that applies, good and bad."""
    return [
        *_of_history(fact, behaviour),
        *_of_today(fact, limit),
        *_of_share(fact, whole),
    ]


def _of_history(fact: Facts, behaviour: Behaviour) -> list[Reason]:
    found = []
    if behaviour.paid_invoices:
        found.append(Reason("paid", good=True, count=behaviour.paid_invoices, of=fact.invoices))
    else:
        found.append(Reason("no_history", good=False))
    late_share, late = behaviour.late_share, behaviour.mean_days_late
    if late_share is not None and late is not None:
        if late_share > _HALF:
            found.append(Reason("mostly_late", good=False, percent=late_share))
        if late.hundredths > _LATE_DAYS * 100:
            found.append(Reason("slow", good=False, days=divide_half_up(late.hundredths, 100)))
        if not late_share:
            found.append(Reason("in_time", good=True))
    if behaviour.trend is not None and abs(behaviour.trend.hundredths) >= _CHANGE:
        days = divide_half_up(behaviour.trend.hundredths, 100)
        found.append(Reason("slower" if days > 0 else "faster", good=days < 0, days=abs(days)))
    written_off = fact.written_off > 0
    what = "written_off" if written_off else "never_written_off"
    found.append(Reason(what, good=not written_off, amount=Money(fact.written_off)))
    return found


def _of_today(fact: Facts, limit: Money | None) -> list[Reason]:
    found = []
    if fact.age is not None:
        old = fact.age.groups[_OLD_GROUPS]
        count = sum(fact.age.counts[_OLD_GROUPS])
        if count:
            amount = Money(sum(group.cents for group in old))
            found.append(Reason("old_open", good=False, count=count, amount=amount))
    owed = fact.age.total if fact.age is not None else ZERO
    exposure = owed + Money(fact.drafts + fact.unbilled + fact.agreed)
    if limit is not None and exposure > limit:
        found.append(Reason("over_limit", good=False, amount=exposure - limit))
    return found


def _of_share(fact: Facts, whole: int) -> list[Reason]:
    if whole <= 0:
        return []
    part = Percent(divide_half_up(fact.sold * WHOLE, whole))
    return [Reason("large_share", good=False, percent=part)] if part >= _CONCENTRATION else []
