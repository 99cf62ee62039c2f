"""The policy: which step comes how many days after the due date, for whom, and what it claims."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final, Literal

from sqlalchemy import func, select

from klantenapp.models.customer import Customer
from klantenapp.models.reminder import STEP_KINDS, ReminderPolicy, ReminderStep
from klantenapp.models.values import ZERO
from klantenapp.services.errors.base import Invalid, NotFound
from klantenapp.services.errors.reminders import (
    CostsBeforeLetter,
    DaysGoBackwards,
    DaysOutOfRange,
    PolicyHasNoSteps,
    PolicyIsDefault,
    PolicyNameTaken,
    PolicyNeedsName,
    StepForOthers,
    StepsOutOfOrder,
)
from klantenapp.services.messages import templates
from klantenapp.services.store.operations import REVERSIBLE, register

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy.orm import Session

    from klantenapp.models.values import Money
    from klantenapp.services.errors.base import Refusal

CHANGE: Final = register("policy.change", REVERSIBLE)
ADD: Final = register("policy.add", REVERSIBLE)
CHOOSE: Final = register("policy.choose", REVERSIBLE)
RENAME: Final = register("policy.rename", REVERSIBLE)
REMOVE: Final = register("policy.remove", REVERSIBLE)
MAKE_DEFAULT: Final = register("policy.make_default", REVERSIBLE)

Audience = Literal["consumer", "business"]
AUDIENCES: Final[tuple[Audience, ...]] = ("consumer", "business")
#: The steps in the only order in which they can come.
RANK: Final[dict[str, int]] = {kind: rank for rank, kind in enumerate(STEP_KINDS)}
#: Steps that are for one audience alone: the law knows no other reader for them.
ONLY_FOR: Final[dict[str, Audience]] = {"fourteen_day_letter": "consumer", "notice": "business"}
_LONGEST: Final = 3650


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a policy.

    Attributes:
        days: after the due date.
        audience: all, consumer or business.
        channel: mail or letter.
        minimum: with less open than this the step is left out.
    """

    kind: str
    days: int
    audience: str = "all"
    channel: str = "mail"
    with_costs: bool = False
    with_interest: bool = False
    minimum: Money = ZERO

    def is_for(self, audience: Audience) -> bool:
        """Whether such a customer gets this step."""
        return self.audience in {"all", audience}


@dataclass(frozen=True, slots=True)
class Policy:
    """A named series of steps, in their order."""

    id: int
    name: str
    is_default: bool
    steps: tuple[Step, ...]

    def steps_for(self, audience: Audience) -> tuple[Step, ...]:
        """The steps that such a customer gets."""
        return tuple(step for step in self.steps if step.is_for(audience))


@dataclass(frozen=True, slots=True)
class Choice:
    """Which policy a customer follows.

    Attributes:
        own_id: chosen for it; None where it follows the default.
        offered: id and name, the default first.
    """

    own_id: int | None
    offered: tuple[tuple[int, str], ...]


def audience_of(customer_kind: str) -> Audience:
    """Consumers have the law's protection; governments pay like businesses (art. 6:119b BW)."""
    return "consumer" if customer_kind == "consumer" else "business"


def policies(session: Session) -> dict[int, Policy]:
    """Every policy in use, by id; the default first."""
    steps: dict[int, list[Step]] = {}
    for row in session.execute(
        select(
            ReminderStep.policy_id,
            ReminderStep.kind,
            ReminderStep.days,
            ReminderStep.audience,
            ReminderStep.channel,
            ReminderStep.with_costs,
            ReminderStep.with_interest,
            ReminderStep.minimum,
        ).order_by(ReminderStep.policy_id, ReminderStep.position)
    ):
        steps.setdefault(row[0], []).append(Step(*row[1:]))
    rows = session.execute(
        select(ReminderPolicy.id, ReminderPolicy.name, ReminderPolicy.is_default)
        .where(ReminderPolicy.archived_at.is_(None))
        .order_by(ReminderPolicy.is_default.desc(), ReminderPolicy.name)
    )
    return {row.id: Policy(*row, tuple(steps.get(row.id, ()))) for row in rows}


def default(session: Session) -> Policy:
    """The policy of customers without one of their own.

    Raises:
        NotFound: there is none.
    """
    for policy in policies(session).values():
        if policy.is_default:
            return policy
    raise NotFound("policy", "")


def add(session: Session, name: str, steps: Sequence[Step]) -> int:
    """Make another policy.

    Raises:
        Invalid: see `problems`; PolicyNeedsName, PolicyNameTaken.
    """
    _refuse(steps)
    row = ReminderPolicy(name=_free_name(session, name))
    session.add(row)
    session.flush()
    _write(session, row.id, steps)
    return row.id


def rename(session: Session, policy_id: int, name: str) -> None:
    """Give a policy another name.

    Raises:
        NotFound, PolicyNeedsName, PolicyNameTaken.
    """
    _there(session, policy_id).name = _free_name(session, name, policy_id)


def remove(session: Session, policy_id: int) -> None:
    """Take a policy away; who followed it follows the default.

    Raises:
        NotFound; PolicyIsDefault.
    """
    row = _there(session, policy_id)
    if row.is_default:
        raise PolicyIsDefault(row.name)
    for customer in session.scalars(
        select(Customer).where(Customer.reminder_policy_id == policy_id)
    ):
        customer.reminder_policy_id = None
    for step in session.scalars(select(ReminderStep).where(ReminderStep.policy_id == policy_id)):
        session.delete(step)
    templates.forget_policy(session, policy_id)
    session.flush()
    session.delete(row)


