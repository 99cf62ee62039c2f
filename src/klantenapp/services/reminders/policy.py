"""The policy: which step comes how many days after the due date, for whom, and what it claims."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final, Literal

from sqlalchemy import select

from klantenapp.models.customer import Customer
from klantenapp.models.reminder import STEP_KINDS, ReminderPolicy, ReminderStep
from klantenapp.models.values import ZERO
from klantenapp.services.errors.base import Invalid, NotFound
from klantenapp.services.errors.reminders import (
    CostsBeforeLetter,
    DaysGoBackwards,
    DaysOutOfRange,
    PolicyHasNoSteps,
    PolicyNameTaken,
    StepForOthers,
    StepsOutOfOrder,
)
from klantenapp.services.store.operations import REVERSIBLE, register

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy.orm import Session

    from klantenapp.models.values import Money
    from klantenapp.services.errors.base import Refusal

CHANGE: Final = register("policy.change", REVERSIBLE)
ADD: Final = register("policy.add", REVERSIBLE)
CHOOSE: Final = register("policy.choose", REVERSIBLE)

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
        Invalid: see `problems`; PolicyNameTaken.
    """
    _refuse(steps)
    if session.scalar(select(ReminderPolicy.id).where(ReminderPolicy.name == name.strip())):
        raise PolicyNameTaken(name.strip())
    row = ReminderPolicy(name=name.strip())
    session.add(row)
    session.flush()
    _write(session, row.id, steps)
    return row.id


def change(session: Session, policy_id: int, steps: Sequence[Step]) -> None:
    """Give a policy other steps; what was sent already stays as it was.

    Raises:
        NotFound: no such policy.
        Invalid: see `problems`.
    """
    if session.get(ReminderPolicy, policy_id) is None:
        raise NotFound("policy", str(policy_id))
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
    if policy_id is not None and session.get(ReminderPolicy, policy_id) is None:
        raise NotFound("policy", str(policy_id))
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
