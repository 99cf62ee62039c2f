"""Policies: lawful by default, and refused where they are not."""

from __future__ import annotations

from functools import partial

import pytest

from klantenapp.models.values import Money
from klantenapp.services.errors import reminders as refused
from klantenapp.services.errors.base import Invalid
from klantenapp.services.reminders import policy
from klantenapp.services.reminders.policy import Step


def found(*steps: Step) -> list[tuple[str, type]]:
    return [(field, type(problem)) for field, problem in policy.problems(steps)]


def test_the_default_policy_is_lawful(administration):
    steps = administration.read(policy.default).steps
    assert list(policy.problems(steps)) == []
    assert [(step.kind, step.days) for step in steps] == [
        ("reminder", 7),
        ("second_reminder", 21),
        ("fourteen_day_letter", 35),
        ("notice", 35),
        ("handover", 56),
    ]


@pytest.mark.parametrize(
    ("steps", "problem"),
    [
        ((), ("steps", refused.PolicyHasNoSteps)),
        ((Step("reminder", 0),), ("steps.0.days", refused.DaysOutOfRange)),
        (
            (Step("reminder", 9), Step("second_reminder", 8)),
            ("steps.1.days", refused.DaysGoBackwards),
        ),
        (
            (Step("second_reminder", 7), Step("reminder", 8)),
            ("steps.1.kind", refused.StepsOutOfOrder),
        ),
        ((Step("notice", 7),), ("steps.0.audience", refused.StepForOthers)),
        (
            (Step("reminder", 7, with_costs=True),),
            ("steps.0.with_costs", refused.CostsBeforeLetter),
        ),
    ],
)
def test_an_unlawful_or_impossible_policy_is_refused(steps, problem):
    assert found(*steps) == [problem]


def test_consumer_and_business_may_have_steps_on_one_day():
    letter = Step("fourteen_day_letter", 35, "consumer")
    assert found(letter, Step("notice", 35, "business", with_costs=True)) == []


def test_a_policy_is_changed_and_the_change_taken_back(administration):
    before = administration.read(policy.default)
    steps = (Step("reminder", 3, minimum=Money(500)), Step("second_reminder", 10))
    work = partial(policy.change, policy_id=before.id, steps=steps)
    administration.write(policy.CHANGE, work)
    assert administration.read(policy.default).steps == steps
    administration.undo()
    assert administration.read(policy.default) == before
    with pytest.raises(Invalid):
        administration.write(policy.CHANGE, partial(policy.change, policy_id=before.id, steps=()))