def make_default(session: Session, policy_id: int) -> None:
    """Let a policy hold for whoever has no other.

    Raises:
        NotFound.
    """
    chosen = _there(session, policy_id)
    for row in session.scalars(select(ReminderPolicy).where(ReminderPolicy.is_default)):
        row.is_default = False
    chosen.is_default = True


def arranged(steps: Sequence[Step]) -> tuple[Step, ...]:
    """Steps in the only order in which they can come: the milder first."""
    return tuple(sorted(steps, key=lambda step: (RANK[step.kind], step.days)))


def followers(session: Session) -> dict[int, int]:
    """How many customers chose each policy."""
    query = (
        select(Customer.reminder_policy_id, func.count())
        .where(Customer.reminder_policy_id.is_not(None))
        .group_by(Customer.reminder_policy_id)
    )
    return {chosen: count for chosen, count in session.execute(query) if chosen is not None}


def choice_of(session: Session, customer_id: int) -> Choice:
    """What a customer follows and can follow."""
    own = session.scalar(select(Customer.reminder_policy_id).where(Customer.id == customer_id))
    known = policies(session)
    offered = tuple((each.id, each.name) for each in known.values())
    return Choice(own if own in known else None, offered)


def change(session: Session, policy_id: int, steps: Sequence[Step]) -> None:
    """Give a policy other steps; what was sent already stays as it was.

    Raises:
        NotFound: no such policy.
        Invalid: see `problems`.
    """
    _there(session, policy_id)
    _refuse(steps)
    for row in session.scalars(select(ReminderStep).where(ReminderStep.policy_id == policy_id)):
        session.delete(row)
    session.flush()
    _write(session, policy_id, steps)


def choose(session: Session, customer_id: int, policy_id: int | None) -> None:
    """Let a customer follow a policy of its own; None is the default.

    Raises:
        NotFound: no such customer or policy.
    """
    customer = session.get(Customer, customer_id)
    if customer is None:
        raise NotFound("customer", str(customer_id))
    if policy_id is not None:
        _there(session, policy_id)
    customer.reminder_policy_id = policy_id


def problems(steps: Sequence[Step]) -> Iterator[tuple[str, Refusal]]:
    """What is wrong with a series of steps; the field is "steps.N.name" of the wrong one."""
    if not steps:
        yield "steps", PolicyHasNoSteps()
    for at, step in enumerate(steps):
        only = ONLY_FOR.get(step.kind)
        if only is not None and step.audience != only:
            yield f"steps.{at}.audience", StepForOthers(step.kind, only)
        if not 0 < step.days <= _LONGEST:
            yield f"steps.{at}.days", DaysOutOfRange(_LONGEST)
    seen: set[str] = set()
    for audience in AUDIENCES:
        for field, problem in _order_problems(steps, audience):
            if field not in seen:
                seen.add(field)
                yield field, problem
    yield from _cost_problems(steps)


def _order_problems(steps: Sequence[Step], audience: Audience) -> Iterator[tuple[str, Refusal]]:
    mine = [(at, step) for at, step in enumerate(steps) if step.is_for(audience)]
    for (_, before), (at, step) in pairwise(mine):
        if step.days <= before.days:
            yield f"steps.{at}.days", DaysGoBackwards(step.days, before.days)
        if RANK[step.kind] <= RANK[before.kind]:
            yield f"steps.{at}.kind", StepsOutOfOrder(step.kind, before.kind)


def _cost_problems(steps: Sequence[Step]) -> Iterator[tuple[str, Refusal]]:
    """A consumer owes no costs without a correct fourteen-day letter (art. 6:96 par. 6 BW)."""
    announced = False
    for at, step in enumerate(steps):
        if step.with_costs and step.is_for("consumer") and not announced:
            yield f"steps.{at}.with_costs", CostsBeforeLetter()
        announced = announced or step.kind == "fourteen_day_letter"


def _there(session: Session, policy_id: int) -> ReminderPolicy:
    row = session.get(ReminderPolicy, policy_id)
    if row is None:
        raise NotFound("policy", str(policy_id))
    return row


def _free_name(session: Session, name: str, mine: int | None = None) -> str:
    """The name without blanks around it, where no other policy has it."""
    wanted = name.strip()
    if not wanted:
        raise PolicyNeedsName
    for other in session.execute(select(ReminderPolicy.id, ReminderPolicy.name)):
        if other.id != mine and other.name.casefold() == wanted.casefold():
            raise PolicyNameTaken(wanted)
    return wanted


def _refuse(steps: Sequence[Step]) -> None:
    found = tuple(problems(steps))
    if found:
        raise Invalid(found)


def _write(session: Session, policy_id: int, steps: Sequence[Step]) -> None:
    session.add_all(
        ReminderStep(
            policy_id=policy_id,
            position=position,
            days=step.days,
            kind=step.kind,
            audience=step.audience,
            channel=step.channel,
            with_costs=step.with_costs,
            with_interest=step.with_interest,
            minimum=step.minimum,
        )
        for position, step in enumerate(steps, start=1)
    )
